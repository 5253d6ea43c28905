import Bytes

/// What became of every line: `read = kept + dropped + unreadable`. Ledgers add up.
package struct Ledger: Codable, Equatable, Sendable {
  package var read = 0
  package var kept = 0
  /// Items dropped by a record step, by the reason's name.
  package var dropped: [String: Int] = [:]
  /// Lines that are not products, by the reason's name.
  package var unreadable: [String: Int] = [:]

  /// Mentions of their own price removed from the items that were kept.
  package var redactions = 0

  package init() {}

  /// Whether every line read is accounted for.
  package var isBalanced: Bool {
    read == kept + dropped.values.reduce(0, +) + unreadable.values.reduce(0, +)
  }

  package static func += (left: inout Ledger, right: Ledger) {
    left.read += right.read
    left.kept += right.kept
    left.redactions += right.redactions
    left.dropped.merge(right.dropped, uniquingKeysWith: +)
    left.unreadable.merge(right.unreadable, uniquingKeysWith: +)
  }
}
