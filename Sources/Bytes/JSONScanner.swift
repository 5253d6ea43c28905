/// Scans raw JSON text that simdjson has delimited: brackets and quotes balance, but scalars and
/// escapes are unchecked.
package struct JSONScanner {
  private(set) var position: Int
  package let end: Int

  package init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next byte that is not white space, which is not consumed; nil at the end.
  package mutating func peek(_ json: Span<UInt8>) -> UInt8? {
    while position < end {
      switch json[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case let byte: return byte
      }
    }
    return nil
  }

  package mutating func advance() { position += 1 }

  /// Consumes the bytes up to the next of a kind.
  @inline(__always)
  mutating func nextRun(
    _ json: Span<UInt8>, upTo isNext: (ByteBlock) -> ByteMarks
  ) -> Range<Int> {
    let start = position
    position = json.firstIndex(from: position, to: end, isNext)
    return start..<position
  }

  /// Consumes any number or word up to its delimiter; nil if it is empty.
  package mutating func nextScalar(_ json: Span<UInt8>) -> Range<Int>? {
    let start = position
    scan: while position < end {
      switch json[position] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D:
        break scan
      default: position += 1
      }
    }
    return position > start ? start..<position : nil
  }

  /// Consumes the next field of an object and the bracket or comma before it. Returns the ranges of
  /// its raw key, without the quotes, and of its value. Nil before the closing bracket, and, with the
  /// scanner at the end, if it is not JSON.
  package mutating func nextField(_ json: Span<UInt8>) -> (key: Range<Int>, value: Range<Int>)? {
    let opening = peek(json)
    if opening == UInt8(ascii: "}") { return nil }
    guard opening == UInt8(ascii: "{") || opening == UInt8(ascii: ",") else { return fail() }
    advance()
    let next = peek(json)
    if opening == UInt8(ascii: "{"), next == UInt8(ascii: "}") { return nil }
    let start = position + 1
    guard next == UInt8(ascii: "\""), skipString(json) else { return fail() }
    let key = start..<(position - 1)
    guard peek(json) == UInt8(ascii: ":") else { return fail() }
    advance()
    guard let value = nextValue(json) else { return fail() }
    return (key, value)
  }

  private mutating func fail() -> (Range<Int>, Range<Int>)? {
    position = end
    return nil
  }

  /// Whether nothing is left but the bracket that closes an object.
  package mutating func isAtEndOfObject(_ json: Span<UInt8>) -> Bool {
    guard peek(json) == UInt8(ascii: "}") else { return false }
    advance()
    return peek(json) == nil
  }

  /// Consumes a value and returns its range; nil, with the scanner anywhere, if its brackets, keys
  /// and commas are not valid JSON or it has over 16 levels. Scalars and escapes are not checked.
  private mutating func nextValue(_ json: Span<UInt8>, level: Int = 1) -> Range<Int>? {
    guard let first = peek(json), level <= 16 else { return nil }
    let start = position
    switch first {
    case UInt8(ascii: "\""): guard skipString(json) else { return nil }
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = first == UInt8(ascii: "{")
      let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
      advance()
      guard peek(json) != close else {
        advance()
        break
      }
      var next: UInt8?
      repeat {
        if isObject {
          guard peek(json) == UInt8(ascii: "\""), skipString(json), peek(json) == UInt8(ascii: ":")
          else { return nil }
          advance()
        }
        guard nextValue(json, level: level + 1) != nil else { return nil }
        next = peek(json)
        advance()
      } while next == UInt8(ascii: ",")
      guard next == close else { return nil }
    default: guard nextScalar(json) != nil else { return nil }
    }
    return start..<position
  }

  /// Consumes a string, quotes included; false if it is unterminated.
  private mutating func skipString(_ json: Span<UInt8>) -> Bool {
    advance()
    while true {
      _ = nextRun(json) { $0.isByte(0x22) .| $0.isByte(0x5C) }
      guard position < end else { return false }
      let isQuote = json[position] == UInt8(ascii: "\"")
      position = min(position + (isQuote ? 1 : 2), end)
      if isQuote { return true }
    }
  }

  /// Whether the text is a number as JSON spells it.
  package static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    func dropDigits() -> Int {
      let count = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let digits = dropDigits()
    guard digits == 1 || digits > 1 && !startsWithZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard dropDigits() > 0 else { return false }
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard dropDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Consumes a string, quotes included, and appends its characters to `text`. An unpaired surrogate
  /// becomes U+FFFD. False, with the scanner anywhere, if an escape is ill-formed.
  package mutating func appendString(_ json: Span<UInt8>, to text: inout [UInt8]) -> Bool {
    position += 1
    var quote = -1
    while true {
      if quote < position {
        guard let found = json.firstIndex(of: UInt8(ascii: "\""), in: position..<end) else {
          return false
        }
        quote = found
      }
      guard let escape = json.firstIndex(of: UInt8(ascii: "\\"), in: position..<quote) else {
        text.append(json, position..<quote)
        position = quote + 1
        return true
      }
      text.append(json, position..<escape)
      position = escape
      guard let character = nextEscape(json) else { return false }
      if UTF16.isLeadSurrogate(character), position < end, json[position] == UInt8(ascii: "\\") {
        let afterLead = self
        if let trail = nextEscape(json), UTF16.isTrailSurrogate(trail) {
          text.append(utf8: 0x10000 + (UInt32(character) - 0xD800) << 10 + UInt32(trail) - 0xDC00)
          continue
        }
        self = afterLead
      }
      let isSurrogate = UTF16.isSurrogate(character)
      text.append(utf8: isSurrogate ? 0xFFFD : UInt32(character))
    }
  }

  /// Consumes an escape, from its backslash on; nil if it is not valid JSON.
  mutating func nextEscape(_ json: Span<UInt8>) -> UInt16? {
    guard position + 1 < end else { return nil }
    let letter = json[position + 1]
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(letter)
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      guard position + 4 <= end else { return nil }
      var unit: UInt16 = 0
      for _ in 0..<4 {
        guard let digit = Character(UnicodeScalar(json[position])).hexDigitValue else { return nil }
        unit = unit << 4 | UInt16(digit)
        position += 1
      }
      return unit
    default: return nil
    }
  }
}

extension UTF16 {
  fileprivate static func isSurrogate(_ unit: UInt16) -> Bool { unit & 0xF800 == 0xD800 }
}

extension [UInt8] {
  /// Appends the UTF-8 of a code point, which must not be a surrogate.
  fileprivate mutating func append(utf8 codePoint: UInt32) {
    switch codePoint {
    case 0..<0x80: append(UInt8(codePoint))
    case 0x80..<0x800:
      append(0xC0 | UInt8(codePoint >> 6))
      append(0x80 | UInt8(codePoint & 0x3F))
    case 0x800..<0x10000:
      append(0xE0 | UInt8(codePoint >> 12))
      append(0x80 | UInt8(codePoint >> 6 & 0x3F))
      append(0x80 | UInt8(codePoint & 0x3F))
    default:
      append(0xF0 | UInt8(codePoint >> 18))
      append(0x80 | UInt8(codePoint >> 12 & 0x3F))
      append(0x80 | UInt8(codePoint >> 6 & 0x3F))
      append(0x80 | UInt8(codePoint & 0x3F))
    }
  }
}
