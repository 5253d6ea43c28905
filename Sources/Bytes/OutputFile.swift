import CGlibc
package import Glibc

/// A file being written: hashed as it grows, and on disk when `finish` returns.
package struct OutputFile: ~Copyable {
  package let path: String
  /// For messages.
  private let name: String
  private let descriptor: Int32
  private var hasher = SHA256()
  package private(set) var byteCount = 0
  /// How many bytes the disk has been asked to write.
  private var startedCount = 0

  /// The number of bytes to collect before asking the disk to write.
  private static let startSize = 8 << 20

  /// - Parameters:
  ///   - name: for messages, if it is not the path.
  ///   - mode: its permissions, subject to the umask.
  package init(path: String, named name: String? = nil, mode: mode_t = 0o644) throws {
    // Never opens an existing file or follows a link.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    try self.init(opened: descriptor, path, named: name ?? path, "cannot be made")
  }

  /// An existing file: a pipe, a device.
  ///
  /// - Parameter descriptor: owned by this value from now on; below 0 if it could not be opened.
  package init(opened descriptor: Int32, named name: String) throws {
    try self.init(opened: descriptor, name, named: name, "cannot be written")
  }

  private init(opened descriptor: Int32, _ path: String, named name: String, _ fault: String) throws
  {
    (self.descriptor, self.path, self.name) = (descriptor, path, name)
    guard descriptor >= 0 else {
      throw CurationError(.inputOutput, "\(name): \(fault): \(systemMessage())")
    }
  }

  deinit { close(descriptor) }

  /// Writes a whole file without rows and syncs it to disk.
  package static func write(_ bytes: [UInt8], to path: String) throws -> Output {
    var file = try OutputFile(path: path)
    try file.write(bytes)
    return Output(rows: nil, bytes: file.byteCount, sha256: try file.finish())
  }

  /// Writes all of `bytes`. Unbuffered: pass a few hundred kilobytes at a time.
  package mutating func write(_ bytes: [UInt8]) throws {
    hasher.update(bytes.span, bytes.indices)
    byteCount += bytes.count
    defer { startWriting() }
    try bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          throw CurationError(.inputOutput, "\(name): cannot be written: \(systemMessage())")
        }
      }
    }
  }

  func setMode(_ mode: mode_t) throws {
    guard fchmod(descriptor, mode) == 0 else {
      throw CurationError(.inputOutput, "\(name): cannot be written: \(systemMessage())")
    }
  }

  /// Starts writeback early, so that the final sync is short. Errors here recur there.
  private mutating func startWriting() {
    guard byteCount - startedCount >= Self.startSize else { return }
    _ = sync_file_range(
      descriptor, startedCount, byteCount - startedCount,
      UInt32(GLIBC_SYNC_FILE_RANGE_WRITE))
    startedCount = byteCount
  }

  /// Syncs the bytes to disk and returns their SHA-256.
  package mutating func finish() throws -> String {
    guard fsync(descriptor) == 0 else {
      throw CurationError(.inputOutput, "\(name): cannot be synced: \(systemMessage())")
    }
    return hasher.finish()
  }
}

/// Syncs a file or folder that other code has written to disk.
package func syncToDisk(_ path: String) throws {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  defer { close(descriptor) }
  guard descriptor >= 0, fsync(descriptor) == 0 else {
    throw CurationError(.inputOutput, "\(path): cannot be synced: \(systemMessage())")
  }
}

package func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// A file of the dataset.
package struct Output: Codable, Equatable, Sendable {
  /// Rows, where the file has rows.
  package let rows: Int?
  package let bytes: Int
  package let sha256: String
  /// Of a compressed file of rows.
  package var unpackedBytes: Int?

  package init(rows: Int?, bytes: Int, sha256: String, unpackedBytes: Int? = nil) {
    self.rows = rows
    self.bytes = bytes
    self.sha256 = sha256
    self.unpackedBytes = unpackedBytes
  }
}
