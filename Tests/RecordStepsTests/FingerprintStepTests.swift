import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct FingerprintStepTests {
  private func fingerprint(_ title: String, _ text: String) -> Fingerprint {
    let text = Array("\(title)\n\(text)".utf8)
    return Fingerprint(text: text.span, shingleWords: 2)
  }

  @Test func layoutAndCaseMakeNoDifference() {
    let first = fingerprint("A Fine Kettle", "One two, three. Four!")
    let second = fingerprint("a fine-kettle?", "one  TWO three\nfour")
    #expect(first == second)
    #expect(first.shingles.count == 6)
    #expect(first.shingles == first.shingles.sorted())
  }

  @Test(
    arguments: [
      ("a b c d e", "a b c d e", 1.0), ("a b c d e", "a b c d x", 0.6), ("a b c", "x y z", 0),
      ("a b a b a b", "a b", 0.5), ("a", "a", 1), ("", "", 1), ("é b c", "é b d", 1.0 / 3),
    ] as [(String, String, Double)])
  func similarityIsThatOfTheShingles(first: String, second: String, similarity: Double) {
    let sets = [first, second].map { fingerprint("", $0).shingles }
    #expect(abs(Fingerprint.jaccard(sets[0], sets[1]) - similarity) < 1e-12)
  }

  @Test func aTitleWithoutWordsIsNobodys() {
    #expect(fingerprint("", "x").title == 0)
    #expect(fingerprint("- !", "x").title == 0)
    #expect(fingerprint("x", "x").title != fingerprint("y", "x").title)
  }

  /// The title before spaces were closed up is not the one that stands in the prompt.
  @Test func theStepTakesTheTextAlone() throws {
    var item = Item()
    item.title = Array("Do n't".utf8)
    item.text = Array("Don't\none two three four".utf8)
    _ = try makeStep(FingerprintStep.self).apply(to: &item)
    #expect(item.fingerprint?.shingles.count == 2)
    #expect(item.fingerprint?.title == fingerprint("Don't", "").title)
  }
}
