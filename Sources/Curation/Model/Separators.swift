/// What stands between the words and numbers of a text.
extension Span<UInt8> {
  func skippingSeparators(after start: Int) -> Int {
    var index = start
    while index < count {
      let length = separatorLength(at: index)
      if length == 0 { break }
      index += length
    }
    return index
  }

  func skippingSeparators(before end: Int, from start: Int, inLine: Bool = false) -> Int {
    var index = end
    while index > start, !inLine || self[index - 1] != UInt8(ascii: "\n") {
      var lead = index - 1
      while lead > start, index - lead < 3, self[lead] & 0xC0 == 0x80 { lead -= 1 }
      guard separatorLength(at: lead) == index - lead else { break }
      index = lead
    }
    return index
  }

  /// The bytes of the separator at `index`, 0 where there is none: white space, and what `scrub`
  /// makes a space.
  func separatorLength(at index: Int) -> Int {
    let byte = self[index]
    switch byte {
    case 0x09...0x0D, 0x1C...0x20, UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"):
      return 1
    case 0xC2, 0xE1...0xE3: break
    default: return 0
    }
    let next = index + 1 < count ? self[index + 1] : 0
    if byte == 0xC2 { return next == 0x85 || next == 0xA0 ? 2 : 0 }
    switch (byte, next, index + 2 < count ? self[index + 2] : 0) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80), (0xE3, 0x80, 0x90...0x91):
      return 3
    default: return 0
    }
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// A letter, a digit or an underscore.
  var isASCIIWord: Bool { isASCIIDigit || isASCIILetter || self == UInt8(ascii: "_") }
}
