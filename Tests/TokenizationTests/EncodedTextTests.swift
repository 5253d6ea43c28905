import Testing

@testable import Tokenization

struct EncodedTextTests {
  /// Texts of words that agree in front, differ somewhere, and stand between other words.
  @Test("Counting by what is known is counting", arguments: Tokenizer.Kind.allCases)
  func countsAsEncodingDoes(kind: Tokenizer.Kind) throws {
    let tokenizer = try Tokenizer.sample(kind)
    var generator = SeededGenerator(state: 6)
    let words = [
      "the", " thing", " the", " a", "  b", ". The", "'s", " é", "\n", "12", " ab's", "\u{301}",
    ]
    func text(_ count: Int) -> [UInt8] {
      (0..<count).flatMap { _ in Array((words.randomElement(using: &generator) ?? "").utf8) }
    }
    var memory = TokenCache()
    for _ in 0..<500 {
      var encoded = EncodedText()
      encoded.text = text(30)
      tokenizer.encode(&encoded, limit: Int.random(in: 0...60, using: &generator), with: &memory)
      var decoded: [UInt8] = []
      tokenizer.decode(encoded, into: &decoded)
      #expect(decoded == tokenizer.bytes(encoded.tokens))
      let head = text(2)
      let kept = encoded.text.prefix(Int.random(in: 0...encoded.text.count, using: &generator))
      let whole = head + kept + text(3)
      let count = tokenizer.count(of: whole, from: head.count, knowing: encoded, with: &memory)
      #expect(count == tokenizer.tokens(whole).count, "\(encoded.text) in \(whole)")
    }
  }
}
