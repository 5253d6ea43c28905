/// Writes the record of one product, field by field.
struct RecordWriter {
  /// The fields, in the order of real files.
  enum Field: Int, CaseIterable {
    case mainCategory, title, subtitle, author, averageRating, ratingNumber, features, description
    case price, images, videos, store, categories, details, parentASIN, boughtTogether

    static let usual = allCases.filter { $0 != .subtitle && $0 != .author }
    static let names: [Text] = [
      "main_category", "title", "subtitle", "author", "average_rating", "rating_number", "features",
      "description", "price", "images", "videos", "store", "categories", "details", "parent_asin",
      "bought_together",
    ]
  }

  let product: Product
  var draws: Draws
  var line: JSONLine

  let length: Length
  let priceForm: PriceForm
  /// Sentences for the description and for the features, which are drawn from the decks.
  private let descriptionCount: Int
  private let featureCount: Int
  private var ownDeck: Deck
  private var sharedDeck: Deck

  init(product: Product, draws: Draws) {
    var draws = draws
    self.product = product
    line = JSONLine(escapesUnicode: draws.chance(Rate.asciiOnly))
    priceForm = PriceForm(draws: &draws)
    length = Length(draws: &draws)
    let count = length.sentences(draws: &draws)
    descriptionCount = draws.chance(Rate.noDescription) ? 0 : draws.below(count + 1)
    featureCount = count - descriptionCount
    ownDeck = Deck(count: product.kind.sentences.count)
    sharedDeck = Deck(count: product.category.sentences.count)
    self.draws = draws
  }

  /// Appends the line and its newline; `twin` is the index of the record, if it is another's twin.
  mutating func write(id: ProductID, twin: Int?) {
    let start = line.bytes.count
    line.raw("{")
    for (number, field) in fields().enumerated() {
      if number > 0 { line.raw(", ") }
      line.string(Field.names[field.rawValue])
      line.raw(": ")
      write(field, id: id, twin: twin)
    }
    line.raw("}")
    if draws.chance(Rate.unreadable) { spoil(from: start) }
    line.raw("\n")
  }

  private mutating func fields() -> [Field] {
    var fields = draws.chance(Rate.subtitle) ? Field.allCases : Field.usual
    if draws.chance(Rate.missingKey) { fields.remove(at: draws.below(fields.count)) }
    if draws.chance(Rate.otherOrder) {
      var deck = Deck(count: fields.count)
      fields = fields.map { _ in fields[deck.draw(from: &draws)] }
    }
    return fields
  }

  private mutating func write(_ field: Field, id: ProductID, twin: Int?) {
    switch field {
    case .mainCategory: writeMainCategory()
    case .title: writeTitle(twin: twin)
    case .subtitle, .author, .boughtTogether: line.raw("null")
    case .averageRating: line.raw(hundredths: 10 * (50 - draws.below(draws.chance(0.8) ? 16 : 41)))
    case .ratingNumber: line.raw(1 + draws.below(1 << (1 + draws.below(16))))
    case .features: writeFeatures()
    case .description: writeDescription()
    case .price: writePrice()
    case .images: writeImages()
    case .videos: writeVideos()
    case .store:
      if draws.chance(Rate.nullStore) { line.raw("null") } else { line.string(product.brand) }
    case .categories: writeCategories()
    case .details: writeDetails()
    case .parentASIN:
      line.raw("\"")
      line.bytes.append(contentsOf: id.bytes)
      line.raw("\"")
    }
  }

  private mutating func writeMainCategory() {
    if draws.chance(Rate.nullMainCategory) {
      line.raw("null")
    } else if draws.chance(Rate.otherMainCategory) {
      line.string(draws.pick(Odd.mainCategories))
    } else {
      line.string(product.category.label)
    }
  }

  private mutating func writeTitle(twin: Int?) {
    line.raw("\"")
    if !draws.chance(Rate.emptyTitle) {
      render(draws.pick(Catalogue.titles))
      if product.pack > 1 {
        line.raw(", Pack of ")
        line.raw(product.pack)
      }
      if draws.chance(0.25) {
        line.raw(" ")
        writeModel()
      }
      if draws.chance(Rate.oddTitle) {
        line.raw(" ")
        line.text(draws.pick(Odd.characters))
      }
    }
    if let twin { line.text(Odd.twinEndings[twin % Odd.twinEndings.count]) }
    line.raw("\"")
  }

  private mutating func writeFeatures() {
    let ownPrice =
      priceForm.isStated && draws.chance(Rate.ownPrice) ? draws.below(featureCount + 1) : -1
    let style = draws.below(8)
    line.raw("[")
    for number in 0..<(featureCount + (ownPrice < 0 ? 0 : 1)) {
      if number > 0 { line.raw(", ") }
      line.raw("\"")
      if number == ownPrice {
        line.text(draws.pick(Catalogue.priceRemarks))
        line.raw(hundredths: product.cents)
        if product.cents % 10 == 0 { line.raw("0") }
      } else {
        writeHeading(style: style)
        writeSentence()
      }
      line.raw("\"")
    }
    line.raw("]")
  }

  private mutating func writeHeading(style: Int) {
    guard style < 4 else { return }
    let heading = draws.pick(Catalogue.headings)
    switch style {
    case 0:
      line.text(Odd.openBracket)
      line.text(heading)
      line.text(Odd.closeBracket)
    case 1:
      for byte in heading.utf8 {
        line.bytes.append(byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 32 : byte)
      }
      line.raw(" - ")
    case 2:
      line.text(heading)
      line.raw(": ")
    default:
      line.text(Odd.checkMark)
    }
  }

  private mutating func writeDescription() {
    let isOneText = draws.chance(0.7)
    line.raw("[")
    for number in 0..<descriptionCount {
      if number == 0 || !isOneText {
        if number > 0 { line.raw(", ") }
        line.raw("\"")
      } else {
        line.raw(" ")
      }
      writeSentence()
      if number == descriptionCount - 1 || !isOneText { line.raw("\"") }
    }
    line.raw("]")
  }

  private mutating func writeSentence() {
    let isOwn = !ownDeck.isUsedUp && draws.chance(0.4)
    let sentence =
      isOwn
      ? product.kind.sentences[ownDeck.draw(from: &draws)]
      : product.category.sentences[sharedDeck.draw(from: &draws)]
    if draws.chance(Rate.markupPerSentence) {
      let (before, after) = draws.pick(Odd.markup)
      line.text(before)
      render(sentence)
      line.text(after)
    } else {
      render(sentence)
    }
    if draws.chance(Rate.oddCharacterPerSentence) {
      line.raw(" ")
      line.text(draws.pick(Odd.characters))
    }
  }

  private mutating func writePrice() {
    let cents = product.cents
    switch priceForm {
    case .null: line.raw("null")
    case .number: line.raw(hundredths: cents)
    case .integer: line.raw((cents + 50) / 100)
    case .string:
      line.raw("\"")
      line.raw(hundredths: cents)
      line.raw("\"")
    case .from:
      line.raw("\"from ")
      line.raw(hundredths: cents)
      line.raw("\"")
    case .dollars:
      line.raw("\"$")
      if cents >= 100_000 {
        line.raw(cents / 100_000)
        line.raw(",")
      }
      for power in [10_000, 1_000, 100] where cents >= power || power == 100 {
        line.raw(cents / power % 10)
      }
      line.raw(".")
      line.raw(cents / 10 % 10)
      line.raw(cents % 10)
      line.raw("\"")
    case .dash:
      line.raw("\"")
      line.text(Odd.dash)
      line.raw("\"")
    case .negative: line.raw("-1.0")
    case .styleSheet:
      line.raw("\"")
      for _ in 0..<(20 + draws.below(10)) { line.raw(Odd.styleRule) }
      line.raw("\"")
    }
  }

  private mutating func writeCategories() {
    let depth = draws.below(4)
    line.raw("[")
    if depth > 0 { line.string(product.category.label) }
    if depth > 1 {
      line.raw(", ")
      line.string(product.kind.group)
    }
    if depth > 2 {
      line.raw(", ")
      line.raw("\"")
      render(product.kind.title)
      line.raw("\"")
    }
    line.raw("]")
  }

  /// Makes the line that begins at `start` one that no reader can decode.
  private mutating func spoil(from start: Int) {
    let middle =
      start + (line.bytes.count - start) / 4 + draws.below((line.bytes.count - start) / 2)
    switch draws.below(3) {
    case 0: line.bytes.removeSubrange(middle...)
    case 1: line.bytes[middle] = 0xFF
    default:
      line.bytes.removeSubrange(start...)
      line.raw(Odd.notJSON)
    }
  }
}
