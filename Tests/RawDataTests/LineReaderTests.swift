import TestSupport
import Testing

@testable import Audit
@testable import Bytes
@testable import Contracts
@testable import RawData
@testable import Tokenization

struct LineReaderTests {
  /// Lines as (number, text), with nil for one beyond the cap.
  private func lines(
    of path: String, batchSize: Int, lineCap: Int = 1 << 20
  ) throws -> [(number: Int, text: String?)] {
    let file = RawFile(path: path, byteCount: 0, batchSize: batchSize, lineCap: lineCap)
    var lines: [(Int, String?)] = []
    while let batch = try file.nextBatch() {
      batch.forEachLine { number, range in
        lines.append((number, batch.isTooLongLine ? nil : Array(batch.bytes[range]).text))
      }
    }
    return lines
  }

  @Test(arguments: [1, 2, 3, 7, 64, 4096], [false, true])
  func readsEveryLineWhateverTheBatch(batchSize: Int, isGzip: Bool) throws {
    let folder = try TemporaryFolder()
    for text in [
      "", "a", "a\n", "a\nb", "\n\na\n\n", "longer line\nb\n" + String(repeating: "x", count: 300),
    ] {
      let bytes = Array(text.utf8)
      let path = try folder.write(
        isGzip ? gzipMember(bytes) : bytes, to: isGzip ? "meta_A.jsonl.gz" : "meta_A.jsonl")
      var expected = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if expected.last == "" { expected.removeLast() }
      let lines = try lines(of: path, batchSize: batchSize)
      #expect(lines.map(\.text) == expected)
      #expect(lines.map(\.number) == Array(1..<(expected.count + 1)))
    }
  }

  @Test func readsManyMembers() throws {
    let folder = try TemporaryFolder()
    let members = try ["one\ntw", "", "o\n", "three\n"].flatMap { try gzipMember(Array($0.utf8)) }
    let path = try folder.write(members, to: "meta_A.jsonl.gz")
    #expect(try lines(of: path, batchSize: 5).map(\.text) == ["one", "two", "three"])
  }

  @Test(arguments: [1, 5, 1000])
  func skipsLinesBeyondTheCap(batchSize: Int) throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 11)
    let path = try folder.write(
      "a\n\(long)\n\(long.dropLast())\n\(long)x\n\nb\n\(long)", to: "meta_A.jsonl")
    let lines = try lines(of: path, batchSize: batchSize, lineCap: 10)
    #expect(lines.map(\.text) == ["a", nil, String(long.dropLast()), nil, "", "b", nil])
    #expect(lines.map(\.number) == Array(1...7))
  }

  @Test func tellsDamage() throws {
    let folder = try TemporaryFolder()
    let whole = try gzipMember(Array(String(repeating: "a line\n", count: 1000).utf8))
    var flipped = whole
    flipped[whole.count / 2] ^= 0xFF
    let cases: [(bytes: [UInt8], words: String)] = [
      (Array(whole.dropLast(3)), "cut short"), (flipped, "damaged at byte"),
      (whole + [1, 2, 3], "damaged at byte"), ([], "empty"), (Array("plain".utf8), "named .gz"),
    ]
    for (bytes, words) in cases {
      let path = try folder.write(bytes, to: "meta_A.jsonl.gz")
      let error = try #require(throws: CurationError.self) { try lines(of: path, batchSize: 100) }
      #expect(error.code == .badData)
      #expect(error.description.contains(words) && error.description.contains(path))
    }
  }

  /// Cut anywhere or with any bit flipped: told with file and byte, and if damage is to be skipped, what
  /// was read are the first lines, or those of a member whose check sum is wrong.
  @Test func noDamageGoesUnnoticed() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(state: 5)
    let lines = (0..<400).map { _ in "\(UInt64.random(in: 0...UInt64.max, using: &random))\n" }
    let whole = try gzipMember(Array(lines.joined().utf8))
    for number in 0..<80 {
      var bytes = whole
      if number < 40 {
        bytes.removeLast(Int.random(in: 1...whole.count, using: &random))
      } else {
        // Not in the header, of which names, times and flags are nobody's check.
        bytes[Int.random(in: 10..<whole.count, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
      }
      let path = try folder.write(bytes, to: "meta_A.jsonl.gz")
      let error = #expect(throws: CurationError.self) { try self.lines(of: path, batchSize: 1000) }
      #expect(error?.code == .badData && error?.description.contains(path) == true)
      let file = RawFile(path: path, byteCount: bytes.count, damagePolicy: .skip, batchSize: 1000)
      var read: [UInt8] = []
      while let batch = try file.nextBatch() { read += batch.bytes[..<batch.byteCount] }
      let damage = try #require(file.damage)
      #expect(damage.offset + damage.lostBytes == bytes.count)
      #expect(file.sha256 == (try file.hashBytes()))
      #expect(read.last == nil || read.last == UInt8(ascii: "\n"))
      guard number < 40 else { continue }
      // The lines that zlib makes of the same bytes, but perhaps for the last.
      var inflater = try Inflater<ZlibDecoder>()
      var inflated = [UInt8](repeating: 0, count: 20_000)
      let count = bytes.withUnsafeBytes { bytes in
        inflated.withUnsafeMutableBytes { inflater.inflate(bytes, into: $0).produced }
      }
      let end = (inflated[..<count].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      #expect(inflated.starts(with: read) && end - read.count <= 21)
    }
  }

  @Test func hashesTheBytesOnDisk() throws {
    let folder = try TemporaryFolder()
    let file = RawFile(path: try folder.write("abc", to: "meta_A.jsonl"), byteCount: 3)
    #expect(file.sha256 == nil)
    while try file.nextBatch() != nil {}
    // The example of FIPS 180-2, appendix B.1.
    #expect(file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try file.nextBatch() == nil)
  }

  /// Rows are read that are longer than any raw line; of what is longer than any row, nothing is kept.
  @Test func rowsMayBeLongerThanRawLines() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      [UInt8](repeating: UInt8(ascii: "a"), count: 5 << 20) + Array("\nb\n".utf8),
      to: "train.jsonl")
    var counts: [Int] = []
    try forEachLine(in: path, .ofDataset) { _, line in counts.append(line.count) }
    #expect(counts == [5 << 20, 1])
    counts = []
    try forEachLine(in: path, .ofDataset, atMost: 1) { _, line in counts.append(line.count) }
    #expect(counts == [5 << 20])
  }
}
