import Bytes
import Contracts

/// All rows of a pool with their fingerprints, some at a time, in no particular order.
struct PoolBatches: ~Copyable {
  private let statement: Statement
  private var hasRow: Bool
  private var row = PoolRow()
  private var fingerprint = Fingerprint()
  /// The wrapping sum of the hashes of all rows' keys so far: see `PoolReader.indexSum`.
  private(set) var keySum: UInt64 = 0

  init(_ database: borrowing Database) throws {
    let statement = try database.prepare(
      """
      SELECT id, category, price, prompt, answer, token_count, source, line, details,
        fingerprints.item, title, text, shingles, items.rowid
      FROM items LEFT JOIN fingerprints ON fingerprints.item = items.rowid
      """)
    let hasRow = try statement.step()
    self.statement = statement
    self.hasRow = hasRow
  }

  /// Consecutive rows of one source and category, a thousand at most; nil at the end.
  mutating func next() throws -> PoolRows? {
    guard hasRow else { return nil }
    try statement.read(into: &row)
    let (category, source) = (row.category, row.source)
    var rows = PoolRows(category: String(decoding: category, as: UTF8.self), source: source)
    repeat {
      let hasFingerprint = !statement.isNull(9)
      if hasFingerprint { try statement.read(10, into: &fingerprint) }
      rows.append(row, hasFingerprint ? fingerprint : nil)
      keySum &+= row.keyHash(of: try statement.row(13))
      hasRow = try statement.step()
      if hasRow { try statement.read(into: &row) }
    } while hasRow && rows.rows.count < 1000 && row.source == source && row.category == category
    return rows
  }
}

extension PoolRow {
  /// The hash of the row's number and of what the index has of it.
  func keyHash(of row: UInt32) -> UInt64 {
    let numbers = (UInt64(row), price.bitPattern, StableHash.hash(category))
    return StableHash.hash(id, seed: withUnsafeBytes(of: numbers) { StableHash.hash($0) })
  }
}
