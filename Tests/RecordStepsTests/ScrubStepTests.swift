import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps
@testable import Tokenization

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

  /// Whatever stands between two words, among them all that separates.
  @Test func agreesForEveryCharacter() throws {
    for scalar in (0...0x3020).compactMap(Unicode.Scalar.init) {
      let text = "word\(scalar)1234\(scalar)"
      #expect(try scrubbed(text) == Self.oneByOne(text), "\(text.debugDescription)")
    }
  }

  private func scrubbed(_ text: String) throws -> String {
    var result: [UInt8] = []
    try makeStep(ScrubStep.self).scrub(Array(text.utf8), into: &result)
    return result.text
  }

  /// Python's `\s`, brackets, colon and quotation mark.
  private static let separators: Set<Unicode.Scalar> = {
    let ranges: [ClosedRange<UInt32>] = [
      0x09...0x0D, 0x1C...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A,
      0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
    ]
    return Set(ranges.joined().compactMap(Unicode.Scalar.init)).union("[]{}【】:\"".unicodeScalars)
  }()

  private static func oneByOne(_ text: String) -> String {
    let separators = separators
    var result = text.unicodeScalars.split { separators.contains($0) }.map(String.init)
      .joined(separator: " ")
    for (pattern, replacement) in [(" ,", ","), (",,,", ","), (",,", ",")] {
      var bytes = Array(result.utf8)
      bytes.replace(Array(pattern.utf8), with: Array(replacement.utf8))
      result = bytes.text
    }
    return result.split(separator: " ", omittingEmptySubsequences: false).filter { word in
      word.unicodeScalars.count < 7
        || !word.unicodeScalars.contains { "1234²".unicodeScalars.contains($0) }
    }.joined(separator: " ")
  }
}
