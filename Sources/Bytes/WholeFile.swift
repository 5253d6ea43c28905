import CGlibc
import Glibc

/// A file that appears under its name only when complete and synced to disk. Until then it has a
/// unique temporary name in the same folder. It is removed if not published, unless the program was
/// killed.
package final class WholeFile {
  /// Where it is to appear.
  package let path: String
  private let folder: String
  private var file: OutputFile
  private var isPublished = false

  /// Errors: `inputOutput`.
  package init(path: String) throws {
    self.path = path
    folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    let name = ".curate-\(String(UInt64.random(in: 0 ... .max), radix: 36)).partial"
    file = try OutputFile(path: folder + name, named: path, mode: 0o666)
  }

  deinit {
    if !isPublished { unlink(file.path) }
  }

  /// Writes all of `bytes`, without a buffer. Errors: `inputOutput`.
  package func write(_ bytes: [UInt8]) throws { try file.write(bytes) }

  /// Moves it into place, with the permissions of the file that it replaces, if any.
  ///
  /// - Parameter replaces: whether it may replace another file.
  /// Errors: `inputOutput`.
  package func publish(replaces: Bool) throws {
    var old = stat()
    if lstat(path, &old) == 0, old.st_mode & S_IFMT == S_IFREG {
      try file.setMode(old.st_mode & 0o777)
    }
    _ = try file.finish()
    let flags = replaces ? 0 : UInt32(GLIBC_RENAME_NOREPLACE)
    var isMoved = renameat2(AT_FDCWD, file.path, AT_FDCWD, path, flags) == 0
    if !isMoved, [EINVAL, ENOSYS].contains(errno) {
      // The file system lacks the flag. `link` never replaces a file.
      isMoved = (replaces ? rename(file.path, path) : link(file.path, path)) == 0
      if isMoved, !replaces { unlink(file.path) }
    }
    guard isMoved else {
      throw CurationError(.inputOutput, "\(path): cannot be written: \(systemMessage())")
    }
    isPublished = true
    try syncToDisk(folder)
  }
}

extension WholeFile {
  /// Writes a file atomically, following a symbolic link. A pipe, a device or one of the program's
  /// standard streams is written to directly.
  ///
  /// Errors: `inputOutput`.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    var (target, link) = (stat(), stat())
    let isThere = stat(path, &target) == 0
    if !isThere, lstat(path, &link) == 0 {
      throw CurationError(.inputOutput, "\(path): is a dangling symbolic link")
    }
    let stream =
      isThere ? [STDOUT_FILENO, STDERR_FILENO].first { isSame(target, $0) } : nil
    if stream != nil || isThere && target.st_mode & S_IFMT != S_IFREG {
      // What has been printed comes first.
      fflush(nil)
      var file = try OutputFile(
        opened: stream.map { dup($0) } ?? open(path, O_WRONLY | O_CLOEXEC), named: path)
      return try file.write(bytes)
    }
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    let file = try WholeFile(path: resolved.map { String(cString: $0) } ?? path)
    try file.write(bytes)
    try file.publish(replaces: true)
  }

  private static func isSame(_ file: stat, _ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_dev == file.st_dev
      && status.st_ino == file.st_ino
  }
}
