import Testing

@testable import curate

struct TextDifferenceTests {
  private func text(_ difference: TextDifference?) -> String {
    var paragraph = Paragraph(indent: 0, width: .max)
    difference?.append(to: &paragraph)
    return paragraph.text
  }

  @Test(arguments: [
    ("a b c", "a x c", "a [-b-]{+x+} c"),
    ("", "new", "{+new+}"),
    ("cafe\u{301} b", "caf\u{E9} b", "[-cafe\u{301}-]{+caf\u{E9}+} b"),
    ("old", "", "[-old-]"),
    ("same", "same", "same"),
    ("it comes out well", "it com", "it com[-es out well-]"),
    ("<b>Big</b> cup", "Big cup", "[-<b>-]Big[-</b>-] cup"),
    ("one\ntwo three", "one two 3", "one two [-three-]{+3+}"),
    ("one\n", "one", "one[-⏎-]"),
    ("naïve 日本 ☕️", "naïve 日本", "naïve 日本[- ☕️-]"),
  ])
  func showsWhatChanged(before: String, after: String, shown: String) {
    #expect(text(TextDifference(before, after)) == shown)
  }

  @Test(arguments: [
    ("a\nb", "a b", true), (" a", "a", true), ("a\nb", "a c", false), ("a", "b", false),
  ])
  func knowsWhenOnlyWhiteSpaceChanged(before: String, after: String, isWhiteSpace: Bool) throws {
    #expect(try #require(TextDifference(before, after)).isOfWhiteSpace == isWhiteSpace)
  }

  @Test func whatIsSameFarFromChangesIsNotShown() {
    let words = (0..<100).map { "w\($0)" }
    let before = words.joined(separator: " ")
    let after = (words[..<50] + ["new"] + words[50...]).joined(separator: " ")
    let shown = text(TextDifference(before, after))
    #expect(
      shown.contains("w49 {+new +}w50") && shown.count < 120 && !shown.contains("  "), "\(shown)")
  }

  /// But for white space that became other white space, byte by byte.
  @Test(arguments: 0..<40) func bothTextsCanBeMadeOfIt(seed: UInt64) {
    var random = Generator(state: seed)
    func make() -> String {
      (0..<Int.random(in: 0..<12, using: &random)).map { _ in
        ["a", "b", " ", "<", "é", "e\u{301}", "ab", "7"].randomElement(using: &random) ?? ""
      }.joined()
    }
    func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }
    for _ in 0..<10 {
      let (before, after) = (make(), make())
      let runs = TextDifference(before, after)?.runs ?? []
      let old = runs.filter { $0.kind != .added }.flatMap(\.pieces).joined()
      #expect(words(old) == words(before), "\(before) to \(after)")
      let new = runs.filter { $0.kind != .removed }.flatMap(\.pieces).joined()
      #expect(Array(new.utf8) == Array(after.utf8), "\(before) to \(after)")
    }
  }

  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    /// splitmix64.
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
      return value ^ value >> 31
    }
  }

  /// Pieces that all differ take longest.
  @Test(arguments: [(1400, true), (1600, false)])
  func textsThatDifferInTooMuchAreNotCompared(words: Int, isCompared: Bool) {
    let before = (0..<words).map { "a\($0)" }.joined(separator: "-")
    let after = (0..<words).map { "b\($0)" }.joined(separator: "+")
    #expect((TextDifference(before, after) != nil) == isCompared)
    #expect(TextDifference("same \(before) x", "same \(before) y") != nil)
  }
}

struct ParagraphTests {
  @Test func breaksBetweenPiecesWhereTheWidthEnds() {
    var paragraph = Paragraph(indent: 2, width: 10)
    paragraph.append(words: "one two three\nfour seventeenletters end")
    #expect(paragraph.text == "  one two \n  three\n  four \n  seventeenletters\n  end")
  }

  @Test func linesHangBelowTheFirst() {
    var paragraph = Paragraph(indent: 1, hanging: 2, width: 10)
    paragraph.append(words: "one two three")
    #expect(paragraph.text == " one two \n   three")
  }

  @Test func controlCharactersAreShownAndNotSent() {
    var paragraph = Paragraph(indent: 0, width: .max)
    paragraph.append(words: "a\u{1B}[31mb\u{7}\u{9B}c")
    #expect(paragraph.text == "a\\u{1b}[31mb\\u{7}\\u{9b}c")
  }
}
