extension [UInt8] {
  /// Appends UTF-8 as a JSON string: only what JSON demands is escaped.
  package mutating func appendJSON(_ text: [UInt8]) {
    append(UInt8(ascii: "\""))
    var start = 0
    while true {
      let index = text.span.firstIndex(from: start, to: text.count) {
        $0.isIn(0x00...0x1F) .| $0.isByte(UInt8(ascii: "\"")) .| $0.isByte(UInt8(ascii: "\\"))
      }
      append(text.span, start..<index)
      guard index < text.count else { break }
      start = index + 1
      switch text[index] {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      default:
        append("\\u00")
        append(contentsOf: hexadecimal([text[index]]).utf8)
      }
    }
    append(UInt8(ascii: "\""))
  }
}
