import Bytes
import CGlibc
package import Contracts
import Foundation

/// A pool left by an earlier run, complete or interrupted. A new run resumes from it, reusing the
/// sources that have not changed.
///
/// That is decided by the files' contents and by what made their rows: see `context`.
package struct ResumablePool: ~Copyable {
  private let database: Database
  private let entries: [String: Entry]
  private let hasRejects: Bool

  /// A source as the earlier run left it.
  private struct Entry {
    let number: Int
    let items: Int
    let sum: UInt64
    let rejectsSum: UInt64
    let input: InputSummary
    let samples: RejectSamples
    /// The two as stored in the pool, concatenated.
    let json: String
  }

  /// What decides the rows of a file besides its bytes: the program and the libraries it uses, the
  /// tokenizer and the record steps.
  package static func context(_ recipe: Recipe, _ tokenizer: TokenizerSummary) -> String {
    let steps = recipe.recordSteps.map { "\($0.type.name) \($0.values.description)" }
    let program = ["curate \(curateVersion)", tokenizer.kind, tokenizer.sha256] + Self.program
    return SHA256.hash(of: Array((program + steps).joined(separator: "\n").utf8))
  }

  /// A program that was built of other sources makes other rows under the same version, and so may other
  /// libraries, of which the size and the time of the last change must do: they are too large to be
  /// hashed in every run.
  private static let program: [String] = {
    // Where that cannot be told, no two runs agree.
    guard let hash = try? InputFile(path: "/proc/self/exe").sha256() else {
      return [UUID().uuidString]
    }
    let files = loadedLibraries().sorted().map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return path }
      return "\(path) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
    return [hash] + files
  }()

  /// The paths of all libraries that the program has loaded. (`/proc/self/maps` has them, too, but misses some
  /// while other threads map memory.)
  static func loadedLibraries() -> Set<String> {
    var paths: Set<String> = []
    withUnsafeMutablePointer(to: &paths) { paths in
      _ = dl_iterate_phdr(
        { info, _, paths in
          if let name = info?.pointee.dlpi_name, name.pointee == UInt8(ascii: "/") {
            paths?.assumingMemoryBound(to: Set<String>.self).pointee.insert(String(cString: name))
          }
          return 0
        }, paths)
    }
    return paths
  }

  /// Nil where there is no pool that serves, whatever may be wrong with it.
  ///
  /// Errors: `CancellationError`.
  ///
  /// - Parameter hasRejects: whether the rejects of its sources are needed, too.
  package init?(path: String, context: String, hasRejects: Bool) throws {
    guard fileExists(path),
      let found = try unlessSpoilt({
        try PoolFile.settle(path)
        let pool = try PoolReader(path: path, isFinished: false)
        return try pool.about("context") == context
          && (!hasRejects || pool.about("rejects") == "yes")
      }), found,
      let database = try unlessSpoilt({ try Database(path: path, .read) }),
      let entries = try unlessSpoilt({ try Self.entries(database) })
    else { return nil }
    self.database = database
    self.hasRejects = hasRejects
    self.entries = entries
  }

  private static func entries(_ database: borrowing Database) throws -> [String: Entry] {
    let statement = try database.prepare(
      "SELECT number, name, items, sum, input, rejects_sum, samples FROM sources")
    var entries: [String: Entry] = [:]
    var unusable: Set<String> = []
    while try statement.step() {
      let name = try statement.text(1)
      let (json, samplesJSON) = try (statement.text(4), statement.text(6))
      let decoder = JSONDecoder()
      guard let input = try? decoder.decode(InputSummary.self, from: Data(json.utf8)),
        let samples = try? decoder.decode(RejectSamples.self, from: Data(samplesJSON.utf8))
      else { continue }
      let entry = Entry(
        number: Int(try statement.integer(0)), items: Int(try statement.integer(2)),
        sum: UInt64(bitPattern: try statement.integer(3)),
        rejectsSum: UInt64(bitPattern: try statement.integer(5)), input: input, samples: samples,
        json: json + samplesJSON)
      // Rows go by the names of their sources: of two with one name, whose are they?
      let isSound =
        input.name == name && input.isPossible && input.lines.isBalanced
        && input.lines.kept == entry.items
      if !isSound || entries.updateValue(entry, forKey: name) != nil { unusable.insert(name) }
    }
    return entries.filter { !unusable.contains($0.key) }
  }

  /// What became of the files that are the pool's, too, by their numbers in `files`. Reads those whose
  /// name and size are in the pool, `jobs` at a time, but not those that are `done`.
  ///
  /// Errors: as `Source.hashBytes`, and `CancellationError`.
  package func inputs(
    of files: [any Source], except done: [Int: InputSummary], jobs: Int
  ) async throws -> [Int: InputSummary] {
    let counts = Dictionary(files.map { ($0.name, 1) }, uniquingKeysWith: +)
    var candidates: [(number: Int, file: any Source, input: InputSummary)] = []
    for (number, file) in files.enumerated() where done[number] == nil && counts[file.name] == 1 {
      guard let input = entries[file.name]?.input, input.bytes == file.byteCount,
        input.damage == nil || file.damagePolicy == .skip
      else { continue }
      candidates.append((number, file, input))
    }
    let areSame = try await candidates.mapConcurrently(jobs) { candidate in
      try candidate.file.hashBytes() == candidate.input.sha256
    }
    return Dictionary(
      uniqueKeysWithValues: zip(candidates, areSame).filter(\.1).map { ($0.0.number, $0.0.input) })
  }

  /// Copies the rows and the rejects of some files to a new pool, of which they are complete then.
  ///
  /// - Parameter inputs: by their numbers in the new pool.
  /// - Returns: false where the pool cannot be read, or does not hold what the earlier run wrote: nothing is
  ///   complete then, and the new pool is spoilt.
  package func copy(_ inputs: [Int: InputSummary], to pool: PoolWriter) async throws -> Bool {
    let names = Set(inputs.values.map(\.name))
    guard var batches = try unlessSpoilt({ try PoolBatches(database) }) else { return false }
    while true {
      guard let next = try unlessSpoilt({ try batches.next() }) else { return false }
      guard let rows = next else { break }
      if names.contains(rows.source) { try await pool.append(rows) }
    }
    for (number, input) in inputs {
      guard let entry = entries[input.name], try await copyRejects(of: entry, to: number, in: pool),
        await pool.sum(of: input.name, entry.json) == (entry.items, entry.sum)
      else { return false }
      await pool.append(entry.samples, source: number)
    }
    try await pool.complete(inputs)
    return true
  }

  private func copyRejects(
    of entry: Entry, to number: Int, in pool: PoolWriter
  ) async throws -> Bool {
    guard hasRejects else { return true }
    let select = "SELECT batch, members FROM rejects WHERE source = \(entry.number)"
    guard let rejects = try unlessSpoilt({ try database.prepare(select) }) else { return false }
    while let isRow = try unlessSpoilt({ try rejects.step() }) {
      guard isRow else { return await pool.rejectsSum(of: number) == entry.rejectsSum }
      guard
        let (batch, members) = try unlessSpoilt({
          (try rejects.integer(0, in: 0...1 << 52), try rejects.withBlob(1) { Array($0) })
        })
      else { return false }
      try await pool.append(members, source: number, batch: batch)
    }
    return false
  }
}

/// What `body` gives; nil where a pool cannot be read, since its files can be.
private func unlessSpoilt<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result? {
  do { return try body() } catch is CurationError { return nil }
}
