/// Writes JSON as Python's `json.dumps` does by default, from raw JSON text: `", "` and `": "` between
/// values, every character outside printable ASCII as `\uXXXX`, floating-point numbers in their
/// shortest form. Used for item details: rule 2 of the course (docs/course.md).
package enum PythonJSON {
  /// Appends the value at `range` of `json` to `text`; false where it is not JSON.
  package static func append(_ json: Span<UInt8>, _ range: Range<Int>, to text: inout [UInt8])
    -> Bool
  {
    var scanner = JSONScanner(range)
    while let byte = scanner.peek(json) {
      switch byte {
      case UInt8(ascii: "\""):
        guard appendString(json, &scanner, to: &text) else { return false }
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        text.append(byte)
        text.append(UInt8(ascii: " "))
        scanner.advance()
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"):
        text.append(byte)
        scanner.advance()
      default:
        guard appendScalar(json, &scanner, to: &text) else { return false }
      }
    }
    return true
  }

  private static func appendString(
    _ json: Span<UInt8>, _ scanner: inout JSONScanner, to text: inout [UInt8]
  ) -> Bool {
    text.append(UInt8(ascii: "\""))
    scanner.advance()
    while scanner.position < scanner.end {
      let run = scanner.nextRun(json) {
        $0.isIn(0x00...0x1F) .| $0.isIn(0x7F...0xFF) .| $0.isByte(0x22) .| $0.isByte(0x5C)
      }
      text.append(json, run)
      guard scanner.position < scanner.end else { return false }
      switch json[scanner.position] {
      case UInt8(ascii: "\""):
        text.append(UInt8(ascii: "\""))
        scanner.advance()
        return true
      case UInt8(ascii: "\\"):
        guard let unit = scanner.nextEscape(json) else { return false }
        appendCharacter(unit, to: &text)
      case let byte where byte >= 0x7F:
        for unit in nextScalar(json, &scanner).utf16 { appendCharacter(unit, to: &text) }
      case let byte:
        text.append(byte)
        scanner.advance()
      }
    }
    return false
  }

  /// The character at the scanner, of text that is known to be UTF-8.
  private static func nextScalar(_ json: Span<UInt8>, _ scanner: inout JSONScanner)
    -> Unicode.Scalar
  {
    let lead = json[scanner.position]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = UInt32(length == 1 ? lead : lead & (0xFF >> UInt8(length + 1)))
    for offset in 1..<max(length, 1) {
      value = value << 6 | UInt32(json[scanner.position + offset] & 0x3F)
    }
    for _ in 0..<length { scanner.advance() }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static func appendCharacter(_ unit: UInt16, to text: inout [UInt8]) {
    switch unit {
    case 0x08: text.append("\\b")
    case 0x09: text.append("\\t")
    case 0x0A: text.append("\\n")
    case 0x0C: text.append("\\f")
    case 0x0D: text.append("\\r")
    case 0x22: text.append("\\\"")
    case 0x5C: text.append("\\\\")
    case 0x20..<0x7F: text.append(UInt8(unit))
    default:
      text.append("\\u")
      for shift in [12, 8, 4, 0] as [UInt16] {
        text.append(hexadecimalDigit(UInt8(unit >> shift & 15)))
      }
    }
  }

  /// Like Python's `repr`, which uses exponents from 1e16 on, whereas Swift does from 2^53.
  private static func spelling(of number: Double) -> String {
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    let isLong = 0x1p53..<1e16 ~= number.magnitude
    return isLong ? "\(Int64(number)).0" : "\(number)"
  }

  private static func appendScalar(
    _ json: Span<UInt8>, _ scanner: inout JSONScanner, to text: inout [UInt8]
  ) -> Bool {
    guard let range = scanner.nextScalar(json) else { return false }
    // Most are whole numbers, and stay as they are.
    if json[range.lowerBound] != UInt8(ascii: "0") || range.count == 1,
      range.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= json[$0] })
    {
      text.append(json, range)
      return true
    }
    var bytes: [UInt8] = []
    bytes.append(json, range)
    let scalar = String(decoding: bytes, as: UTF8.self)
    if ["true", "false", "null"].contains(scalar) {
      text.append(contentsOf: bytes)
    } else if !JSONScanner.isNumber(bytes[...]) {
      return false
    } else if scalar == "-0" {
      text.append(UInt8(ascii: "0"))
    } else if !scalar.utf8.contains(where: { ".eE".utf8.contains($0) }) {
      text.append(contentsOf: bytes)
    } else if let number = Double(scalar) {
      text.append(contentsOf: spelling(of: number).utf8)
    }
    return true
  }
}
