import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps

struct EvenStepTests {
  @Test(
    arguments: [
      ([10, 10, 10], 30, 10), ([10, 10, 10], 15, 5), ([10, 10, 10], 17, 5), ([2, 10, 10], 12, 5),
      ([2, 3, 100], 1000, 100),
      ([], 10, 0), ([5], 0, 0), ([1, 1, 1], 2, 0), ([1, 4, 9], .max, 9),
    ] as [([Int], Int, Int)])
  func theLimitFillsTheTarget(counts: [Int], target: Int, limit: Int) {
    let (found, rest) = EvenStep.limit(of: counts, target: target)
    #expect(found == limit)
    #expect(rest <= counts.count { $0 > limit })
    #expect(
      counts.map { min($0, limit) }.reduce(rest, +) == min(target, counts.reduce(0, +)))
  }

  private func even(
    _ candidates: Candidates, seed: UInt64 = 1, train: Int = 60, validation: Int = 0, test: Int = 0
  ) throws -> Candidates {
    var candidates = candidates
    let step = try EvenStep(ParameterValues(["bands": .texts(["10", "100"])]))
    let request = makeRequest(seed: seed, train: train, validation: validation, test: test)
    step.apply(to: &candidates, request, HeldFingerprints())
    return candidates
  }

  @Test func cellsGiveEquallyManyAndTellWhoRanShort() throws {
    let items = [(5, "A", 100), (50, "A", 100), (500, "A", 4), (5, "B", 100)]
    let candidates = makeCandidates(
      items.flatMap { dollars, category, count in
        Array(repeating: (dollars, category), count: count)
      })
    let kept = try even(candidates)
    let counts = Dictionary(grouping: kept.all) { "\($0.category) \($0.dollars)" }
      .mapValues(\.count)
    #expect(counts.values.sorted() == [4, 18, 19, 19])
    #expect(counts["0 500"] == 4)
    #expect(kept.remark?.contains("reached by 3, short 1, shortest A from $100 with 4") == true)
  }

  @Test func theSeedMovesTheRestAndNotTheHeldOutPart() throws {
    var candidates = makeCandidates(Array(repeating: (5, "A"), count: 300), holdsOut: true)
    for index in candidates.all.indices where index % 3 == 0 {
      candidates.all[index].part = .heldOut
    }
    let first = try even(candidates, validation: 25, test: 15)
    let second = try even(candidates, seed: 2, validation: 25, test: 15)
    #expect(first.rows(of: .open).count == 60)
    #expect(first.rows(of: .heldOut).count == 40)
    #expect(first.rows(of: .heldOut) == second.rows(of: .heldOut))
    #expect(first.rows(of: .open) != second.rows(of: .open))
    // No split's size moves another.
    let forTest = Set(try even(candidates, train: 0, test: 15).rows(of: .heldOut))
    #expect(forTest.count == 15)
    #expect(forTest.isSubset(of: first.rows(of: .heldOut)))
  }

  @Test func withoutAHeldOutPartThereIsEnoughForAllSplits() throws {
    let candidates = makeCandidates(Array(repeating: (5, "A"), count: 300))
    #expect(try even(candidates, train: 60, validation: 25, test: 15).all.count == 100)
  }
}
