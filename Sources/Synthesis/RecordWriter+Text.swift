extension RecordWriter {
  /// Appends a template with its slots filled.
  mutating func render(_ template: Template) {
    for part in template.parts {
      switch part {
      case .text(let text): line.text(text)
      case .slot(let slot): render(slot)
      }
    }
  }

  private mutating func render(_ slot: Template.Slot) {
    let category = product.category
    switch slot {
    case .brand: line.text(product.brand)
    case .kind: line.text(product.kind.noun)
    case .title: render(product.kind.title)
    case .grade: line.text(product.grade)
    case .color: line.text(product.color)
    case .pack: line.raw(product.pack)
    case .option1: line.text(product.options[0])
    case .option2: line.text(product.options[1])
    case .option3: line.text(product.options[2])
    case .use: line.text(draws.pick(category.uses))
    case .place: line.text(draws.pick(category.places))
    case .who: line.text(draws.pick(category.people))
    case .adjective: line.text(draws.pick(Catalogue.adjectives))
    case .term: line.text(draws.pick(Catalogue.terms))
    }
  }

  /// Appends a part number, such as `DR-48213B`.
  mutating func writeModel() {
    for byte in product.brand.utf8.prefix(2) { line.bytes.append(byte & 0xDF) }
    line.raw(draws.chance(0.5) ? "-" : "")
    line.raw(1_000 + draws.below(90_000))
    line.bytes.append(UInt8(ascii: "A") + UInt8(draws.below(26)))
  }
}
