extension Double {
  /// The number that `text` spells in decimal, as Python's `float` reads it: white space around it,
  /// an exponent, underscores between digits, any script's digits, infinities and NaN; else nil.
  package init?(decimal text: String) {
    var ascii = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        ascii.unicodeScalars.append(scalar)
      } else if scalar.properties.isWhitespace {
        ascii.append(" ")
      } else if scalar.properties.numericType == .decimal,
        let value = scalar.properties.numericValue
      {
        ascii.append(String(Int(value)))
      } else {
        return nil
      }
    }
    let number = ascii.utf8.trimmed
    guard Self.isDecimal(number) else { return nil }
    let digits = String(decoding: number.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    self.init(digits)
  }

  /// The number spelled by ASCII digits with or without a decimal point, as prices are; nil for any
  /// other text, or if there are too many digits to compute it as an exact quotient.
  package init?(plainDecimal text: Span<UInt8>) {
    var (digits, scale, isFraction): (Int, Double, Bool) = (0, 1, false)
    guard 1...15 ~= text.count, text[0].isASCIIDigit, text[text.count - 1].isASCIIDigit else {
      return nil
    }
    for index in text.indices {
      if text[index].isASCIIDigit {
        digits = digits * 10 + Int(text[index] & 0xF)
        if isFraction { scale *= 10 }
      } else if text[index] == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        return nil
      }
    }
    self = Double(digits) / scale
  }

  /// Whether the text is a number in Python's grammar; Swift's parser accepts hexadecimal, too.
  private static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    rest.dropSign()
    if ["inf", "infinity", "nan"].contains(String(decoding: rest, as: UTF8.self).lowercased()) {
      return true
    }
    guard var digitCount = rest.dropDigits() else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard let fraction = rest.dropDigits() else { return false }
      digitCount += fraction
    }
    guard digitCount > 0 else { return false }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      rest.dropSign()
      guard let exponent = rest.dropDigits(), exponent > 0 else { return false }
    }
    return rest.isEmpty
  }
}

extension String.UTF8View {
  /// Without the bytes at both ends that Python counts as ASCII white space.
  fileprivate var trimmed: ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
    var bytes = Array(self)[...]
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return bytes
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func dropSign() {
    if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { removeFirst() }
  }

  /// Drops digits, which single underscores may separate, and returns their number; nil if an
  /// underscore is elsewhere.
  fileprivate mutating func dropDigits() -> Int? {
    var count = 0
    while let byte = first {
      if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
        count += 1
      } else if byte == UInt8(ascii: "_") {
        guard count > 0, let next = dropFirst().first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= next
        else { return nil }
      } else {
        break
      }
      removeFirst()
    }
    return count
  }
}

extension Int {
  /// The number rounded half to even and clamped to 0 through a billion, enough for dollars; 0 for
  /// NaN.
  package init(clampingWhole number: Double) {
    self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number, 0), 1e9).rounded(.toNearestOrEven))
  }
}
