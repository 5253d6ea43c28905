import TestSupport
import Testing

@testable import Audit
@testable import Bytes
@testable import Contracts

struct ReplyTests {
  @Test(arguments: [
    ("The price is roughly $99.99 because it is new", 99.99), ("$1,234.50", 1234.5), ("374", 374),
    ("Price is $12.00 or 15", 12), (".5", 0.5), ("-3.5", -3.5), ("-3", 3), ("4e3", 4),
    ("about 20-30 dollars", 20), ("99.", 99),
  ])
  func itsFirstNumberIsItsPrice(text: String, price: Double) {
    #expect(Reply(text: text).price == price)
  }

  @Test(arguments: ["", "no idea", "$", "NaN", "inf", "٣٧٤"])
  func withoutANumberItHasNone(text: String) {
    #expect(Reply(text: text).price == nil && Reply(guess: text).price == nil)
  }

  @Test(arguments: [
    ("-3", -3.0), (" 4e3 ", 4000), ("12.5 dollars", 12.5), ("$1,299.50", 1299.5), ("-$5", -5),
    ("$ -1,299", -1299),
    ("1e999", 1e9), ("-1e12", -1e9), ("99999999999 or so", 1e9), ("0x1F", 0),
  ])
  func aGuessThatIsANumberIsThat(text: String, price: Double) {
    #expect(Reply(guess: text).price == price)
  }
}
