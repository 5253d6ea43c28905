import Bytes
package import Contracts
package import PoolSteps
import Tokenization

/// Items with sets of shingles.
package struct SetPool {
  package var candidates: [Candidates.Candidate]
  package var fingerprints: HeldFingerprints

  package init(candidates: [Candidates.Candidate], fingerprints: HeldFingerprints) {
    self.candidates = candidates
    self.fingerprints = fingerprints
  }

  package init(_ sets: [[UInt32]], heldOutEvery: Int) {
    candidates = makeCandidates(sets.map { _ in (5, "A") }, holdsOut: true).all
    fingerprints = HeldFingerprints()
    for (index, set) in sets.enumerated() {
      var fingerprint = Fingerprint()
      fingerprint.shingles = set
      fingerprints.fingerprints[candidates[index].row] = fingerprint
      if index % heldOutEvery == 0 { candidates[index].part = .heldOut }
    }
  }

  /// Some four hundred items: families, chains whose ends differ, strangers that share boilerplate, and pairs among
  /// these.
  package init(ofNearDuplicates seed: UInt64, heldOutEvery: Int) {
    var random = SeededGenerator(state: seed)
    var sets: [[UInt32]] = []
    for size in [2, 3, 5, 17, 18, 40] {
      let base = Self.set(40, &random)
      for _ in 0..<size {
        sets.append(Self.changed(base, by: .random(in: 0...4, using: &random), &random))
      }
    }
    for _ in 0..<3 {
      var link = Self.set(30, &random)
      for _ in 0..<20 {
        sets.append(link)
        link = Self.changed(link, by: 3, &random)
      }
    }
    let boilerplate = Self.set(36, &random)
    for number in 0..<220 {
      let own = Self.set(.random(in: 2...20, using: &random), &random)
      let set = Set(boilerplate.prefix(36 - own.count / 4) + own).sorted()
      sets.append(set)
      if number % 10 == 0 { sets.append(Self.changed(set, by: 2, &random)) }
    }
    sets.shuffle(using: &random)
    self.init(sets, heldOutEvery: heldOutEvery)
  }

  package static func set(_ count: Int, _ random: inout SeededGenerator) -> [UInt32] {
    var set: Set<UInt32> = []
    while set.count < count { set.insert(.random(in: 0...(.max), using: &random)) }
    return set.sorted()
  }

  /// The set with so many members changed for others.
  package static func changed(
    _ set: [UInt32], by count: Int, _ random: inout SeededGenerator
  ) -> [UInt32] {
    var changed = set.shuffled(using: &random).dropFirst(count)
    changed += Self.set(count, &random)
    return Set(changed).sorted()
  }

  package func set(_ index: Int) -> [UInt32] {
    fingerprints.fingerprints[candidates[index].row]?.shingles ?? []
  }

  /// One more than the highest row.
  package var end: Int { candidates.map { Int($0.row) + 1 }.max() ?? 0 }

  /// The same items in other rows.
  package func withShuffledRows(_ random: inout SeededGenerator) -> Self {
    var other = self
    let rows = candidates.map(\.row).shuffled(using: &random)
    other.fingerprints.fingerprints = [:]
    for (index, row) in rows.enumerated() {
      let old = candidates[index]
      other.candidates[index] = Candidates.Candidate(
        idHash: old.idHash, row: row, dollars: old.dollars, category: old.category, part: old.part)
      other.fingerprints.fingerprints[row] = fingerprints.fingerprints[old.row]
    }
    return other
  }

  /// By each item's hash the lowest in its group.
  package func lowestInGroup(_ groups: UnionFind) -> [UInt64: UInt64] {
    let roots = candidates.indices.map { groups.find($0) }
    var lowest: [Int: UInt64] = [:]
    for (index, root) in roots.enumerated() {
      lowest[root] = min(lowest[root] ?? .max, candidates[index].idHash)
    }
    return Dictionary(
      uniqueKeysWithValues: zip(candidates.map(\.idHash), roots).map { ($0, lowest[$1] ?? 0) })
  }
}
