import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import ItemPool
@testable import Tokenization

struct PoolTests {
  private struct Row {
    let id: String
    var category = "A"
    var price = 5.0
    var prompt = "p"
    var source = "meta_A.jsonl"
    var line = 1
  }

  private func write(_ rows: [Row], to path: String) async throws -> String {
    let writer = try PoolWriter(path: path, about: ["recipe": "none"])
    for row in rows {
      var item = try makeItem(#"{"parent_asin": "\#(row.id)"}"#)
      item.price = row.price
      item.prompt = Array(row.prompt.utf8)
      item.answer = Array("5.00".utf8)
      item.tokenCount = 3
      var packed = PoolRows(category: row.category, source: row.source)
      packed.append(item, line: row.line)
      try await writer.append(packed)
    }
    return try await writer.finish()
  }

  private func prompts(_ path: String) throws -> [String] {
    let reader = try PoolReader(path: path)
    var row = PoolRow()
    return try reader.candidates().all.map {
      try reader.read($0.row, into: &row)
      return "\(row.id.text) \(row.category.text) \(row.price) \(row.prompt.text)"
    }
  }

  @Test func theCanonicalOrderIsThatOfNoWriter() async throws {
    let rows = [
      Row(id: "b"), Row(id: "a", category: "B"), Row(id: "a", price: 7), Row(id: "a", prompt: "q"),
      Row(id: "a", prompt: "o", line: 2), Row(id: "a", prompt: "p", source: "meta_A.1.jsonl"),
      Row(id: "é"), Row(id: "a", prompt: "o", line: 3),
    ]
    let folder = try TemporaryFolder()
    var random = SeededGenerator(state: 3)
    let digest = try await write(rows, to: "\(folder.path)/first.sqlite")
    let expected = try prompts("\(folder.path)/first.sqlite")
    #expect(expected.count == rows.count)
    for number in 0..<5 {
      let path = "\(folder.path)/\(number).sqlite"
      #expect(try await write(rows.shuffled(using: &random), to: path) == digest)
      #expect(try prompts(path) == expected)
    }
    #expect(try await write(Array(rows.dropLast()), to: "\(folder.path)/x.sqlite") != digest)
  }

  /// More than sixteen bits can number.
  @Test func categoriesMayBeMany() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/pool.sqlite"
    _ = try await write(
      (0..<66_000).map { Row(id: "\($0)", category: "C\($0)") }, to: path)
    let candidates = try PoolReader(path: path).candidates()
    #expect(Set(candidates.all.map(\.category)).count == 66_000)
    let names = candidates.all.map { candidates.categories[Int($0.category)] }
    let ids = (0..<66_000).map { "\($0)" }.sorted()
    #expect(names == ids.map { "C\($0)" })
    #expect(MemoryLayout<Candidates.Candidate>.stride == 24)
  }

  @Test func anyToolCanReadIt() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/pool.sqlite"
    _ = try await write([Row(id: "a", prompt: "how\n\"é\"?", line: 12)], to: path)
    let database = try Database(path: path, .read)
    let statement = try database.prepare(
      "SELECT id, category, price, token_count, prompt, answer, source, line, details FROM items")
    #expect(try statement.step())
    let texts = try [0, 1, 4, 5, 6, 8].map { try statement.text($0) }
    #expect(texts == ["a", "A", "how\n\"é\"?", "5.00", "meta_A.jsonl", "{}"])
    let price = try statement.number(2, in: 0...9)
    #expect(try price == 5 && statement.integer(3) == 3 && statement.integer(7) == 12)
  }

  @Test func findsItems() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/pool.sqlite"
    _ = try await write(
      [Row(id: "a", line: 1), Row(id: "b", line: 2), Row(id: "a", line: 3)], to: path)
    let reader = try PoolReader(path: path)
    #expect(try reader.rows(withID: "a").count == 2)
    #expect(try reader.rows(withID: "c").isEmpty)
    let row = try reader.row(withID: "b", source: "meta_A.jsonl", line: 2)
    #expect(try row != nil && row == reader.rows(withID: "b").first)
    #expect(try reader.row(withID: "b", source: "meta_A.jsonl", line: 9) == nil)
    #expect(try reader.row(withID: "a", source: "meta_A.jsonl", line: 2) == nil)
    let all = try reader.rows(randomBy: 7, count: 1000)
    #expect(try all.count == reader.itemCount() && Set(all).count == all.count)
    #expect(try reader.itemCount() == 3)
  }

  /// The seed chooses among ids, in whatever order the rows were written.
  @Test func aSeedChoosesTheSameItems() async throws {
    let folder = try TemporaryFolder()
    let rows = (0..<50).map { Row(id: "id\($0)", line: $0 + 1) }
    let paths = ["\(folder.path)/one.sqlite", "\(folder.path)/other.sqlite"]
    _ = try await write(rows, to: paths[0])
    _ = try await write(rows.reversed(), to: paths[1])
    func lines(_ path: String, seed: UInt64) throws -> [Int] {
      let reader = try PoolReader(path: path)
      return try reader.rows(randomBy: seed, count: 5).map { row in
        var item = PoolRow()
        try reader.read(row, into: &item)
        return item.line
      }
    }
    let chosen = try (0..<20 as Range<UInt64>).map { try lines(paths[0], seed: $0) }
    #expect(try chosen == (0..<20).map { try lines(paths[1], seed: $0) })
    #expect(Set(chosen).count == 20 && chosen.allSatisfy { Set($0).count == 5 })
  }

  /// A text may hold the character that ends C's.
  @Test func findsIDsWithNUL() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/pool.sqlite"
    _ = try await write([Row(id: #"a\u0000b"#, line: 1), Row(id: #"a\u0000c"#, line: 2)], to: path)
    let reader = try PoolReader(path: path)
    let rows = try reader.rows(withID: "a\0c")
    #expect(try rows.count == 1 && reader.rows(withID: "a").isEmpty)
    #expect(try reader.row(withID: "a\0c", source: "meta_A.jsonl", line: 2) == rows.first)
  }

  @Test func refusesWhatIsNoPool() async throws {
    let folder = try TemporaryFolder()
    let other = "\(folder.path)/other.sqlite"
    try Database(path: other, .create).execute("CREATE TABLE t (a)")
    let old = "\(folder.path)/old.sqlite"
    _ = try await write([], to: old)
    do { try Database(path: old, .create).execute("PRAGMA user_version = 0") }
    let cases: [(path: String, code: CurationError.Code)] = [
      ("\(folder.path)/missing.sqlite", .noInput), (other, .badData), (old, .badData),
      (try folder.write("not SQLite", to: "text.sqlite"), .badData),
    ]
    for (path, code) in cases {
      let error = #expect(throws: CurationError.self) { _ = try PoolReader(path: path) }
      #expect(error?.code == code, "\(path)")
    }
  }
}
