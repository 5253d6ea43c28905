/// All rows of a pool with their fingerprints, some at a time, in no particular order.
struct PoolBatches: ~Copyable {
  private let statement: Statement
  private var hasRow: Bool
  private var row = PoolRow()
  private var fingerprint = Fingerprint()

  init(_ database: borrowing Database) throws {
    let statement = try database.prepare(
      """
      SELECT id, category, price, prompt, answer, token_count, source, line, details,
        fingerprints.item, title, text, shingles
      FROM items LEFT JOIN fingerprints ON fingerprints.item = items.rowid
      """)
    let hasRow = try statement.step()
    self.statement = statement
    self.hasRow = hasRow
  }

  /// Consecutive rows of one source and category, a thousand at most; nil at the end.
  mutating func next() throws -> PoolRows? {
    guard hasRow else { return nil }
    statement.read(into: &row)
    let (category, source) = (row.category, row.source)
    var rows = PoolRows(category: String(decoding: category, as: UTF8.self), source: source)
    repeat {
      statement.read(10, into: &fingerprint)
      // Rows count from 1, and no row reads as 0.
      rows.append(row, statement.integer(9) == 0 ? nil : fingerprint)
      hasRow = try statement.step()
      if hasRow { statement.read(into: &row) }
    } while hasRow && rows.rows.count < 1000 && row.source == source && row.category == category
    return rows
  }
}
