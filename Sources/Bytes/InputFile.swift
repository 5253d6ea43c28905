import CGlibc
package import Glibc

/// An open file, read from the front. Closed when it goes out of scope.
package struct InputFile: ~Copyable {
  /// For people.
  package let path: String
  private let descriptor: Int32
  /// As it was when the file was opened.
  private let status: stat

  package enum Kind {
    /// A file that the user named, of any type, even a pipe.
    case named
    /// A file of a dataset, which may come from elsewhere: must be a regular file, not a link, a pipe
    /// or an endless device.
    case ofDataset
  }

  /// Errors: `noInput`; `badData` if a file of a dataset is not a regular file.
  package init(path: String, _ kind: Kind = .named) throws {
    try self.init(try Self.opened(path, kind), path, kind)
  }

  /// The file that a descriptor stands for.
  package init(copyOf descriptor: Int32, named name: String) throws {
    try self.init(fcntl(descriptor, F_DUPFD_CLOEXEC, 0), name, .named)
  }

  private static func opened(_ path: String, _ kind: Kind) throws -> Int32 {
    var status = stat()
    // Check first, since opening can have side effects: a tape rewinds.
    if kind == .ofDataset, lstat(path, &status) == 0 { try requireFile(status, path) }
    // Do not block on a named pipe without a writer here; `read` waits for it.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (kind == .ofDataset ? O_NOFOLLOW : 0)
    return open(path, flags)
  }

  private init(_ descriptor: Int32, _ path: String, _ kind: Kind) throws {
    self.descriptor = descriptor
    self.path = path
    var status = stat()
    guard descriptor >= 0 else {
      let isShortOfFiles = [EMFILE, ENFILE].contains(errno)
      throw CurationError(
        isShortOfFiles ? .inputOutput : .noInput,
        "\(path): cannot be opened: \(systemMessage())")
    }
    do {
      guard fstat(descriptor, &status) == 0 else {
        throw CurationError(.inputOutput, "\(path): cannot be examined: \(systemMessage())")
      }
      if kind == .ofDataset { try Self.requireFile(status, path) }
    } catch {
      close(descriptor)
      throw error
    }
    self.status = status
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

  /// In bytes, as it was when the file was opened.
  package var size: Int { Int(status.st_size) }

  /// Errors: `badData` if a path of a dataset is not a regular file.
  package static func requireFile(_ status: stat, _ path: String) throws {
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

  /// Whether the file is sparse: its holes read as zeros but take no disk space, so its size can be
  /// arbitrarily large.
  package var hasHoles: Bool {
    let hole = lseek(descriptor, 0, Int32(GLIBC_SEEK_HOLE))
    // A file system that cannot tell reports no holes.
    defer { lseek(descriptor, 0, SEEK_SET) }
    return hole >= 0 && hole < size
  }

  /// Reads up to `buffer.count` bytes; 0 at the end of the file.
  ///
  /// Errors: `inputOutput`; `CancellationError` while waiting for a pipe or the like.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      if ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) { try awaitInput() }
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR, errno != EAGAIN {
        throw CurationError(.inputOutput, "\(path): cannot be read: \(systemMessage())")
      }
    }
  }

  private func awaitInput() throws {
    var stream = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    repeat { try Task.checkCancellation() } while poll(&stream, 1, 100) == 0
  }

  /// All remaining bytes; nil if there are more than `limit`. Errors: as `read`.
  package func contents(upTo limit: Int) throws -> [UInt8]? {
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while contents.count <= limit {
      let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { return contents }
      contents += buffer[..<count]
    }
    return nil
  }

  /// Checks that the bytes read are a consistent snapshot of the file.
  ///
  /// - Parameter count: the bytes that were read, at its end.
  /// Errors: `inputOutput` if the file was written to since it was opened.
  package func checkUnchanged(_ count: Int? = nil) throws {
    var now = stat()
    guard status.st_mode & S_IFMT == S_IFREG, fstat(descriptor, &now) == 0 else { return }
    let isSame =
      now.st_size == status.st_size && now.st_size == count ?? size
      && now.st_mtim.tv_sec == status.st_mtim.tv_sec
      && now.st_mtim.tv_nsec == status.st_mtim.tv_nsec
    guard isSame else {
      throw CurationError(
        .inputOutput, "\(path): was changed while it was read; run again when it is complete")
    }
  }

  /// The SHA-256 of what is left to read. Errors: `inputOutput`, and `CancellationError`.
  package func sha256() throws -> String {
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
  package func bytes(at offset: Int, count: Int) throws -> [UInt8] {
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

/// The system's message for the last error of a C call.
package func systemMessage() -> String { String(cString: strerror(errno)) }
