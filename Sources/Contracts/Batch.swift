import Bytes

/// As many whole lines of one source as fit: the unit of work that passes between threads.
///
/// Batch boundaries depend only on the source's bytes.
package struct Batch: Sendable {
  /// The index of the batch within its source, from 0.
  package let index: Int
  /// The number of the first line, from 1.
  package let firstLine: Int
  /// Whether the batch stands for one line over the size limit, whose bytes were discarded.
  package let isTooLongLine: Bool
  /// The lines with their line feeds (the source's last line may lack one), then padding.
  package let bytes: [UInt8]
  /// The number of `bytes` before the padding.
  package let byteCount: Int

  package init(index: Int, firstLine: Int, isTooLongLine: Bool, bytes: [UInt8], byteCount: Int) {
    self.index = index
    self.firstLine = firstLine
    self.isTooLongLine = isTooLongLine
    self.bytes = bytes
    self.byteCount = byteCount
  }

  /// Calls `body` with each line's number and its range in `bytes`, without the line feed. The
  /// range is empty for a line over the size limit.
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
