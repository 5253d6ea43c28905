import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps

struct HoldOutStepTests {
  private func heldOut(
    of count: Int, perThousand: Int = 10, seed: UInt64 = 1, testSeed: UInt64 = 2
  ) throws -> Set<UInt32> {
    var candidates = makeCandidates((0..<count).map { ($0 % 999, "Toys") })
    let step = try HoldOutStep(ParameterValues(["per-thousand": .integer(perThousand)]))
    step.apply(
      to: &candidates, makeRequest(seed: seed, testSeed: testSeed), HeldFingerprints())
    #expect(candidates.all.count == count)
    return Set(candidates.rows(of: .heldOut))
  }

  @Test(arguments: [1, 10, 500, 999])
  func holdsOutTheShareThatIsAskedFor(perThousand: Int) throws {
    let expected = 20 * perThousand
    let deviation = 5 * (Double(expected) * (1 - Double(perThousand) / 1000)).squareRoot()
    let count = try heldOut(of: 20_000, perThousand: perThousand).count
    #expect(abs(Double(count - expected)) < deviation)
  }

  @Test func dependsOnTheTestSeedAlone() throws {
    #expect(try heldOut(of: 5000, seed: 1) == heldOut(of: 5000, seed: 9))
    #expect(try heldOut(of: 5000, testSeed: 1) != heldOut(of: 5000, testSeed: 9))
  }

  @Test func whatIsAddedChangesNothing() throws {
    let few = try heldOut(of: 5000)
    #expect(try heldOut(of: 10_000).filter { $0 <= 5000 } == few)
  }
}
