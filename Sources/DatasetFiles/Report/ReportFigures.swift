import Bytes
package import Contracts
package import ItemPool

/// What the report counts of a pool's items, for all of them and for each split.
package struct ReportFigures: Sendable {
  /// Counts of some items.
  package struct Group: Sendable {
    package var items = 0
    /// In dollars, without cents.
    package var prices = Histogram(limit: 1000)
    /// Of prompt and answer.
    package var tokens = Histogram(limit: 4000)
    /// Code points of the prompt.
    package var characters = Histogram(limit: 16_000)
    /// By the numbers of the categories.
    package var categories: [Int] = []

    fileprivate mutating func count(_ item: PoolReader.Measures) {
      items += 1
      prices.count(Int(clampingWhole: item.price.rounded(.down)))
      tokens.count(item.tokens)
      characters.count(item.characters)
      while categories.count <= item.category { categories.append(0) }
      categories[item.category] += 1
    }
  }

  private(set) var pool = Group()
  /// In the order of `Split.allCases`.
  private var splits = Split.allCases.map { _ in Group() }
  /// The names of the categories, by their numbers.
  private(set) var categories: [String] = []
  /// The characters of the pool's prompts for every 50 dollars of price.
  private(set) var charactersByPrice = [Histogram](
    repeating: Histogram(limit: 16_000), count: 20)

  /// Reads the whole pool once: some tenths of a second for a million items.
  package init(_ pool: PoolReader, _ candidates: Candidates) throws {
    let none = UInt8(splits.count)
    var splitOfRow = [UInt8](repeating: none, count: try pool.itemCount() + 1)
    for (number, split) in Split.allCases.enumerated() {
      for row in candidates.rows(of: .split(split)) { splitOfRow[Int(row)] = UInt8(number) }
    }
    categories = try pool.forEachMeasures { row, item in
      self.pool.count(item)
      let split = splitOfRow[Int(row)]
      if split != none { splits[Int(split)].count(item) }
      let band = min(max(Int(clampingWhole: item.price / 50), 0), charactersByPrice.count - 1)
      charactersByPrice[band].count(item.characters)
    }
  }

  package subscript(split: Split) -> Group {
    Split.allCases.firstIndex(of: split).map { splits[$0] } ?? Group()
  }

  /// The items of each category in a group, by its name; 0 for those beyond what the group has seen.
  package func count(_ category: Int, in group: Group) -> Int {
    category < group.categories.count ? group.categories[category] : 0
  }
}

/// Counts of whole numbers from 0 on. The last stands for all that are larger, too.
package struct Histogram: Equatable, Sendable {
  private var counts: [Int]

  /// - Parameter limit: the largest number that is told from others.
  init(limit: Int) {
    counts = Array(repeating: 0, count: limit + 1)
  }

  package mutating func count(_ value: Int) { counts[min(max(value, 0), counts.count - 1)] += 1 }

  package var total: Int { counts.reduce(0, +) }

  /// The smallest number that a share of all numbers does not exceed; 0 where there are none.
  func quantile(_ share: Double) -> Int {
    var left = share * Double(total)
    for (value, count) in counts.enumerated() where count > 0 {
      left -= Double(count)
      if left <= 0 { return value }
    }
    return 0
  }

  /// Bins of a round width, not more than `limit`, from the first number to the last that any of some
  /// histograms has.
  static func bins(of histograms: [Histogram], atMost limit: Int) -> [Range<Int>] {
    let first = histograms.compactMap { $0.counts.firstIndex { $0 > 0 } }.min() ?? 0
    let last = histograms.compactMap { $0.counts.lastIndex { $0 > 0 } }.max() ?? 0
    let widths = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    let width = widths.first { last / $0 - first / $0 < limit } ?? 10_000
    return (first / width...last / width).map { $0 * width..<($0 + 1) * width }
  }

  /// How many of the numbers are in each bin.
  package func counts(in bins: [Range<Int>]) -> [Int] {
    bins.map { counts[$0.clamped(to: 0..<counts.count)].reduce(0, +) }
  }
}
