import Testing

@testable import Tokenization

struct WordMemoryTests {
  @Test("What is remembered changes no token", arguments: Tokenizer.Kind.allCases)
  func changesNothing(kind: Tokenizer.Kind) throws {
    let tokenizer = try Tokenizer.sample(kind)
    var generator = SeededGenerator(state: 5)
    let texts = (0..<40).map { _ in randomText(&generator) + Array(" the thing of the thing".utf8) }
    var memory = TokenCache()
    for text in texts + texts {
      for limit in [Int.max, 3] {
        var encoded = EncodedText()
        encoded.text = text
        tokenizer.encode(&encoded, limit: limit, with: &memory)
        #expect(encoded.tokens == tokenizer.tokens(text, limit: limit))
      }
    }
  }

  /// Words of the same first bytes, of every length, among them those that are too long.
  @Test func tellsWordsApart() throws {
    let tokenizer = try Tokenizer.sample()
    var memory = TokenCache()
    for _ in 0..<2 {
      for count in 1...40 {
        let text =
          Array(String(repeating: "th", count: count).utf8.prefix(count))
          + Array(" end of the text".utf8)
        var encoded = EncodedText()
        encoded.text = text
        tokenizer.encode(&encoded, with: &memory)
        #expect(encoded.tokens == tokenizer.tokens(text))
      }
    }
  }
}
