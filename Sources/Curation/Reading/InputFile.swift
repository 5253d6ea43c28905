import CGlibc
import Glibc

/// An open file, read from the front. Closed when it goes out of scope.
struct InputFile: ~Copyable {
  let path: String
  /// In bytes, as it was when the file was opened.
  let size: Int
  private let descriptor: Int32

  enum Kind {
    /// What somebody has named: whatever it is, be it a pipe.
    case named
    /// One of a dataset, which may come from elsewhere: a file itself, with all its bytes, and not what
    /// leads to another, waits, or has no end.
    case ofDataset
  }

  init(path: String, _ kind: Kind = .named) throws {
    (descriptor, size) = try Self.opened(path, kind)
    self.path = path
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

  private static func opened(_ path: String, _ kind: Kind) throws -> (descriptor: Int32, size: Int)
  {
    var status = stat()
    // To open may do something, too: a tape is wound.
    if kind == .ofDataset, lstat(path, &status) == 0 { try requireFile(status, path) }
    let flags = kind == .ofDataset ? O_NOFOLLOW | O_NONBLOCK : 0
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | flags)
    guard descriptor >= 0 else {
      throw CurationError(.noInput, "\(path): cannot be opened: \(systemMessage())")
    }
    do {
      guard fstat(descriptor, &status) == 0 else {
        throw CurationError(.inputOutput, "\(path): cannot be examined: \(systemMessage())")
      }
      if kind == .ofDataset { try requireFile(status, path) }
    } catch {
      close(descriptor)
      throw error
    }
    return (descriptor, Int(status.st_size))
  }

  /// Errors: `badData` where a path of a dataset leads to something else than a file.
  static func requireFile(_ status: stat, _ path: String) throws {
    let kind: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: kind = "a folder"
    case S_IFLNK: kind = "a link"
    case S_IFIFO: kind = "a pipe"
    default: kind = "a device or socket"
    }
    throw CurationError(
      .badData,
      "\(path): is \(kind), where a dataset has a file; put the file itself there, or make the dataset "
        + "again with 'curate run'")
  }

  /// Whether parts of it were never written, and so are zeros that take no room: some bytes may stand for as
  /// much as one likes.
  var hasHoles: Bool {
    let hole = lseek(descriptor, 0, Int32(GLIBC_SEEK_HOLE))
    // Where the file system cannot tell, it says that there are none.
    defer { lseek(descriptor, 0, SEEK_SET) }
    return hole >= 0 && hole < size
  }

  /// Reads up to `buffer.count` bytes; 0 at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR {
        throw CurationError(.inputOutput, "\(path): cannot be read: \(systemMessage())")
      }
    }
  }

  /// The SHA-256 of what is left to read. Errors: `inputOutput`, and `CancellationError`.
  func sha256() throws -> String {
    var hasher = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      try Task.checkCancellation()
      let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { return hasher.finish() }
      hasher.update(buffer.span, 0..<count)
    }
  }

  /// Reads exactly `count` bytes from `offset` on.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + filled }, count - filled, offset + filled)
      }
      if read > 0 {
        filled += read
      } else if read == 0 {
        throw CurationError(.inputOutput, "\(path): is shorter than it was")
      } else if errno != EINTR {
        throw CurationError(.inputOutput, "\(path): cannot be read: \(systemMessage())")
      }
    }
    return bytes
  }
}

/// The system's words for the last error of a C call.
func systemMessage() -> String { String(cString: strerror(errno)) }
