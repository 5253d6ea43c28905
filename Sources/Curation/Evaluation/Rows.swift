/// The longest row of an item that is read, in bytes.
private let rowLimit = 64 << 20

/// Calls `body` with the place of every row of some files of JSON lines, compressed or not, for people, and with its
/// bytes. Empty lines are passed over.
///
/// Errors: `noInput`, `inputOutput`; `badData` for a row that is too long.
func forEachRow(
  in paths: [String], _ body: (_ place: String, _ row: ArraySlice<UInt8>) throws -> Void
) throws {
  for path in paths {
    guard fileExists(path) else { throw CurationError(.noInput, "\(path): no such file") }
    let file = RawFile(path: path, byteCount: 0, lineCap: rowLimit)
    while let batch = try file.nextBatch() {
      try Task.checkCancellation()
      try batch.forEachLine { number, range in
        let place = "\(path), line \(number)"
        if batch.isTooLongLine {
          throw CurationError(.badData, "\(place): longer than \(rowLimit >> 20) MB")
        }
        let row = batch.bytes[range]
        if !row.isBlank { try body(place, row) }
      }
    }
  }
}

extension Collection<UInt8> {
  /// Whether a line has nothing but white space.
  var isBlank: Bool { allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
}
