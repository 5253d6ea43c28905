import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import Engine
@testable import RawData
@testable import Tokenization

/// Somebody else writes to a file while it is read.
struct ChangedFileTests {
  /// So many that the file is not read with its first bytes.
  private static let lines: [UInt8] = {
    var random = SeededGenerator(state: 3)
    return (0..<40_000).flatMap { _ in
      Array("\(UInt64.random(in: 0...UInt64.max, using: &random))\n".utf8)
    }
  }()

  enum Change: CaseIterable {
    case append, truncate, overwrite, replace

    func make(_ path: String) throws {
      // The clock of files stands still for some milliseconds.
      usleep(30_000)
      let url = URL(fileURLWithPath: path)
      if self == .replace {
        return try Data("other\n".utf8).write(to: url, options: .atomic)
      }
      let file = try FileHandle(forUpdating: url)
      switch self {
      case .append:
        try file.seekToEnd()
        try file.write(contentsOf: Data(gzipMember(Array("more\n".utf8))))
      case .truncate: try file.truncate(atOffset: 300_000)
      default:
        try file.seek(toOffset: 350_000)
        try file.write(contentsOf: Data("x\n".utf8))
      }
      try file.close()
    }
  }

  @Test(arguments: Change.allCases, [false, true])
  func isToldUnlessItWasReplacedAsAWhole(change: Change, isGzip: Bool) throws {
    let bytes = isGzip ? try gzipMember(Self.lines) : Self.lines
    for policy in DamagePolicy.allCases {
      let folder = try TemporaryFolder()
      let path = try folder.write(bytes, to: "meta_A.jsonl\(isGzip ? ".gz" : "")")
      let file = RawFile(
        path: path, byteCount: bytes.count, damagePolicy: policy, batchSize: 10_000)
      #expect(try file.nextBatch() != nil)
      try change.make(path)
      func readRest() throws { while try file.nextBatch() != nil {} }
      if change == .replace {
        try readRest()
        #expect(file.sha256 == SHA256.hash(of: bytes) && file.bytesRead == bytes.count)
      } else {
        let error = #expect(throws: CurationError.self) { try readRest() }
        #expect(error?.code == .inputOutput)
        #expect(error?.description.hasPrefix("\(path): was changed while it was read") == true)
        #expect(file.sha256 == nil)
      }
    }
  }

  /// A source that is written to after its first batch.
  private final class Growing: Source {
    let file: RawFile
    var name: String { file.name }
    var category: String { file.category }
    var byteCount: Int { file.byteCount }
    var bytesRead: Int { file.bytesRead }
    var sha256: String? { file.sha256 }
    var damagePolicy: DamagePolicy { file.damagePolicy }
    var damage: Damage? { file.damage }

    init(_ file: RawFile) { self.file = file }

    func hashBytes() throws -> String { try file.hashBytes() }

    func nextBatch() throws -> Batch? {
      let batch = try file.nextBatch()
      if batch?.index == 0 { try Change.append.make(file.path) }
      return batch
    }
  }

  @Test func nothingIsMadeOfIt() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.lines, to: "meta_A.jsonl")
    let source = Growing(
      RawFile(path: path, byteCount: Self.lines.count, batchSize: 100_000))
    let recipe = try smallRecipe(
      recordSteps: ["price", "assemble", "token-window", "prompt"], poolSteps: ["split"])
    let builder = DatasetBuilder(
      SplitMaker(recipe: recipe, request: recipe.request, jobs: 2), try byteTokenizer(),
      keepsRejects: false)
    let error = await #expect(throws: CurationError.self) {
      try await builder.run([source], into: "\(folder.path)/out")
    }
    #expect(error?.code == .inputOutput)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/out"))
    // What it held when it was found does not count, but what was read.
    let found = RawFile(path: path, byteCount: 7)
    let manifest = try await builder.run([found], into: "\(folder.path)/out")
    let size = Self.lines.count + (try gzipMember(Array("more\n".utf8))).count
    #expect(manifest.inputs.map(\.bytes) == [size])
    #expect(manifest.inputs.map(\.sha256) == [try found.hashBytes()])
  }
}
