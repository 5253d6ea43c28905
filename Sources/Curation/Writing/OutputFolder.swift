import CGlibc
import Foundation

/// The folder of a dataset. Outputs are made in a folder beside it, and the two change places in one
/// step of the file system when all is written and synced: a reader sees the old dataset or the new.
///
/// While it lives, no other run can write to the same folder.
final class OutputFolder {
  let path: String
  /// Where outputs are made: a hidden folder beside the final one, on the same file system.
  let staging: String
  /// Where the pool of an interrupted run waits to be gone on from.
  let earlierPool: String
  /// Whether the staged pool is to stay when nothing is published.
  var keepsPool = false
  /// Open for as long as the lock on it is to last.
  private let lock: Int32
  /// Whether the new outputs are in place, whatever else may have gone wrong.
  private(set) var isPublished = false

  /// Whether a dataset may hold a file of that name; everything else in the folder is the user's and
  /// stays.
  private static func isOutput(_ name: String) -> Bool {
    let names = [
      SplitMaker.poolName, "\(SplitMaker.poolName)-journal", Manifest.fileName,
      DatasetBuilder.rejectsName, Report.fileName, Card.fileName,
    ]
    return names.contains(name) || SplitFile(name: name) != nil
  }

  /// Makes an empty staging folder. The pool that an interrupted run may have left becomes the earlier
  /// pool.
  ///
  /// Errors: `inputOutput` where the folder cannot serve, or another run is writing to it.
  init(path: String) throws {
    let url = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
    let parent = url.deletingLastPathComponent().path
    self.path = url.path
    staging = "\(parent)/.\(url.lastPathComponent).partial"
    earlierPool = "\(parent)/.\(url.lastPathComponent).earlier.sqlite"
    try Self.check(url.path, parent: parent, named: path)
    try Self.checkNames(in: url.path, named: path)
    do {
      try FileManager.default.createDirectory(
        atPath: staging, withIntermediateDirectories: true)
    } catch {
      throw CurationError(
        .inputOutput, "\(staging): cannot be made: \(error.localizedDescription)")
    }
    lock = try Self.lock(staging, named: path)
    var left: [String] = []
    if fileExists(self.path) { left = Self.moveForeign(from: staging, to: self.path) }
    keepsPool = true
    try setAsidePool()
    keepsPool = false
    Self.removeOutputs(in: staging)
    guard left.isEmpty else {
      throw CurationError(
        .inputOutput, "\(staging): holds \(left[0]), which is not curate's; move it away")
    }
  }

  /// Throws away what was staged and not published.
  deinit {
    if !isPublished {
      Self.removeOutputs(in: staging, exceptPool: keepsPool)
      rmdir(staging)
    }
    close(lock)
  }

  /// A pool of which sources are complete holds all that its run took over from the earlier pool.
  private func setAsidePool() throws {
    let staged = stagedPath(SplitMaker.poolName)
    guard fileExists(staged) else { return }
    // Its journal goes by its name: what it has to undo is undone here, before it gets another.
    do {
      guard try Database(path: staged, .update).count("sources") > 0 else { return }
    } catch let error as CurationError where error.code == .badData {
      return
    }
    guard rename(staged, earlierPool) == 0 else {
      throw CurationError(
        .inputOutput, "\(staged): cannot become \(earlierPool): \(systemMessage())")
    }
  }

  func stagedPath(_ name: String) -> String { "\(staging)/\(name)" }

  /// Stages an output of the folder's present dataset as it is.
  func keep(_ name: String) throws {
    guard link("\(path)/\(name)", stagedPath(name)) == 0 else {
      throw CurationError(.inputOutput, "\(path)/\(name): cannot be kept: \(systemMessage())")
    }
  }

  /// Puts the staged outputs in the place of the old ones, and moves what is the user's over to them.
  func publish() throws {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere { chmod(staging, status.st_mode & 0o7777) }
    try syncToDisk(staging)
    guard try isThere ? exchange() : rename(staging, path) == 0 else {
      // What is staged must stay, as it is all there is of a whole run.
      isPublished = true
      throw CurationError(
        .inputOutput,
        "\(path): the new outputs cannot be put in place (\(systemMessage())); they are in \(staging)"
      )
    }
    isPublished = true
    try syncToDisk(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    guard isThere else { return }
    let left = Self.moveForeign(from: staging, to: path)
    Self.removeOutputs(in: staging)
    if !left.isEmpty {
      throw CurationError(
        .inputOutput,
        "\(path): the new outputs are in place, but \(left[0]) could not be moved to them; "
          + "it is in \(staging)")
    }
    rmdir(staging)
  }

  /// Lets the two folders change places; where the file system cannot, one after the other.
  private func exchange() throws -> Bool {
    let flags = UInt32(GLIBC_RENAME_EXCHANGE)
    if renameat2(AT_FDCWD, staging, AT_FDCWD, path, flags) == 0 { return true }
    guard errno == EINVAL || errno == ENOSYS else { return false }
    let aside = staging + ".old"
    guard rename(path, aside) == 0 else { return false }
    if rename(staging, path) == 0 { return rename(aside, staging) == 0 }
    rename(aside, path)
    return false
  }

  /// Takes the lock that lasts until the descriptor is closed.
  private static func lock(_ folder: String, named name: String) throws -> Int32 {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    let reason =
      errno == EWOULDBLOCK ? "another run is writing to this folder" : systemMessage()
    if descriptor >= 0 { close(descriptor) }
    throw CurationError(.inputOutput, "\(name): \(reason)")
  }

  private static func check(_ path: String, parent: String, named name: String) throws {
    var (own, parents) = (stat(), stat())
    guard lstat(path, &own) == 0 else { return }
    guard own.st_mode & S_IFMT == S_IFDIR else {
      let kind = own.st_mode & S_IFMT == S_IFLNK ? "a link that leads nowhere" : "a file"
      throw CurationError(.inputOutput, "\(name): is \(kind); name a folder for the output")
    }
    // A mount point cannot change places, and the folder that one stands in would be gone.
    if stat(parent, &parents) == 0, parents.st_dev != own.st_dev || path == "/" {
      throw CurationError(
        .inputOutput, "\(name): is a mount point; name a folder in it, such as \(name)/dataset")
    }
    let current = FileManager.default.currentDirectoryPath + "/"
    if current.hasPrefix(path + "/") {
      throw CurationError(
        .inputOutput, "\(name): holds the folder you are in; name another for the output")
    }
  }

  /// Others may have files of some of its names, too.
  private static func checkNames(in folder: String, named name: String) throws {
    let outputs = (try? Manifest(folder: folder))?.outputs ?? [:]
    let others = names(in: folder).map(text).filter { file in
      [Card.fileName, Report.fileName].contains(file) || SplitFile(name: file) != nil
    }
    for file in others.sorted() where outputs[file] == nil {
      throw CurationError(
        .inputOutput,
        "\(name)/\(file): is not curate's, which has an output of that name; move it away")
    }
  }

  /// Moves what is not an output from an old folder to the new one. Gives the names of what could not
  /// be moved. Names are bytes, whatever their encoding.
  private static func moveForeign(from old: String, to new: String) -> [String] {
    names(in: old).filter { name in
      if isOutput(text(name)) { return false }
      let source = bytes(old) + name + [0]
      let target = bytes(new) + name + [0]
      // Never over something that is there already.
      return renameat2(AT_FDCWD, source, AT_FDCWD, target, UInt32(GLIBC_RENAME_NOREPLACE)) != 0
    }.map(text)
  }

  private static func text(_ name: [CChar]) -> String {
    String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func removeOutputs(in folder: String, exceptPool keepsPool: Bool = false) {
    for name in names(in: folder).map(text) where isOutput(name) {
      if !keepsPool || !name.hasPrefix(SplitMaker.poolName) { unlink("\(folder)/\(name)") }
    }
  }

  private static func bytes(_ folder: String) -> [CChar] {
    Array((folder + "/").utf8CString.dropLast())
  }

  private static func names(in folder: String) -> [[CChar]] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [[CChar]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
      }
      if name != [46], name != [46, 46] { names.append(name) }
    }
    return names
  }
}
