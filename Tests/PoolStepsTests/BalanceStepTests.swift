import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps

struct BalanceStepTests {
  private func balanced(
    _ candidates: Candidates, limit: Int = 10, wholeFrom: Int = 240, weights: [String: Int] = [:],
    seed: UInt64 = 1
  ) throws -> Candidates {
    var candidates = candidates
    let step = try BalanceStep(
      ParameterValues([
        "limit": .integer(limit), "whole-from": .integer(wholeFrom), "weights": .weights(weights),
      ]))
    step.apply(to: &candidates, makeRequest(seed: seed), HeldFingerprints())
    return candidates
  }

  @Test func takesFewItemsAndDearOnesWhole() throws {
    let items = [(0, 3), (1, 10), (2, 11), (239, 30), (240, 30), (999, 12), (1000, 2)]
    let candidates = makeCandidates(
      items.flatMap { dollars, count in Array(repeating: (dollars, "Toys"), count: count) })
    let kept = try balanced(candidates).all
    let counts = Dictionary(grouping: kept, by: \.dollars).mapValues(\.count)
    #expect(counts == [1: 10, 2: 10, 239: 10, 240: 30, 999: 12])
    #expect(kept.map(\.row) == kept.map(\.row).sorted())
  }

  @Test func drawsInProportionToTheWeights() throws {
    // Of 4,000 items in two even categories with weights 1 and 5, 400 are drawn: about 1 in 6 are of
    // the first, a little more since the second runs down.
    let candidates = makeCandidates((0..<4000).map { (5, $0 % 2 == 0 ? "Automotive" : "Toys") })
    let kept = try balanced(
      candidates, limit: 400, weights: ["Automotive": 1, "Toys": 5]
    ).all
    let light = kept.count { candidates.categories[Int($0.category)] == "Automotive" }
    #expect(kept.count == 400)
    #expect(40...100 ~= light)
  }

  @Test func theDrawDependsOnTheSeedAndNotOnTheOtherItems() throws {
    let candidates = makeCandidates((0..<100).map { (5, $0 % 3 == 0 ? "A" : "B") })
    let first = try balanced(candidates).rows(of: .open)
    #expect(try balanced(candidates).rows(of: .open) == first)
    #expect(try balanced(candidates, seed: 2).rows(of: .open) != first)
    var shuffled = candidates
    shuffled.all.reverse()
    #expect(Set(try balanced(shuffled).rows(of: .open)) == Set(first))
    // Whoever was not drawn is not missed.
    var fewer = candidates
    fewer.all.removeAll { !first.contains($0.row) && $0.row % 2 == 0 }
    #expect(try balanced(fewer).rows(of: .open) == first)
  }

  @Test func ofTheHeldOutPartASlotHasItsShareAndItsOwnSeed() throws {
    var candidates = makeCandidates(Array(repeating: (5, "A"), count: 300), holdsOut: true)
    for index in candidates.all.indices where index % 3 == 0 {
      candidates.all[index].part = .heldOut
    }
    let (first, second) = try (
      balanced(candidates, seed: 1), balanced(candidates, seed: 2)
    )
    #expect(first.rows(of: .open).count == 10)
    #expect(first.rows(of: .heldOut).count == 5)
    #expect(first.rows(of: .heldOut) == second.rows(of: .heldOut))
    #expect(first.rows(of: .open) != second.rows(of: .open))
  }
}
