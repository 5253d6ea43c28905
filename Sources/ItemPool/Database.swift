package import Bytes
import CSQLite

/// A connection to an SQLite file. Closed when it and all its statements are gone. One task at a time.
package struct Database: ~Copyable {
  private let connection: DatabaseConnection

  package enum Mode {
    /// For files of our own. SQLite's temporary files are made beside them.
    case create, update
    /// For untrusted files: nothing in them is executed, and they are read within bounds.
    case read
    /// Likewise, to see to it that all is in the file.
    case settle
  }

  package init(path: String, _ mode: Mode) throws {
    connection = try DatabaseConnection(path: path, mode)
  }

  /// Runs SQL that gives no rows back, one statement or several.
  func execute(_ sql: String) throws {
    connection.bounds.beginStep()
    guard sqlite3_exec(connection.handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw connection.error()
    }
  }

  package func prepare(_ sql: String) throws -> Statement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection.handle, sql, -1, &statement, nil) == SQLITE_OK,
      let statement
    else { throw connection.error() }
    return Statement(statement, connection)
  }

  /// The number of rows of a table, or of what stands behind FROM.
  package func count(_ rows: String) throws -> Int {
    // Row by row, since COUNT(*) knows no bounds.
    let statement = try prepare("SELECT 1 FROM \(rows)")
    var count = 0
    while try statement.step() { count += 1 }
    return count
  }

  package func header() throws -> DatabaseHeader { try connection.header() }

  /// More rows than this no table has.
  var rowLimit: Int { connection.bounds.rowLimit }

  /// The first column of the first row that a statement gives; nil without a row, and for NULL.
  package func integer(_ sql: String) throws -> Int? {
    let statement = try prepare(sql)
    return try statement.step() && !statement.isNull(0) ? Int(statement.integer(0)) : nil
  }
}

/// A prepared statement. Columns count from 0, parameters from 1, as SQLite has it.
///
/// A value of another type than its column has in a pool is `badData`.
package struct Statement: ~Copyable {
  private let statement: OpaquePointer
  private let connection: DatabaseConnection
  private let pass: DatabaseBounds.Pass

  fileprivate init(_ statement: OpaquePointer, _ connection: DatabaseConnection) {
    self.statement = statement
    self.connection = connection
    pass = DatabaseBounds.Pass(connection.bounds)
  }

  deinit { sqlite3_finalize(statement) }

  /// Moves to the next row; false when there is none.
  package func step() throws -> Bool {
    connection.bounds.beginStep()
    switch sqlite3_step(statement) {
    case SQLITE_ROW:
      if pass.countRow() { throw connection.boundsError() }
      return true
    case SQLITE_DONE: return false
    default: throw connection.error()
    }
  }

  /// Makes the statement ready to be bound and stepped again.
  package func reset() {
    sqlite3_reset(statement)
    pass.restart()
  }

  func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(statement, index, value) }

  func bind(_ value: Double, at index: Int32) {
    sqlite3_bind_double(statement, index, value)
  }

  func bind(_ value: String, at index: Int32) {
    var value = value
    // It may hold a NUL, and so is no text of C's.
    value.withUTF8 { text in
      // SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the text.
      let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      _ = text.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copied)
      }
    }
  }

  /// Binds UTF-8 that must stay where it is until the statement has been stepped.
  func bind(staying text: UnsafeRawBufferPointer, at index: Int32) {
    sqlite3_bind_text(
      statement, index, text.baseAddress?.assumingMemoryBound(to: CChar.self),
      Int32(text.count), nil)
  }

  /// Binds bytes that must stay where they are until the statement has been stepped.
  func bind(stayingBlob bytes: UnsafeRawBufferPointer, at index: Int32) {
    guard !bytes.isEmpty else {
      // Without an address it would be taken for NULL.
      sqlite3_bind_zeroblob(statement, index, 0)
      return
    }
    sqlite3_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count), nil)
  }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

  package func integer(_ column: Int32) throws -> Int64 {
    try check(column, SQLITE_INTEGER)
    return sqlite3_column_int64(statement, column)
  }

  /// A whole number within limits.
  package func integer(_ column: Int32, in limits: ClosedRange<Int64>) throws -> Int {
    let value = try integer(column)
    guard limits ~= value else { throw unexpected(column, "holds \(value)") }
    return Int(value)
  }

  package func number(_ column: Int32, in limits: ClosedRange<Double>) throws -> Double {
    try check(column, SQLITE_FLOAT)
    let value = sqlite3_column_double(statement, column)
    guard limits ~= value else { throw unexpected(column, "holds \(value)") }
    return value
  }

  package func text(_ column: Int32) throws -> String {
    try withText(column) { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a text, valid inside `body`.
  func withText<Result>(
    _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try check(column, SQLITE_TEXT)
    return try withBytes(column, body)
  }

  /// The bytes of a blob, valid inside `body`.
  func withBlob<Result>(
    _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try check(column, SQLITE_BLOB)
    return try withBytes(column, body)
  }

  private func withBytes<Result>(
    _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    if pass.count(bytes: count) { throw connection.boundsError() }
    return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  private func check(_ column: Int32, _ type: Int32) throws {
    guard sqlite3_column_type(statement, column) == type else {
      throw unexpected(column, "holds a value of another type")
    }
  }

  package func unexpected(_ column: Int32, _ what: String) -> CurationError {
    let name = sqlite3_column_name(statement, column).map { String(cString: $0) } ?? "\(column)"
    return CurationError(
      .badData,
      "\(connection.path): the column '\(name)' \(what), which no pool does: it is damaged, or "
        + "somebody has changed it; make it again with 'curate run --anew'")
  }
}
