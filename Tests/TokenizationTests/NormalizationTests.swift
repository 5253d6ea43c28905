import Testing

@testable import Tokenization

/// Normalization form C. ReferenceTests compare it with Python's on random text.
struct NormalizationTests {
  private func normalized(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBufferPointer { Normalization.formC.normalized($0) }
  }

  @Test("Text that is in form C is found so", arguments: ["", "plain", "éßЖ", "日本 👍", "각"])
  func unchanged(text: String) {
    #expect(normalized(Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("e\u{301}", "\u{E9}"),
      ("xe\u{301}\u{323}y", "x\u{1EB9}\u{301}y"),
      ("\u{E9}\u{323}", "\u{1EB9}\u{301}"),
      ("a\u{315}\u{300}", "\u{E0}\u{315}"),
      // Blocked by another mark of the same class, or by a letter.
      ("a\u{30D}\u{301}", "a\u{30D}\u{301}"),
      ("\u{301}a", "\u{301}a"),
      ("\u{212B}", "\u{C5}"), ("\u{2126}", "\u{3A9}"), ("\u{F900}", "\u{8C48}"),
      // Excluded from composition.
      ("\u{958}", "\u{915}\u{93C}"), ("\u{915}\u{93C}", "\u{915}\u{93C}"),
      ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"), ("\u{AC00}\u{11A8}", "\u{AC01}"),
      ("\u{AC01}\u{11A8}", "\u{AC01}\u{11A8}"),
      ("\u{1D160}", "\u{1D158}\u{1D165}\u{1D16E}"),
    ])
  func changed(text: String, expected: String) {
    // Swift takes equivalent strings for equal: the bytes are compared.
    let result = normalized(Array(text.utf8)) ?? Array(text.utf8)
    #expect(result == Array(expected.utf8))
  }

  @Test func keepsIllFormedBytes() {
    let bytes: [UInt8] = [0xFF, 0x65, 0xCC, 0x81, 0x80, 0xCC, 0xCC, 0x81, 0xC3]
    #expect(normalized(bytes) == [0xFF, 0xC3, 0xA9, 0x80, 0xCC, 0xCC, 0x81, 0xC3])
  }
}
