import Foundation
import Testing

@testable import Synthesis

@Suite struct OdditiesTests {
  let sample = Sample.shared

  struct Oddity: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rates: ClosedRange<Double>
    let holds: @Sendable ([String: Any]) -> Bool

    init(
      _ name: String, _ rates: ClosedRange<Double>,
      _ holds: @escaping @Sendable ([String: Any]) -> Bool
    ) {
      testDescription = name
      self.rates = rates
      self.holds = holds
    }
  }

  static func price(_ prefix: String) -> @Sendable ([String: Any]) -> Bool {
    { ($0["price"] as? String)?.hasPrefix(prefix) ?? false }
  }

  static func prose(_ piece: String) -> @Sendable ([String: Any]) -> Bool {
    { record in record.prose.unicodeScalars.contains(where: piece.unicodeScalars.contains) }
  }

  @Test(arguments: [
    Oddity("null price", 0.45...0.50) { $0["price"] is NSNull },
    Oddity("price in a string", 0.007...0.013) { Double($0["price"] as? String ?? "") != nil },
    Oddity("dash for a price", 0.007...0.013, price("\u{2014}")),
    Oddity("from a price", 0.007...0.013, price("from ")),
    Oddity("price in dollars", 0.007...0.013, price("$")),
    Oddity("negative price", 0.003...0.008) { $0.number ?? 0 < 0 },
    Oddity("style sheet for a price", 0.0001...0.0015, price(".price-block")),
    Oddity("null main category", 0.06...0.10) { $0["main_category"] is NSNull },
    Oddity("other main category", 0.09...0.13) { record in
      guard let name = record["main_category"] as? String else { return false }
      return !Catalogue.categories.contains {
        String(decoding: $0.label.utf8, as: UTF8.self) == name
      }
    },
    Oddity("empty title", 0.0008...0.004) { $0["title"] as? String == "" },
    Oddity("null store", 0.006...0.015) { $0["store"] is NSNull },
    Oddity("no description", 0.32...0.41) { ($0["description"] as? [String])?.isEmpty ?? false },
    Oddity("no features", 0.02...0.15) { ($0["features"] as? [String])?.isEmpty ?? false },
    Oddity("no details", 0.01...0.06) { ($0["details"] as? [String: Any])?.isEmpty ?? false },
    Oddity("missing key", 0.003...0.008) { $0.count == 13 || $0.count == 15 },
    Oddity("subtitle", 0.015...0.025) { $0["subtitle"] != nil },
    Oddity("id of a book", 0.024...0.036) { Int($0["parent_asin"] as? String ?? "") != nil },
    Oddity("object in details", 0.35...0.65) {
      ($0["details"] as? [String: Any])?["Best Sellers Rank"] is [String: Any]
    },
    Oddity("list in details", 0.1...0.25) {
      ($0["details"] as? [String: Any])?["Special Features"] is [String]
    },
    Oddity("tags", 0.05...0.3) { $0.prose.contains(">") && $0.prose.contains("<") },
    Oddity("entities", 0.05...0.2) { $0.prose.contains("&") && $0.prose.contains(";") },
    Oddity("replacement character", 0.005...0.03, prose("\u{FFFD}")),
    Oddity("byte order mark", 0.005...0.03, prose("\u{FEFF}")),
    Oddity("no-break space", 0.005...0.03, prose("\u{A0}")),
    Oddity("zero-width space", 0.005...0.03, prose("\u{200B}")),
    Oddity("soft hyphen", 0.005...0.03, prose("\u{AD}")),
    Oddity("line separator", 0.005...0.03, prose("\u{2028}")),
    Oddity("emoji", 0.005...0.03, prose("\u{1F600}")),
    Oddity("lenticular brackets", 0.05...0.2, prose("\u{3010}")),
    Oddity("own price in the text", 0.014...0.035) { record in
      guard let price = record.number, price > 0 else { return false }
      return record.prose.contains(String(format: "%.2f", price))
    },
  ])
  func oddityOccursAtItsRate(oddity: Oddity) {
    let rate = sample.rate(oddity.holds)
    #expect(oddity.rates.contains(rate), "\(rate)")
  }

  @Test func halfOfTheLinesAreASCII() {
    let rate = sample.textRate { $0.utf8.allSatisfy { $0 < 0x80 } }
    let escaped = sample.textRate { $0.contains("\\u") }
    let raw = sample.textRate { $0.utf8.contains { $0 >= 0x80 } }
    #expect(rate > 0.5 && escaped > 0.1 && abs(escaped - raw) < 0.02)
  }

  @Test func someLinesAreUnreadable() {
    let count = sample.records.count { $0 == nil }
    #expect((3...25).contains(count))
    #expect(sample.texts.contains { $0 == nil })
    #expect(sample.texts.contains { $0?.hasPrefix("<html>") ?? false })
    let cutOff = zip(sample.texts, sample.records).contains { text, record in
      record == nil && text?.hasPrefix("{") ?? false
    }
    #expect(cutOff)
  }

  @Test func somePricesAreWholeNumbers() {
    let rate = sample.textRate { text in
      guard let start = text.range(of: "\"price\": ")?.upperBound else { return false }
      let number = text[start...].prefix { $0 != "," && $0 != "}" }
      return Int(number) != nil
    }
    #expect((0.007...0.013).contains(rate))
  }

  @Test func someLinesHaveAnotherOrder() {
    let rate = sample.textRate { $0.hasPrefix("{") && !$0.hasPrefix("{\"main_category\"") }
    #expect((0.002...0.008).contains(rate))
  }

  @Test func someLinesRepeat() {
    let rate = 1 - Double(Set(sample.lines).count) / Double(sample.lines.count)
    #expect((0.015...0.025).contains(rate))
  }

  @Test func someProductsHaveASecondID() {
    var ids: [String: Set<String>] = [:]
    for record in sample.readable {
      guard let image = (record["images"] as? [[String: Any]])?.first?["large"] as? String else {
        continue
      }
      ids[image, default: []].insert("\(record["parent_asin"] ?? "") \(record.title)")
    }
    let twins = ids.values.map { $0.count - 1 }.reduce(0, +)
    #expect((0.015...0.025).contains(Double(twins) / Double(sample.lines.count)))
  }
}
