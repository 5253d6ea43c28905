import Foundation
import TestSupport
import Testing

@testable import Audit
@testable import Bytes
@testable import Contracts
@testable import Tokenization

struct RowsTests {
  @Test func emptyLinesArePassedOver() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a\n\n \t\r\n b\n", to: "rows.jsonl")
    var rows: [String] = []
    try forEachRow(in: [path], .named) { place, row in rows.append("\(place):\(Array(row).text)") }
    #expect(rows == ["\(path), line 1:a", "\(path), line 4: b"])
  }

  @Test func whatIsTooLongIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a\n", to: "rows.jsonl")
    #expect(truncate(path, SizeLimits.row + 3) == 0)
    let error = #expect(throws: CurationError.self) {
      try forEachRow(in: [path], .named) { _, _ in }
    }
    #expect(error?.code == .badData)
    #expect(error?.description.hasPrefix("\(path), line 2: longer than") == true)
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
