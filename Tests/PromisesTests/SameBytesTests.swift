import Foundation
import Synchronization
import Synthesis
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import Engine
@testable import RawData

/// The default recipe, whole: the same bytes whatever the number of tasks, the order and the folders of files, the
/// size of batches, and interruptions.
struct SameBytesTests {
  struct Way: CustomTestStringConvertible, Sendable {
    var jobs = 2
    var batchSize = 1 << 20
    /// Shuffles the files.
    var order: UInt64 = 0
    /// Files lie in as many folders.
    var folders = 1
    /// All files but the so many largest, which come first, cannot be read by a first run.
    var interruptedAfter: Int?

    /// Each batch's rejects are a gzip member.
    var keepsRejects: Bool { batchSize == Way().batchSize }

    var testDescription: String {
      "jobs \(jobs), batches of \(batchSize), order \(order), folders \(folders), "
        + "interrupted after \(interruptedAfter.map { "\($0)" } ?? "none")"
    }
  }

  static let ways = [
    Way(jobs: 1), Way(jobs: 8), Way(jobs: 1, order: 1), Way(jobs: 2, order: 2),
    Way(jobs: 8, order: 3), Way(jobs: 1, batchSize: 3000),
    Way(jobs: 8, batchSize: 20_000, order: 4),
    Way(folders: 3), Way(jobs: 8, batchSize: 9000, order: 5, folders: 8),
    Way(jobs: 1, interruptedAfter: 3), Way(jobs: 8, order: 6, interruptedAfter: 1),
    Way(jobs: 2, batchSize: 9000, order: 7, folders: 2, interruptedAfter: 5),
  ]

  /// The records of each category: made ones, each fourth once more with a word changed, and some lines that are none.
  private static let records: [(name: String, lines: [UInt8])] = {
    let products = SampleProducts(seed: 7)
    var records = SampleProducts.categories.map { (name: "meta_\($0).jsonl.gz", lines: [UInt8]()) }
    for index in 0..<600 {
      var line: [UInt8] = []
      let category = products.appendLine(index, to: &line)
      records[category].lines += line
      guard index % 4 == 0 else { continue }
      records[category].lines += Array(
        line.text.replacing("parent_asin\": \"", with: "parent_asin\": \"X")
          .replacing(" with ", with: " without ").utf8)
      if index % 40 == 0 { records[category].lines += Array("not a record\n".utf8) }
    }
    return records
  }()

  private static let recipe = Result {
    let text = Recipe.builtIn["pricer", default: ""]
      .replacing("per-thousand: 10", with: "per-thousand: 250")
      .replacing("limit: 1200", with: "limit: 9").replacing("train: 400000", with: "train: 150")
    return try Recipe(text: text, origin: "recipe")
  }

  private static func dataset(
    _ way: Way, of recipe: Recipe, keepsRejects: Bool = true, in folder: TemporaryFolder
  ) async throws -> [String: [UInt8]] {
    var random = SeededGenerator(state: way.order)
    var files: [any Source] = []
    for (number, record) in records.enumerated() {
      let path = try folder.write(
        gzipMember(record.lines), to: "raw\(number % way.folders)/\(record.name)")
      let size = try InputFile(path: path).size
      files.append(RawFile(path: path, byteCount: size, batchSize: way.batchSize))
    }
    if way.order > 0 { files.shuffle(using: &random) }
    let builder = DatasetBuilder(
      SplitMaker(recipe: recipe, request: recipe.request, jobs: way.jobs), try byteTokenizer(),
      keepsRejects: keepsRejects)
    let out = "\(folder.path)/out"
    if let count = way.interruptedAfter {
      let least = files.map(\.byteCount).sorted(by: >)[count - 1]
      let failing = files.map { $0.byteCount >= least ? $0 : FailingSource(source: $0) }
      let error = await #expect(throws: CurationError.self) {
        try await builder.run(failing, into: out)
      }
      // With many tasks another number may be.
      #expect(way.jobs > 1 || error?.description.contains("\(count) of 8 files are done") == true)
      #expect(!FileManager.default.fileExists(atPath: out))
      files = try files.map { file in
        let path = try #require(file as? RawFile).path
        return RawFile(path: path, byteCount: file.byteCount, batchSize: way.batchSize)
      }
    }
    _ = try await builder.run(files, into: out)
    let names = try FileManager.default.contentsOfDirectory(atPath: out)
    return try Dictionary(
      uniqueKeysWithValues: names.filter { $0 != "pool.sqlite" }.map { name in
        (name, Array(try Data(contentsOf: URL(filePath: "\(out)/\(name)"))))
      })
  }

  private static let usual = Task { try await usual(keepsRejects: true) }
  private static let usualWithoutRejects = Task { try await usual(keepsRejects: false) }

  private static func usual(keepsRejects: Bool) async throws -> [String: [UInt8]] {
    try await dataset(
      Way(), of: recipe.get(), keepsRejects: keepsRejects, in: TemporaryFolder())
  }

  @Test(arguments: ways) func theWayDoesNotMatter(way: Way) async throws {
    let recipe = try Self.recipe.get()
    let usual = try await (way.keepsRejects ? Self.usual : Self.usualWithoutRejects).value
    let found = try await Self.dataset(
      way, of: recipe, keepsRejects: way.keepsRejects, in: TemporaryFolder())
    let different = Set(usual.keys).union(found.keys).filter { usual[$0] != found[$0] }
    #expect(different.isEmpty)
    // So that there is something to differ in.
    let rows = usual["train.jsonl"]?.count { $0 == UInt8(ascii: "\n") } ?? 0
    #expect(rows > 40 && usual["test.jsonl"]?.isEmpty == false)
  }

  /// A step that counts the items that came before is caught.
  @Test func aStepThatRemembersIsSeen() async throws {
    let usual = try Self.recipe.get()
    let step = Recipe.Entry<any RecordStep.Type>(
      type: ArrivalStep.self, values: ParameterValues([:]), line: 1)
    let recipe = Recipe(
      name: usual.name, summary: usual.summary, sha256: usual.sha256, text: usual.text,
      request: usual.request, recordSteps: usual.recordSteps + [step], poolSteps: usual.poolSteps,
      origin: usual.origin, faultCode: usual.faultCode)
    var trains: Set<[UInt8]> = []
    for _ in 0..<2 {
      let folder = try TemporaryFolder()
      let files = try await Self.dataset(Way(jobs: 1), of: recipe, in: folder)
      trains.insert(files["train.jsonl"] ?? [])
    }
    #expect(trains.count == 2)
  }
}

/// Answers with the number of items that came before.
private struct ArrivalStep: RecordStep {
  static let count = Atomic<Int>(0)
  static let name = "arrival"
  static let summary = "Numbers items."
  static let parameters: [any ParameterDeclaration] = []
  static let stage = RecordStage.fingerprint
  static let dropReasons: [DropReason] = []

  init(_ values: ParameterValues, _ resources: StepResources) throws {}

  func apply(to item: inout Item) -> Verdict {
    item.answer = Array("\(Self.count.add(1, ordering: .relaxed).newValue).00".utf8)
    return .keep
  }
}

/// A file that cannot be read.
private struct FailingSource: Source {
  let source: any Source

  var name: String { source.name }
  var category: String { source.category }
  var byteCount: Int { source.byteCount }
  var bytesRead: Int { 0 }
  var sha256: String? { nil }
  var damagePolicy: DamagePolicy { .stop }
  var damage: Damage? { nil }

  func nextBatch() throws -> Batch? {
    throw CurationError(.inputOutput, "\(name): the disk is gone")
  }

  func hashBytes() throws -> String { try source.hashBytes() }
}
