import Bytes
import Glibc

/// The file of a pool, looked at before SQLite is: whoever made it may have made anything, and of what SQLite
/// keeps beside it, too.
package struct PoolFile {
  package let path: String
  /// In bytes, with what SQLite has not moved into it yet.
  package let size: Int
  /// The endings of the files beside it.
  private let besides: [String]
  /// Of the log that SQLite keeps in its WAL mode.
  let logSize: Int

  /// Errors: `noInput` where there is none; `badData` where it, or a file beside it, is none that SQLite
  /// makes.
  package init(path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw CurationError(
        .noInput, "\(path): there is no pool; 'curate run' makes one out of raw files")
    }
    try InputFile.requireFile(status, path)
    let fileSize = Self.plausibleSize(status, path)
    var sizes: [String: Int] = [:]
    for ending in ["-journal", "-wal", "-shm"] where lstat(path + ending, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw CurationError(
          .badData, "\(path)\(ending): stands where SQLite has a file of its own; move it away")
      }
      sizes[ending] = Self.plausibleSize(status, path + ending)
    }
    if sizes["-journal"] != nil { try Self.checkJournal(path + "-journal") }
    self.path = path
    logSize = sizes["-wal"] ?? 0
    size = fileSize + logSize
    besides = Array(sizes.keys)
  }

  /// The size that bounds what is read, in bytes: a file with holes may claim any, and takes no room for it.
  private static func plausibleSize(_ status: stat, _ path: String) -> Int {
    guard let file = try? InputFile(path: path, .ofDataset), file.hasHoles else {
      return min(Int(status.st_size), 1 << 48)
    }
    // In units of 512 bytes; SQLite may have left some pages unwritten.
    return min(Int(status.st_size), 8 * 512 * Int(status.st_blocks))
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
  /// is beside it.
  ///
  /// To be called by whoever may change the folder, before the file gets another name: SQLite finds what
  /// belongs to it by its name.
  ///
  /// Errors: `noInput`; `inputOutput` where another program uses it or it cannot be written; `badData`.
  package static func settle(_ path: String) throws {
    let file = try PoolFile(path: path)
    let database = try Database(path: path, .settle)
    let header = try database.header()
    guard header.isInLogMode || !file.besides.isEmpty else { return }
    guard header.isPool else {
      throw CurationError(.badData, "\(path): an SQLite file, but not a pool of curate's")
    }
    do {
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
  package static func remedy(_ path: String) -> String {
    command(path, "PRAGMA journal_mode = DELETE")
  }

  /// A command of the shell's that runs SQL in a pool.
  package static func command(_ path: String, _ sql: String) -> String {
    "sqlite3 '\(path.replacing("'", with: #"'\''"#))' '\(sql)'"
  }
}
