/// Writes the rows of a split in a format.
public protocol Sink: Sendable {
  /// The format's name: `prompt-completion`.
  static var name: String { get }
  /// One sentence for people.
  static var summary: String { get }
  /// Behind the split's name: `jsonl`.
  static var fileExtension: String { get }

  init()

  /// Appends the row as the format has it.
  func append(_ row: PoolRow, to bytes: inout [UInt8])
}
