import Bytes
package import Contracts

/// Marks the part of the pool that may never be trained on.
package struct HoldOutStep: PoolStep {
  package static let name = "hold-out"
  package static let summary = """
    Marks a share of all items, by a hash of each item's own id and the recipe's test seed, so that \
    nothing that is added later changes it. Test and validation come from it, train never does.
    """
  static let perThousand = Parameter(
    "per-thousand", default: 10, "the items in a thousand that are held out",
    allowed: "between 1 and 999", where: { 1...999 ~= $0 })
  package static let parameters: [any ParameterDeclaration] = [perThousand]

  private let perThousand: Int

  package init(_ values: ParameterValues) throws {
    perThousand = values[Self.perThousand]
  }

  package func apply(
    to candidates: inout Candidates, _ request: SelectionRequest, _: some FingerprintSource
  ) {
    let hash = StableHash(seed: request.testSeed, purpose: "hold-out")
    let limit = UInt64.max / 1000 * UInt64(perThousand)
    for index in candidates.all.indices where hash.key(candidates.all[index].idHash) < limit {
      candidates.all[index].part = .heldOut
    }
    candidates.holdsOut = true
  }
}
