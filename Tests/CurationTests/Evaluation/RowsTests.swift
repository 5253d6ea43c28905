import Testing

@testable import Curation

struct RowsTests {
  @Test func everyRowIsReadOrRefused() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 11)
    let path = try folder.write("a\n\n \(long.dropLast(2))\n\(long)\n", to: "rows.jsonl")
    var rows: [String] = []
    let error = #expect(throws: CurationError.self) {
      try forEachRow(in: [path], limit: 10) { place, row in
        rows.append("\(place): \(Array(row).text)")
      }
    }
    #expect(rows == ["\(path), line 1: a", "\(path), line 3:  \(long.dropLast(2))"])
    #expect(error?.code == .badData)
    #expect(error?.description == "\(path), line 4: longer than 10 bytes")
  }

  /// Longer than a raw line may be.
  @Test func longRowsCount() throws {
    let folder = try TemporaryFolder()
    let words = String(repeating: "word ", count: 1 << 20)
    let path = try folder.write(
      #"{"id": "A", "price": 5, "prompt": "\#(words)"}"#, to: "rows.jsonl")
    #expect(try TestItem.read([path]).map(\.price) == [5])
    #expect(try References.Prices(files: [path])?.count == 1)
  }
}
