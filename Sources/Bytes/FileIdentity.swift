package import Glibc

/// Identifies a file or folder independently of its path.
package struct FileIdentity: Hashable {
  let device: dev_t
  package let number: ino_t

  package init(_ status: stat) {
    device = status.st_dev
    number = status.st_ino
  }

  /// Nil if nothing is at the path.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// A file at one moment. Writing to the file or replacing it makes a new version.
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
