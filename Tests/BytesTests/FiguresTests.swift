import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts

struct FiguresTests {
  private static let active: [(text: String, printable: String, json: String)] = [
    ("a\u{1B}[0m", "a\\u{1b}[0m", "a\\u001b[0m"), ("\u{7F}", "\\u{7f}", "\\u007f"),
    ("\u{80}\u{9F}", "\\u{80}\\u{9f}", "\\u0080\\u009f"),
    ("\r\n", "\\u{d}\\u{a}", "\\u000d\\u000a"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}", "\\u2028\\u2029"),
    ("\u{200E}\u{200F}\u{61C}", "\\u{200e}\\u{200f}\\u{61c}", "\\u200e\\u200f\\u061c"),
    ("\u{202A}\u{202E}", "\\u{202a}\\u{202e}", "\\u202a\\u202e"),
    ("\u{2066}\u{2069}", "\\u{2066}\\u{2069}", "\\u2066\\u2069"),
  ]

  @Test(arguments: active)
  func whatIsActiveIsSpelledOut(text: String, printable: String, json: String) throws {
    #expect(text.printable == printable && text.printableJSON == json)
    let value = try JSONSerialization.jsonObject(
      with: Data("\"\(json)\"".utf8), options: .fragmentsAllowed)
    #expect(value as? String == text)
  }

  @Test(arguments: ["", "plain", "naïve 家電 🎸👩‍👩‍👧 e\u{301} \u{200D}\u{AD}\u{A0}"])
  func theRestStays(text: String) {
    #expect(text.printable == text && text.printableJSON == text)
  }
}
