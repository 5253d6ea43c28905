import Testing

@testable import Tokenization

/// The pieces that each family cuts a text into.
struct PreTokenizerTests {
  static func pieces(_ text: [UInt8], _ kind: Tokenizer.Kind) -> [[UInt8]] {
    text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      let scanner = PreTokenizer(text: base, count: buffer.count, kind: kind)
      var pieces: [[UInt8]] = []
      var position = 0
      while position < text.count {
        let end = scanner.endOfPiece(from: position)
        pieces.append(Array(text[position..<end]))
        position = end
      }
      return pieces
    }
  }

  static func pieces(_ text: String, _ kind: Tokenizer.Kind) -> [String] {
    pieces(Array(text.utf8), kind).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("Hello world", ["Hello", " world"]),
      ("I'll don'T x'reY", ["I", "'ll", " don", "'T", " x", "'re", "Y"]),
      ("it'ſ 'sa", ["it", "'ſ", " '", "sa"]),
      ("12345 67", ["123", "45", " ", "67"]),
      ("a  b   c", ["a", " ", " b", "  ", " c"]),
      ("a \n b\n\n  c", ["a", " \n", " b", "\n\n", " ", " c"]),
      ("end \n  ", ["end", " \n", "  "]),
      ("x!?\r\n\ny", ["x", "!?\r\n\n", "y"]),
      ("\tx\u{A0}y $5", ["\tx", "\u{A0}y", " $", "5"]),
      ("e\u{301}a \u{301}b", ["e", "\u{301}a", " \u{301}", "b"]),
      ("Ⅷ½x²", ["Ⅷ½", "x", "²"]),
      ("日本語、テスト", ["日本語", "、テスト"]),
      ("👍🏽ok 👍", ["👍🏽", "ok", " 👍"]),
      ("a\u{2028}\u{3000}b", ["a", "\u{2028}", "\u{3000}b"]),
    ])
  func llama3(text: String, pieces: [String]) {
    #expect(Self.pieces(text, .llama3) == pieces)
  }

  @Test(
    arguments: [
      // Unlike Llama 3: spaces that end the text are one piece.
      ("end \n  ", ["end", " \n  "]),
      ("a \n b", ["a", " \n", " b"]),
      ("it'ſ 'LLx 1234", ["it", "'ſ", " '", "LLx", " ", "123", "4"]),
    ])
  func gpt4(text: String, pieces: [String]) {
    #expect(Self.pieces(text, .gpt4) == pieces)
  }

  @Test(
    arguments: [
      ("HelloWorld HTMLParser", ["Hello", "World", " HTMLParser"]),
      ("don'T I'LLx", ["don'T", " I'LL", "x"]),
      ("ABC'sx ABCd", ["ABC's", "x", " ABCd"]),
      // Back to the last letter without case, as no lower case follows.
      ("ABʰCD", ["ABʰ", "CD"]),
      ("A\u{301}BC", ["A\u{301}", "BC"]),
      ("日本ABC", ["日本", "ABC"]),
      ("日本ABc", ["日本ABc"]),
      // A mark leads a word, unless nothing but upper case follows: then it is a word itself.
      ("\u{301}abc", ["\u{301}abc"]),
      ("\u{301}ABC", ["\u{301}", "ABC"]),
      ("!\u{301}\u{301}x", ["!\u{301}\u{301}x"]),
      ("..\u{301}x", ["..\u{301}", "x"]),
      ("//\n/x", ["//\n/", "x"]),
      (" \n1234  x", [" \n", "123", "4", " ", " x"]),
      ("ǅaǅB", ["ǅa", "ǅB"]),
      ("it'ſ", ["it'ſ"]),
    ])
  func gpt4o(text: String, pieces: [String]) {
    #expect(Self.pieces(text, .gpt4o) == pieces)
  }

  @Test(arguments: [("12345", ["1", "2", "3", "4", "5"]), ("a 1\n", ["a", " ", "1", "\n"])])
  func qwen2(text: String, pieces: [String]) {
    #expect(Self.pieces(text, .qwen2) == pieces)
  }

  @Test(
    arguments: [
      ("don't DON'T", ["don", "'t", " DON", "'", "T"]),
      ("a 12345 !!\n\n b", ["a", " 12345", " !!", "\n\n", " b"]),
      ("a\n\nb \u{A0}c", ["a", "\n", "\n", "b", " ", "\u{A0}", "c"]),
    ])
  func gpt2(text: String, pieces: [String]) {
    #expect(Self.pieces(text, .gpt2) == pieces)
  }

  @Test(
    "Ill-formed bytes are symbols", arguments: Tokenizer.Kind.allCases)
  func illFormed(kind: Tokenizer.Kind) {
    // A lone continuation, an overlong slash, a surrogate, beyond U+10FFFF, a cut character.
    let bad: [[UInt8]] = [
      [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE6, 0x97],
    ]
    for bytes in bad {
      #expect(Self.pieces([0x31] + bytes + [0x31], kind) == [[0x31], bytes, [0x31]])
    }
  }

  @Test("A class for every scalar", arguments: [("A", 1), ("é", 2), ("日", 4), ("\u{301}", 8)])
  func classes(text: Unicode.Scalar, raw: UInt8) {
    #expect(CharacterClassTable.shared.ofScalar[Int(text.value)].rawValue == raw)
  }
}
