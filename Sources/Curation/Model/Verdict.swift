/// What a record step decides about an item.
public enum Verdict: Sendable {
  case keep
  case drop(DropReason)
}

/// Why a record step drops an item. A step declares its reasons, and only those are counted.
public struct DropReason: Hashable, Sendable {
  /// Short and stable, for manifests and queries: `price-out-of-range`.
  public let name: String
  /// One line for people: `the price is outside the recipe's range`.
  public let summary: String

  public init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }

  public static func == (left: DropReason, right: DropReason) -> Bool { left.name == right.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Why a line never became a product.
public enum UnreadableReason: String, CaseIterable, Sendable {
  case empty = "empty-line"
  case notJSON = "not-json"
  case notObject = "not-an-object"
  case notUTF8 = "not-utf8"
  case tooLong = "line-too-long"

  /// One line for people.
  public var summary: String {
    switch self {
    case .empty: "the line is empty"
    case .notJSON: "the line is not valid JSON"
    case .notObject: "the line's JSON is not an object"
    case .notUTF8: "the line is not valid UTF-8"
    case .tooLong: "the line is longer than the reader's cap"
    }
  }
}
