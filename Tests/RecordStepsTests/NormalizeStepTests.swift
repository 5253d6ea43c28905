import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct NormalizeStepTests {
  @Test(arguments: [
    ("plain text\n", "plain text\n"), ("a  b\t c", "a b c"), (" a \n b ", "a\nb"),
    ("a\u{A0}b\u{2028}c\u{3000}d\u{85}e", "a b c d e"),
    ("a\u{200B}b\u{AD}c\u{FEFF}d\u{FFFD}e", "abcde"),
    ("a\u{0}b\u{7}c\u{9B}d\u{7F}e", "abcde"), ("👨\u{200D}👩 \u{2764}\u{FE0F}", "👨👩 \u{2764}"),
    ("cafe\u{301} \u{212B}", "café Å"), ("\u{FFFD}\u{200B}", ""), ("x\ny\nx\n", "x\ny\n"),
    ("x\n\n\ny", "x\ny"), ("x y\nx  y\n", "x y\n"), ("\u{202E}abc\u{2066}", "abc"),
    ("e\u{200B}\u{301}", "é"), ("\u{E0041}tag", "tag"), ("【new】 ™", "【new】 ™"),
  ])
  func leavesWhatAReaderSees(contents: String, result: String) throws {
    let step = try makeStep(NormalizeStep.self)
    var item = Item()
    item.contents = Array(contents.utf8)
    item.title = Array(contents.utf8)
    #expect(step.apply(to: &item).reason == nil)
    #expect(item.contents.text == result)
    #expect(item.title.text == result)
    // What is normal stays as it is.
    _ = step.apply(to: &item)
    #expect(item.contents.text == result)
  }

  @Test func survivesWhatIsNotUTF8() throws {
    let step = try makeStep(NormalizeStep.self)
    for bytes: [UInt8] in [[0xFF, 0x61], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x98]] {
      var item = Item()
      item.contents = bytes
      _ = step.apply(to: &item)
      #expect(String(validating: item.contents, as: UTF8.self) != nil)
    }
  }
}
