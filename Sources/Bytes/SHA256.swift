import CCrypto

/// A running SHA-256, by OpenSSL's libcrypto.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  package init() {
    // Null only if out of memory, which no Swift program survives.
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    _ = bytes.withUnsafeBytes {
      EVP_DigestUpdate(context, $0.baseAddress.map { $0 + range.lowerBound }, range.count)
    }
  }

  /// The hash in lower-case hexadecimal. Nothing may be added afterwards.
  package mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return hexadecimal(digest)
  }

  package static func hash(of bytes: [UInt8]) -> String {
    var hasher = SHA256()
    hasher.update(bytes.span, bytes.indices)
    return hasher.finish()
  }
}

/// Two lower-case digits a byte.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  String(
    decoding: bytes.flatMap { [hexadecimalDigit($0 >> 4), hexadecimalDigit($0 & 15)] },
    as: UTF8.self)
}

/// The digit of a number below 16.
func hexadecimalDigit(_ number: UInt8) -> UInt8 {
  number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") - 10 + number
}
