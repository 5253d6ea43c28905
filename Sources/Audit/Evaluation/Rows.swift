import Bytes
import Contracts
import RawData

/// Calls `body` with the place of every row of some files of JSON lines, compressed or not, for people, and with its
/// bytes. Empty lines are passed over, but not in a dataset's files.
///
/// Errors: `noInput`, `inputOutput`; `badData` for a row that is too long.
///
/// - Parameter limit: the most lines that are read of a file, give or take some.
func forEachRow(
  in paths: [String], _ kind: InputFile.Kind, atMost limit: Int = .max,
  _ body: (_ place: String, _ row: ArraySlice<UInt8>) throws -> Void
) throws {
  for path in paths {
    guard fileExists(path) else { throw CurationError(.noInput, "\(path): no such file") }
    let file = RawFile(rowsAt: path, kind)
    while let batch = try file.nextBatch(), batch.firstLine <= limit {
      try Task.checkCancellation()
      try batch.forEachLine { number, range in
        let place = "\(path), line \(number)"
        if batch.isTooLongLine {
          throw CurationError(.badData, "\(place): longer than \(SizeLimits.row >> 20) MB")
        }
        let row = batch.bytes[range]
        if kind == .ofDataset || !row.isBlank { try body(place, row) }
      }
    }
  }
}

extension Collection<UInt8> {
  /// Whether a line has nothing but white space.
  var isBlank: Bool { allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
}
