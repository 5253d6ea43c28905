import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps

struct UnionFindTests {
  /// As when the ids of a file descend.
  @Test func noWayIsLongOnceItIsFlat() {
    let count = 200_000
    var sets = UnionFind(count: count)
    for number in (1..<count).reversed() { sets.join(count - 1, number) }
    sets.flatten()
    #expect((1..<count).allSatisfy { sets.find($0) == 1 })
    #expect(sets.find(0) == 0)
  }
}
