import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import RecordSteps

struct RedactPriceStepTests {
  /// Every form in which the price must not stand. `|` marks a line feed.
  @Test(arguments: [
    // Marks in front, bare, marks behind.
    (374.41, "for $374.41 today", "for today"), (374.41, "for 374.41 today", "for today"),
    (374.41, "for $374 today", "for today"), (374.61, "for $374 today", "for today"),
    (374.61, "for $375 today", "for today"), (374.5, "for $375 today", "for today"),
    (374.41, "for US$ 374.41 today", "for today"), (374.41, "for US $374 today", "for today"),
    (374.41, "for U.S. $374.41 today", "for today"), (374.41, "for USD 374 today", "for today"),
    (374.41, "for usd 374.41 today", "for today"), (374.41, "for USD $374.41 today", "for today"),
    (374.41, "for 374.41 USD today", "for today"), (374.41, "for 374.41$ today", "for today"),
    (374.41, "for 374 US$ today", "for today"), (374.41, "for 374 dollars today", "for today"),
    (374.41, "for 374 US dollars today", "for today"),
    (374.41, "for 374.41 Dollars today", "for today"), (374.41, "for 374 bucks today", "for today"),
    (374.41, "for $374.41 USD today", "for today"), (374.4, "for $374.4 today", "for today"),
    (374.41, "for $374.00 today", "for today"), (25, "a 25-dollar card", "a card"),
    (374.41, "for 374 dollars and 41 cents today", "for today"),
    (374.41, "for $374 41 cents today", "for today"), (374.41, "for $ 374 . 41 today", "for today"),
    (374, "for $374. 41 pieces", "for. 41 pieces"), (374.41, "for $374.- today", "for today"),
    (374.41, "now 374$ 25 pieces", "now 25 pieces"),
    (374.41, "for $US 374 today", "for today"), (25, "USA$25 now", "USA now"),
    // Thousands.
    (1299, "for $1,299 today", "for today"), (1299, "for 1,299.00 today", "for today"),
    (1299, "for $1299 today", "for today"), (1299.5, "for $1,300 today", "for today"),
    // The comma in the place of the point.
    (541.88, "for 541,88 USD today", "for today"), (541.88, "for $541,88 today", "for today"),
    (541.88, "Price: 541,88", ""),
    // Labels.
    (374.41, "New. MSRP: $374.41. Buy", "New. Buy"), (374.41, "Price: 374.41", ""),
    (374.41, "a|List Price: $374.41|b", "a|b"), (374.41, "our price is $374.41!", "!"),
    (374.41, "RRP $374, regular price 374.41", ""), (374.41, "for only $374.41 today", "for today"),
    (374.41, "Price: 374|b", "b"), (374.41, "a Suggested Retail Price of $374 b", "a b"),
    (374.41, "MSRP 374 each", "each"), (374.41, "a retail price 374 b", "a b"),
    (374.41, #""Price": "374", "Color""#, #""", "Color""#), (374.41, "M.S.R.P. $374.41", ""),
    // Spaces, and what becomes a space.
    (374.41, "for $ 374.41 today", "for today"), (374.41, "for $\u{A0}374 today", "for today"),
    (374.41, "for \u{FF04}374 today", "for today"), (374.41, "for 374\u{FF04} today", "for today"),
    (374.41, "for $\u{3000}374 today", "for today"), (374.41, "for $\"374\" today", "for \" today"),
    (374.41, "for $ [374].41 today", "for today"), (374.41, "for $:374 today", "for today"),
    (374.41, "for 374 .41 today", "for today"), (1299, "for 1 ,299.00 today", "for today"),
    (374.41, "for $\n374 pieces", "for pieces"),
    // Other amounts beside it.
    (374.41, "for $374.41-$400 today", "for -$400 today"),
    (374.41, "for $300-$374.41 today", "for $300- today"), (25, "25 $25", "25"),
    (374.41, "Price is $374.41 now", "now"), (25, "$30, $25, $20", "$30, $20"),
    (25, "24.00,25.00,26.00", "24.00,26.00"), (25, "$25,30", ",30"),
    // Whole prices, and those under a dollar.
    (25, "for 25.00 today", "for today"), (25, "for $25 today", "for today"),
    (25, "for $25.0 today", "for today"), (25, "Gift Card - $25|b", "Gift Card|b"),
    (25, "Gift Card ($25)", "Gift Card"), (25, "Card $25Redeemable", "Card Redeemable"),
    (25, "Card$25Redeemable", "Card Redeemable"), (25, "z$25\u{301}", "z \u{301}"),
    (0.99, "for $0.99 today", "for today"),
    (0.99, "for $.99 today", "for today"), (0.99, "for 0.99 today", "for today"),
    (0.99, "for 99 cents today", "for today"), (0.99, "for 99¢ today", "for today"),
    (0.99, "for 99 CENTS", "for"), (0.99, "for $1 today", "for today"),
    // A mention that the removal of another makes.
    (25, "$ ($25) 25", ""), (25, "$($25)25", ""), (374.41, "374[$374.41].41", ""),
  ])
  func takesOut(price: Double, text: String, result: String) throws {
    let lines = Self.lines(text)
    let (redacted, count) = try redact(price, lines)
    #expect(redacted == Self.lines(result))
    #expect(count > 0)
    #expect(PriceReader(price).mentions(in: redacted) == [])
    #expect(try redact(price, redacted) == (redacted, 0))
  }

  @Test(arguments: [
    (374.41, ""), (374.41, "no number"), (374.41, "374-piece set of 374 pieces"), (374.41, "374"),
    (374.41, "model XJ374.41B"), (374.41, "XJ374.41"), (374.41, "374.41B"), (374.41, "1374.41"),
    (374.41, "374.415"), (374.41, "3,374.41"), (374.41, "3 ,374.41"), (374.41, "v 2.374.41"),
    (374.41, "374.41.2"), (374.41, "$373.99"), (374.41, "$375"), (374.41, "$374.40 or $374.42"),
    (37.4, "$374"), (374.41, "$3740"), (374.41, "$374K"), (374.41, "$374 million"),
    (374.41, "374.0"), (374.41, "374.00"), (374.41, "$374.415"), (374.41, "$3,374.41"),
    (374.41, "374 dollars and 50 cents"), (374, "374 dollars and 41 cents"),
    (374.41, "374 dollarstore"), (374.41, "XJ374 USD"), (374.41, "374 cents"),
    (25, "£25.00, €25.00 or 25.00 €, EUR 25, 25 EUR"), (25, "C$25, AU$25.00, CA$ 25, $25 CAD"),
    (25, "Price: €25.00, MSRP 25 EUR"), (12.5, "12.50 pounds, 12.50 x 14.00 inches, 12.50%"),
    (12.5, "14 x 12.50, 12.50-inch, 12.50 oz."), (25, "25.00 stars"),
    (374.41, "374 $25"), (374.41, "374 $.25"), (374.41, "only 374 left"),
    (374.41, "30$ 374 pieces"),
    (541.88, "541,88 and $541,888"),
    (374.41, "at a great price 374 pieces"), (374.41, "Great price. 374 pieces"),
    (374.41, "Date: 3/7/2041, 374/41, 37.441"), (25, "25 and 25.0, 25-piece, 2025, 12/25/2020"),
    (25, "$2.50, $250, $25,000 and 25%"), (0.99, "99 and 0.9, .99, 99 pieces"),
    (0.99, "$99, $0.9"), (0.3, "$0, 30"), (20.25, "2021-20-25"), (0, "$0, 0.00, 0 cents"),
    (.nan, "$0"), (.infinity, "$25"), (-5, "$5"), (1e300, "$99999999999999999999999.00"),
    (374.41, "The price is right"), (374.41, "Price $"), (374.41, "price isn't $"),
  ])
  func leavesAlone(price: Double, text: String) throws {
    #expect(try redact(price, text) == (text, 0))
  }

  @Test(arguments: [
    ("Price is $", "Price $", 1), ("the PRICE is $400 now", "the PRICE $400 now", 1),
    ("Price: is [$400]", "Price: $400]", 1), ("Price is\n$400", "Price $400", 1),
    ("Price is Price is $ $1", "Price is Price $ $1", 1), ("Price is is $1", "Price is is $1", 0),
    ("Price is $. Price is $", "Price $. Price $", 2),
  ])
  func breaksUpThePrefix(text: String, result: String, count: Int) throws {
    #expect(try redact(374.41, text) == (result, count))
  }

  @Test func takesThePrefixFromTheRecipe() throws {
    let values: [String: ParameterValue] = ["prefix": .text("Answer: ÉTÉ")]
    #expect(try redact(1, "the answer  ÉTÉ 3. Price is $3", values) == ("the 3. Price is $3", 1))
    #expect(RedactPriceStep.prefix.objection(to: .text(" : ")) != nil)
    #expect(RedactPriceStep.prefix.objection(to: .text("$")) == nil)
    #expect(try redact(1, "a $3", ["prefix": .text("$")]) == ("a 3", 1))
  }

  @Test func countsInTitleAndContents() throws {
    let step = try makeStep(RedactPriceStep.self)
    var item = Item()
    item.price = 25
    item.title = Array("Card, $25".utf8)
    item.contents = Array("Worth 25 dollars.\nNot $26.\n".utf8)
    #expect(step.apply(to: &item).reason == nil)
    #expect(item.title.text == "Card")
    #expect(item.contents.text == "Worth.\nNot $26.\n")
    #expect(item.redactions == 2)
    #expect(step.apply(to: &item).reason == nil)
    #expect(item.redactions == 2, "a second time adds what it finds")
  }

  @Test func behindTheWindowItWorksOnTheText() throws {
    let step = try makeStep(RedactPriceStep.self)
    var item = Item()
    item.price = 374.41
    item.text = Array("Kettle $374\nonly 374 dollars and".utf8)
    #expect(step.apply(to: &item).reason == nil)
    #expect(item.text.text == "Kettle\nand")
    #expect(item.redactions == 2)
  }

  /// A text that yields another price with each that is taken out costs no more than a few passes.
  @Test func survivesPricesWithinPrices() throws {
    let count = 10_000
    let text =
      String(repeating: "$ (", count: count) + "$25" + String(repeating: ") 25", count: count)
    let (redacted, found) = try redact(25, "a " + text)
    #expect(found > 30)
    #expect(try redact(25, redacted) == (redacted, 0))
  }

  /// The forms of many prices among words and other numbers, as the text stands and as the later
  /// steps leave it.
  @Test func leavesNoPriceInRandomText() throws {
    var random = SeededGenerator(state: 1)
    let scrub = try makeStep(ScrubStep.self, ["part-number-length": .integer(1000)])
    for _ in 0..<1500 {
      let price = Double(Int.random(in: 50...200_000, using: &random)) / 100
      let reader = PriceReader(price)
      let words = (0..<12).map { _ in
        Int.random(in: 0..<4, using: &random) == 0
          ? reader.forms.randomElement(using: &random) ?? ""
          : Self.words.randomElement(using: &random) ?? ""
      }
      let text = words.joined(
        separator: [" ", "\n", "\"", " ,"].randomElement(using: &random) ?? "")
      let (redacted, count) = try redact(price, text)
      #expect(reader.mentions(in: redacted) == [], "\(price): \(text) -> \(redacted)")
      #expect(count > 0 || redacted == text)
      #expect(try redact(price, redacted) == (redacted, 0))
      var final: [UInt8] = []
      scrub.scrub(Array(redacted.utf8), into: &final)
      TokenWindowStep.closeUp(&final)
      #expect(reader.mentions(in: final.text) == [], "\(price): \(text) -> \(redacted)")
    }
  }

  @Test func leavesRandomTextWithoutThePriceAlone() throws {
    var random = SeededGenerator(state: 2)
    for _ in 0..<1500 {
      let text = (0..<12).map { _ in Self.words.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
      #expect(try redact(777.77, text) == (text, 0))
    }
  }

  private static let words = [
    "set", "of", "price", "Price:", "only", "MSRP", "12", "$13", "3.5", "99.95", "(", ")", "and",
    "dollars", "USD", "$", "-", "it's", "[", "]", "1,000", "2.4.1", "v3", "é", "US", ".", "7 cm",
  ]

  private static func lines(_ text: String) -> String { text.replacing("|", with: "\n") }

  private func redact(
    _ price: Double, _ text: String, _ values: [String: ParameterValue] = [:]
  ) throws -> (String, Int) {
    var item = Item()
    item.price = price
    item.contents = Array(text.utf8)
    #expect(try makeStep(RedactPriceStep.self, values).apply(to: &item).reason == nil)
    return (item.contents.text, item.redactions)
  }
}

/// Finds a price in a text by patterns, one form after the other: slow, and written apart from the
/// step.
private struct PriceReader {
  let forms: [String]
  private let patterns: [Regex<AnyRegexOutput>]

  init(_ price: Double) {
    let cents = Int((price * 100).rounded())
    let (dollars, rest) = (cents / 100, cents % 100)
    let fraction = (rest < 10 ? ".0" : ".") + "\(rest)"
    func grouped(_ number: Int) -> String {
      number < 1000 ? "\(number)" : "\(number / 1000)," + "\(1000 + number % 1000)".dropFirst()
    }
    let exact = ["\(dollars)\(fraction)", grouped(dollars) + fraction]
    let whole = Set([dollars, (cents + 50) / 100]).filter { $0 > 0 }.sorted()
      .flatMap { ["\($0)", grouped($0)] }
    forms =
      (exact + whole).flatMap {
        ["$\($0)", "$ \($0)", "US$\($0)", "US$ \($0)", "U.S. $\($0)", "USD \($0)", "\($0) USD"]
          + ["\($0)$", "\($0) dollars", "\($0) bucks", "MSRP: $\($0)", "List Price: $\($0)"]
          + ["\u{FF04}\($0)", "$\u{A0}\($0)", "only $\($0)!", "price is $\($0)", "$\"\($0)\""]
      } + exact + exact.map { "Price: \($0)" }
      + (cents < 100 ? ["\(cents) cents", "\(cents)¢"] : [])
    let any = { (texts: [String]) in
      "(" + texts.map { $0.replacing(".", with: "\\.") }.joined(separator: "|") + ")"
    }
    let spaces = "[ \u{A0}\n]*"
    // `scrub` makes thousands of `$374 ,250`.
    let end = "(?![0-9]|[.,][0-9]|\(spaces),[0-9]{3})"
    let sources =
      [
        "(?:^|[^0-9A-Za-z_.,])" + any(exact) + "(?![0-9A-Za-z_]|[.,][0-9])",
        "(?:[$\u{FF04}]|\\bUSD)" + spaces + any(exact + whole) + end + "(?!" + spaces + "cents)",
        "(?:^|[^0-9A-Za-z_.,])" + any(exact + whole) + spaces + "(?:USD|dollars?|bucks?)\\b",
      ] + (cents < 100 ? ["(?:^|[^0-9A-Za-z_.,])\(cents)" + spaces + "(cents|¢)"] : [])
    patterns = sources.compactMap { try? Regex($0).ignoresCase() }
    #expect(patterns.count == sources.count)
  }

  func mentions(in text: String) -> [Substring] {
    patterns.flatMap { text.matches(of: $0).map { text[$0.range] } }
  }
}
