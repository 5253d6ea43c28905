extension [UInt8] {
  /// Appends UTF-8 as a JSON string: only what JSON demands is escaped.
  mutating func appendJSON(_ text: [UInt8]) {
    append(UInt8(ascii: "\""))
    var start = 0
    for (index, byte) in text.enumerated()
    where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      append(text.span, start..<index)
      start = index + 1
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      default:
        append("\\u00")
        append(contentsOf: hexadecimal([byte]).utf8)
      }
    }
    append(text.span, start..<text.count)
    append(UInt8(ascii: "\""))
  }
}
