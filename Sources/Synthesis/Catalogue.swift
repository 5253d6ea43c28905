/// What a category sells, and the words for it.
final class Category: Sendable {
  /// The category as files are named, such as `Office_Products`.
  let name: String
  /// The category as records show it, such as `Office Products`.
  let label: Text
  /// Parts in a hundred of all records.
  let share: Int
  /// Invented makers, and the factor that each puts on a price.
  let brands: KeyValuePairs<Text, Double>
  let colors: [Text]
  /// What the products are used for, where, and by whom: the words of `{use}`, `{place}`, `{who}`.
  let uses: [Text]
  let places: [Text]
  let people: [Text]
  /// What else lies in the box.
  let extras: [Text]
  /// Sentences that suit every kind of the category, the shared ones included.
  let sentences: [Template]
  let kinds: [Kind]

  init(
    _ name: String, label: Text, share: Int, brands: KeyValuePairs<Text, Double>, colors: [Text],
    uses: [Text], places: [Text], people: [Text], extras: [Text], sentences: [Template],
    kinds: [Kind]
  ) {
    self.name = name
    self.label = label
    self.share = share
    self.brands = brands
    self.colors = colors
    self.uses = uses
    self.places = places
    self.people = people
    self.extras = extras
    self.sentences = sentences + Catalogue.sharedSentences
    self.kinds = kinds
  }
}

/// A kind of product: what it is called, what it costs, and which attributes move its price.
final class Kind: Sendable {
  /// A choice of values for one attribute, and the factor that each puts on the price.
  typealias Options = KeyValuePairs<Text, Double>

  /// The singular noun, in lower case, that sentences use.
  let noun: Text
  /// The core of a title.
  let title: Template
  /// The shelf: the second entry of `categories`.
  let group: Text
  /// Dollars for one plain piece of a middling brand.
  let price: Double
  /// The weight of one piece, and its longest side.
  let pounds: Double
  let inches: Double
  /// The pack sizes on sale.
  let packs: [Int]
  /// Up to three attributes, the slots `{1}`, `{2}` and `{3}`.
  let attributes: KeyValuePairs<Text, Options>
  /// Sentences that only suit this kind.
  let sentences: [Template]

  init(
    _ noun: Text, title: Template, group: Text, price: Double, pounds: Double, inches: Double,
    packs: [Int] = [1], attributes: KeyValuePairs<Text, Options>, sentences: [Template]
  ) {
    self.noun = noun
    self.title = title
    self.group = group
    self.price = price
    self.pounds = pounds
    self.inches = inches
    self.packs = packs
    self.attributes = attributes
    self.sentences = sentences
  }
}

/// The vocabulary of all sample products; every name and sentence in it is invented.
enum Catalogue {
  static let categories = [
    automotive, electronics, officeProducts, toolsAndHomeImprovement, cellPhonesAndAccessories,
    toysAndGames, appliances, musicalInstruments,
  ]

  /// How well equipped a product is, and the factor that this puts on its price.
  static let grades: KeyValuePairs<Text, Double> = [
    "Essential": 0.6, "Classic": 0.75, "Standard": 0.85, "Select": 0.95, "Plus": 1.05, "Pro": 1.35,
    "Elite": 1.8,
  ]
}
