import TestSupport
import Testing

@testable import Bytes
@testable import Contracts

struct NearestNameTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("seed", "seed", 0),
  ])
  func countsEdits(first: String, second: String, distance: Int) {
    #expect(editDistance(first, second) == distance)
  }

  @Test(arguments: [
    ("sed", "; did you mean 'seed'?"), ("trian", "; did you mean 'train'?"), ("elephant", ""),
  ])
  func namesTheNearest(name: String, words: String) {
    #expect(nearest(name, in: ["seed", "train"]) == words)
  }
}
