import Foundation

/// A pool that an earlier run left, whole or interrupted, of which a new run takes over the sources
/// that have not changed.
///
/// Which ones is decided by what is in the files, and by what made the rows of them: see `context`.
struct EarlierPool: ~Copyable {
  private let database: Database
  private let sources: [String: Source]

  private struct Source {
    let number: Int
    let items: Int
    let sum: UInt64
    let input: Manifest.Input
  }

  /// What decides the rows of a file besides its bytes: the program, the tokenizer and the record steps.
  static func context(_ recipe: Recipe, tokenizer sha256: String) -> String {
    let steps = recipe.recordSteps.map { "\($0.type.name) \($0.values.description)" }
    let text = ["curate \(curateVersion), pool \(PoolFormat.version)", sha256] + steps
    return SHA256.hash(of: Array(text.joined(separator: "\n").utf8))
  }

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
    sources = found
  }

  private static func sources(_ database: borrowing Database) throws -> [String: Source] {
    let statement = try database.prepare("SELECT number, name, items, sum, input FROM sources")
    var sources: [String: Source] = [:]
    var repeated: Set<String> = []
    while try statement.step() {
      let name = statement.text(1)
      let json = Data(statement.text(4).utf8)
      guard let input = try? JSONDecoder().decode(Manifest.Input.self, from: json) else { continue }
      let source = Source(
        number: Int(statement.integer(0)), items: Int(statement.integer(2)),
        sum: UInt64(bitPattern: statement.integer(3)), input: input)
      if sources.updateValue(source, forKey: name) != nil { repeated.insert(name) }
    }
    // Rows go by the names of their sources.
    return sources.filter { !repeated.contains($0.key) }
  }

  /// What became of the files that are the pool's, too, by their numbers in `files`. Reads those whose
  /// name and size are in the pool.
  func inputs(of files: [any Curation.Source], _ policy: DamagePolicy) throws -> [Int: Manifest
    .Input]
  {
    let counts = Dictionary(files.map { ($0.name, 1) }, uniquingKeysWith: +)
    var inputs: [Int: Manifest.Input] = [:]
    for (number, file) in files.enumerated() where counts[file.name] == 1 {
      guard let input = sources[file.name]?.input, input.bytes == file.byteCount,
        input.damage == nil || policy == .skip, try file.hashBytes() == input.sha256
      else { continue }
      inputs[number] = input
    }
    return inputs
  }

  /// Copies the rows and the rejects of some files to a new pool, of which they are complete then.
  ///
  /// - Parameter inputs: by their numbers in the new pool.
  /// - Returns: false where rows are not those that the earlier run wrote: nothing is complete then, and
  ///   the new pool is spoilt.
  func copy(_ inputs: [Int: Manifest.Input], to pool: PoolWriter) async throws -> Bool {
    let numbers = Dictionary(uniqueKeysWithValues: inputs.map { ($0.value.name, $0.key) })
    var packed: [String: PoolRows] = [:]
    var row = PoolRow()
    func flush(_ name: String) async throws {
      guard let rows = packed.removeValue(forKey: name) else { return }
      try await pool.append(rows, category: RawFile.category(ofFileNamed: name), source: name)
    }
    let items = try database.prepare(
      """
      SELECT id, category, price, prompt, answer, token_count, source, line,
        fingerprints.item, title, text, shingles
      FROM items LEFT JOIN fingerprints ON fingerprints.item = items.rowid
      """)
    while try items.step() {
      guard numbers[items.text(6)] != nil else { continue }
      items.read(into: &row)
      // Rows count from 1, and no row reads as 0.
      let fingerprint = items.integer(8) == 0 ? nil : items.fingerprint(9)
      packed[row.source, default: PoolRows()].append(row, fingerprint)
      if packed[row.source]?.rows.count == 1000 { try await flush(row.source) }
    }
    for name in packed.keys { try await flush(name) }
    for (name, number) in numbers {
      guard let source = sources[name], await pool.sum(of: name) == (source.items, source.sum)
      else { return false }
      let rejects = try database.prepare("SELECT batch, members FROM rejects WHERE source = ?")
      rejects.bind(Int64(source.number), at: 1)
      while try rejects.step() {
        let members = rejects.withBytes(1) { Array($0) }
        try await pool.append(members, source: number, batch: Int(rejects.integer(0)))
      }
    }
    try await pool.complete(inputs)
    return true
  }
}
