import Bytes

/// Finds where a text mentions one price.
///
/// What counts is every form in which a shop writes the amount: `$374.41`, `US$ 374.41`,
/// `374.41 USD`, `$374`, `374 dollars and 41 cents`, `99¢`, and the bare `374.41`. A whole number
/// needs a currency mark or a label that introduces it: without one it counts pieces. Amounts in other
/// currencies, and numbers in front of a unit of measure, are something else. A label in front belongs
/// to the mention.
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
    while true {
      index = text.firstIndex(from: index, to: text.count) { $0.isDigit }
      guard index < text.count else { return nil }
      let amount = Amount(in: text, at: index)
      if let mention = mention(at: amount, in: text, from: start) { return mention }
      index = amount.range.upperBound
    }
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
    if text.isForeign(before: markBefore ?? lower, from: start) { return nil }
    let label = PriceLabel(in: text, before: markBefore ?? lower, from: start)
    let isInWord = markBefore == nil && !label.isPrice && text.isWord(before: lower, from: start)
    guard !isInWord else { return nil }
    if isInCents, let end = text.centMark(after: upper) { return label.start..<end }

    guard isExact || isWhole || hasCommaCents, !text.isMultiplied(after: upper) else { return nil }
    let markAfter = text.dollarMark(after: upper)
    if text.isForeign(after: markAfter ?? upper) { return nil }
    let isMarked = markBefore != nil || markAfter != nil
    if !isMarked {
      let isBare =
        isExact && amount.decimals == 2 && !amount.isFraction
        && !text.isMeasure(amount.range, from: start)
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
struct Amount {
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
