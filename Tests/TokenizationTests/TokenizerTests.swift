import Foundation
import Testing

@testable import Tokenization

struct TokenizerTests {
  @Test(
    arguments: [
      ("the thing", ["the", " ", "th", "ing"]),
      ("日本 the é", ["日本", " the", " ", "é"]),
      ("abababab", ["abab", "abab"]),
      ("aaaaaaa", ["aaaa", "aa", "a"]),
      ("we'll", ["w", "e", "'ll"]),
      ("", []),
    ])
  func encodes(text: String, words: [String]) throws {
    #expect(try Tokenizer.sample().words(text) == words)
  }

  @Test func describesItself() throws {
    let tokenizer = try withFile(SampleVocabulary().tiktokenLines.joined(separator: "\n")) {
      try Tokenizer(contentsOf: $0, kind: .gpt4)
    }
    #expect(tokenizer.kind == .gpt4)
    #expect(tokenizer.vocabularySize == 256 + SampleVocabulary().words.count)
    #expect(tokenizer.addedTokenCount == 0)
    #expect(tokenizer.sha256.count == 64)
    #expect(Set(Tokenizer.Kind.allCases.map(\.description)).count == Tokenizer.Kind.allCases.count)
  }

  @Test func sha256IsOfTheFile() throws {
    let text = "not a tokenizer"
    let sum = try withFile(text) { try FileContents(path: $0).sha256() }
    // From sha256sum.
    #expect(
      sum == "c039a234d550c83e31bc5f161841143df13124c19b2e2b801d806d89561cefc4")
  }

  @Test func appendsToWhatIsThere() throws {
    let tokenizer = try Tokenizer.sample()
    var tokens: [UInt32] = [7]
    tokenizer.encode(Array("the".utf8).span, into: &tokens)
    #expect(tokens.count == 2 && tokens[0] == 7)
    var bytes: [UInt8] = [7]
    let decoded = Array(tokens[1...])
    tokenizer.decode(decoded.span, into: &bytes)
    #expect(bytes == [7] + Array("the".utf8))
  }

  @Test func numbersOfNoTokenHaveNoBytes() throws {
    let tokenizer = try Tokenizer.sample()
    let number = UInt32(tokenizer.vocabularySize)
    #expect(tokenizer.bytes([number, .max, 65]) == [65])
    #expect(tokenizer.bytes(of: number).isEmpty && tokenizer.bytes(of: .max).isEmpty)
    #expect(Array(tokenizer.bytes(of: 256)) == Array("th".utf8))
  }

  @Test("A limit gives the first tokens of all", arguments: Tokenizer.Kind.allCases)
  func limit(kind: Tokenizer.Kind) throws {
    let tokenizer = try Tokenizer.sample(kind)
    var generator = SeededGenerator(state: 1)
    for _ in 0..<50 {
      let text = randomText(&generator)
      let all = tokenizer.tokens(text)
      for limit in [0, 1, 2, 5, all.count - 1, all.count, all.count + 1] where limit >= 0 {
        #expect(tokenizer.tokens(text, limit: limit) == Array(all.prefix(limit)))
      }
    }
    #expect(tokenizer.tokens([65], limit: -1).isEmpty)
  }

  @Test("Decoding gives back any bytes", arguments: Tokenizer.Kind.allCases)
  func roundTrip(kind: Tokenizer.Kind) throws {
    let tokenizer = try Tokenizer.sample(kind)
    var generator = SeededGenerator(state: 2)
    for _ in 0..<200 {
      let text = randomText(&generator)
      // Qwen's text is in form C.
      let expected =
        kind == .qwen2
        ? text.withUnsafeBufferPointer { Normalization.formC.normalized($0) } ?? text : text
      #expect(tokenizer.bytes(tokenizer.tokens(text)) == expected)
    }
  }

  @Test("Merging a piece is what the definition says", arguments: [8, 60, 64, 65, 255, 256, 700])
  func mergesAsDefined(longest: Int) throws {
    let vocabulary = SampleVocabulary(words: [
      "ab", "ba", "aa", "abc", "cab", "bb", "aab", "abab", "cc", "bcc", "aaaa", "abcabc", "ca",
    ])
    let tokenizer = try Tokenizer.sample(.llama3, vocabulary)
    let ranks = Dictionary(uniqueKeysWithValues: zip(vocabulary.tokens, 0...))
    var generator = SeededGenerator(state: UInt64(longest))
    for _ in 0..<20 {
      let count = Int.random(in: longest / 2...longest, using: &generator)
      let word = (0..<count).map { _ in UInt8.random(in: 0x61...0x63, using: &generator) }
      #expect(tokenizer.tokens(word) == merged(word, ranks).map { UInt32($0) })
    }
  }

  /// Of all neighbours that together are a token, the leftmost of the lowest rank, again and again.
  private func merged(_ word: [UInt8], _ ranks: [[UInt8]: Int]) -> [Int] {
    if let rank = ranks[word] { return [rank] }
    var parts = word.map { [$0] }
    while parts.count > 1 {
      let pairs = zip(parts, parts.dropFirst()).map { ranks[$0 + $1] ?? .max }
      guard let first = pairs.min(), first < .max, let index = pairs.firstIndex(of: first) else {
        break
      }
      parts[index] += parts.remove(at: index + 1)
    }
    return parts.compactMap { ranks[$0] }
  }

  @Test func wordOfAMegabyte() throws {
    let tokenizer = try Tokenizer.sample()
    let word = Array(repeating: Array("ab".utf8), count: 1 << 19).flatMap { $0 }
    let tokens = tokenizer.tokens(word)
    let abab = UInt32(256 + SampleVocabulary().words.firstIndex(of: "abab")!)
    #expect(tokens == Array(repeating: abab, count: 1 << 18))
  }

  @Test func manyThreadsAtOnce() async throws {
    let tokenizer = try Tokenizer.sample(.gpt4o)
    let text = Array("The thing in the 日本 is 12345, isn't it?\n\n".utf8)
    let expected = tokenizer.tokens(text)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<100).allSatisfy { _ in tokenizer.tokens(text) == expected } }
      }
      for await isSame in group { #expect(isSame) }
    }
  }
}
