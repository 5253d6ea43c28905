import Bytes
package import Contracts

/// Kept items of one source on their way to the pool, packed so that those of a batch are a handful of
/// allocations.
package struct PoolRows: Sendable {
  package struct Row: Sendable {
    package let price: Double
    package let tokenCount: Int
    package let line: Int
    let idEnd: Int
    let promptEnd: Int
    let answerEnd: Int
    let detailsEnd: Int
    package let fingerprint: Fingerprint?
  }

  package let category: String
  package let source: String
  private(set) var bytes: [UInt8] = []
  package private(set) var rows: [Row] = []
  /// The wrapping sum of the hashes of all rows, which no order of rows changes.
  private(set) var sum: UInt64 = 0
  private let placeHash: UInt64

  package init(category: String, source: String) {
    self.category = category
    self.source = source
    placeHash = StableHash.hash(Array("\(category)\n\(source)".utf8))
  }

  package mutating func append(_ item: borrowing Item, line: Int) {
    let start = bytes.count
    item.product.appendID(to: &bytes)
    append(
      from: start, prompt: item.prompt, answer: item.answer, details: item.details,
      price: item.price, tokenCount: item.tokenCount, line: line, item.fingerprint)
  }

  package mutating func append(_ row: PoolRow, _ fingerprint: Fingerprint?) {
    let start = bytes.count
    bytes.append(contentsOf: row.id)
    append(
      from: start, prompt: row.prompt, answer: row.answer, details: row.details,
      price: row.price, tokenCount: row.tokenCount, line: row.line, fingerprint)
  }

  /// Appends what follows the id that begins at `start`.
  private mutating func append(
    from start: Int, prompt: [UInt8], answer: [UInt8], details: [UInt8], price: Double,
    tokenCount: Int, line: Int, _ fingerprint: Fingerprint?
  ) {
    let idEnd = bytes.count
    bytes.append(contentsOf: prompt)
    let promptEnd = bytes.count
    bytes.append(contentsOf: answer)
    let answerEnd = bytes.count
    bytes.append(contentsOf: details)
    let row = Row(
      price: price, tokenCount: tokenCount, line: line, idEnd: idEnd, promptEnd: promptEnd,
      answerEnd: answerEnd, detailsEnd: bytes.count, fingerprint: fingerprint)
    rows.append(row)
    sum &+= hash(of: row, from: start)
  }

  /// The hash of a row: of its concatenated id, prompt, answer and details, and of all else in it.
  private func hash(of row: Row, from start: Int) -> UInt64 {
    let shingles = row.fingerprint?.shingles ?? []
    let others = (
      row.price.bitPattern, UInt64(bitPattern: Int64(row.tokenCount)),
      UInt64(bitPattern: Int64(row.line)), placeHash, row.fingerprint?.title ?? 0,
      row.fingerprint?.text ?? 0, shingles.withUnsafeBytes { StableHash.hash($0) }
    )
    let seed = withUnsafeBytes(of: others) { StableHash.hash($0) }
    return bytes.withUnsafeBytes {
      StableHash.hash(UnsafeRawBufferPointer(rebasing: $0[start..<row.detailsEnd]), seed: seed)
    }
  }
}
