import Foundation

/// A pool that an earlier run left, whole or interrupted, of which a new run takes over the sources
/// that have not changed.
///
/// Which ones is decided by what is in the files, and by what made the rows of them: see `context`.
struct EarlierPool: ~Copyable {
  private let database: Database
  private let sources: [String: Source]
  private let hasRejects: Bool

  private struct Source {
    let number: Int
    let items: Int
    let sum: UInt64
    let rejectsSum: UInt64
    let input: Manifest.Input
    let json: String
  }

  /// What decides the rows of a file besides its bytes: the program, the tokenizer and the record steps.
  static func context(_ recipe: Recipe, _ tokenizer: Manifest.TokenizerSummary) -> String {
    let steps = recipe.recordSteps.map { "\($0.type.name) \($0.values.description)" }
    let program = ["curate \(curateVersion)", programHash, tokenizer.kind, tokenizer.sha256]
    return SHA256.hash(of: Array((program + steps).joined(separator: "\n").utf8))
  }

  /// A program that was built of other sources makes other rows under the same version.
  private static let programHash = (try? InputFile(path: "/proc/self/exe").sha256()) ?? ""

  /// Nil where there is no pool that serves.
  ///
  /// - Parameter hasRejects: whether the rejects of its sources are needed, too.
  init?(path: String, context: String, hasRejects: Bool) {
    guard fileExists(path), let pool = try? PoolReader(path: path),
      (try? pool.about("context")) == context,
      !hasRejects || (try? pool.about("rejects")) == "yes",
      let database = try? Database(path: path, .read), let found = try? Self.sources(database)
    else { return nil }
    self.database = database
    self.hasRejects = hasRejects
    sources = found
  }

  private static func sources(_ database: borrowing Database) throws -> [String: Source] {
    let statement = try database.prepare(
      "SELECT number, name, items, sum, input, rejects_sum FROM sources")
    var sources: [String: Source] = [:]
    var repeated: Set<String> = []
    while try statement.step() {
      let (name, json) = (statement.text(1), statement.text(4))
      guard let input = try? JSONDecoder().decode(Manifest.Input.self, from: Data(json.utf8))
      else { continue }
      let source = Source(
        number: Int(statement.integer(0)), items: Int(statement.integer(2)),
        sum: UInt64(bitPattern: statement.integer(3)),
        rejectsSum: UInt64(bitPattern: statement.integer(5)), input: input, json: json)
      // Rows go by the names of their sources: of two with one name, whose are they?
      let isSound =
        input.name == name && input.lines.isPossible && input.lines.isBalanced
        && input.lines.kept == source.items
      if !isSound || sources.updateValue(source, forKey: name) != nil { repeated.insert(name) }
    }
    return sources.filter { !repeated.contains($0.key) }
  }

  /// What became of the files that are the pool's, too, by their numbers in `files`. Reads those whose
  /// name and size are in the pool, but not those that are `done`.
  func inputs(
    of files: [any Curation.Source], except done: [Int: Manifest.Input]
  ) throws -> [Int: Manifest.Input] {
    let counts = Dictionary(files.map { ($0.name, 1) }, uniquingKeysWith: +)
    var inputs: [Int: Manifest.Input] = [:]
    for (number, file) in files.enumerated() where done[number] == nil && counts[file.name] == 1 {
      guard let input = sources[file.name]?.input, input.bytes == file.byteCount,
        input.damage == nil || file.damagePolicy == .skip, try file.hashBytes() == input.sha256
      else { continue }
      inputs[number] = input
    }
    return inputs
  }

  /// Copies the rows and the rejects of some files to a new pool, of which they are complete then.
  ///
  /// - Parameter inputs: by their numbers in the new pool.
  /// - Returns: false where the pool cannot be read, or holds not what the earlier run wrote: nothing is
  ///   complete then, and the new pool is spoilt.
  func copy(_ inputs: [Int: Manifest.Input], to pool: PoolWriter) async throws -> Bool {
    let numbers = Dictionary(inputs.map { ($0.value.name, $0.key) }) { first, _ in first }
    guard
      let items = try? database.prepare(
        """
        SELECT id, category, price, prompt, answer, token_count, source, line,
          fingerprints.item, title, text, shingles
        FROM items LEFT JOIN fingerprints ON fingerprints.item = items.rowid
        """)
    else { return false }
    var (row, packed, source) = (PoolRow(), PoolRows(), "")
    while true {
      let isRow: Bool
      do { isRow = try items.step() } catch is CurationError { return false }
      let name = isRow ? items.text(6) : ""
      if name != source || packed.rows.count == 1000 {
        if numbers[source] != nil {
          try await pool.append(
            packed, category: RawFile.category(ofFileNamed: source), source: source)
        }
        (packed, source) = (PoolRows(), name)
      }
      guard isRow else { break }
      guard numbers[name] != nil else { continue }
      items.read(into: &row)
      // Rows count from 1, and no row reads as 0.
      packed.append(row, items.integer(8) == 0 ? nil : items.fingerprint(9))
    }
    for (name, number) in numbers {
      guard try await copyRejects(of: name, to: number, in: pool),
        let source = sources[name],
        await pool.sum(of: name, source.json) == (source.items, source.sum)
      else { return false }
    }
    try await pool.complete(inputs)
    return true
  }

  private func copyRejects(
    of name: String, to number: Int, in pool: PoolWriter
  ) async throws -> Bool {
    guard hasRejects else { return true }
    guard let source = sources[name],
      let rejects = try? database.prepare("SELECT batch, members FROM rejects WHERE source = ?")
    else { return false }
    rejects.bind(Int64(source.number), at: 1)
    while true {
      do {
        guard try rejects.step() else {
          return await pool.rejectsSum(of: number) == source.rejectsSum
        }
      } catch is CurationError { return false }
      let members = rejects.withBytes(1) { Array($0) }
      try await pool.append(members, source: number, batch: Int(rejects.integer(0)))
    }
  }
}
