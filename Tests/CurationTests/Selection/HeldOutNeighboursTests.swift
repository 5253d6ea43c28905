import Testing

@testable import Curation

struct HeldOutNeighboursTests {
  private typealias Names = Set<[Int]>

  /// Sets of few different shingles, so that many pairs are alike, some of them at a threshold exactly.
  private static func sets(_ count: Int, seed: UInt64) -> [[UInt32]] {
    var random = SeededGenerator(state: seed)
    var sets: [[UInt32]] = []
    for _ in 0..<count {
      var set = Set<UInt32>()
      if let old = sets.randomElement(using: &random), Bool.random(using: &random) {
        set = Set(old)
        if set.count > 1, let gone = old.randomElement(using: &random) { set.remove(gone) }
      }
      for _ in 0..<Int.random(in: set.isEmpty ? 1...8 : 0...1, using: &random) {
        set.insert(UInt32.random(in: 0...40, using: &random) &* 0x9E37_79B9)
      }
      sets.append(set.sorted())
    }
    return sets
  }

  @Test(arguments: [0.5, 0.75, 0.8, 1])
  func findsAllPairsAndNoOthers(threshold: Double) async throws {
    let sets = Self.sets(500, seed: 8)
    var candidates = makeCandidates(sets.map { _ in (5, "A") }, holdsOut: true).all
    var fingerprints = HeldFingerprints()
    for (index, set) in sets.enumerated() {
      var fingerprint = Fingerprint()
      fingerprint.shingles = set
      fingerprints.fingerprints[candidates[index].row] = fingerprint
      candidates[index].part = index % 3 == 0 ? .heldOut : .open
    }
    let isOut = sets.indices.map { $0 % 11 == 0 }
    let search = HeldOutNeighbours(
      candidates, RowIndex(candidates), threshold: threshold, isOut: isOut)
    let found = try await search.pairs(fingerprints).map { [$0.heldOut, $0.rest] }

    var expected: Names = []
    var atThreshold = 0
    for heldOut in sets.indices where heldOut % 3 == 0 && !isOut[heldOut] {
      for rest in sets.indices where rest % 3 != 0 && !isOut[rest] {
        let (one, other) = (Set(sets[heldOut]), Set(sets[rest]))
        let similarity =
          Double(one.intersection(other).count) / Double(one.union(other).count)
        if similarity == threshold { atThreshold += 1 }
        if similarity >= threshold { expected.insert([heldOut, rest]) }
      }
    }
    #expect(atThreshold > 0)
    #expect(Names(found) == expected)
    #expect(found.count == expected.count)
  }
}
