import Bytes
package import Contracts

/// Balances prices and categories: rule 7 of the course (docs/course.md).
package struct BalanceStep: PoolStep {
  package static let name = "balance"
  package static let summary = """
    Sorts items into slots by their price in whole dollars. A slot from a price up, or with few \
    enough items, is taken whole; of a fuller one a number of items is drawn without replacement, \
    each category with its weight. Items outside the slots are left out. Of the held-out \
    items in a slot as large a share stays as of the others.
    """
  package static let lowest = Parameter(
    "lowest", default: 1, "the first slot, in dollars",
    allowed: "between 0 and 999999", where: { 0...999_999 ~= $0 })
  package static let highest = Parameter(
    "highest", default: 999, "the last slot, in dollars",
    allowed: "between 0 and 999999", where: { 0...999_999 ~= $0 })
  static let wholeFrom = Parameter(
    "whole-from", default: 240, "slots from this price up are taken whole, in dollars",
    allowed: "between 0 and 1000000", where: { 0...1_000_000 ~= $0 })
  package static let limit = Parameter(
    "limit", default: 1200, "the most items drawn from a slot below that price",
    allowed: "at least 1", where: { $0 >= 1 })
  package static let weights = Parameter<[String: Int]>(
    "weights", default: [:], "the weights of categories in the draw",
    allowed: "whole numbers between 1 and 1000", where: { $0.values.allSatisfy { 1...1000 ~= $0 } })
  static let otherWeight = Parameter(
    "other-weight", default: 1, "the weight of every other category",
    allowed: "between 1 and 1000", where: { 1...1000 ~= $0 })
  package static let parameters: [any ParameterDeclaration] = [
    lowest, highest, wholeFrom, limit, weights, otherWeight,
  ]

  private let slots: ClosedRange<Int32>
  private let wholeFrom: Int
  private let limit: Int
  private let weights: [String: Int]
  private let otherWeight: Int

  package init(_ values: ParameterValues) throws {
    let (lowest, highest) = (values[Self.lowest], values[Self.highest])
    guard lowest <= highest else {
      throw RecipeFault("'lowest' (\(lowest)) must not be above 'highest' (\(highest))")
    }
    slots = Int32(clamping: lowest)...Int32(clamping: highest)
    wholeFrom = values[Self.wholeFrom]
    limit = values[Self.limit]
    weights = values[Self.weights]
    otherWeight = values[Self.otherWeight]
  }

  package func apply(
    to candidates: inout Candidates, _ request: SelectionRequest, _: some FingerprintSource
  ) {
    let categoryWeights = candidates.categories.map { weights[$0] ?? otherWeight }
    let openDraw = WeightedDraw(seed: request.seed, categoryWeights)
    let heldOutDraw = WeightedDraw(seed: request.testSeed, categoryWeights)

    var isLeftOut = [Bool](repeating: false, count: candidates.all.count)
    var slotted: [Slot: [Int]] = [:]
    var outside = 0
    for (index, candidate) in candidates.all.enumerated() {
      if !slots.contains(candidate.dollars) {
        isLeftOut[index] = true
        outside += 1
      } else if candidate.dollars < wholeFrom {
        slotted[Slot(part: candidate.part, dollars: candidate.dollars), default: []].append(index)
      }
    }
    for (slot, members) in slotted {
      let isHeldOut = slot.part == .heldOut
      let limit =
        isHeldOut
        ? heldOutLimit(
          of: members.count, beside: slotted[slot.open]?.count ?? 0, limit: limit) : limit
      guard members.count > limit else { continue }
      let draw = isHeldOut ? heldOutDraw : openDraw
      let drawn = members.map { (key: draw.key(of: candidates.all[$0]), index: $0) }.sorted(by: <)
      for (_, index) in drawn[limit...] { isLeftOut[index] = true }
    }
    candidates.removeAll(isLeftOut) { _, candidate in
      let (part, dollars) = (candidate.part, candidate.dollars)
      guard slots.contains(dollars) else {
        return
          "its price rounds to $\(dollars), outside of $\(slots.lowerBound) to $\(slots.upperBound)"
      }
      let count = slotted[Slot(part: part, dollars: dollars)]?.count ?? 0
      return "it was not drawn: \(grouped(count)) "
        + "\(part == .heldOut ? "held-out items" : "items") cost $\(dollars), more than the slot takes"
    }
    let below =
      slots
      .lowerBound..<max(slots.lowerBound, min(slots.upperBound + 1, Int32(clamping: wholeFrom)))
    let counts = below.map { slotted[Slot(part: .open, dollars: $0)]?.count ?? 0 }
    let short = zip(below, counts).filter { $1 < limit }.map { (count: $1, name: "$\($0)") }
    if slotted.values.contains(where: { $0.count > limit }) {
      candidates.report(
        target: limit, of: "\(below.count) slots below $\(wholeFrom)",
        reached: below.count - short.count, short: short)
    } else {
      candidates.remark =
        "no slot below $\(wholeFrom) has more than \(grouped(limit)) items, so that all were taken"
    }
    if outside > 0 {
      candidates.remark =
        "\(grouped(outside)) outside $\(slots.lowerBound) to $\(slots.upperBound); "
        + (candidates.remark ?? "")
    }
  }

  private struct Slot: Hashable {
    let part: Candidates.Part
    let dollars: Int32

    /// The slot of the same price outside the held-out part.
    var open: Slot { Slot(part: .open, dollars: dollars) }
  }
}

/// The held-out items that stay in a slot: as large a share as of the open ones, rounded up.
func heldOutLimit(of heldOut: Int, beside open: Int, limit: Int) -> Int {
  guard open > limit else { return limit }
  return (heldOut * limit + open - 1) / open
}

/// Weighted drawing without replacement in integers: the items with the smallest keys are drawn.
///
/// An item of weight w has w independent keys, for the purposes `balance-1` to `balance-w`, and its
/// smallest counts. Of all keys left, each is the smallest with equal chance, so each next item is
/// drawn with a chance in proportion to its weight.
struct WeightedDraw {
  private let hashes: [StableHash]
  private let categoryWeights: [Int]

  init(seed: UInt64, _ categoryWeights: [Int]) {
    hashes = (1...max(1, categoryWeights.max() ?? 1)).map {
      StableHash(seed: seed, purpose: "balance-\($0)")
    }
    self.categoryWeights = categoryWeights
  }

  func key(of candidate: Candidates.Candidate) -> UInt64 {
    let weight = categoryWeights[Int(candidate.category)]
    return hashes.prefix(weight).reduce(UInt64.max) { min($0, $1.key(candidate.idHash)) }
  }
}
