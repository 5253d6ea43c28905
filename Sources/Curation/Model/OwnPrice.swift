/// Finds where a text mentions one price.
///
/// What counts is every form in which a shop writes the amount: `$374.41`, `US$ 374.41`,
/// `374.41 USD`, `$374`, `374 dollars and 41 cents`, `99¢`, and the bare `374.41`. A whole number
/// needs a currency mark or a label that introduces it: without one it counts pieces. A label in
/// front belongs to the mention.
///
/// Later steps make spaces of some punctuation and close up spaces before `.` and `,`; a form that
/// would come into being so is one already. Digits are ASCII's.
///
/// Costs a scan for digits; each number is read once, and only one that equals the price is looked
/// at from both sides.
struct OwnPrice {
  private let cents: Int

  /// Nil for what is less than a cent.
  init?(dollars: Double) {
    cents = Int(clampingWhole: dollars * 100)
    if cents < 1 { return nil }
  }

  /// The first mention that begins at `start` or later.
  func firstMention(in text: Span<UInt8>, from start: Int) -> Range<Int>? {
    var index = start
    while index < text.count {
      guard text[index].isASCIIDigit else {
        index += 1
        continue
      }
      let amount = Amount(in: text, at: index)
      if let mention = mention(at: amount, in: text, from: start) { return mention }
      index = amount.range.upperBound
    }
    return nil
  }

  private func mention(
    at amount: Amount, in text: Span<UInt8>, from start: Int
  ) -> Range<Int>? {
    let isExact = amount.cents == cents
    // The price without its cents, as it is or rounded.
    let isWhole =
      amount.cents >= 100
      && (amount.cents == cents / 100 * 100 || amount.cents == (cents + 50) / 100 * 100)
    let isInCents = cents < 100 && amount.decimals == 0 && amount.cents == cents * 100
    let lower = amount.range.lowerBound
    var upper = amount.range.upperBound
    let hasCommaCents =
      amount.decimals == 0 && amount.cents == cents / 100 * 100
      && text.commaCents(after: upper) == cents % 100
    guard amount.isWellFormed, isExact || isWhole || isInCents || hasCommaCents else { return nil }
    if hasCommaCents { upper += 3 }

    let markBefore = text.dollarMark(before: lower, from: start)
    let label = PriceLabel(in: text, before: markBefore ?? lower, from: start)
    let isInWord = markBefore == nil && !label.isPrice && text.isWord(before: lower, from: start)
    guard !isInWord else { return nil }
    if isInCents, let end = text.centMark(after: upper) { return label.start..<end }

    guard isExact || isWhole || hasCommaCents, !text.isMultiplied(after: upper) else { return nil }
    let markAfter = text.dollarMark(after: upper)
    let isMarked = markBefore != nil || markAfter != nil
    if !isMarked {
      let isBare = isExact && amount.decimals == 2 && !amount.isFraction
      guard isBare || label.introduces, !text.isWord(after: upper) else { return nil }
    }
    let end = markAfter ?? upper
    guard amount.decimals == 0, !hasCommaCents, isMarked else { return label.start..<end }
    if let apart = text.cents(after: end) {
      if amount.cents + apart.cents == cents { return label.start..<apart.end }
      // `$374. 41 pieces` is two sentences, `374 dollars and 50 cents` another amount.
      if !apart.isPointed { return nil }
    }
    return label.start..<(text.emptyCents(after: end) ?? end)
  }
}

/// A number as it stands in a text, read as dollars.
private struct Amount {
  private(set) var range: Range<Int>
  private(set) var cents = 0
  /// The digits behind the point.
  private(set) var decimals = 0
  /// Whether it begins with its point: `.99`.
  private(set) var isFraction = false
  /// False for versions and whatever else is no amount with at most two decimals.
  private(set) var isWellFormed = true

  /// Reads the whole run of digits, points and grouping commas, so that no part of `2.374.41` or
  /// `3,374.41` is an amount.
  init(in text: Span<UInt8>, at start: Int) {
    var index = text.skippingDigits(after: start)
    // Held far above every price, far below an overflow.
    func value(_ range: Range<Int>, _ initial: Int = 0) -> Int {
      var value = initial
      for index in range { value = min(value * 10 + Int(text[index] & 0xF), 1 << 40) }
      return value
    }
    let canBeGrouped = index - start <= 3
    var whole = value(start..<index)
    var fraction = 0
    var joint: UInt8?
    while let next = text.joint(at: index) {
      // After cents, only a point right behind makes a version of it.
      if joint == UInt8(ascii: "."), next.isApart { break }
      let end = text.skippingDigits(after: next.end)
      if next.byte == UInt8(ascii: ",") {
        // The comma of a list ends the number.
        guard joint != UInt8(ascii: "."), canBeGrouped, end - next.end == 3 else { break }
        whole = value(next.end..<end, whole)
      } else {
        (fraction, decimals) = (value(next.end..<end), end - next.end)
        isWellFormed = joint != UInt8(ascii: ".") && decimals <= 2
      }
      (joint, index) = (next.byte, end)
    }
    range = start..<index
    if joint == nil, start > 0, text[start - 1] == UInt8(ascii: "."),
      start == 1 || !(text[start - 2].isASCIIWord || text[start - 2] == UInt8(ascii: "."))
    {
      isFraction = true
      range = (start - 1)..<index
      decimals = index - start
      isWellFormed = decimals <= 2
      (whole, fraction) = (0, whole)
    }
    cents = whole * 100 + (decimals == 1 ? fraction * 10 : fraction)
  }
}

/// The words in front of an amount that say it is a price.
private struct PriceLabel {
  /// Where the label begins; the amount's own start where there is none.
  private(set) var start: Int
  /// Whether it names a price: "only" does not.
  private(set) var isPrice = false
  /// Whether an amount must follow: it names a price of a kind, as MSRP and "list price" do, or a colon
  /// or a verb leads over to the amount.
  private(set) var introduces = false

  private static let abbreviations: Set = ["msrp", "m.s.r.p.", "rrp", "r.r.p.", "srp"]
  private static let links: Set = ["is", "was", "of"]
  private static let attributes: Set = [
    "list", "retail", "sale", "sales", "regular", "our", "suggested", "original", "special",
    "current", "selling", "purchase", "unit",
  ]

  init(in text: Span<UInt8>, before end: Int, from first: Int) {
    start = end
    var place = end
    var isLed = false
    while let (word, range) = text.word(before: place, from: first) {
      let gap = range.upperBound..<place
      for index in gap where [UInt8(ascii: ":"), UInt8(ascii: "=")].contains(text[index]) {
        isLed = true
      }
      if isPrice {
        guard Self.attributes.contains(word) else { return }
        introduces = true
        start = range.lowerBound
      } else if word == "price" || Self.abbreviations.contains(word) {
        (isPrice, introduces) = (true, isLed || word != "price")
        start = range.lowerBound
      } else if word == "only" || word == "just" {
        start = range.lowerBound
      } else if Self.links.contains(word) {
        isLed = true
      } else {
        return
      }
      place = range.lowerBound
    }
  }
}

extension Span<UInt8> {
  // MARK: Currency marks

  /// Where the currency marks before the amount at `end` begin: `$`, `US$`, `U.S. $`, `USD`.
  fileprivate func dollarMark(before end: Int, from start: Int) -> Int? {
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
      } else {
        return found
      }
    }
  }

  /// Where the currency mark behind an amount ends: `374.41$`, `374 dollars`, `25-dollar`.
  fileprivate func dollarMark(after start: Int) -> Int? {
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
  fileprivate func centMark(after start: Int) -> Int? {
    let place = skippingSeparators(after: start)
    if place + 1 < count, self[place] == 0xC2, self[place + 1] == 0xA2 { return place + 2 }
    guard let (word, end) = word(at: place), word == "cent" || word == "cents" else { return nil }
    return end
  }

  /// The cents that stand apart from their dollars: `and 41 cents`, ` . 41`.
  fileprivate func cents(after start: Int) -> (cents: Int, end: Int, isPointed: Bool)? {
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
  fileprivate func commaCents(after start: Int) -> Int? {
    guard start + 2 < count, self[start] == UInt8(ascii: ","),
      skippingDigits(after: start + 1) == start + 3
    else { return nil }
    return Int(self[start + 1] & 0xF) * 10 + Int(self[start + 2] & 0xF)
  }

  /// Where a dash in the place of cents ends: `374.-`.
  fileprivate func emptyCents(after start: Int) -> Int? {
    guard start + 1 < count, [UInt8(ascii: "."), UInt8(ascii: ",")].contains(self[start]),
      self[start + 1] == UInt8(ascii: "-"), start + 2 == count || !self[start + 2].isASCIIWord
    else { return nil }
    return start + 2
  }

  /// Whether the number that ends here counts thousands or more: `374K`, `374 million`.
  fileprivate func isMultiplied(after end: Int) -> Bool {
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

  // MARK: Words and numbers

  fileprivate func isWord(before index: Int, from start: Int) -> Bool {
    index > start && self[index - 1].isASCIIWord
  }

  fileprivate func isWord(after index: Int) -> Bool { index < count && self[index].isASCIIWord }

  fileprivate func skippingDigits(after start: Int) -> Int {
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
  fileprivate func word(before end: Int, from start: Int) -> (String, Range<Int>)? {
    let upper = skippingSeparators(before: end, from: start, inLine: true)
    var lower = upper
    while lower > start, self[lower - 1].isASCIILetter || self[lower - 1] == UInt8(ascii: ".") {
      lower -= 1
    }
    guard lower < upper, !isWord(before: lower, from: 0) else { return nil }
    return (lowercased(lower..<upper), lower..<upper)
  }

  /// The word of letters at `start`, in lower case; the points of `U.S.` are part of it.
  fileprivate func word(at start: Int) -> (String, end: Int)? {
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
  fileprivate func joint(at index: Int) -> (byte: UInt8, end: Int, isApart: Bool)? {
    var place = skippingSeparators(after: index)
    guard place < count else { return nil }
    let byte = self[place]
    guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") else { return nil }
    let isApart = place > index
    place += 1
    return place < count && self[place].isASCIIDigit ? (byte, place, isApart) : nil
  }
}
