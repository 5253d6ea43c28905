/// Made-up product metadata in the shape of the 2023 files, oddities included.
///
/// Every record is a function of the seed and its index alone: records can be made in any order and
/// by any number of threads, come out the same on every machine, and do not depend on how many are
/// made. The products, brands and texts are invented, and a price follows from what the text says:
/// the kind of product, its brand, grade, options and pack size.
///
/// A line has 2.6 KB on average. Half of the records have a price, from $0.50 to $2,400 with a
/// median near $35. About four in five of those have the text that a recipe's window asks for. The
/// oddities are those of real files, at the rates of `Rate`, `PriceForm` and `Length`: among them
/// duplicate lines, products under two ids, prices in words, HTML, odd characters, missing keys,
/// and one unreadable line in 2,000.
///
/// The first value takes about 10 ms, in which the catalogue is loaded. A value can be shared
/// between threads. A line takes some microseconds.
package struct SampleProducts: Sendable {
  /// The names of the categories as files have them, such as `Office_Products`, in the order of the
  /// indices that ``appendLine(_:to:)`` returns.
  package static let categories: [String] = Catalogue.categories.map(\.name)

  private let seed: UInt64
  private let catalogue = Catalogue.categories

  /// Sample products for a seed; another seed gives other products.
  package init(seed: UInt64) {
    self.seed = seed
  }

  /// Appends one record as a line of JSON that ends in a newline.
  ///
  /// - Parameters:
  ///   - index: The record's number, from 0 to 4,294,967,295.
  ///   - line: What the line is appended to.
  /// - Returns: The record's category, an index into ``categories``: the file that it belongs in.
  package func appendLine(_ index: Int, to line: inout [UInt8]) -> Int {
    precondition(index >= 0 && index <= UInt32.max, "no record has the index \(index)")
    let (root, twin) = origin(of: index)
    var draws = Draws(seed: seed, index: root, purpose: 1)
    let product = Product(catalogue: catalogue, draws: &draws)
    var writer = RecordWriter(product: product, draws: draws)
    swap(&writer.line.bytes, &line)
    writer.write(id: ProductID(seed: seed, index: twin ?? root), twin: twin)
    swap(&writer.line.bytes, &line)
    return product.categoryIndex
  }

  /// The record whose product this one shows, and the record whose id it has, if that is another.
  private func origin(of index: Int) -> (root: Int, twin: Int?) {
    var root = index
    var twin: Int?
    while root > 0 {
      var draws = Draws(seed: seed, index: root, purpose: 2)
      let roll = draws.unit()
      if roll >= Rate.duplicateLine + Rate.twin { break }
      if roll >= Rate.duplicateLine { twin = twin ?? root }
      root = draws.below(root)
    }
    return (root, twin)
  }
}

/// A record's id: ten characters, different for every index below 2³².
struct ProductID {
  let bytes: [UInt8]

  init(seed: UInt64, index: Int) {
    var draws = Draws(seed: seed, index: index, purpose: 3)
    let isISBN = draws.chance(Rate.isbn)
    let base: UInt64 = isISBN ? 10 : 36
    let size: UInt64 = isISBN ? 10_000_000_000 : 2_821_109_907_456  // 10¹⁰, 36⁸
    // A prime step visits every residue once, so no two indices share an id.
    var number = (Draws.mixed(seed) % size + UInt64(index) * 1_000_000_007) % size
    var bytes = Array(isISBN ? "0000000000".utf8 : "B000000000".utf8)
    for place in (isISBN ? 0 : 2)..<10 {
      let digit = UInt8(number % base)
      bytes[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
      number /= base
    }
    self.bytes = bytes
  }
}
