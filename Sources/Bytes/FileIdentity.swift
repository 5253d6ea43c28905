package import Glibc

/// What tells a file or folder from all others, whatever path leads to it.
package struct FileIdentity: Hashable {
  let device: dev_t
  package let number: ino_t

  package init(_ status: stat) {
    device = status.st_dev
    number = status.st_ino
  }

  /// Nil where the path leads nowhere.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// A file as it is at one moment. Whoever writes to it, or puts another in its place, makes another version.
package struct FileVersion: Hashable, Codable {
  private let number: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int

  package init(_ status: stat) {
    number = UInt64(status.st_ino)
    size = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}
