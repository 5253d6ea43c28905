/// Some whole lines of one source, as many as fit: the unit of work that passes between threads.
///
/// Where batches begin and end depends on the source's bytes alone.
public struct Batch: Sendable {
  /// The place of the batch within its source, from 0.
  public let index: Int
  /// The number of the first line, from 1.
  public let firstLine: Int
  /// Whether the batch stands for one line beyond the cap, of which nothing was kept.
  public let isTooLongLine: Bool
  /// The lines, each with its line feed, which the source's last line may lack; then padding.
  let bytes: [UInt8]
  /// How many of `bytes` are lines.
  let byteCount: Int

  /// Calls `body` with the number of each line and its place in `bytes`, without the line feed; with
  /// an empty place for the line beyond the cap.
  func forEachLine(_ body: (_ number: Int, _ range: Range<Int>) throws -> Void) rethrows {
    if isTooLongLine { return try body(firstLine, 0..<0) }
    var number = firstLine
    var start = 0
    while start < byteCount {
      let end = bytes.span.firstIndex(of: UInt8(ascii: "\n"), in: start..<byteCount) ?? byteCount
      try body(number, start..<end)
      number += 1
      start = end + 1
    }
  }
}
