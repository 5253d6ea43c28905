/// What one product is: the choices that its price and its text follow from.
struct Product {
  let category: Category
  let categoryIndex: Int
  let kind: Kind
  let brand: Text
  let grade: Text
  let color: Text
  /// One value for each attribute of the kind.
  let options: [Text]
  let pack: Int
  /// The price, from 50 to 240,000 cents:
  ///
  ///     kind × brand × grade × options × (0.15 + 0.85 × pack) × noise within 15 percent
  ///
  /// with an ending such as .99 on most prices from $5 up.
  let cents: Int

  init(catalogue: [Category], draws: inout Draws) {
    var left = draws.below(100)
    var index = 0
    while left >= catalogue[index].share {
      left -= catalogue[index].share
      index += 1
    }
    categoryIndex = index
    category = catalogue[index]
    // Shops carry more of what is cheap: of two kinds, the one that costs less.
    let (one, other) = (draws.pick(category.kinds), draws.pick(category.kinds))
    kind = one.price < other.price ? one : other
    color = draws.pick(category.colors)
    pack = draws.pick(kind.packs)

    let maker = draws.pick(category.brands)
    let level = draws.pick(Catalogue.grades)
    brand = maker.key
    grade = level.key
    var dollars = kind.price * maker.value * level.value * (0.15 + 0.85 * Double(pack))
    var options: [Text] = []
    for attribute in kind.attributes {
      let option = draws.pick(attribute.value)
      options.append(option.key)
      dollars *= option.value
    }
    self.options = options
    dollars *= 0.85 + 0.15 * (draws.unit() + draws.unit())
    cents = Product.rounded(cents: Int(dollars * 100), ending: draws.below(8))
  }

  /// A price with a usual ending.
  private static func rounded(cents: Int, ending: Int) -> Int {
    let price = min(max(cents, 50), 240_000)
    guard price >= 500 else { return price }
    let dollars = price / 100 * 100
    switch ending {
    case 0...3: return min(dollars + 99, 239_999)
    case 4: return min(dollars + 95, 239_995)
    case 5: return dollars
    default: return price
    }
  }
}
