import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps

struct ParitySketchTests {
  /// Neither sketches nor early ends change what is similar.
  @Test(arguments: [0.5, 0.6, 0.75, 0.8, 1])
  func noSimilarPairIsLost(threshold: Double) {
    var random = SeededGenerator(state: 12)
    var (similar, told) = (0, 0)
    for _ in 0..<3000 {
      let first = SetPool.set(.random(in: 0...60, using: &random), &random)
      var second = SetPool.changed(
        first, by: .random(in: 0...max(1, first.count / 3), using: &random), &random)
      second.removeLast(min(second.count, .random(in: 0...3, using: &random)))
      let expected = Fingerprint.jaccard(first, second) >= threshold
      #expect(Fingerprint.isSimilar(first.span, second.span, threshold) == expected)
      let mayBe = ParitySketch(first.span).mayBeSimilar(to: ParitySketch(second.span), threshold)
      #expect(mayBe || !expected)
      similar += expected ? 1 : 0
      told += expected || mayBe ? 0 : 1
    }
    #expect(similar > 50)
    // At the lowest threshold there are few others.
    #expect(told > (threshold > 0.5 ? (3000 - similar) / 4 : 0))
  }
}
