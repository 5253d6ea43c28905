import Glibc

/// An open file, read from the front. Closed when it goes out of scope.
struct InputFile: ~Copyable {
  let path: String
  /// In bytes, as it was when the file was opened.
  let size: Int
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    guard descriptor >= 0 else {
      throw CurationError(.noInput, "\(path): cannot be opened: \(systemMessage())")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let message = systemMessage()
      close(descriptor)
      throw CurationError(.inputOutput, "\(path): cannot be examined: \(message)")
    }
    size = Int(status.st_size)
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

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
