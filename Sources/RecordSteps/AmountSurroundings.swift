import Bytes

/// What stands around an amount of money: marks, units, words.
extension Span<UInt8> {
  /// Where the currency marks before the amount at `end` begin: `$`, `US$`, `U.S. $`, `USD`.
  func dollarMark(before end: Int, from start: Int) -> Int? {
    var found: Int?
    while true {
      let place = skippingSeparators(before: found ?? end, from: start)
      if let sign = dollarSign(before: place, from: start) {
        // In `30$ 25 pieces` the sign is the other number's.
        if found == nil, place < end, sign > 0, self[sign - 1].isASCIIDigit { return nil }
        found = sign
      } else if let (word, range) = word(before: place, from: start), range.upperBound == place,
        word == "usd" || found != nil && ["us", "u.s.", "u.s"].contains(word)
      {
        found = range.lowerBound
      } else if found == nil, let (word, range) = word(before: place, from: start),
        range.upperBound == place, word == "us",
        let sign = dollarSign(before: range.lowerBound, from: start)
      {
        found = sign
      } else {
        return found
      }
    }
  }

  /// Where the currency mark behind an amount ends: `374.41$`, `374 dollars`, `25-dollar`.
  func dollarMark(after start: Int) -> Int? {
    var place = skippingSeparators(after: start)
    if let end = dollarSignEnd(at: place) {
      // In `25 $30` the sign is the other number's, in `25$ 30` it is not.
      let isGlued = place == start && (end == count || !self[end].isASCIIDigit)
      return isGlued || !isNumber(at: skippingSeparators(after: end)) ? end : nil
    }
    if place == start, place < count, self[place] == UInt8(ascii: "-") { place += 1 }
    guard var (word, end) = word(at: place) else { return nil }
    if ["us", "u.s.", "u.s"].contains(word) {
      let next = skippingSeparators(after: end)
      if let signEnd = dollarSignEnd(at: next), !isNumber(at: signEnd) { return signEnd }
      guard let noun = self.word(at: next) else { return nil }
      (word, end) = noun
    }
    return ["usd", "dollar", "dollars", "buck", "bucks"].contains(word) ? end : nil
  }

  /// Where the mark of cents behind an amount ends: `99 cents`, `99¢`.
  func centMark(after start: Int) -> Int? {
    let place = skippingSeparators(after: start)
    if place + 1 < count, self[place] == 0xC2, self[place + 1] == 0xA2 { return place + 2 }
    guard let (word, end) = word(at: place), word == "cent" || word == "cents" else { return nil }
    return end
  }

  /// The cents that stand apart from their dollars: `and 41 cents`, ` . 41`.
  package func cents(after start: Int) -> (cents: Int, end: Int, isPointed: Bool)? {
    var place = skippingSeparators(after: start)
    var isPointed = false
    if place < count, self[place] == UInt8(ascii: ".") {
      isPointed = true
      place = skippingSeparators(after: place + 1)
    } else if let (word, end) = word(at: place), word == "and" {
      place = skippingSeparators(after: end)
    }
    guard place < count, self[place].isASCIIDigit else { return nil }
    let amount = Amount(in: self, at: place)
    let end = amount.range.upperBound
    guard amount.isWellFormed, amount.decimals == 0, amount.cents < 10_000 else { return nil }
    let cents = amount.cents / 100
    if isPointed { return end - place == 2 && !isWord(after: end) ? (cents, end, true) : nil }
    return centMark(after: end).map { (cents, $0, false) }
  }

  /// The cents behind a comma, as much of Europe writes them: `,41`.
  func commaCents(after start: Int) -> Int? {
    guard start + 2 < count, self[start] == UInt8(ascii: ","),
      skippingDigits(after: start + 1) == start + 3
    else { return nil }
    return Int(self[start + 1] & 0xF) * 10 + Int(self[start + 2] & 0xF)
  }

  /// Where a dash in the place of cents ends: `374.-`.
  func emptyCents(after start: Int) -> Int? {
    guard start + 1 < count, [UInt8(ascii: "."), UInt8(ascii: ",")].contains(self[start]),
      self[start + 1] == UInt8(ascii: "-"), start + 2 == count || !self[start + 2].isASCIIWord
    else { return nil }
    return start + 2
  }

  /// Whether the number that ends here counts thousands or more: `374K`, `374 million`.
  func isMultiplied(after end: Int) -> Bool {
    guard let (word, _) = word(at: skippingSeparators(after: end)) else { return false }
    switch word {
    case "hundred", "thousand", "million", "billion": return true
    case "k", "m", "b", "mm", "bn": return isWord(after: end)
    default: return false
    }
  }

  /// The start of the dollar sign that ends at `end`.
  private func dollarSign(before end: Int, from start: Int) -> Int? {
    if end > start, dollarSignEnd(at: end - 1) == end { return end - 1 }
    return end - 3 >= start && dollarSignEnd(at: end - 3) == end ? end - 3 : nil
  }

  /// The end of the dollar sign at `index`: `$`, the fullwidth `＄` or the small `﹩`.
  private func dollarSignEnd(at index: Int) -> Int? {
    guard index < count else { return nil }
    if self[index] == UInt8(ascii: "$") { return index + 1 }
    guard index + 2 < count, self[index] == 0xEF else { return nil }
    switch (self[index + 1], self[index + 2]) {
    case (0xBC, 0x84), (0xB9, 0xA9): return index + 3
    default: return nil
    }
  }

  // MARK: Other currencies and measures

  /// Whether what ends at `end` is the mark of another currency, or makes one of the dollar sign there:
  /// `€25`, `EUR 25`, `C$25`.
  func isForeign(before end: Int, from start: Int) -> Bool {
    let place = skippingSeparators(before: end, from: start)
    let isMarked = dollarSignEnd(at: end) != nil
    for length in 2...3 where !isMarked && place >= start + length {
      if Self.isForeignSign(self[place - length], self[place - length + 1]) { return true }
    }
    guard let (word, range) = word(before: place, from: start) else { return false }
    if Currency.codes.contains(word) { return true }
    return range.upperBound == end && isMarked && Currency.dollarPrefixes.contains(word)
  }

  /// Whether the mark of another currency is behind an amount: `25 €`, `25 EUR`, `$25 CAD`.
  func isForeign(after start: Int) -> Bool {
    let place = skippingSeparators(after: start)
    if place + 1 < count, Self.isForeignSign(self[place], self[place + 1]) { return true }
    return word(at: place).map { Currency.codes.contains($0.0) } ?? false
  }

  /// Whether a currency sign other than the dollar's begins so: U+00A3 to U+00A5, or one of the block
  /// of currency symbols, which has no dollar.
  private static func isForeignSign(_ first: UInt8, _ second: UInt8) -> Bool {
    first == 0xC2 ? 0xA3...0xA5 ~= second : first == 0xE2 && second == 0x82
  }

  /// Whether a bare number measures something: `12.50 oz`, `12.50%`, `12.50 x 4`.
  func isMeasure(_ number: Range<Int>, from start: Int) -> Bool {
    if let (word, _) = word(before: number.lowerBound, from: start), word == "x" { return true }
    var place = skippingSeparators(after: number.upperBound)
    guard place < count else { return false }
    if self[place] == UInt8(ascii: "%") { return true }
    if self[place] == UInt8(ascii: "-") { place += 1 }
    guard let (word, _) = word(at: place) else { return false }
    return Currency.units.contains(word)
  }

  // MARK: Words and numbers

  func isWord(before index: Int, from start: Int) -> Bool {
    index > start && self[index - 1].isASCIIWord
  }

  func isWord(after index: Int) -> Bool { index < count && self[index].isASCIIWord }

  func skippingDigits(after start: Int) -> Int {
    var index = start
    while index < count, self[index].isASCIIDigit { index += 1 }
    return index
  }

  private func isNumber(at index: Int) -> Bool {
    guard index < count else { return false }
    return self[index].isASCIIDigit
      || self[index] == UInt8(ascii: ".") && index + 1 < count && self[index + 1].isASCIIDigit
  }

  /// The word of letters and points that ends at `end` or before separators on the same line, in
  /// lower case.
  package func word(before end: Int, from start: Int) -> (String, Range<Int>)? {
    let upper = skippingSeparators(before: end, from: start, inLine: true)
    var lower = upper
    while lower > start, self[lower - 1].isASCIILetter || self[lower - 1] == UInt8(ascii: ".") {
      lower -= 1
    }
    guard lower < upper, !isWord(before: lower, from: 0) else { return nil }
    return (lowercased(lower..<upper), lower..<upper)
  }

  /// The word of letters at `start`, in lower case; the points of `U.S.` are part of it.
  package func word(at start: Int) -> (String, end: Int)? {
    var end = start
    var letters = start
    while end < count, self[end].isASCIILetter || self[end] == UInt8(ascii: ".") {
      if letters == end, self[end] != UInt8(ascii: ".") { letters += 1 }
      end += 1
    }
    let word = lowercased(start..<end)
    if word == "u.s." || word == "u.s" { return (word, end) }
    guard letters > start, !isWord(after: letters) else { return nil }
    return (lowercased(start..<letters), letters)
  }

  private func lowercased(_ range: Range<Int>) -> String {
    withUnsafeBytes { String(decoding: $0[range], as: UTF8.self).lowercased() }
  }

  /// What joins the digits before `index` to the digits at `end`: a point or a comma, with the
  /// separators before it that later steps close up.
  func joint(at index: Int) -> (byte: UInt8, end: Int, isApart: Bool)? {
    var place = skippingSeparators(after: index)
    guard place < count else { return nil }
    let byte = self[place]
    guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") else { return nil }
    let isApart = place > index
    place += 1
    return place < count && self[place].isASCIIDigit ? (byte, place, isApart) : nil
  }
}

/// Words that tell which money, or that it is none.
private enum Currency {
  static let codes: Set = [
    "eur", "euro", "euros", "gbp", "cad", "aud", "nzd", "hkd", "sgd", "mxn", "jpy", "cny", "rmb",
    "inr", "brl", "chf", "sek", "nok", "dkk", "pln", "krw", "twd", "thb", "zar", "rub", "yen",
  ]
  /// What makes another country's of the dollar sign behind it.
  static let dollarPrefixes: Set = [
    "a", "au", "aud", "c", "ca", "cad", "cdn", "nz", "nzd", "hk", "hkd", "s", "sg", "sgd", "r",
    "nt", "mx", "mxn",
  ]
  static let units: Set = [
    "x", "inch", "inches", "ft", "feet", "foot", "yd", "yard", "yards", "mm", "cm", "m",
    "meter", "meters", "oz", "ounce", "ounces", "lb", "lbs", "pound", "pounds", "mg", "g", "gr",
    "gram", "grams", "kg", "ml", "cl", "l", "liter", "liters", "fl", "qt", "quart", "quarts",
    "gal", "gallon", "gallons", "v", "volt", "volts", "w", "watt", "watts", "hz", "khz", "mhz",
    "ghz", "mah", "ah", "kb", "mb", "gb", "tb", "percent", "degrees", "hours", "minutes",
    "seconds", "star", "stars", "cubic", "square", "sq",
  ]
}
