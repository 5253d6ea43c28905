import CCrypto

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a whole file. Cost: one read; the memory is the file's size.
struct FileContents {
  let path: String
  let bytes: [UInt8]

  /// More than twenty times the largest vocabulary in use: a larger file is something else, and
  /// every offset into one that is not larger fits in 32 bits.
  static let largestSize = 512 << 20

  init(path: String) throws(TokenizerError) {
    func failure() -> TokenizerError {
      TokenizerError(.unreadable, path, String(cString: strerror(errno)))
    }
    // A named pipe that nobody writes to would not be opened otherwise.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure() }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw TokenizerError(
        .unreadable, path, "is a folder, a pipe or a device, and a file is needed")
    }
    guard status.st_size <= Self.largestSize else {
      throw TokenizerError(
        .notATokenizer, path, "\(status.st_size) bytes are too many for a tokenizer.")
    }
    let size = Int(status.st_size)
    var failed = false
    bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress! + count, size - count)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    if failed { throw failure() }
    self.path = path
  }

  /// The first byte that is no white space; nil if there is none.
  var firstCharacter: UInt8? { bytes.first { $0 > 0x20 } }

  /// The SHA-256 of the bytes, in lower-case hexadecimal.
  func sha256() throws(TokenizerError) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else {
      throw TokenizerError(.unreadable, path, "libcrypto cannot compute a SHA-256.")
    }
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
