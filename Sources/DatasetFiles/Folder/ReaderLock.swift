import Bytes
import Contracts
import Glibc

/// A lock on a dataset's folder: readers share it, and a run waits a while for them before it replaces what they
/// read.
struct ReaderLock {
  private let folder: Folder
  /// Of the manifest, which every run replaces.
  private var version: FileVersion?

  /// How long each waits for the others.
  private static let seconds = 10

  /// Keeps readers out, or continues without the lock if they do not finish, and they then fail.
  ///
  /// Errors: `CancellationError`.
  init(excluding folder: Folder) throws { try self.init(folder, LOCK_EX) }

  /// Nil where there is no folder, or it cannot be opened.
  fileprivate init?(reading path: String) throws {
    while let folder = try? Folder(path: path) {
      try self.init(folder, LOCK_SH)
      // While it waited, the folder may have been replaced.
      if !isReplaced(at: path) { return }
    }
    return nil
  }

  private init(_ folder: Folder, _ kind: Int32) throws {
    self.folder = folder
    let end = ContinuousClock.now + .seconds(Self.seconds)
    while flock(folder.descriptor, kind | LOCK_NB) != 0, [EWOULDBLOCK, EINTR].contains(errno),
      ContinuousClock.now < end
    {
      try Task.checkCancellation()
      usleep(20_000)
    }
    version = folder.version(FileName(DatasetLayout.manifestName))
  }

  /// Whether another dataset is now at the path.
  fileprivate func isReplaced(at path: String) -> Bool {
    FileIdentity(path) != folder.identity
      || folder.version(FileName(DatasetLayout.manifestName)) != version
  }

  func end() { flock(folder.descriptor, LOCK_UN) }
}

/// Calls `body`, which reads the dataset in a folder, and makes sure that it was one and the same dataset all the
/// time: a run waits some seconds for it to end.
///
/// Errors: those of `body`; `inputOutput` in their place where a run has replaced the dataset meanwhile.
package func reading<Result>(
  _ folder: String, _ body: () async throws -> Result
) async throws -> Result {
  guard let lock = try ReaderLock(reading: folder) else { return try await body() }
  defer { lock.end() }
  func check() throws {
    guard lock.isReplaced(at: folder) else { return }
    throw CurationError(
      .inputOutput, "\(folder): a run has replaced the dataset while it was read; run this again")
  }
  do {
    let result = try await body()
    try check()
    return result
  } catch {
    try check()
    throw error
  }
}
