import Testing

@testable import Synthesis

@Suite struct PriceTests {
  /// Made once, not for every test.
  static let products: [Product] = (0..<40_000).map { index in
    var draws = Draws(seed: 7, index: index, purpose: 1)
    return Product(catalogue: Catalogue.categories, draws: &draws)
  }

  var products: [Product] { Self.products }

  func mean(_ products: [Product]) -> Double {
    Double(products.map(\.cents).reduce(0, +)) / Double(products.count) / 100
  }

  func of(kind noun: String) -> [Product] {
    products.filter { String(decoding: $0.kind.noun.utf8, as: UTF8.self) == noun }
  }

  @Test func pricesAreSkewedAndInBounds() {
    let cents = products.map(\.cents).sorted()
    #expect(cents[0] >= 50 && cents[cents.count - 1] <= 240_000)
    #expect((2_500...4_000).contains(cents[cents.count / 2]))
    #expect(mean(products) * 100 > 1.5 * Double(cents[cents.count / 2]))
    #expect(cents.contains { $0 < 200 } && cents.contains { $0 > 100_000 })
  }

  @Test(arguments: [
    ("gas range", "appliance knob"), ("laptop", "HDMI cable"), ("turbocharger", "air freshener"),
    ("standing desk", "gel pen"), ("table saw", "tape measure"), ("smartphone", "phone grip"),
    ("outdoor playset", "jigsaw puzzle"), ("guitar amplifier", "guitar pick"),
  ])
  func dearKindsCostMoreThanCheapOnes(dear: String, cheap: String) {
    #expect(mean(of(kind: dear)) > 3 * mean(of(kind: cheap)))
  }

  @Test(arguments: ["wiper blade", "AA battery", "copy paper", "wood screw", "coffee filter"])
  func largerPacksCostMore(noun: String) {
    let packs = Dictionary(grouping: of(kind: noun), by: \.pack).sorted { $0.key < $1.key }
    let means = packs.map { mean($0.value) }
    #expect(means.count > 1 && means == means.sorted())
  }

  @Test(arguments: [
    ("memory card", 0), ("computer monitor", 0), ("building block set", 0), ("chest freezer", 0),
    ("cordless drill", 2), ("smartphone", 1), ("ukulele", 1), ("document shredder", 1),
  ])
  func optionsMoveThePrice(noun: String, attribute: Int) throws {
    let some = of(kind: noun)
    let options = try #require(some.first).kind.attributes[attribute].value
    let means = options.sorted { $0.value < $1.value }.map { option in
      mean(some.filter { $0.options[attribute].utf8.elementsEqual(option.key.utf8) })
    }
    #expect(means == means.sorted())
  }

  @Test func textNamesTheOptions() {
    var found = 0
    for record in Sample.shared.readable {
      for (key, value) in record["details"] as? [String: Any] ?? [:] {
        guard key == "Capacity", let capacity = value as? String else { continue }
        found += 1
        #expect(record.prose.contains(capacity) || record.title.isEmpty)
      }
    }
    #expect(found > 100)
  }

  @Test func theCatalogueIsWide() {
    #expect(Catalogue.categories.map(\.share).reduce(0, +) == 100)
    #expect(PriceForm.all.map(\.share).reduce(0, +) == 10_000)
    for category in Catalogue.categories {
      #expect((10...20).contains(category.kinds.count))
      #expect(category.sentences.count > 60)
    }
  }
}
