import Bytes
package import Contracts

extension UnionFind {
  /// For each of some rows the rows of all candidates that are duplicates or near-duplicates of its
  /// candidate, or of one of these, and so on, in the order of candidates and itself among them. The sets
  /// are those of near-duplicates.
  ///
  /// Costs reading the hashes of all titles and texts.
  package func families(
    ofRows rows: Set<UInt32>, among candidates: [Candidates.Candidate], _ indices: RowIndex,
    _ fingerprints: some FingerprintReader
  ) throws -> [UInt32: [UInt32]] {
    var sets = self
    var firsts: [[UInt64: Int]] = [[:], [:], [:]]
    try fingerprints.forEachTitleAndText { row, title, text in
      guard let index = indices[row] else { return }
      for (key, hash) in [candidates[index].idHash, title, text].enumerated() where hash != 0 {
        if let first = firsts[key][hash] {
          sets.join(first, index)
        } else {
          firsts[key][hash] = index
        }
      }
    }
    var families: [Int: [UInt32]] = [:]
    for row in rows { if let index = indices[row] { families[sets.root(of: index)] = [] } }
    for (index, candidate) in candidates.enumerated() {
      families[sets.root(of: index)]?.append(candidate.row)
    }
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        indices[row].map { (row, families[sets.root(of: $0)] ?? []) }
      })
  }
}
