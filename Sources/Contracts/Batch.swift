import Bytes

/// Some whole lines of one source, as many as fit: the unit of work that passes between threads.
///
/// Where batches begin and end depends on the source's bytes alone.
package struct Batch: Sendable {
  /// The place of the batch within its source, from 0.
  package let index: Int
  /// The number of the first line, from 1.
  package let firstLine: Int
  /// Whether the batch stands for one line beyond the cap, of which nothing was kept.
  package let isTooLongLine: Bool
  /// The lines, each with its line feed, which the source's last line may lack; then padding.
  package let bytes: [UInt8]
  /// How many of `bytes` are lines.
  package let byteCount: Int

  package init(index: Int, firstLine: Int, isTooLongLine: Bool, bytes: [UInt8], byteCount: Int) {
    self.index = index
    self.firstLine = firstLine
    self.isTooLongLine = isTooLongLine
    self.bytes = bytes
    self.byteCount = byteCount
  }

  /// Calls `body` with the number of each line and its place in `bytes`, without the line feed; with
  /// an empty place for the line beyond the cap.
  package func forEachLine(_ body: (_ number: Int, _ range: Range<Int>) throws -> Void) rethrows {
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
