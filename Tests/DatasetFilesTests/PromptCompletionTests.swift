import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import ItemPool
@testable import Tokenization

struct PromptCompletionTests {
  @Test func writesARowAsJSON() throws {
    var row = PoolRow()
    row.id = Array("B0".utf8)
    row.category = Array("Toys".utf8)
    row.price = 374.41
    row.prompt = Array("\"q\"\\\n\t\u{1}é😀\u{2028}\r".utf8)
    row.answer = Array("374.00".utf8)
    var bytes: [UInt8] = []
    PromptCompletion().append(row, to: &bytes)
    #expect(bytes.last == UInt8(ascii: "\n"))
    let decoded = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(decoded["id"] as? String == "B0" && decoded["category"] as? String == "Toys")
    #expect(decoded["price"] as? Double == 374.41 && decoded["completion"] as? String == "374.00")
    #expect(decoded["prompt"] as? String == row.prompt.text)
    #expect(decoded.count == 5)
  }
}

struct GzipTests {
  @Test(arguments: [0, 1, 1000, 300_000])
  func membersAreReadBack(count: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let path = try folder.write(gzipMember(bytes), to: "meta_A.jsonl.gz")
    #expect(try TestFiles.gunzipped(path) == bytes)
    // RFC 1952: no time, no name, so that the same rows are the same bytes at any time.
    #expect(try gzipMember(bytes)[3..<8].allSatisfy { $0 == 0 })
  }
}
