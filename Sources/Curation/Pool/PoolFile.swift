import Glibc

/// The file of a pool, looked at before SQLite is: whoever made it may have made anything, and of what SQLite
/// keeps beside it, too.
struct PoolFile {
  let path: String
  /// In bytes, with what SQLite has not moved into it yet.
  let size: Int
  /// The endings of the files beside it.
  private let besides: [String]
  private let isInLogMode: Bool
  private let isPool: Bool
  private let logSize: Int

  /// Whether it is in SQLite's WAL mode, and yet whole by itself: then it can be read where nothing can be
  /// written.
  var isWholeInLogMode: Bool { isInLogMode && logSize == 0 }

  /// Errors: `noInput` where there is none; `badData` where it, or a file beside it, is none that SQLite
  /// makes.
  init(path: String) throws {
    guard fileExists(path) else {
      throw CurationError(
        .noInput, "\(path): there is no pool; 'curate run' makes one out of raw files")
    }
    let file = try InputFile(path: path, .ofDataset)
    let header = try file.bytes(at: 0, count: min(file.size, 100))
    var sizes: [String: Int] = [:]
    for ending in ["-journal", "-wal", "-shm"] {
      var status = stat()
      guard lstat(path + ending, &status) == 0 else { continue }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw CurationError(
          .badData, "\(path)\(ending): stands where SQLite has a file of its own; move it away")
      }
      sizes[ending] = Int(status.st_size)
    }
    if sizes["-journal"] != nil { try Self.checkJournal(path + "-journal") }
    self.path = path
    logSize = sizes["-wal"] ?? 0
    size = file.size + logSize
    besides = Array(sizes.keys)
    // Bytes 18 and 19 are the versions of the format for writing and reading.
    isInLogMode = header.count == 100 && header[18...19].contains(2)
    let mark = withUnsafeBytes(of: UInt32(PoolFormat.applicationID).bigEndian, Array.init)
    isPool = header.count == 100 && header[68..<72].elementsEqual(mark)
  }

  /// A journal may name another, of several databases changed at once, which SQLite deletes when it has
  /// undone the change, whatever file that is. Such a journal ends with eight bytes that no other has.
  private static func checkJournal(_ path: String) throws {
    let mark: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    // Where it cannot be read, SQLite cannot either, or whoever wrote it is done by now.
    guard let journal = try? InputFile(path: path, .ofDataset), journal.size >= mark.count,
      let end = try? journal.bytes(at: journal.size - mark.count, count: mark.count), end == mark
    else { return }
    throw CurationError(
      .badData, "\(path): a journal of several databases, which is not curate's; move it away")
  }

  /// Brings a pool that other programs have had their hands on into the state that ours leave it in: what a
  /// program that was cut off has begun is undone, what SQLite has in a log is moved into the file, and nothing
  /// is beside it. Looks at two files, and no more, where that is so already.
  ///
  /// To be called by whoever may change the folder, before the file gets another name: SQLite finds what
  /// belongs to it by its name.
  ///
  /// Errors: `noInput`; `inputOutput` where another program uses it or it cannot be written; `badData`.
  static func settle(_ path: String) throws {
    let file = try PoolFile(path: path)
    guard file.isInLogMode || !file.besides.isEmpty else { return }
    guard file.isPool else {
      throw CurationError(.badData, "\(path): an SQLite file, but not a pool of curate's")
    }
    do {
      let database = try Database(path: path, .settle)
      let mode = try database.prepare("PRAGMA journal_mode = DELETE")
      guard try mode.step(), try mode.text(0) == "delete" else {
        throw CurationError(.inputOutput, "\(path): in use by another program")
      }
      mode.reset()
      try database.execute("BEGIN EXCLUSIVE")
      for ending in file.besides { unlink(path + ending) }
      try database.execute("COMMIT")
    } catch let error as CurationError
      where error.code == .inputOutput && !error.description.contains(remedy(path))
    {
      throw CurationError(
        .inputOutput,
        "\(error.description); another program has left the pool in the middle of a change, and this mends "
          + "it when none uses it: \(remedy(path))")
    }
  }

  /// A command that settles a pool.
  static func remedy(_ path: String) -> String {
    "sqlite3 '\(path.replacing("'", with: #"'\''"#))' 'PRAGMA journal_mode = DELETE'"
  }
}
