package import Bytes
package import Contracts
import Foundation

/// Writes the pool. Rows stand in the order in which workers deliver them, which is nobody's to rely
/// on; `PoolReader` reads them in a canonical order.
///
/// Whatever kills the program, the file holds the sources that were complete by then, and `ResumablePool`
/// finds them.
package actor PoolWriter {
  private let database: Database
  private let insert: Statement
  private let insertFingerprint: Statement
  private let insertRejects: Statement
  package private(set) var itemCount = 0
  /// The sum of all rows: see `PoolRows.sum`.
  private var rowSum: UInt64 = 0
  /// The rows of each source by its name: their number, and the sum of their hashes.
  private var sums: [String: (items: Int, sum: UInt64)] = [:]
  /// The sums of the hashes of each source's rejects.
  private var rejectsSums: [Int: UInt64] = [:]
  private var samples: [Int: RejectSamples] = [:]
  /// What went wrong. SQLite may have undone all since the last source was complete, so that nothing
  /// can be added any more.
  private var fault: (any Error)?
  /// The sources that are complete, by their numbers.
  package private(set) var inputs: [Int: InputSummary] = [:]

  /// - Parameter about: what decides the rows, and what else is to be known of the pool.
  package init(path: String, about: [String: String]) throws {
    database = try Database(path: path, .create)
    // The journal is for a killed program. A system that fails may leave nonsense, and sums tell it.
    try database.execute(
      """
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = DELETE;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -8192;
      PRAGMA application_id = \(PoolFormat.applicationID);
      PRAGMA user_version = \(PoolFormat.version);
      BEGIN;
      \(PoolFormat.tables)
      """)
    insert = try database.prepare(
      """
      INSERT INTO items (id, category, price, token_count, prompt, answer, source, line, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertFingerprint = try database.prepare(
      "INSERT INTO fingerprints (item, title, text, shingles) VALUES (?, ?, ?, ?)")
    insertRejects = try database.prepare(
      "INSERT INTO rejects (source, batch, members) VALUES (?, ?, ?)")
    let describe = try database.prepare("INSERT INTO about (key, value) VALUES (?, ?)")
    for (key, value) in about.sorted(by: { $0.key < $1.key }) {
      describe.bind(key, at: 1)
      describe.bind(value, at: 2)
      _ = try describe.step()
      describe.reset()
    }
    try database.execute("COMMIT; BEGIN")
  }

  package func append(_ rows: PoolRows) throws { try unlessFaulty { try insert(rows) } }

  private func unlessFaulty<Result>(_ body: () throws -> Result) throws -> Result {
    if let fault { throw fault }
    do { return try body() } catch {
      fault = error
      throw error
    }
  }

  private func insert(_ rows: PoolRows) throws {
    insert.bind(rows.category, at: 2)
    insert.bind(rows.source, at: 7)
    try rows.bytes.withUnsafeBytes { bytes in
      var start = 0
      for row in rows.rows {
        func text(_ range: Range<Int>) -> UnsafeRawBufferPointer {
          UnsafeRawBufferPointer(rebasing: bytes[range])
        }
        insert.bind(staying: text(start..<row.idEnd), at: 1)
        insert.bind(row.price, at: 3)
        insert.bind(Int64(row.tokenCount), at: 4)
        insert.bind(staying: text(row.idEnd..<row.promptEnd), at: 5)
        insert.bind(staying: text(row.promptEnd..<row.answerEnd), at: 6)
        insert.bind(Int64(row.line), at: 8)
        insert.bind(staying: text(row.answerEnd..<row.detailsEnd), at: 9)
        _ = try insert.step()
        insert.reset()
        start = row.detailsEnd
        itemCount += 1
        if let fingerprint = row.fingerprint { try append(fingerprint) }
      }
    }
    rowSum &+= rows.sum
    let sofar = sums[rows.source] ?? (0, 0)
    sums[rows.source] = (sofar.items + rows.rows.count, sofar.sum &+ rows.sum)
  }

  /// Appends the fingerprint of the item that was appended last.
  private func append(_ fingerprint: Fingerprint) throws {
    insertFingerprint.bind(Int64(itemCount), at: 1)
    insertFingerprint.bind(Int64(bitPattern: fingerprint.title), at: 2)
    insertFingerprint.bind(Int64(bitPattern: fingerprint.text), at: 3)
    try fingerprint.shingles.withUnsafeBytes { shingles in
      insertFingerprint.bind(stayingBlob: shingles, at: 4)
      _ = try insertFingerprint.step()
    }
    insertFingerprint.reset()
  }

  /// - Parameter rejects: those of a batch as JSON lines, compressed by `gzipMember`.
  package func append(_ rejects: [UInt8], source: Int, batch: Int) throws {
    try unlessFaulty {
      insertRejects.bind(Int64(source), at: 1)
      insertRejects.bind(Int64(batch), at: 2)
      try rejects.withUnsafeBytes { rejects in
        insertRejects.bind(stayingBlob: rejects, at: 3)
        _ = try insertRejects.step()
      }
      insertRejects.reset()
    }
    rejectsSums[source, default: 0] &+= StableHash.hash(rejects, seed: UInt64(batch))
  }

  package func append(_ rejects: RejectSamples, source: Int) {
    samples[source, default: RejectSamples()] += rejects
  }

  /// To be called when all rows and rejects of a source have been appended: from now on they outlast
  /// the program.
  package func complete(_ source: Int, _ input: InputSummary) throws {
    try complete([source: input])
  }

  package func complete(_ sources: [Int: InputSummary]) throws {
    try unlessFaulty {
      let insert = try database.prepare(
        """
        INSERT INTO sources (number, name, items, sum, rejects_sum, input, samples)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
      for (number, input) in sources {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(input), as: UTF8.self)
        let samples = String(
          decoding: try encoder.encode(samples[number] ?? RejectSamples()), as: UTF8.self)
        let (items, sum) = sum(of: input.name, json + samples)
        insert.bind(Int64(number), at: 1)
        insert.bind(input.name, at: 2)
        insert.bind(Int64(items), at: 3)
        insert.bind(Int64(bitPattern: sum), at: 4)
        insert.bind(Int64(bitPattern: rejectsSum(of: number)), at: 5)
        insert.bind(json, at: 6)
        insert.bind(samples, at: 7)
        _ = try insert.step()
        insert.reset()
      }
      try database.execute("COMMIT; BEGIN")
    }
    inputs.merge(sources) { _, new in new }
  }

  /// The number of a source's rows as they are now, and a sum over these and its figures.
  package func sum(of name: String, _ figures: String) -> (items: Int, sum: UInt64) {
    let (items, sum) = sums[name] ?? (0, 0)
    return (items, sum &+ StableHash.hash(Array(figures.utf8)))
  }

  func rejectsSum(of number: Int) -> UInt64 { rejectsSums[number, default: 0] }

  /// Gives up what is not complete; the file may be removed then.
  package func abandon() { try? database.execute("ROLLBACK") }

  /// Commits, and makes the index by which the pool is read. Nothing may be appended afterwards; the
  /// file is not synced yet.
  /// Gives the digest of all rows: the same for the same rows in any order.
  package func finish() throws -> String {
    try unlessFaulty { try database.execute("COMMIT; \(PoolFormat.index)") }
    return PoolFormat.digest(ofSum: rowSum)
  }

  /// Writes the rejects to a file of gzip members, in the order of the sources given and of their lines.
  package func writeRejects(of order: [Int], to path: String) throws -> Output {
    var output = try OutputFile(path: path)
    let select = try database.prepare(
      "SELECT members FROM rejects WHERE source = ? ORDER BY batch")
    for source in order {
      select.bind(Int64(source), at: 1)
      while try select.step() { try output.write(select.withBlob(0) { Array($0) }) }
      select.reset()
    }
    // A gzip file has at least one member.
    if output.byteCount == 0 { try output.write(try gzipMember([])) }
    let sha256 = try output.finish()
    return Output(rows: nil, bytes: output.byteCount, sha256: sha256)
  }
}
