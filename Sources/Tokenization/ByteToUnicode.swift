/// GPT-2's spelling of bytes as printable characters, which Hugging Face's files have tokens in: a
/// byte that is a printable character of Latin-1 is that character; the other 68 are, in order, the
/// characters from U+0100.
enum ByteToUnicode {
  /// By the character, up to U+0143: its byte, or 256.
  private static let bytes: [UInt16] = {
    var bytes = [UInt16](repeating: 256, count: 0x144)
    var other = 0x100
    for byte in 0..<256 {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: bytes[byte] = UInt16(byte)
      default:
        bytes[other] = UInt16(byte)
        other += 1
      }
    }
    return bytes
  }()

  /// Appends the bytes that `spelling`, in UTF-8, spells. Returns false if it has another character;
  /// then some may have been appended.
  static func append(bytesOf spelling: Slice<UnsafeBufferPointer<UInt8>>, to result: inout [UInt8])
    -> Bool
  {
    guard let base = spelling.base.baseAddress else { return spelling.isEmpty }
    var position = spelling.startIndex
    while position < spelling.endIndex {
      let (scalar, end) = scalar(in: base, at: position, count: spelling.endIndex)
      guard scalar < 0x144, bytes[Int(scalar)] < 256 else { return false }
      result.append(UInt8(bytes[Int(scalar)]))
      position = end
    }
    return true
  }
}
