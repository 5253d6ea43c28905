import CSQLite
import Glibc

/// A connection to an SQLite file. Closed when it goes out of scope. One task at a time.
struct Database: ~Copyable {
  private let connection: OpaquePointer
  private let path: String

  enum Mode { case create, update, read }

  init(path: String, _ mode: Mode) throws {
    self.path = path
    let flags =
      switch mode {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
      case .update: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
      case .read: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
      }
    var opened: OpaquePointer?
    let status = sqlite3_open_v2(path, &opened, flags, nil)
    guard status == SQLITE_OK, let opened else {
      let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "memory is short"
      sqlite3_close_v2(opened)
      throw CurationError(.inputOutput, "\(path): cannot be opened as SQLite: \(message)")
    }
    connection = opened
    // Long statements end soon when the task is cancelled.
    sqlite3_progress_handler(opened, 1_000_000, { _ in Task.isCancelled ? 1 : 0 }, nil)
  }

  deinit { sqlite3_close_v2(connection) }

  /// Runs SQL that gives no rows back, one statement or several.
  func execute(_ sql: String) throws {
    guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
  }

  func prepare(_ sql: String) throws -> Statement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK, let statement
    else { throw error() }
    return Statement(statement, path: path)
  }

  /// The number of rows of a table, or of what stands behind FROM.
  func count(_ rows: String) throws -> Int {
    let statement = try prepare("SELECT COUNT(*) FROM \(rows)")
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  private func error() -> any Error { databaseError(connection, path) }
}

/// A prepared statement. Columns count from 0, parameters from 1, as SQLite has it.
struct Statement: ~Copyable {
  private let statement: OpaquePointer
  private let path: String

  fileprivate init(_ statement: OpaquePointer, path: String) {
    self.statement = statement
    self.path = path
  }

  deinit { sqlite3_finalize(statement) }

  /// Moves to the next row; false when there is none.
  func step() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw databaseError(sqlite3_db_handle(statement), path)
    }
  }

  /// Makes the statement ready to be bound and stepped again.
  func reset() { sqlite3_reset(statement) }

  func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(statement, index, value) }

  func bind(_ value: Double, at index: Int32) { sqlite3_bind_double(statement, index, value) }

  func bind(_ value: String, at index: Int32) {
    // SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the text.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    sqlite3_bind_text(statement, index, value, -1, copied)
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

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  func number(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

  func text(_ column: Int32) -> String { withBytes(column) { String(decoding: $0, as: UTF8.self) } }

  /// The bytes of a column's text or blob, valid inside `body`.
  func withBytes<Result>(
    _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

private func databaseError(_ connection: OpaquePointer?, _ path: String) -> any Error {
  let message = String(cString: sqlite3_errmsg(connection))
  switch sqlite3_errcode(connection) {
  case SQLITE_INTERRUPT: return CancellationError()
  case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_ERROR:
    return CurationError(.badData, "\(path): not a pool that can be read: \(message)")
  default:
    // The system's reason, where there is one, says more than "disk I/O error".
    let reason = sqlite3_system_errno(connection)
    let words = reason == 0 ? "" : ": " + String(cString: strerror(reason))
    return CurationError(.inputOutput, "\(path): \(message)\(words)")
  }
}
