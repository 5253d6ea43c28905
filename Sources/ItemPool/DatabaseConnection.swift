import Bytes
import CSQLite
import Contracts
import Glibc

/// What a database and its statements share; closed when the last of them is gone.
final class DatabaseConnection {
  let handle: OpaquePointer
  package let path: String
  package let bounds: DatabaseBounds
  /// Must outlive the handle.
  private let temporaryFiles: TemporaryFiles?

  init(path: String, _ mode: Database.Mode) throws {
    let isOurs = mode == .create || mode == .update
    let file = isOurs ? nil : try PoolFile(path: path)
    let temporaryFiles = isOurs ? try TemporaryFiles(named: path + "-sort") : nil
    var handle = try Self.open(path, mode, temporaryFiles)
    // In WAL mode, SQLite wants to write even to read, unless it is told that nobody else does.
    if mode == .read, file?.logSize == 0, (try? DatabaseHeader(handle))?.isInLogMode == true {
      sqlite3_close_v2(handle)
      handle = try Self.open(path, mode, temporaryFiles, isImmutable: true)
    }
    self.handle = handle
    self.path = path
    self.temporaryFiles = temporaryFiles
    bounds = DatabaseBounds(size: file?.size)
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_progress_handler(
      handle, Int32(DatabaseBounds.operations),
      { bounds in
        guard let bounds else { return 1 }
        let isOver = Unmanaged<DatabaseBounds>.fromOpaque(bounds).takeUnretainedValue().goOn()
        return isOver || Task.isCancelled ? 1 : 0
      }, Unmanaged.passUnretained(bounds).toOpaque())
    guard sqlite3_defend(handle) == SQLITE_OK else { throw error() }
    if let file {
      // Others write to it, if ever, for a moment.
      sqlite3_busy_timeout(handle, 1000)
      let limits = [
        (SQLITE_LIMIT_LENGTH, min(SizeLimits.value, max(file.size, 1 << 16))),
        (SQLITE_LIMIT_SQL_LENGTH, 8192), (SQLITE_LIMIT_COLUMN, 32), (SQLITE_LIMIT_EXPR_DEPTH, 16),
        (SQLITE_LIMIT_COMPOUND_SELECT, 2), (SQLITE_LIMIT_VDBE_OP, 10_000),
        (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (SQLITE_LIMIT_WORKER_THREADS, 0),
      ]
      for (limit, value) in limits { sqlite3_limit(handle, limit, Int32(value)) }
      let settings = "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0"
      guard sqlite3_exec(handle, settings, nil, nil, nil) == SQLITE_OK else { throw error() }
    }
  }

  deinit { sqlite3_close_v2(handle) }

  private static func open(
    _ path: String, _ mode: Database.Mode, _ temporaryFiles: TemporaryFiles?,
    isImmutable: Bool = false
  ) throws -> OpaquePointer {
    let flags =
      switch mode {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .update, .settle: SQLITE_OPEN_READWRITE
      case .read: SQLITE_OPEN_READONLY
      }
    var opened: OpaquePointer?
    let status = sqlite3_open_v2(
      uri(path, isImmutable: isImmutable), &opened,
      flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, temporaryFiles?.name)
    guard status == SQLITE_OK, let opened else {
      let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "memory is short"
      sqlite3_close_v2(opened)
      throw CurationError(.inputOutput, "\(path): cannot be opened as SQLite: \(message)")
    }
    return opened
  }

  package func header() throws -> DatabaseHeader {
    do { return try DatabaseHeader(handle) } catch {
      throw CurationError(.inputOutput, "\(path): cannot be read")
    }
  }

  /// A path is never interpreted as `:memory:` or a URI of its own.
  private static func uri(_ path: String, isImmutable: Bool) -> String {
    let escaped = path.utf8.map { byte in
      let isPlain = byte.isASCIILetter || byte.isASCIIDigit || Array("/._-".utf8).contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal([byte])
    }.joined()
    return (path.hasPrefix("/") ? "file://" : "file:./") + escaped
      + (isImmutable ? "?immutable=1" : "")
  }

  /// What went wrong in the call before.
  package func error() -> any Error {
    let message = String(cString: sqlite3_errmsg(handle))
    let code = sqlite3_extended_errcode(handle)
    switch code & 0xFF {
    case SQLITE_INTERRUPT: return bounds.isExceeded ? boundsError() : CancellationError()
    case SQLITE_TOOBIG:
      return CurationError(
        .badData,
        "\(path): holds a text or blob that is larger than any in a pool: it is damaged, or was made to "
          + "do harm; make it again with 'curate run --anew'")
    case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_FORMAT,
      SQLITE_MISMATCH, SQLITE_AUTH, SQLITE_SCHEMA:
      return CurationError(.badData, "\(path): not a pool that can be read: \(message)")
    case SQLITE_BUSY, SQLITE_LOCKED:
      return CurationError(
        .inputOutput, "\(path): in use by another program; wait until it has ended, or end it")
    case SQLITE_READONLY where bounds.size != nil, SQLITE_CANTOPEN where bounds.size != nil,
      SQLITE_PROTOCOL:
      return CurationError(
        .inputOutput,
        "\(path): another program is changing it, or was cut off while it did (\(message)); this "
          + "mends it when no other uses it: \(PoolFile.remedy(path))")
    default:
      // The system's reason, where there is one, says more than "disk I/O error".
      let reason = sqlite3_system_errno(handle)
      let words = reason == 0 ? "" : ": " + String(cString: strerror(reason))
      return CurationError(.inputOutput, "\(path): \(message)\(words)")
    }
  }

  func boundsError() -> CurationError {
    CurationError(
      .badData,
      "\(path): holds more than a file of its size can: it is damaged, or was made to do harm; make it "
        + "again with 'curate run --anew'")
  }
}

/// What an SQLite file says of itself.
package struct DatabaseHeader {
  /// Whether it is in WAL mode.
  let isInLogMode: Bool
  package let isPool: Bool

  private struct Unreadable: Error {}

  fileprivate init(_ handle: OpaquePointer) throws {
    var bytes = [UInt8](repeating: 0, count: 100)
    guard sqlite3_read_header(handle, &bytes, Int32(bytes.count)) == SQLITE_OK else {
      throw Unreadable()
    }
    // The versions of the format for writing and reading.
    isInLogMode = bytes[18...19].contains(2)
    let mark = withUnsafeBytes(of: UInt32(PoolFormat.applicationID).bigEndian, Array.init)
    isPool = bytes[68..<72].elementsEqual(mark)
  }
}

/// How much a file may give. An intact one has no more rows and bytes than its size, while a forged one may
/// lead round in circles.
final class DatabaseBounds {
  /// Of the file; nil where it is our own.
  fileprivate let size: Int?
  private var left = 0
  private(set) var isExceeded = false

  /// After so many of SQLite's operations it asks whether to go on.
  static let operations = 100_000

  fileprivate init(size: Int?) {
    self.size = size
  }

  /// From here on, a step has its number of operations before it.
  func beginStep() {
    guard let size else { return }
    // Some operations a byte, and enough for what has nothing to do with the size.
    left = 20_000_000 + 4 * size
  }

  /// Counts operations. Gives whether they are too many.
  fileprivate func goOn() -> Bool {
    guard size != nil else { return false }
    left -= Self.operations
    if left < 0 { isExceeded = true }
    return isExceeded
  }

  /// The most rows that a statement gives: a table has none of fewer than four bytes.
  var rowLimit: Int { size.map { $0 / 4 } ?? .max }

  /// The most bytes that are read of the rows of a statement: each a few times.
  fileprivate var byteLimit: Int { size.map { 4 * $0 } ?? .max }

  /// One statement's way through its rows.
  final class Pass {
    private let bounds: DatabaseBounds
    private var rows = 0
    private var bytes = 0

    init(_ bounds: DatabaseBounds) {
      self.bounds = bounds
    }

    func restart() { (rows, bytes) = (0, 0) }

    /// Gives whether there are too many.
    func countRow() -> Bool {
      rows += 1
      return rows > bounds.rowLimit
    }

    /// Gives whether they are too many.
    func count(bytes count: Int) -> Bool {
      bytes += count
      return bytes > bounds.byteLimit
    }
  }
}
