import Foundation

/// Bytes put aside on disk, to be read again in any order. The file has no name: it is gone when it is
/// closed, however the program ends.
final class SpoolFile {
  private let file: FileHandle
  private var byteCount = 0

  init(folder: String) throws {
    let path = "\(folder)/spool"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CurationError(.inputOutput, "\(path): cannot be made: \(systemMessage())")
    }
    unlink(path)
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Gives the offset at which the bytes stand.
  func append(_ bytes: [UInt8]) throws -> Int {
    do {
      try file.seekToEnd()
      try file.write(contentsOf: bytes)
    } catch {
      throw CurationError(.inputOutput, "the spool file cannot be written: \(systemMessage())")
    }
    defer { byteCount += bytes.count }
    return byteCount
  }

  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    do {
      try file.seek(toOffset: UInt64(offset))
      let data = try file.read(upToCount: count) ?? Data()
      guard data.count == count else { throw CocoaError(.fileReadUnknown) }
      return Array(data)
    } catch {
      throw CurationError(.inputOutput, "the spool file cannot be read: \(systemMessage())")
    }
  }
}
