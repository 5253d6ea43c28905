import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct LengthStepTests {
  @Test(
    arguments: [
      ("abc", "too-short", "abc"), ("abcd", nil, "abcd"), ("abcdefgh", nil, "abcdef"),
      ("ééé", "too-short", "ééé"), ("😀éabc", nil, "😀éabc"), ("😀😀😀😀😀😀😀😀", nil, "😀😀😀😀😀😀"),
    ] as [(String, String?, String)])
  func judgesAndCuts(contents: String, reason: String?, result: String) throws {
    let step = try makeStep(
      LengthStep.self, ["more-than": .integer(3), "cut-to": .integer(6)])
    var item = Item()
    item.contents = Array(contents.utf8)
    #expect(step.apply(to: &item).reason == reason)
    #expect(item.contents.text == result)
  }
}
