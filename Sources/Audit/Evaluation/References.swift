import Bytes
import Foundation

/// Guesses that need no training, which a score is to be compared with.
package struct References: Sendable {
  /// What is known of train: its mean and median price, and the mean of each category.
  package struct Prices: Sendable {
    package let count: Int
    package let mean: Double
    package let median: Double
    let meanByCategory: [String: Double]

    /// - Returns: nil without any items.
    package init?(_ items: [(category: String, price: Double)]) {
      var sums = Sums()
      for (category, price) in items { sums.add(price, category) }
      self.init(sums)
    }

    fileprivate init?(_ sums: Sums) {
      guard !sums.prices.isEmpty else { return nil }
      count = sums.prices.count
      mean = sums.prices.reduce(0, +) / Double(count)
      median = Score.median(sums.prices)
      meanByCategory = sums.byCategory.mapValues { $0.sum / Double($0.count) }
    }
  }

  /// What items come to, of which there may be millions.
  fileprivate struct Sums {
    var prices: [Double] = []
    var byCategory: [String: (sum: Double, count: Int)] = [:]

    mutating func add(_ price: Double, _ category: String) {
      prices.append(price)
      byCategory[category, default: (0, 0)].sum += price
      byCategory[category, default: (0, 0)].count += 1
    }
  }

  /// Each with its name, the guesses in the order of the items.
  package let all: [(name: String, guesses: [Double])]

  /// - Parameter train: nil where it is not known; then there is but the random reference.
  package init(for items: [TestItem], train: Prices?) {
    let hash = StableHash(seed: 42, purpose: "evaluate")
    // As the course's: a whole number of dollars from 1 to 999, here by a hash of the prompt.
    let random = items.map { item in
      Double(hash.key(StableHash.hash(Array(item.question.utf8))) % 999 + 1)
    }
    var all = [("random, $1 to $999", random)]
    if let train {
      all.append(("mean of train", items.map { _ in train.mean }))
      all.append(("median of train", items.map { _ in train.median }))
      all.append(
        ("mean of the category", items.map { train.meanByCategory[$0.category] ?? train.mean }))
    }
    self.all = all
  }
}

extension References.Prices {
  /// Of the rows in some files of JSON lines, compressed or not.
  ///
  /// - Returns: nil without any rows.
  /// Errors: `noInput`; `badData` with file and line for what is no row.
  /// - Parameter isDataset: whether they are a dataset's, and not named by somebody.
  package init?(files: [String], isDataset: Bool = false) throws {
    var sums = References.Sums()
    let (priceKey, categoryKey) = (Array("price".utf8), Array("category".utf8))
    var text: [UInt8] = []
    try forEachRow(in: files, isDataset ? .ofDataset : .named) { place, line in
      // Train may have millions of rows, of which two fields are wanted.
      var (category, price) = ("", Double?.none)
      let json = line.span
      var scanner = JSONScanner(0..<line.count)
      while let (key, value) = scanner.nextField(json) {
        text.removeAll(keepingCapacity: true)
        if json.holds(priceKey, at: key) {
          text.append(json, value)
          price = JSONScanner.isNumber(text[...]) ? Double(text.text) : nil
        } else if json.holds(categoryKey, at: key), json[value.lowerBound] == UInt8(ascii: "\"") {
          var scanner = JSONScanner(value)
          if scanner.appendString(json, to: &text) { category = text.text }
        }
      }
      guard scanner.isAtEndOfObject(json), let price, 0...Reply.limit ~= price else {
        throw CurationError(.badData, "\(place): not a row with a price")
      }
      sums.add(price, category)
    }
    self.init(sums)
  }
}
