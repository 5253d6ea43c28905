/// How often each oddity of real files occurs.
///
/// The rates are per record unless the name says otherwise; the tests hold the output to them.
enum Rate {
  /// The very line of an earlier record again.
  static let duplicateLine = 0.02
  /// An earlier product under another id, its title slightly changed.
  static let twin = 0.02
  /// A line that no reader can decode: not JSON, cut off, or ill-formed UTF-8.
  static let unreadable = 0.0005
  /// A line beyond 12 KB.
  static let long = 0.001
  /// All characters beyond ASCII as `\u` escapes.
  static let asciiOnly = 0.5

  /// A sentence that states the product's own price, of those that have one.
  static let ownPrice = 0.05

  static let nullMainCategory = 0.08
  static let otherMainCategory = 0.12
  static let emptyTitle = 0.002
  static let nullStore = 0.01
  static let noDescription = 0.25
  static let subtitle = 0.02
  static let missingKey = 0.005
  static let otherOrder = 0.005
  static let isbn = 0.03
  static let oddTitle = 0.06

  /// A sentence in HTML or with entities.
  static let markupPerSentence = 0.025
  /// An odd character at the end of a sentence.
  static let oddCharacterPerSentence = 0.02
}

/// How a record states its price.
enum PriceForm: CaseIterable {
  case number, null, integer, string, dollars, from, dash, negative, styleSheet

  static let all = allCases

  /// In ten thousand records; the shares add up to ten thousand.
  var share: Int {
    switch self {
    case .number: 4_700
    case .null: 4_745
    case .integer, .string, .dollars, .from, .dash: 100
    case .negative: 50
    case .styleSheet: 5
    }
  }

  init(draws: inout Draws) {
    var left = draws.below(10_000)
    self = PriceForm.all.first { form in
      left -= form.share
      return left < 0
    }!
  }

  /// Whether the price is there for people to read.
  var isStated: Bool {
    switch self {
    case .number, .integer, .string, .dollars, .from: true
    case .null, .dash, .negative, .styleSheet: false
    }
  }
}

/// How much text a record has.
enum Length {
  case bare, short, usual, long

  init(draws: inout Draws) {
    switch draws.unit() {
    case ..<Rate.long: self = .long
    case ..<0.08: self = .bare
    case ..<0.18: self = .short
    default: self = .usual
    }
  }

  /// The number of sentences in features and description together.
  func sentences(draws: inout Draws) -> Int {
    switch self {
    case .bare: draws.below(2)
    case .short: 1 + draws.below(3)
    case .usual: 9 + draws.below(13)
    case .long: 140 + draws.below(20)
    }
  }

  /// The rate at which each of the optional details is there.
  var details: Double {
    switch self {
    case .bare: 0.05
    case .short: 0.2
    case .usual, .long: 0.65
    }
  }
}

/// The odd pieces of text.
enum Odd {
  /// What stands before and after a sentence.
  static let markup: [(Text, Text)] = [
    ("<b>", "</b>"), ("<p>", "</p><br/>"), ("<ul><li>", "</li></ul>"), ("", "<br>"),
    ("<div class=\"note\">", ""), ("<script>var shown = 1;</script>", ""), ("", " &amp; more"),
    ("&quot;New&quot;&nbsp;", ""), ("&#8226; ", ""), ("", " Weighs &lt; 5 lbs"), ("<i>", "</i>"),
    ("", " It&rsquo;s that simple"),
  ]

  static let characters: [Text] = [
    "\u{2122}", "\u{AE}", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{AD}", "\u{1F600}", "\u{1F381}",
    "\u{FFFD}", "\u{3010}new\u{3011}", "\u{2028}", "caf\u{E9} style", "\u{B2}", "\u{663}", "\t",
    "\n", "\\", "\u{201C}as shown\u{201D}",
  ]

  /// What a twin's title ends in.
  static let twinEndings: [Text] = [
    " (New)", " - Updated Version", " (Renewed)", ", New Packaging", " | 2023 Model", " - Set",
  ]

  /// Values of `main_category` that are not the file's.
  static let mainCategories: [Text] = [
    "Home & Kitchen", "Sports & Outdoors", "All Electronics", "Computers", "Arts, Crafts & Sewing",
    "Industrial & Scientific", "Baby", "Pet Supplies", "Home Audio & Theater",
    "Health & Personal Care",
  ]

  static let openBracket: Text = "\u{3010}"
  static let closeBracket: Text = "\u{3011}"
  static let checkMark: Text = "\u{2714} "
  static let dash: Text = "\u{2014}"

  static let notJSON: StaticString = "<html><body><h1>502 Bad Gateway</h1></body></html>"

  static let styleRule: StaticString = """
    .price-block .label { display: inline-block; margin: 0 4px 0 0; color: #565959; } \
    .price-block .whole { font-size: 21px; line-height: 24px; vertical-align: top; }\u{20}
    """
}
