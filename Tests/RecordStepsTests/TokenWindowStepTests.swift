import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct TokenWindowStepTests {
  @Test(
    arguments: [
      ("T", "abc", "too-few-tokens", ""), ("T", "abcd", nil, "T\nabcd"),
      ("", "abcdef", nil, "\nabcdef"),
      ("T", "abcdefgh", nil, "T\nabcdef"), ("T", "abcdeé", nil, "T\nabcde\u{FFFD}"),
      ("T", "abcd😀", nil, "T\nabcd\u{FFFD}"), ("T", "a .b !", nil, "T\na.b!"),
      ("", "a ' b c", nil, "\na'b c"), ("", "do n't", nil, "\ndon't"),
    ] as [(String, String, String?, String)])
  func judgesAndCuts(title: String, contents: String, reason: String?, text: String) throws {
    let step = try makeStep(
      TokenWindowStep.self, ["more-than": .integer(5), "cut-to": .integer(8)])
    var item = Item()
    item.title = Array(title.utf8)
    item.contents = Array(contents.utf8)
    #expect(step.apply(to: &item).reason == reason)
    #expect(item.text.text == text)
  }

  @Test(arguments: [
    ("a . b ? c ! d , e", "a. b? c! d, e"),
    ("it 's I 'm we 've you 're do n't", "it's I'm we've you're don't"),
    ("a ' b", "a'b"), ("a  .", "a ."), (" .", "."), ("rock 'n' roll", "rock 'n' roll"),
    ("nope", "nope"),
  ])
  func closesUp(text: String, result: String) {
    var bytes = Array(text.utf8)
    TokenWindowStep.closeUp(&bytes)
    #expect(bytes.text == result)
  }
}
