import TestSupport
import Testing

@testable import Bytes
@testable import Contracts

struct RadixSortTests {
  @Test(arguments: [0, 1, 2, 255, 256, 1000])
  func sorts(count: Int) {
    var random = SeededGenerator(state: UInt64(count))
    for limit in [3, 0xFFFF, UInt32.max] {
      let values = (0..<count).map { _ in UInt32.random(in: 0...limit, using: &random) }
      var sorted = values
      sorted.radixSort()
      #expect(sorted == values.sorted())
    }
  }
}
