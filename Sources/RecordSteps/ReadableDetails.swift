import Bytes

/// Writes a JSON object for people: `Brand: WANAI, Best Sellers Rank: Appliances 713, Chest Freezers 38`.
///
/// Brackets and quotes go, escapes become their characters, and what is nested follows its key.
enum ReadableDetails {
  /// Appends the object at `range` of `json` to `text`, without the fields named in `omitted`; false
  /// where it is not JSON. Takes no more stack for deeper nesting.
  static func append(
    _ json: Span<UInt8>, _ range: Range<Int>, omitting omitted: Set<[UInt8]>, to text: inout [UInt8]
  ) -> Bool {
    var scanner = JSONScanner(range)
    var depth = 0
    let start = text.count
    var fieldStart = start
    var isOmitted = false
    func endField(_ text: inout [UInt8]) {
      if isOmitted { text.removeLast(text.count - fieldStart) }
      isOmitted = false
    }
    // A slice that lived on would have the text copied when it grows.
    func key(in text: borrowing [UInt8], from start: Int) -> [UInt8] {
      Array(text[start...].drop { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") })
    }
    while let byte = scanner.peek(json) {
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        scanner.advance()
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        scanner.advance()
      case UInt8(ascii: ","):
        if depth == 1 {
          endField(&text)
          fieldStart = text.count
        }
        if text.count > start { text.append(", ") }
        scanner.advance()
      case UInt8(ascii: ":"):
        if depth == 1 {
          isOmitted = omitted.contains(key(in: text, from: fieldStart))
          text.append(UInt8(ascii: ":"))
        }
        text.append(UInt8(ascii: " "))
        scanner.advance()
      case UInt8(ascii: "\""):
        guard scanner.appendString(json, to: &text) else { return false }
      default:
        guard let scalar = scanner.nextScalar(json) else { return false }
        text.append(json, scalar)
      }
    }
    endField(&text)
    return true
  }
}
