import Foundation
import Testing

@testable import Synthesis

@Suite struct SampleProductsTests {
  let sample = Sample.shared

  func line(_ index: Int, seed: UInt64) -> [UInt8] {
    var line: [UInt8] = []
    _ = SampleProducts(seed: seed).appendLine(index, to: &line)
    return line
  }

  @Test func aRecordDependsOnSeedAndIndexAlone() {
    for index in stride(from: 19_999, through: 0, by: -977) {
      #expect(line(index, seed: 42) == sample.lines[index])
    }
    #expect(line(7, seed: 42) != line(7, seed: 43))
    #expect(line(7, seed: 42) != line(8, seed: 42))
  }

  @Test func aLineIsAppended() {
    var bytes = Array("before".utf8)
    _ = SampleProducts(seed: 42).appendLine(5, to: &bytes)
    #expect(bytes == Array("before".utf8) + sample.lines[5])
  }

  /// A change here changes every sample file, and what is written about them.
  @Test func theBytesStayTheSame() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in sample.lines[..<1_000].joined() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    #expect(hash == 5_334_982_400_646_157_125)
  }

  @Test func everyLineEndsInItsOnlyNewline() {
    for line in sample.lines {
      #expect(line.firstIndex(of: UInt8(ascii: "\n")) == line.count - 1)
    }
  }

  @Test func recordsHaveTheFieldsOfRealOnes() {
    let fields: Set = [
      "main_category", "title", "average_rating", "rating_number", "features", "description",
      "price", "images", "videos", "store", "categories", "details", "parent_asin",
      "bought_together",
    ]
    for record in sample.readable {
      let names = Set(record.keys).subtracting(["subtitle", "author"])
      #expect(names.isSubset(of: fields) && names.count >= fields.count - 1)
      if let rating = record["average_rating"] as? Double { #expect((1...5).contains(rating)) }
      if let count = record["rating_number"] { #expect((count as? Int ?? 0) > 0) }
      if let images = record["images"] { #expect((images as? [[String: Any]])?.isEmpty == false) }
      if let details = record["details"] { #expect(details is [String: Any]) }
      if let id = record["parent_asin"] { #expect((id as? String)?.count == 10) }
    }
  }

  @Test func fieldsComeInTheUsualOrder() {
    let text = sample.texts[3] ?? ""
    let places = ["main_category", "title", "average_rating", "features", "price", "parent_asin"]
      .compactMap { text.range(of: "\"\($0)\": ")?.lowerBound }
    #expect(places.count == 6 && places == places.sorted())
  }

  @Test(arguments: SampleProducts.categories.indices)
  func everyCategoryHasItsShare(category: Int) {
    let count = sample.categories.count { $0 == category }
    let share = Double(Catalogue.categories[category].share) / 100
    #expect(abs(Double(count) / 20_000 - share) < 0.01)
  }

  @Test func idsRepeatOnlyWithTheirLine() {
    var lines: [String: [UInt8]] = [:]
    for (line, record) in zip(sample.lines, sample.records) {
      guard let id = record?["parent_asin"] as? String else { continue }
      #expect(lines.updateValue(line, forKey: id) ?? line == line, "\(id)")
    }
    #expect(lines.count > 19_000)
  }

  @Test func linesAreAsLongAsRealOnes() {
    let mean = Double(sample.lines.map(\.count).reduce(0, +)) / Double(sample.lines.count)
    #expect((2_500...3_000).contains(mean))
    #expect(sample.lines.contains { $0.count > 12_000 })
  }

  /// 150 tokens are about 645 characters.
  @Test func fourInFivePricedRecordsHaveTextForTheWindow() {
    let priced = sample.readable.filter { $0.number ?? 0 > 0 }
    let long = priced.count { record in
      let details = (record["details"] as? [String: Any])?.map { "\($0)" }.joined(separator: " ")
      return record.prose.count + (details ?? "").count > 645
    }
    #expect((0.75...0.88).contains(Double(long) / Double(priced.count)))
  }
}
