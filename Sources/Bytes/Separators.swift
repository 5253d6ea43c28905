/// What stands between the words and numbers of a text.
extension Span<UInt8> {
  package func skippingSeparators(after start: Int) -> Int {
    var index = start
    while index < count {
      let length = separatorLength(at: index)
      if length == 0 { break }
      index += length
    }
    return index
  }

  package func skippingSeparators(before end: Int, from start: Int, inLine: Bool = false) -> Int {
    var index = end
    while index > start, !inLine || self[index - 1] != UInt8(ascii: "\n") {
      var lead = index - 1
      while lead > start, index - lead < 3, self[lead] & 0xC0 == 0x80 { lead -= 1 }
      guard separatorLength(at: lead) == index - lead else { break }
      index = lead
    }
    return index
  }

  /// The length of the separator at `index`, 0 if there is none. Rule 4 of the course
  /// (docs/course.md): Python's `\s` and some punctuation.
  package func separatorLength(at index: Int) -> Int {
    let byte = self[index]
    if byte < 0x80 { return byte.isASCIISeparator ? 1 : 0 }
    func follows(_ offset: Int) -> UInt8 {
      index + offset < count ? self[index + offset] : 0
    }
    switch byte {
    case 0xC2:  // U+0085 next line, U+00A0 no-break space
      return follows(1) == 0x85 || follows(1) == 0xA0 ? 2 : 0
    case 0xE1:  // U+1680 ogham space
      return follows(1) == 0x9A && follows(2) == 0x80 ? 3 : 0
    case 0xE2:  // U+2000-200A spaces, U+2028-2029 separators, U+202F and U+205F spaces
      switch (follows(1), follows(2)) {
      case (0x80, 0x80...0x8A), (0x80, 0xA8...0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
      default: return 0
      }
    case 0xE3:  // U+3000 ideographic space, U+3010 【 and U+3011 】
      return follows(1) == 0x80 && [0x80, 0x90, 0x91].contains(follows(2)) ? 3 : 0
    default: return 0
    }
  }
}

extension UInt8 {
  package var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  package var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// A letter, a digit or an underscore.
  package var isASCIIWord: Bool { isASCIIDigit || isASCIILetter || self == UInt8(ascii: "_") }

  /// Whether a separator may begin with this byte.
  package var mayBeginSeparator: Bool { isASCIISeparator || self == 0xC2 || 0xE1...0xE3 ~= self }

  fileprivate var isASCIISeparator: Bool {
    switch self {
    case 0x09...0x0D, 0x1C...0x20, UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
