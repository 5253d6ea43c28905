/// What became of every line: `read = kept + dropped + unreadable`. Ledgers add up.
public struct Ledger: Codable, Equatable, Sendable {
  public var read = 0
  public var kept = 0
  /// Items dropped by a record step, by the reason's name.
  public var dropped: [String: Int] = [:]
  /// Lines that are no product, by the reason's name.
  public var unreadable: [String: Int] = [:]

  /// Mentions of their own price taken out of the items that were kept.
  public var redactions = 0

  public init() {}

  /// Whether every line read is accounted for.
  public var isBalanced: Bool {
    read == kept + dropped.values.reduce(0, +) + unreadable.values.reduce(0, +)
  }

  public static func += (left: inout Ledger, right: Ledger) {
    left.read += right.read
    left.kept += right.kept
    left.redactions += right.redactions
    left.dropped.merge(right.dropped, uniquingKeysWith: +)
    left.unreadable.merge(right.unreadable, uniquingKeysWith: +)
  }
}
