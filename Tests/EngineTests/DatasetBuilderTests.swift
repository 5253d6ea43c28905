import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import Engine
@testable import ItemPool
@testable import RawData
@testable import Tokenization

struct DatasetBuilderTests {
  private static func recipe() throws -> Recipe {
    try smallRecipe(
      recordSteps: [
        "price", "assemble", "length: {more-than: 20, cut-to: 200}", "scrub",
        "token-window: {more-than: 30, cut-to: 60}", "prompt",
      ],
      poolSteps: [
        "hold-out: {per-thousand: 200}",
        "balance: {limit: 8, weights: {Automotive: 1}, other-weight: 5}", "split",
      ])
  }

  /// Raw lines of some categories: kept ones, dropped ones of every kind, unreadable ones, the same
  /// line twice, and two records of one id.
  private static let lines: [String: [String]] = {
    var lines: [String: [String]] = [:]
    for category in ["Automotive", "Toys", "Appliances"] {
      var records = (0..<120).map { number -> String in
        var random = SeededGenerator(state: UInt64(number))
        let text = (0..<8).map { _ in
          ["green", "steel", "sturdy", "kettle", "guitar", "wheel"].randomElement(using: &random)
            ?? ""
        }.joined(separator: " ")
        let id = number % 17 == 0 ? "\(category)-same" : "\(category)-\(number)"
        let price = number % 11 == 0 ? "null" : "\(number % 7).25"
        let record =
          #"{"parent_asin": "\#(id)", "title": "Item \#(number)", "features": ["\#(text)"], "price": \#(price)}"#
        switch number % 23 {
        case 5: return "not json"
        case 6: return "\(record.dropLast(9))"
        case 7: return #"{"title": null, "price": 5}"#
        case 8: return #"{"title": "x", "price": 5, "features": ["short"]}"#
        case 9: return ""
        default: return record
        }
      }
      records.append(records[1])
      lines[category] = records
    }
    return lines
  }()

  private func build(
    _ folder: TemporaryFolder, into out: String, jobs: Int = 2, batchSize: Int = 1 << 20,
    rejects: Bool = true, reversed: Bool = false, isDry: Bool = false
  ) async throws -> Manifest {
    let recipe = try Self.recipe()
    let builder = DatasetBuilder(
      SplitMaker(recipe: recipe, request: recipe.request, jobs: jobs), try byteTokenizer(),
      keepsRejects: rejects)
    var files = try RawFiles.find([folder.path]).map {
      RawFile(path: $0.path, byteCount: $0.byteCount, batchSize: batchSize)
    }
    if reversed { files.reverse() }
    return try await builder.run(files, into: out, isDry: isDry)
  }

  private func writeRaw(_ folder: TemporaryFolder, under place: String = "") throws {
    for (category, lines) in Self.lines {
      let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
      try folder.write(gzipMember(bytes), to: "\(place)meta_\(category).jsonl.gz")
    }
  }

  private func contents(_ folder: String, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  @Test func everyLineIsAccountedFor() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try writeRaw(raw)
    let manifest = try await build(raw, into: "\(out.path)/curated")
    for input in manifest.inputs {
      #expect(input.lines.isBalanced, "\(input.name)")
      #expect(input.lines.read == 121)
    }
    #expect(manifest.total.isBalanced)
    #expect(Set(manifest.total.unreadable.keys) == ["not-json", "empty-line"])
    #expect(
      Set(manifest.total.dropped.keys) == [
        "no-price", "no-title", "too-short", "price-out-of-range",
      ])
    #expect(manifest.pool.items == manifest.total.kept)
    #expect(manifest.selection.first?.itemsIn == manifest.pool.items)
    let written = Split.allCases.map(manifest.rows).reduce(0, +)
    #expect(manifest.selection.last?.itemsOut == written)
    let rejects = try TestFiles.gunzipped("\(out.path)/curated/rejects.jsonl.gz").text
      .split(separator: "\n")
    #expect(rejects.count == manifest.total.read - manifest.total.kept)
    #expect(
      rejects.first?.hasPrefix(#"{"source": "meta_Appliances.jsonl.gz", "line": 1, "#) == true)
  }

  @Test func theSameBytesWhateverTheWorkersBatchesOrderAndFolders() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try writeRaw(raw)
    _ = try await build(raw, into: "\(out.path)/first", jobs: 1)
    let names = [
      "train.jsonl", "validation.jsonl", "test.jsonl", "rejects.jsonl.gz", "manifest.json",
    ]
    for (jobs, batchSize) in [(1, 100), (2, 1000), (8, 333), (3, 1 << 20)] {
      // Each into a folder of its own, or it would be taken over from the one before.
      let folder = "\(out.path)/\(jobs)"
      _ = try await build(raw, into: folder, jobs: jobs, batchSize: batchSize)
      // Where batches end shows in the gzip members of the rejects and so in their hash.
      for name in names.dropLast(batchSize == 1 << 20 ? 0 : 2) {
        #expect(try contents(folder, name) == contents("\(out.path)/first", name), "\(name)")
      }
    }
    let elsewhere = try TemporaryFolder()
    try writeRaw(elsewhere, under: "deep/er/")
    _ = try await build(elsewhere, into: "\(out.path)/third")
    for name in names {
      #expect(
        try contents("\(out.path)/third", name) == contents("\(out.path)/first", name), "\(name)")
    }
  }

  @Test func theSameSplitsHoweverTheRecordsAreSpreadOverFiles() async throws {
    let (raw, spread, out) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
    try writeRaw(raw)
    for (category, lines) in Self.lines {
      for part in 0..<3 {
        let some = lines.enumerated().filter { $0.offset % 3 == part }.map(\.element).reversed()
        try spread.write(
          some.joined(separator: "\n") + "\n", to: "\(part)/meta_\(category).jsonl")
      }
    }
    _ = try await build(raw, into: "\(out.path)/first")
    _ = try await build(spread, into: "\(out.path)/second", reversed: true)
    for name in Split.allCases.map({ "\($0.name).jsonl" }) {
      #expect(
        try contents("\(out.path)/second", name) == contents("\(out.path)/first", name), "\(name)")
    }
  }

  @Test func splittingAgainWithTheSameSeedChangesNothing() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try writeRaw(raw)
    let folder = "\(out.path)/curated"
    _ = try await build(raw, into: folder)
    let names = [
      "train.jsonl", "validation.jsonl", "test.jsonl", "manifest.json", "rejects.jsonl.gz",
    ]
    let before = try names.map { try contents(folder, $0) }
    _ = try await SplitMaker.remake(folder, jobs: 2) { _ in }
    #expect(try names.map { try contents(folder, $0) } == before)
    let manifest = try await SplitMaker.remake(folder, jobs: 2) {
      $0.request.seed = 9
      $0.request.train = 20
    }
    #expect(manifest.outputs["train.jsonl"]?.rows == 20)
    #expect(try contents(folder, "train.jsonl") != before[0])
    #expect(try contents(folder, "test.jsonl") == before[2])
  }

  @Test func aFailedRunLeavesTheFolderAsItWas() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try writeRaw(raw)
    let folder = "\(out.path)/curated"
    _ = try await build(raw, into: folder)
    try out.write("mine", to: "curated/notes.txt")
    let before = try contents(folder, "manifest.json")
    try raw.write(Array(gzipMember(Array("{}\n".utf8)).dropLast(2)), to: "meta_Cut.jsonl.gz")
    await #expect(throws: CurationError.self) { try await build(raw, into: folder) }
    #expect(try contents(folder, "manifest.json") == before)
    try FileManager.default.removeItem(atPath: "\(raw.path)/meta_Cut.jsonl.gz")
    _ = try await build(raw, into: folder, rejects: false)
    #expect(try contents(folder, "notes.txt") == Data("mine".utf8))
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/rejects.jsonl.gz"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path) == ["curated"])
  }

  @Test func aDryRunTellsTheSameAndWritesNothing() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try writeRaw(raw)
    let dry = try await build(raw, into: "\(out.path)/curated", isDry: true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).isEmpty)
    #expect(try await build(raw, into: "\(out.path)/curated") == dry)
  }

  @Test(
    .enabled(
      if: TestFiles.hasShared && TestFiles.hasLlama,
      "needs the reference data and Llama 3's tokenizer"))
  func theCourseRecipeAgreesWithTheCourse() async throws {
    struct Expected: Decodable {
      let file: String
      let line: Int
      let id: String
      let price: Double
      let prompt: String
      let tokenCount: Int
    }
    let out = try TemporaryFolder()
    let recipe = try Recipe(nameOrPath: "course")
    let builder = DatasetBuilder(
      SplitMaker(recipe: recipe, request: recipe.request, jobs: 2),
      try Tokenizer(contentsOf: TestFiles.llama), keepsRejects: false)
    let manifest = try await builder.run(
      try RawFiles.find(["\(TestFiles.shared)/raw"]), into: "\(out.path)/curated")
    #expect(
      manifest.total.dropped == [
        "no-price": 4305, "price-out-of-range": 683, "too-short": 72, "too-few-tokens": 222,
      ])
    let pool = try PoolReader(path: DatasetLayout.poolPath("\(out.path)/curated"))
    let expected = try TestFiles.gunzipped("\(TestFiles.shared)/reference/expected.jsonl.gz")
      .split(separator: UInt8(ascii: "\n"))
    #expect(try pool.itemCount() == expected.count)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    var row = PoolRow()
    for line in expected {
      let item = try decoder.decode(Expected.self, from: Data(line))
      let number = try #require(
        try pool.row(withID: item.id, source: item.file, line: item.line + 1))
      try pool.read(number, into: &row)
      #expect(row.id.text == item.id && row.price == item.price)
      #expect((row.prompt + row.answer).text == item.prompt)
      #expect(row.tokenCount == item.tokenCount)
    }
  }
}
