import Testing

@testable import Curation

struct ScrubStepTests {
  @Test(arguments: [
    ("", ""), ("  a \t\r\n b  ", "a b"), ("a: [b] \"{c}\"【d】", "a b c d"),
    ("a , b", "a, b"), ("a ,, b ,,, c ,,,, d ,,,,, e", "a, b, c, d,, e"), ("a , , b", "a, b"),
    (" , a", ", a"), ("a ,", "a,"), ("a\u{2028}b\u{A0}c\u{3000}d\u{85}e\u{1C}f", "a b c d e f"),
    ("a\u{FEFF}b\u{200B}c", "a\u{FEFF}b\u{200B}c"),
    ("WH1234X", ""), ("part WH1234X fits", "part fits"), ("WH1234X fits", "fits"),
    ("fits WH1234X", "fits"), ("WH1234 stays", "WH1234 stays"), ("abcdefg stays", "abcdefg stays"),
    ("WH1234,, gone", "gone"), ("12345,, x", "12345, x"), ("éééééé² x", "x"),
    ("ééééé² x", "ééééé² x"),
    ("Ⅷlonger½ stays", "Ⅷlonger½ stays"),
  ])
  func scrubs(text: String, result: String) throws {
    #expect(try scrubbed(text) == result)
  }

  /// The rules one after the other, as the course has them.
  @Test func agreesWithTheRulesOneByOne() throws {
    var random = SeededGenerator(state: 1)
    let alphabet = Array(" ,,,  ab12:[\u{A0}é²\u{2028}.")
    for _ in 0..<3000 {
      let text = String(
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? "a"
        })
      #expect(try scrubbed(text) == Self.oneByOne(text), "\(text.debugDescription)")
    }
  }

  private func scrubbed(_ text: String) throws -> String {
    var result: [UInt8] = []
    try makeStep(ScrubStep.self).scrub(Array(text.utf8), into: &result)
    return result.text
  }

  private static func oneByOne(_ text: String) -> String {
    let separators = " :[\u{A0}\u{2028}".unicodeScalars
    var result = text.unicodeScalars.split { separators.contains($0) }.map(String.init)
      .joined(separator: " ")
    for (pattern, replacement) in [(" ,", ","), (",,,", ","), (",,", ",")] {
      var bytes = Array(result.utf8)
      bytes.replace(Array(pattern.utf8), with: Array(replacement.utf8))
      result = bytes.text
    }
    return result.split(separator: " ", omittingEmptySubsequences: false).filter { word in
      word.unicodeScalars.count < 7
        || !word.unicodeScalars.contains { "12²".unicodeScalars.contains($0) }
    }.joined(separator: " ")
  }
}
