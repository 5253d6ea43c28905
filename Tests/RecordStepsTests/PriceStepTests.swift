import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct PriceStepTests {
  @Test(arguments: [
    ("12.99", 12.99), ("7", 7), ("0.5", 0.5), ("999.49", 999.49), (#""12.99""#, 12.99),
    (#"" 1e2 ""#, 100), (#""\u00a05.5\u3000""#, 5.5), (#""+.5e1""#, 5), (#""1_00.5""#, 100.5),
    (#""٣""#, 3), ("1.25e1", 12.5),
  ])
  func keeps(json: String, price: Double) throws {
    var item = try makeItem(#"{"price": \#(json)}"#)
    #expect(try makeStep(PriceStep.self).apply(to: &item).reason == nil)
    #expect(item.price == price)
  }

  @Test(arguments: [
    ("null", "no-price"), (#""""#, "no-price"), (#""—""#, "no-price"),
    (#""from 12.99""#, "no-price"),
    (#""$1,250.00""#, "no-price"), (#""1 2""#, "no-price"), (#""0x1p3""#, "no-price"),
    (#""1__0""#, "no-price"), (#""_1""#, "no-price"), (#""1e""#, "no-price"), (#"".""#, "no-price"),
    ("true", "no-price"), ("[5]", "no-price"), (#"{"a": 5}"#, "no-price"),
    ("0.49", "price-out-of-range"), ("999.5", "price-out-of-range"), ("-1.0", "price-out-of-range"),
    (#""\u001c5""#, "no-price"), (#""nan""#, "price-out-of-range"),
    (#""-Infinity""#, "price-out-of-range"),
    ("1e400", "price-out-of-range"),
  ])
  func drops(json: String, reason: String) throws {
    var item = try makeItem(#"{"price": \#(json)}"#)
    #expect(try makeStep(PriceStep.self).apply(to: &item).reason == reason)
  }

  @Test func dropsWithoutAPrice() throws {
    var item = try makeItem("{}")
    #expect(try makeStep(PriceStep.self).apply(to: &item).reason == "no-price")
  }

  @Test func refusesAnEmptyRange() throws {
    #expect(throws: RecipeFault.self) {
      try makeStep(PriceStep.self, ["minimum": .integer(9), "maximum": .integer(8)])
    }
  }
}
