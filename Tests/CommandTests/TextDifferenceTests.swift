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
    #expect(shown.contains("w49 {+new +}w50") && shown.count < 120, "\(shown)")
  }

  @Test func bothTextsCanBeMadeOfIt() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      func make() -> String {
        (0..<Int.random(in: 0..<12, using: &random)).map { _ in
          ["a", "b", " ", "<", "é", "ab", "7"].randomElement(using: &random) ?? ""
        }.joined()
      }
      let (before, after) = (make(), make())
      let runs = TextDifference(before, after)?.runs ?? []
      let old = runs.filter { $0.kind != .added }.flatMap(\.pieces).joined()
      // Of white space that became other white space the new one is told.
      func words(_ text: String) -> [Substring] {
        text.split(separator: " ", omittingEmptySubsequences: true)
      }
      #expect(words(old) == words(before))
      #expect(runs.filter { $0.kind != .removed }.flatMap(\.pieces).joined() == after)
    }
  }

  @Test func textsThatDifferInTooMuchAreNotCompared() {
    let (before, after) = (
      String(repeating: "a ", count: 30_000), String(repeating: "b ", count: 30_000)
    )
    #expect(TextDifference(before, after) == nil)
    #expect(TextDifference(before + "x", before + "y") != nil)
  }
}

struct ParagraphTests {
  @Test func breaksBetweenPiecesWhereTheWidthEnds() {
    var paragraph = Paragraph(indent: 2, width: 10)
    paragraph.append(words: "one two three\nfour seventeenletters end")
    #expect(paragraph.text == "  one two \n  three\n  four \n  seventeenletters\n  end")
  }

  @Test func controlCharactersAreShownAndNotSent() {
    var paragraph = Paragraph(indent: 0, width: .max)
    paragraph.append(words: "a\u{1B}[31mb\u{7}\u{9B}c")
    #expect(paragraph.text == "a\\u{1b}[31mb\\u{7}\\u{9b}c")
  }
}
