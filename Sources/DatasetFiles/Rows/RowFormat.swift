import Bytes
package import Contracts
package import ItemPool

/// Writes the rows of a split in a format. A new format is one file, its test, and one line in
/// `FormatCatalogue`.
package protocol RowFormat: Sendable {
  /// The format's name: `prompt-completion`.
  static var name: String { get }
  /// What a row is, for people.
  static var summary: String { get }
  /// A row's columns and their types, as lines of the header of a card for the hub.
  static var features: [String] { get }
  /// Whether its files are handed on as they are, and so neither cut into shards nor compressed.
  static var staysWhole: Bool { get }

  /// How many of the first rows of a split that has `count` are written.
  static func rowCount(
    of count: Int, in split: Split, _ request: FileRequest
  ) -> Int

  /// Makes a format for rows of a split, of a pool that was made with the recipe.
  init(_ recipe: Recipe, _ split: Split)

  /// Appends the row as the format has it: one line.
  func append(_ row: PoolRow, to bytes: inout [UInt8])
}

extension RowFormat {
  package static var staysWhole: Bool { false }

  package static func rowCount(
    of count: Int, in split: Split, _ request: FileRequest
  ) -> Int { count }
}

/// Every format that splits may be written in. The first is always written.
package enum FormatCatalogue {
  package static let formats: [any RowFormat.Type] = [
    PromptCompletion.self,
    TextAndPrice.self,
    ChatMessages.self,
  ]
}
