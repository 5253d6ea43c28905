/// Kept items on their way from a worker to the pool, packed so that a batch's items are a handful of
/// allocations.
struct PoolRows: Sendable {
  struct Row: Sendable {
    let price: Double
    let tokenCount: Int
    let line: Int
    let idEnd: Int
    let promptEnd: Int
    let answerEnd: Int
    let fingerprint: Fingerprint?
  }

  private(set) var bytes: [UInt8] = []
  private(set) var rows: [Row] = []

  mutating func append(_ item: borrowing Item, line: Int) {
    item.product.appendID(to: &bytes)
    append(
      prompt: item.prompt, answer: item.answer, price: item.price, tokenCount: item.tokenCount,
      line: line, item.fingerprint)
  }

  mutating func append(_ row: PoolRow, _ fingerprint: Fingerprint?) {
    bytes.append(contentsOf: row.id)
    append(
      prompt: row.prompt, answer: row.answer, price: row.price, tokenCount: row.tokenCount,
      line: row.line, fingerprint)
  }

  /// Appends what follows an id.
  private mutating func append(
    prompt: [UInt8], answer: [UInt8], price: Double, tokenCount: Int, line: Int,
    _ fingerprint: Fingerprint?
  ) {
    let idEnd = bytes.count
    bytes.append(contentsOf: prompt)
    let promptEnd = bytes.count
    bytes.append(contentsOf: answer)
    rows.append(
      Row(
        price: price, tokenCount: tokenCount, line: line, idEnd: idEnd, promptEnd: promptEnd,
        answerEnd: bytes.count, fingerprint: fingerprint))
  }
}
