extension RecordWriter {
  /// The members of `details`, in the usual order; the length sets the rate of each.
  private enum Detail: CaseIterable {
    case dimensions, weight, manufacturer, model, origin, rank, available, discontinued
    case brand, color, options, grade, count, included, feature, batteries, batteriesRequired
    case recommendedUse, warranty, audience

    static let all = allCases
  }

  mutating func writeDetails() {
    let details = Detail.all
    let offset = draws.chance(0.5) ? 0 : draws.below(details.count)
    line.raw("{")
    let start = line.bytes.count
    for number in details.indices where draws.chance(length.details) {
      if line.bytes.count > start { line.raw(", ") }
      write(details[(number + offset) % details.count])
    }
    line.raw("}")
  }

  private mutating func write(_ detail: Detail) {
    switch detail {
    case .dimensions: writeDimensions()
    case .weight: writeWeight()
    case .manufacturer: member("Manufacturer", product.brand)
    case .model: writeModelNumber()
    case .origin: member("Country of Origin", draws.pick(Catalogue.countries))
    case .rank: writeRank()
    case .available: writeDate()
    case .discontinued: member("Is Discontinued By Manufacturer", draws.pick(Catalogue.noes))
    case .brand: member("Brand", product.brand)
    case .color: member("Color", product.color)
    case .options: writeOptions()
    case .grade: member("Style", product.grade)
    case .count: writeCount()
    case .included: writeIncluded()
    case .feature: writeSpecialFeatures()
    case .batteries: member("Batteries Included?", draws.pick(Catalogue.yesOrNo))
    case .batteriesRequired: member("Batteries Required?", draws.pick(Catalogue.yesOrNo))
    case .recommendedUse: member("Recommended Uses For Product", draws.pick(product.category.uses))
    case .warranty: member("Manufacturer Warranty", draws.pick(Catalogue.terms))
    case .audience: member("Target Audience", draws.pick(product.category.people))
    }
  }

  private mutating func member(_ key: StaticString, _ value: Text) {
    line.raw("\"")
    line.raw(key)
    line.raw("\": ")
    line.string(value)
  }

  private mutating func writeOptions() {
    for (number, attribute) in product.kind.attributes.enumerated() {
      if number > 0 { line.raw(", ") }
      line.string(attribute.key)
      line.raw(": ")
      line.string(product.options[number])
    }
  }

  private mutating func writeDimensions() {
    line.raw(draws.chance(0.7) ? "\"Product Dimensions\": \"" : "\"Package Dimensions\": \"")
    var tenths = max(Int(product.kind.inches * 10 * (0.8 + 0.4 * draws.unit())), 2)
    for side in 0..<3 {
      if side > 0 { line.raw(" x ") }
      line.raw(tenths / 10)
      line.raw(".")
      line.raw(tenths % 10)
      tenths = max(tenths * (30 + draws.below(65)) / 100, 1)
    }
    line.raw(" inches\"")
  }

  private mutating func writeWeight() {
    let pounds = product.kind.pounds * Double(product.pack) * (0.8 + 0.4 * draws.unit())
    line.raw("\"Item Weight\": \"")
    line.raw(hundredths: max(Int((pounds < 1 ? pounds * 16 : pounds) * 100), 1))
    line.raw(pounds < 1 ? " ounces\"" : " pounds\"")
  }

  private mutating func writeModelNumber() {
    line.raw("\"Item model number\": \"")
    writeModel()
    line.raw("\"")
  }

  private mutating func writeRank() {
    line.raw("\"Best Sellers Rank\": {")
    line.string(product.category.label)
    line.raw(": ")
    line.raw(1 + draws.below(900_000))
    if draws.chance(0.7) {
      line.raw(", ")
      line.string(product.kind.group)
      line.raw(": ")
      line.raw(1 + draws.below(9_000))
    }
    line.raw("}")
  }

  private mutating func writeDate() {
    line.raw("\"Date First Available\": \"")
    line.text(draws.pick(Catalogue.months))
    line.raw(" ")
    line.raw(1 + draws.below(28))
    line.raw(", ")
    line.raw(2005 + draws.below(18))
    line.raw("\"")
  }

  private mutating func writeCount() {
    line.raw(draws.chance(0.5) ? "\"Item Package Quantity\": \"" : "\"Number of Items\": \"")
    line.raw(product.pack)
    line.raw("\"")
  }

  private mutating func writeIncluded() {
    line.raw("\"Included Components\": \"")
    line.text(product.kind.noun)
    line.raw(", ")
    line.text(draws.pick(product.category.extras))
    line.raw("\"")
  }

  /// A string, or a list of strings.
  private mutating func writeSpecialFeatures() {
    line.raw("\"Special Features\": ")
    if draws.chance(0.7) {
      line.string(draws.pick(Catalogue.headings))
    } else {
      line.raw("[")
      line.string(draws.pick(Catalogue.headings))
      line.raw(", ")
      line.string(draws.pick(Catalogue.headings))
      line.raw("]")
    }
  }
}
