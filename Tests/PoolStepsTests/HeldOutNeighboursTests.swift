import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps
@testable import Tokenization

struct HeldOutNeighboursTests {
  enum Kind: String, CaseIterable {
    /// Sets of few different shingles, so that many pairs are alike, some of them at a threshold exactly.
    case small
    /// Families, chains, and strangers that share boilerplate.
    case nearDuplicates
    /// Sets of a few parts, each of few kinds, so that every shingle is common.
    case template
    /// Sets of all sizes, each a part of the next.
    case nested

    func pool(seed: UInt64) -> SetPool {
      var random = SeededGenerator(state: seed)
      var sets: [[UInt32]] = []
      switch self {
      case .nearDuplicates: return SetPool(ofNearDuplicates: seed, heldOutEvery: 3)
      case .small:
        for _ in 0..<400 {
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
      case .template:
        let slots = (0..<6).map { _ in (0..<4).map { _ in SetPool.set(4, &random) } }
        let common = SetPool.set(20, &random)
        for _ in 0..<300 {
          let own = slots.flatMap { $0.randomElement(using: &random) ?? [] }
          sets.append(Set(common + own).sorted())
        }
      case .nested:
        let all = SetPool.set(90, &random).shuffled(using: &random)
        sets = (0..<300).map { all.prefix(1 + $0 % 89).sorted() }
      }
      return SetPool(sets, heldOutEvery: 3)
    }
  }

  /// Whatever is joined already, and however few held-out items are searched for at a time.
  @Test(arguments: Kind.allCases, [0.5, 0.75, 0.8, 1])
  func joinsAllPairsAndNoOthers(kind: Kind, threshold: Double) async throws {
    let pool = kind.pool(seed: 8)
    let isOut = pool.candidates.indices.map { $0 % 11 == 0 }
    let near = pairs(of: pool, threshold: threshold, isOut: isOut)
    if kind == .small { #expect(near.atThreshold > 0) }
    #expect(!near.all.isEmpty)
    for (joined, limit) in [(0, Int.max), (0, 500), (40, Int.max), (150, 2000)] {
      var groups = UnionFind(count: pool.candidates.count)
      // Pairs that are not similar, too, and one large group.
      for index in 0..<joined { groups.join(index, index < joined / 2 ? 0 : index * 2) }
      let search = HeldOutNeighbours(
        pool.candidates, RowIndex(pool.candidates), threshold: threshold, isOut: isOut,
        shingleLimit: limit)
      let found = try await search.pairs(pool.fingerprints, groups)
      #expect(Set(found.map { [$0.heldOut, $0.rest] }).isSubset(of: near.all))
      var expected = groups
      for pair in near.all { expected.join(pair[0], pair[1]) }
      for pair in found { groups.join(pair.heldOut, pair.rest) }
      #expect(pool.lowestInGroup(groups) == pool.lowestInGroup(expected))
      if joined == 0 {
        #expect(Set(found.map(\.rest)) == Set(near.all.map { $0[1] }), "a pair for each")
      }
    }
  }

  /// All pairs of many copies would be more than memory holds.
  @Test func ofManyCopiesFewPairsAreNeeded() async throws {
    var random = SeededGenerator(state: 9)
    let base = SetPool.set(40, &random)
    let pool = SetPool(
      (0..<400).map { _ in SetPool.changed(base, by: 1, &random) }, heldOutEvery: 4)
    let search = HeldOutNeighbours(
      pool.candidates, RowIndex(pool.candidates), threshold: 0.75,
      isOut: pool.candidates.map { _ in false })
    let found = try await search.pairs(
      pool.fingerprints, UnionFind(count: pool.candidates.count))
    #expect(found.count <= 300 + 3 * 100)
    #expect(Set(found.map(\.rest)).count == 300)
  }

  private func pairs(
    of pool: SetPool, threshold: Double, isOut: [Bool]
  ) -> (all: Set<[Int]>, atThreshold: Int) {
    var (all, atThreshold) = (Set<[Int]>(), 0)
    let (heldOut, rest) = (pool.places(heldOut: true), pool.places(heldOut: false))
    for first in heldOut where !isOut[first] {
      for second in rest where !isOut[second] {
        let similarity = Fingerprint.jaccard(pool.set(first), pool.set(second))
        if similarity == threshold { atThreshold += 1 }
        if similarity >= threshold { all.insert([first, second]) }
      }
    }
    return (all, atThreshold)
  }
}

extension SetPool {
  fileprivate func places(heldOut: Bool) -> [Int] {
    candidates.indices.filter { (candidates[$0].part == .heldOut) == heldOut }
  }
}
