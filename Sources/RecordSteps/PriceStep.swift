import Bytes
package import Contracts

/// Reads the price and keeps items within a range: rule 1 of the course (docs/course.md).
package struct PriceStep: RecordStep {
  package static let name = "price"
  package static let summary = """
    Reads the price, a JSON number or a text that is a decimal number and nothing else, and keeps \
    items within a range.
    """
  package static let minimum = Parameter(
    "minimum", default: 0.5, "the lowest price kept, in dollars",
    allowed: "between 0 and a billion", where: { 0...1e9 ~= $0 })
  package static let maximum = Parameter(
    "maximum", default: 999.49, "the highest price kept, in dollars",
    allowed: "between 0 and a billion", where: { 0...1e9 ~= $0 })
  package static let parameters: [any ParameterDeclaration] = [minimum, maximum]
  package static let stage = RecordStage.price

  static let noPrice = DropReason("no-price", "the price is missing or not a number")
  static let outOfRange = DropReason("price-out-of-range", "the price is outside the range")
  package static let dropReasons = [noPrice, outOfRange]

  private let range: ClosedRange<Double>

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    let (minimum, maximum) = (values[Self.minimum], values[Self.maximum])
    guard minimum <= maximum else {
      throw RecipeFault("'minimum' (\(minimum)) must not be above 'maximum' (\(maximum))")
    }
    range = minimum...maximum
  }

  package func apply(to item: inout Item) -> Verdict {
    guard let price = Self.price(of: item.product) else { return .drop(Self.noPrice) }
    guard range.contains(price) else { return .drop(Self.outOfRange) }
    item.price = price
    return .keep
  }

  package static func requirement(_ reason: DropReason, _ values: ParameterValues) -> String {
    reason == outOfRange
      ? "\(dollars(values[minimum])) to \(dollars(values[maximum])) are wanted" : ""
  }

  package func measure(of item: borrowing Item) -> String {
    Self.price(of: item.product).map { "it is \($0)" } ?? ""
  }

  package static func price(of product: borrowing Product) -> Double? {
    let range = product.range(of: .price)
    switch product.kind(of: .price) {
    case .number:
      return Double(plainDecimal: product.json.span.extracting(range))
        ?? Double(decimal: String(decoding: product.json[range], as: UTF8.self))
    case .string:
      var text: [UInt8] = []
      var scanner = JSONScanner(range)
      guard scanner.appendString(product.json.span, to: &text) else { return nil }
      return Double(decimal: String(decoding: text, as: UTF8.self))
    case .object, .array, .boolean, .null, .missing:
      return nil
    }
  }
}
