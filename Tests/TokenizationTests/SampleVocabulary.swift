import Foundation

@testable import Tokenization

/// A small vocabulary: the 256 bytes, then `words`. Written in either format to a temporary file.
struct SampleVocabulary {
  var words = [
    "th", "he", "in", " t", "the", "ing", " the", " a", "ab", "abab", "12", "  ", "\n\n", "é", "日",
    "日本", "aa", "aaaa", "b ", "ll", "'ll", "'l",
  ]

  var tokens: [[UInt8]] { (0...255).map { [$0] } + words.map { Array($0.utf8) } }

  var tiktokenLines: [String] {
    tokens.enumerated().map { "\(Data($1).base64EncodedString()) \($0)" }
  }

  /// The file's text, every word with one merge: of the two parts that it has in `splits`, or of any
  /// two tokens that make it.
  func huggingFace(
    splits: [String: [String]] = [:], ignoresMerges: Bool = false, changes: [String: Any] = [:],
    modelChanges: [String: Any] = [:]
  ) throws -> Data {
    var vocabulary: [String: Int] = [:]
    var merges: [[String]] = []
    for (number, token) in tokens.enumerated() {
      vocabulary[Self.spelled(token)] = number
      guard number > 255 else { continue }
      let word = words[number - 256]
      if let parts = splits[word] {
        if !parts.isEmpty { merges.append(parts.map { Self.spelled(Array($0.utf8)) }) }
      } else if let end = (1..<token.count).last(where: {
        tokens.contains(Array(token[..<$0])) && tokens.contains(Array(token[$0...]))
      }) {
        merges.append([Self.spelled(Array(token[..<end])), Self.spelled(Array(token[end...]))])
      }
    }
    var model: [String: Any] = [
      "type": "BPE", "vocab": vocabulary, "merges": merges, "ignore_merges": ignoresMerges,
    ]
    model.merge(modelChanges) { $1 }
    let split: [String: Any] = [
      "type": "Split", "pattern": ["Regex": Tokenizer.Kind.llama3.patterns[0]],
      "behavior": "Isolated", "invert": false,
    ]
    let byteLevel: [String: Any] = [
      "type": "ByteLevel", "add_prefix_space": false, "use_regex": false,
    ]
    var file: [String: Any] = [
      "version": "1.0", "model": model,
      "pre_tokenizer": ["type": "Sequence", "pretokenizers": [split, byteLevel]],
    ]
    file.merge(changes) { $1 }
    return try JSONSerialization.data(withJSONObject: file)
  }

  /// GPT-2's spelling of bytes.
  static func spelled(_ bytes: [UInt8]) -> String {
    let printable = [0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF] as [ClosedRange<UInt8>]
    let others = (UInt8.min...UInt8.max).filter { byte in
      !printable.contains { $0.contains(byte) }
    }
    return String(
      String.UnicodeScalarView(
        bytes.map { byte in
          let other = others.firstIndex(of: byte)
          return Unicode.Scalar(UInt32(other.map { 0x100 + $0 } ?? Int(byte)))!
        }))
  }
}

/// Calls `body` with the path of a file that has these contents, and is gone afterwards.
func withFile<Result>(_ contents: Data, _ body: (String) throws -> Result) throws -> Result {
  let file = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
  try contents.write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  return try body(file.path)
}

func withFile<Result>(_ contents: String, _ body: (String) throws -> Result) throws -> Result {
  try withFile(Data(contents.utf8), body)
}

extension Tokenizer {
  /// The tokenizer of the sample, from a tiktoken file.
  static func sample(
    _ kind: Kind = .llama3, _ vocabulary: SampleVocabulary = SampleVocabulary()
  ) throws -> Tokenizer {
    try withFile(vocabulary.tiktokenLines.joined(separator: "\n")) {
      try Tokenizer(contentsOf: $0, kind: kind)
    }
  }

  func tokens(_ bytes: [UInt8], limit: Int = .max) -> [UInt32] {
    var tokens: [UInt32] = []
    encode(bytes.span, limit: limit, into: &tokens)
    return tokens
  }

  func bytes(_ tokens: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = []
    decode(tokens.span, into: &bytes)
    return bytes
  }

  /// The tokens' texts, which is easier to read than numbers.
  func words(_ text: String) -> [String] {
    encode(text).map { String(decoding: bytes(of: $0), as: UTF8.self) }
  }
}

/// Numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {  // SplitMix64
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// Random bytes, or words and random characters.
func randomText(_ generator: inout SeededGenerator) -> [UInt8] {
  let count = Int.random(in: 0...40, using: &generator)
  if Bool.random(using: &generator) {
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
  let words = SampleVocabulary().words
  return (0..<count).flatMap { _ in
    if Bool.random(using: &generator) {
      return Array((words.randomElement(using: &generator) ?? "").utf8)
    }
    let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &generator))
    return Array(String(Character(scalar ?? " ")).utf8)
  }
}
