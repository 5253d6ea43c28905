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

/// Runs that go on from what an earlier one has done. Everything else must be as if it had not been
/// there.
struct ResumablePoolTests {
  private static func recipe(shortest: Int = 20, limit: Int = 8) throws -> Recipe {
    try smallRecipe(
      recordSteps: [
        "price", "assemble", "length: {more-than: \(shortest), cut-to: 200}",
        "token-window: {more-than: 10, cut-to: 60}", "prompt", "fingerprint: {shingle-words: 2}",
      ],
      poolSteps: ["hold-out: {per-thousand: 200}", "balance: {limit: \(limit)}", "split"])
  }

  private func write(_ folder: TemporaryFolder, _ category: String, from start: Int = 0) throws {
    let lines = (start..<start + 60).map { number in
      #"{"parent_asin": "\#(category)\#(number)", "title": "Item \#(number) of \#(category)", "#
        + #""features": ["a text that is \#(number % 3 == 0 ? "" : "long enough") \#(number)"], "#
        + #""price": \#(number % 7).25}"#
    }
    try folder.write(
      gzipMember(Array((lines.joined(separator: "\n") + "\n").utf8)),
      to: "meta_\(category).jsonl.gz")
  }

  /// Gives the outputs, and the names of the files that were read line by line.
  private func run(
    _ raw: TemporaryFolder, into folder: String, _ recipe: Recipe, rejects: Bool = true
  ) async throws -> (outputs: [String: Data], read: [String]) {
    let builder = DatasetBuilder(
      SplitMaker(recipe: recipe, request: recipe.request, jobs: 2), try byteTokenizer(),
      keepsRejects: rejects)
    let files = try RawFiles.find([raw.path])
    let manifest = try await builder.run(files, into: folder)
    #expect(builder.progress.state.sources.values.count { $0.isFinished } == files.count)
    var outputs: [String: Data] = [:]
    for name in manifest.outputs.keys + [DatasetLayout.manifestName] {
      outputs[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    return (outputs, files.filter { $0.sha256 != nil }.map(\.category))
  }

  /// A dataset of two files, then something changes.
  private func check(
    _ recipe: Recipe, hadRejects: Bool = true, rejects: Bool = true, reads expected: [String],
    _ change: (TemporaryFolder, _ dataset: String) throws -> Void
  ) async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try write(raw, "Toys")
    try write(raw, "Tools")
    let dataset = "\(out.path)/dataset"
    _ = try await run(raw, into: dataset, try Self.recipe(), rejects: hadRejects)
    try change(raw, dataset)
    let again = try await run(raw, into: dataset, recipe, rejects: rejects)
    let anew = try await run(raw, into: "\(out.path)/anew", recipe, rejects: rejects)
    #expect(again.outputs == anew.outputs)
    #expect(again.read == expected)
    let pools = try ["dataset", "anew"].map {
      try PoolReader(path: "\(out.path)/\($0)/pool.sqlite").digest()
    }
    #expect(pools[0] == pools[1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).count == 2)
  }

  /// What decides whether work is taken over may not depend on what other threads do meanwhile.
  @Test func librariesAreTheSameWhateverOthersDo() async {
    let expected = ResumablePool.loadedLibraries()
    #expect(expected.contains { $0.contains("libsqlite3") })
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<400 {
        group.addTask {
          // Large enough to be mapped by itself.
          let block = [UInt8](repeating: UInt8(number & 0xFF), count: 1 << 20)
          return ResumablePool.loadedLibraries() == expected && block.count == 1 << 20
        }
      }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test func readsNothingAgainThatHasNotChanged() async throws {
    try await check(try Self.recipe(), reads: []) { _, _ in }
    try await check(try Self.recipe(limit: 3), reads: []) { _, _ in }
    try await check(try Self.recipe(), rejects: false, reads: []) { _, _ in }
  }

  @Test func readsWhatIsNewOrChanged() async throws {
    try await check(try Self.recipe(), reads: ["Games"]) { raw, _ in try write(raw, "Games") }
    try await check(try Self.recipe(), reads: ["Toys"]) { raw, _ in
      try write(raw, "Toys", from: 1)
    }
    try await check(try Self.recipe(), reads: []) { raw, _ in
      try FileManager.default.removeItem(atPath: "\(raw.path)/meta_Toys.jsonl.gz")
    }
    // The same bytes under another name are another file, since its name gives the category.
    try await check(try Self.recipe(), reads: ["Other"]) { raw, _ in
      try FileManager.default.moveItem(
        atPath: "\(raw.path)/meta_Toys.jsonl.gz", toPath: "\(raw.path)/meta_Other.jsonl.gz")
    }
  }

  /// What was done when a run failed, or was interrupted, is not done again; a dry run takes nothing
  /// away from that.
  @Test func goesOnAfterAFailure() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    let dataset = "\(out.path)/dataset"
    let recipe = try Self.recipe()
    for category in ["Toys", "Tools"] { try write(raw, category) }
    // The smallest is read last.
    try raw.write([0x1F, 0x8B, 8, 0], to: "meta_Cut.jsonl.gz")
    let error = await #expect(throws: CurationError.self) {
      try await run(raw, into: dataset, recipe)
    }
    #expect(error?.code == .badData)
    #expect(
      error?.description.hasSuffix("; 2 of 3 files are done, which the next run takes over")
        == true, "\(error?.description ?? "")")
    try FileManager.default.removeItem(atPath: "\(raw.path)/meta_Cut.jsonl.gz")
    try write(raw, "Cut")
    let builder = DatasetBuilder(
      SplitMaker(recipe: recipe, request: recipe.request, jobs: 2), try byteTokenizer(),
      keepsRejects: true)
    _ = try await builder.run(try RawFiles.find([raw.path]), into: dataset, isDry: true)
    #expect(builder.progress.state.earlierSources == 2)
    let again = try await run(raw, into: dataset, recipe)
    #expect(again.read == ["Cut"])
    #expect(try await run(raw, into: "\(out.path)/anew", recipe).outputs == again.outputs)
    let left = try FileManager.default.contentsOfDirectory(atPath: out.path)
    #expect(left.sorted() == ["anew", "dataset"])
  }

  /// What a killed run had written of a file that it had not read to its end is undone, even if it
  /// was on the disk already.
  @Test func takesBackWhatIsNotComplete() async throws {
    let folder = try TemporaryFolder()
    let dataset = "\(folder.path)/dataset"
    var output: OutputFolder? = try OutputFolder(path: dataset)
    let staged = try #require(output?.poolPath)
    let pool = try PoolWriter(path: staged, about: ["context": "c"])
    func append(_ source: String, _ count: Int) async throws {
      var rows = PoolRows(category: "A", source: source)
      var row = PoolRow()
      row.prompt = [UInt8](repeating: 0x61, count: 1000)
      for line in 1...count {
        row.line = line
        rows.append(row, nil)
      }
      try await pool.append(rows)
    }
    try await append("a", 10)
    var lines = Ledger()
    (lines.read, lines.kept) = (10, 10)
    try await pool.complete(0, .init(name: "a", bytes: 1, sha256: "", lines: lines, damage: nil))
    // More than SQLite keeps in memory.
    try await append("b", 20_000)

    let files = [staged, staged + "-journal"]
    let copies = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    #expect(copies[0].count > 8 << 20)
    output = nil
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/.dataset.curate", withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    for (file, copy) in zip(files, copies) { try copy.write(to: URL(fileURLWithPath: file)) }

    output = try OutputFolder(path: dataset)
    let earlier = try #require(output?.earlierPool)
    #expect(try PoolReader(path: earlier, isFinished: false).digest().items == 10)
    #expect(try ResumablePool(path: earlier, context: "c", hasRejects: false) != nil)
    #expect(try ResumablePool(path: earlier, context: "d", hasRejects: false) == nil)
  }

  /// The pool of an interrupted run, and another that is spoilt: the one does not suffer for the other.
  @Test func aSpoiltPoolTakesNothingFromAnother() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try write(raw, "Toys")
    let recipe = try Self.recipe()
    _ = try await run(raw, into: "\(out.path)/dataset", recipe)
    try FileManager.default.createDirectory(
      atPath: "\(out.path)/.dataset.curate", withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    try FileManager.default.copyItem(
      atPath: "\(out.path)/dataset/pool.sqlite",
      toPath: "\(out.path)/.dataset.curate/earlier.sqlite")
    try write(raw, "Tools")
    _ = try await run(raw, into: "\(out.path)/other", recipe)
    try FileManager.default.removeItem(atPath: "\(out.path)/dataset/pool.sqlite")
    try FileManager.default.moveItem(
      atPath: "\(out.path)/other/pool.sqlite", toPath: "\(out.path)/dataset/pool.sqlite")
    try Database(path: "\(out.path)/dataset/pool.sqlite", .update)
      .execute("UPDATE items SET prompt = 'x' WHERE source LIKE '%Tools%'")
    #expect(try await run(raw, into: "\(out.path)/dataset", recipe).read == ["Tools"])
  }

  /// Of two files with one name, nobody knows whose a row is.
  @Test func filesOfOneNameAreReadAgain() async throws {
    let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
    try write(raw, "Toys")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(raw.path)/meta_Toys.jsonl.gz"))
    try raw.write(Array(bytes), to: "a/meta_Toys.jsonl.gz")
    _ = try await run(raw, into: "\(out.path)/dataset", try Self.recipe())
    try FileManager.default.removeItem(atPath: "\(raw.path)/a")
    let again = try await run(raw, into: "\(out.path)/dataset", try Self.recipe())
    #expect(again.read == ["Toys"])
    #expect(
      try await run(raw, into: "\(out.path)/anew", try Self.recipe()).outputs == again.outputs)
  }

  @Test func believesNoPoolThatWasMadeOtherwise() async throws {
    let both = ["Tools", "Toys"]
    try await check(try Self.recipe(shortest: 30), reads: both) { _, _ in }
    try await check(try Self.recipe(), hadRejects: false, reads: both) { _, _ in }
    for sql in [
      "UPDATE items SET prompt = 'x' WHERE rowid = 3", "DELETE FROM items WHERE rowid = 3",
      "UPDATE fingerprints SET title = 5 WHERE item = 2", "DELETE FROM sources",
      "UPDATE about SET value = 'x' WHERE key = 'context'", "PRAGMA user_version = 1",
      "UPDATE rejects SET members = x'00'", "DELETE FROM rejects",
      "UPDATE sources SET input = replace(input, '\"read\":60', '\"read\":61')",
      "UPDATE sources SET input = replace(input, '\"read\":60', '\"read\":9223372036854775807')",
    ] {
      try await check(try Self.recipe(), reads: both) { _, dataset in
        try Database(path: "\(dataset)/pool.sqlite", .update).execute(sql)
      }
    }
    try await check(try Self.recipe(), reads: ["Toys"]) { _, dataset in
      try Database(path: "\(dataset)/pool.sqlite", .update)
        .execute("UPDATE sources SET input = replace(input, 'Toys', 'Tools')")
    }
    // Its first page says that all is well.
    try await check(try Self.recipe(), reads: both) { _, dataset in
      let url = URL(fileURLWithPath: "\(dataset)/pool.sqlite")
      var bytes = try Data(contentsOf: url)
      for index in 16384..<min(bytes.count, 65536) { bytes[index] = 0 }
      try bytes.write(to: url)
    }
    try await check(try Self.recipe(), reads: both) { _, dataset in
      try Data("no pool".utf8).write(to: URL(fileURLWithPath: "\(dataset)/pool.sqlite"))
    }
  }
}
