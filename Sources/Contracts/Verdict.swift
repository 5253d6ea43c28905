import Bytes

/// What a record step decides about an item.
package enum Verdict: Sendable {
  case keep
  case drop(DropReason)
}

/// Why a record step drops an item. A step declares its reasons, and only those are counted.
package struct DropReason: Hashable, Sendable {
  /// Short and stable, for manifests and queries: `price-out-of-range`.
  package let name: String
  /// One line for people: `the price is outside the recipe's range`.
  package let summary: String

  package init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }

  package static func == (left: DropReason, right: DropReason) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Why a line never became a product.
package enum UnreadableReason: String, CaseIterable, Sendable {
  case empty = "empty-line"
  case notJSON = "not-json"
  case notObject = "not-an-object"
  case notUTF8 = "not-utf8"
  case tooLong = "line-too-long"

  /// One line for people.
  package var summary: String {
    switch self {
    case .empty: "the line is empty"
    case .notJSON: "the line is not valid JSON"
    case .notObject: "the line's JSON is not an object"
    case .notUTF8: "the line is not valid UTF-8"
    case .tooLong: "the line is longer than the reader's cap"
    }
  }
}
