import Bytes
import CGlibc
import Contracts
import Foundation
import ItemPool

/// The private folder in which a dataset is made: `.NAME.curate` beside the folder NAME, or `.curate` in it
/// where NAME is a mount point or nothing may be made beside it. While it lives, no other run can make the
/// same dataset.
///
///     lock           locked as long as a run is at work
///     pool.sqlite    the pool that a run is making, or was when it was interrupted
///     earlier.sqlite the pool of an interrupted run, of which the next one takes over what is done
///     new-INODE      the new files; named after its own inode number, so that it can be told from the old
///                    folder, which has that name after the two have changed places
///     old            the old folder, where the two cannot change places in one step
///     replacing      there while files of NAME are replaced one by one; lists those that go
///
/// Nobody but its owner can enter it, and a link or a folder of somebody else's in its place is refused.
final class Workspace {
  let folder: Folder
  /// The folder in which it is.
  let parent: Folder
  private let name: String
  private let lock: Int32

  /// Takes the lock, and makes the folder where it is missing.
  ///
  /// - Parameter dataset: for messages.
  /// - Returns: nil where it is missing and `makes` is false.
  /// - Throws: `inputOutput` where it cannot be made, is not ours, or another run is at work.
  init?(_ name: String, in parent: Folder, makes: Bool = true, for dataset: String) throws {
    // Whoever ends removes the folder: it may go between any two of the steps below.
    for _ in 0..<1000 {
      let isThere = try makes ? !parent.makeFolder(name, 0o700) : parent.holds(name)
      guard isThere || makes else { return nil }
      guard let folder = try Self.open(name, parent) else { continue }
      guard let lock = try Self.lock(folder, for: dataset) else { continue }
      guard parent.status(FileName(name)).map(FileIdentity.init) == folder.identity else {
        close(lock)
        continue
      }
      self.folder = folder
      self.parent = parent
      self.name = name
      self.lock = lock
      return
    }
    throw Self.isBusy(dataset)
  }

  /// Removes the folder if it holds nothing but the lock.
  deinit {
    let left = (try? folder.names().map(\.text)) ?? [""]
    if left == [Self.lockName] {
      folder.remove(Self.lockName)
      parent.removeFolder(name)
      try? parent.sync()
    }
    close(lock)
  }

  private static let lockName = "lock"

  private static func open(_ name: String, _ parent: Folder) throws -> Folder? {
    do {
      let folder = try Folder(name, in: parent)
      let remedy = "if no run needs it, remove it with 'rm -r'"
      guard folder.owner == geteuid() else {
        throw CurationError(.inputOutput, "\(folder.path): belongs to another user; \(remedy)")
      }
      guard folder.mode & 0o077 == 0 || !folder.keepsModes() else {
        throw CurationError(
          .inputOutput, "\(folder.path): other users may have put files into it; \(remedy)")
      }
      return folder
    } catch let error as CurationError {
      guard let status = parent.status(FileName(name)) else { return nil }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw CurationError(
          .inputOutput,
          "\(parent.path)/\(name): is not curate's folder for work in progress; remove it")
      }
      throw error
    }
  }

  /// Nil if the lock file has since been removed.
  private static func lock(_ folder: Folder, for dataset: String) throws -> Int32? {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
    let lock = openat(folder.descriptor, lockName, flags, 0o600)
    guard lock >= 0 else {
      if errno == ENOENT { return nil }
      throw systemError("\(folder.path)/\(lockName)", "cannot be made")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      defer { close(lock) }
      throw errno == EWOULDBLOCK
        ? isBusy(dataset) : systemError("\(folder.path)/\(lockName)", "cannot be locked")
    }
    var own = stat()
    guard fstat(lock, &own) == 0,
      folder.status(FileName(lockName)).map(FileIdentity.init) == FileIdentity(own)
    else {
      close(lock)
      return nil
    }
    return lock
  }

  private static func isBusy(_ dataset: String) -> CurationError {
    CurationError(.inputOutput, "\(dataset): another run is writing to this folder")
  }

  // MARK: What it holds

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// Makes an empty folder for new files.
  func makeStaging() throws -> Folder {
    _ = try folder.makeFolder("new", 0o777)
    let made = try Folder("new", in: folder)
    let name = Self.stagingName(made.identity)
    guard folder.rename(FileName("new"), to: folder, as: FileName(name)) else {
      throw systemError(path("new"), "cannot be renamed")
    }
    return try Folder(name, in: folder)
  }

  static func stagingName(_ identity: FileIdentity) -> String { "new-\(identity.number)" }

  /// The folders that a run left: those of new files, and old ones that it had replaced.
  func leftFolders() throws -> (new: [Folder], old: [Folder]) {
    var (new, old): ([Folder], [Folder]) = ([], [])
    for name in try folder.names().map(\.text) where name.hasPrefix("new") || name == Self.oldName {
      let left = try Folder(name, in: folder)
      let isNew = name == "new" || name == Self.stagingName(left.identity)
      if isNew { new.append(left) } else { old.append(left) }
    }
    return (new, old)
  }

  static let oldName = "old"

  /// Removes a folder of new files; false, with `errno`, where that fails.
  @discardableResult
  func discard(_ staging: Folder) -> Bool {
    for name in (try? staging.names()) ?? [] { staging.remove(name) }
    return folder.removeFolder(staging.name)
  }

  /// Removes a folder that is empty, whatever it is called by now.
  func remove(_ emptied: Folder) throws {
    for name in try folder.names()
    where folder.status(name).map(FileIdentity.init) == emptied.identity {
      folder.removeFolder(name.text)
    }
  }

  /// Makes a pool that an interrupted run left the earlier pool, if any source is complete in it: then it
  /// holds all that its run took over from the earlier pool, too.
  func setAsidePool() throws {
    let pool = path(DatasetLayout.poolName)
    guard fileExists(pool) else { return }
    // A hot journal is tied to the pool's name, so roll it back before renaming the pool. After a
    // power cut the pool may hold anything.
    let isWorthIt = (try? Database(path: pool, .update).count("sources") > 0) ?? false
    guard isWorthIt else { return removePool(DatasetLayout.poolName) }
    removePool(Self.earlierName)
    let name = FileName(DatasetLayout.poolName)
    guard folder.rename(name, to: folder, as: FileName(Self.earlierName)) else {
      throw systemError(pool, "cannot become \(Self.earlierName)")
    }
  }

  static let earlierName = "earlier.sqlite"

  /// Removes a pool, and what SQLite may have left beside it.
  func removePool(_ name: String) {
    // The journal last: without its hot journal, a pool would pass for intact.
    for ending in ["", "-sort", "-journal"] { folder.remove(name + ending) }
  }
}

extension Folder {
  /// Whether its file system keeps the mode of a folder; some give all files and folders the same.
  fileprivate func keepsModes() -> Bool {
    var status = stat()
    guard fchmod(descriptor, 0o700) == 0, fstat(descriptor, &status) == 0,
      status.st_mode & 0o077 == 0
    else { return false }
    fchmod(descriptor, mode)
    return true
  }
}
