/// Writes the pool. Rows stand in the order in which workers deliver them, which is nobody's to rely
/// on; `PoolReader` reads them in a canonical order.
///
/// The file is made without a journal, since it is written aside and thrown away after any failure.
actor PoolWriter {
  private let database: Database
  private let insert: Statement
  private let insertFingerprint: Statement
  private(set) var itemCount = 0
  /// The wrapping sum of the hashes of all rows, which no order of rows changes.
  private var rowSum: UInt64 = 0

  init(path: String) throws {
    database = try Database(path: path, .create)
    try database.execute(
      """
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -8192;
      PRAGMA application_id = \(PoolFormat.applicationID);
      PRAGMA user_version = \(PoolFormat.version);
      \(PoolFormat.tables)
      BEGIN;
      """)
    insert = try database.prepare(
      """
      INSERT INTO items (id, category, price, token_count, prompt, answer, source, line)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertFingerprint = try database.prepare(
      "INSERT INTO fingerprints (item, title, text, shingles) VALUES (?, ?, ?, ?)")
  }

  func append(_ rows: PoolRows, category: String, source: String) throws {
    insert.bind(category, at: 2)
    insert.bind(source, at: 7)
    let place = Array("\(category)\n\(source)".utf8)
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
        _ = try insert.step()
        insert.reset()
        rowSum &+= PoolFormat.rowHash(
          text(start..<row.answerEnd), price: row.price, tokenCount: row.tokenCount, line: row.line,
          place: place, row.fingerprint)
        start = row.answerEnd
        itemCount += 1
        if let fingerprint = row.fingerprint { try append(fingerprint) }
      }
    }
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

  /// Commits, and makes the index by which the pool is read. Nothing may be appended afterwards; the
  /// file is not synced yet.
  /// Gives the digest of all rows: the same for the same rows in any order.
  func finish(about: [String: String]) throws -> String {
    let describe = try database.prepare("INSERT INTO about (key, value) VALUES (?, ?)")
    for (key, value) in about.sorted(by: { $0.key < $1.key }) {
      describe.bind(key, at: 1)
      describe.bind(value, at: 2)
      _ = try describe.step()
      describe.reset()
    }
    try database.execute("COMMIT; \(PoolFormat.index)")
    return PoolFormat.digest(ofSum: rowSum)
  }
}

/// What the pool's file looks like.
enum PoolFormat {
  /// "cura" in ASCII, which marks the SQLite file as a pool.
  static let applicationID = 0x6375_7261
  static let version = 1
  static let tables = """
    CREATE TABLE items (
      id TEXT NOT NULL, category TEXT NOT NULL, price REAL NOT NULL, token_count INTEGER NOT NULL,
      prompt TEXT NOT NULL, answer TEXT NOT NULL, source TEXT NOT NULL, line INTEGER NOT NULL);
    CREATE TABLE fingerprints (
      item INTEGER PRIMARY KEY, title INTEGER NOT NULL, text INTEGER NOT NULL,
      shingles BLOB NOT NULL);
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """
  /// The hash of a row: of its id, prompt and answer, one behind the other, and of all else in it.
  static func rowHash(
    _ texts: UnsafeRawBufferPointer, price: Double, tokenCount: Int, line: Int, place: [UInt8],
    _ fingerprint: Fingerprint?
  ) -> UInt64 {
    let shingles = fingerprint?.shingles ?? []
    let others: [UInt64] = [
      price.bitPattern, UInt64(bitPattern: Int64(tokenCount)), UInt64(bitPattern: Int64(line)),
      StableHash.hash(place), fingerprint?.title ?? 0, fingerprint?.text ?? 0,
      shingles.withUnsafeBytes { StableHash.hash($0) },
    ]
    return StableHash.hash(texts, seed: others.withUnsafeBytes { StableHash.hash($0) })
  }

  /// The digest of a pool, of the wrapping sum of its rows' hashes.
  static func digest(ofSum sum: UInt64) -> String {
    hexadecimal(withUnsafeBytes(of: sum.bigEndian, Array.init))
  }

  /// Serves the look-up by id, and holds all that selection reads, in the canonical order.
  static let index = "CREATE INDEX items_by_id ON items (id, category, price);"
}
