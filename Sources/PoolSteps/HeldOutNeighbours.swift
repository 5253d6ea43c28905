import Bytes
package import Contracts

/// Finds the near-duplicates that held-out items have in the rest, exactly: see `HeldOutIndex`.
///
/// Memory: some 15 bytes a shingle of the held-out items, and no more than 250 MB: more of them are searched for in
/// several rounds.
package struct HeldOutNeighbours: Sendable {
  /// Places of a held-out item and of one of the rest in the list of candidates.
  package typealias Pair = (heldOut: Int, rest: Int)

  private let candidates: [Candidates.Candidate]
  private let threshold: Double
  private let isOut: [Bool]
  private let indices: RowIndex
  /// The shingles of held-out items that are held at a time.
  private let shingleLimit: Int

  package init(
    _ candidates: [Candidates.Candidate], _ indices: RowIndex, threshold: Double, isOut: [Bool],
    shingleLimit: Int = 15 << 20
  ) {
    self.candidates = candidates
    self.indices = indices
    self.threshold = threshold
    self.isOut = isOut
    self.shingleLimit = shingleLimit
  }

  /// Pairs at the threshold or above it: all that it takes to join every two that are, with the groups that
  /// there are already. No more than one for each item and one for each held-out item and part.
  package func pairs(
    _ fingerprints: some FingerprintSource, _ groups: UnionFind
  ) async throws -> [Pair] {
    let heldOut = candidates.indices.filter { candidates[$0].part == .heldOut && !isOut[$0] }
      .sorted { candidates[$0].row < candidates[$1].row }
    var rest = heldOut[...]
    var pairs: [Pair] = []
    while !rest.isEmpty {
      let index = try HeldOutIndex(
        taking: &rest, candidates, groups, fingerprints.makeReader(), threshold: threshold,
        shingleLimit: shingleLimit)
      pairs += try await self.pairs(index, fingerprints, groups)
    }
    return pairs
  }

  private func pairs(
    _ index: HeldOutIndex, _ fingerprints: some FingerprintSource, _ groups: UnionFind
  ) async throws -> [Pair] {
    try await fingerprints.mapParts { reader, rows in
      var pairs: [Pair] = []
      var search = HeldOutIndex.Search(index)
      var found: [Int] = []
      try reader.forEachFingerprint(ofRows: rows) { row, fingerprint in
        guard let rest = indices[row], !isOut[rest], candidates[rest].part != .heldOut else {
          return
        }
        try Task.checkCancellation()
        found.removeAll(keepingCapacity: true)
        search.appendNeighbours(
          of: fingerprint.shingles, root: { groups.find(rest) }, to: &found)
        pairs += found.map { (heldOut: $0, rest: rest) }
      }
      return pairs
    }.flatMap(\.self)
  }
}
