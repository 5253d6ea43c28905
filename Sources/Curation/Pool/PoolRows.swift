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
    let idEnd = bytes.count
    bytes.append(contentsOf: item.prompt)
    let promptEnd = bytes.count
    bytes.append(contentsOf: item.answer)
    rows.append(
      Row(
        price: item.price, tokenCount: item.tokenCount, line: line, idEnd: idEnd,
        promptEnd: promptEnd, answerEnd: bytes.count, fingerprint: item.fingerprint))
  }
}
