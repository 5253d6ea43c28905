import Foundation
import Testing

@testable import Tokenization

struct HuggingFaceFileTests {
  private static func tokenizer(_ contents: Data) throws -> Tokenizer {
    try withFile(contents) { try Tokenizer(contentsOf: $0) }
  }

  private func error(
    _ contents: Data, kind: Tokenizer.Kind? = nil
  ) throws -> TokenizerError? {
    try withFile(contents) { path in
      #expect(throws: TokenizerError.self) { try Tokenizer(contentsOf: path, kind: kind) }
    }
  }

  /// Text that is JSON, as the values that `JSONSerialization` has.
  private func value(_ json: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
  }

  @Test func mergesByTheList() throws {
    let vocabulary = SampleVocabulary(words: ["ab", "bc", "abc", "cd"])
    // "abc" is made of "a" and "bc" only, and "bc" after "ab": merging never reaches it.
    let splits = ["abc": ["a", "bc"], "ab": ["a", "b"], "bc": ["b", "c"], "cd": ["c", "d"]]
    let tokenizer = try Self.tokenizer(vocabulary.huggingFace(splits: splits))
    #expect(tokenizer.kind == .llama3)
    #expect(tokenizer.vocabularySize == 260)
    #expect(tokenizer.words("abc abcd bcd") == ["ab", "c", " ", "ab", "cd", " ", "bc", "d"])
    let ignoring = try Self.tokenizer(
      vocabulary.huggingFace(splits: splits, ignoresMerges: true))
    #expect(ignoring.words("abc abcd bcd") == ["abc", " ", "ab", "cd", " ", "bc", "d"])
  }

  @Test func mergesAsPairsOrStrings() throws {
    let vocabulary = SampleVocabulary()
    let pairs = try vocabulary.huggingFace()
    var file = try #require(JSONSerialization.jsonObject(with: pairs) as? [String: Any])
    var model = try #require(file["model"] as? [String: Any])
    let merges = try #require(model["merges"] as? [[String]])
    model["merges"] = merges.map { $0.joined(separator: " ") }
    file["model"] = model
    let strings = try JSONSerialization.data(withJSONObject: file)
    let text = "the thing in the 日本 abab is é, we'll 12 "
    let tokens = try Self.tokenizer(pairs).encode(text)
    #expect(try Self.tokenizer(strings).encode(text) == tokens)
    #expect(tokens.count < text.utf8.count)
  }

  @Test func addedTokens() throws {
    let added = #"[{"id": 256, "content": "th"}, {"id": 300, "content": "<|end|>"}]"#
    let vocabulary = SampleVocabulary(words: ["th", "he"])
    let tokenizer = try Self.tokenizer(
      vocabulary.huggingFace(changes: ["added_tokens": value(added)]))
    #expect(tokenizer.vocabularySize == 257)
    #expect(tokenizer.addedTokenCount == 2)
    #expect(tokenizer.words("<|end|>").count == 7)
    #expect(tokenizer.bytes([300, 256, 299]) == Array("<|end|>th".utf8))
  }

  @Test func normalizes() throws {
    let file = try SampleVocabulary().huggingFace(
      changes: ["normalizer": value(#"{"type": "Sequence", "normalizers": [{"type": "NFC"}]}"#)])
    #expect(try Self.tokenizer(file).words("e\u{301}e") == ["é", "e"])
    #expect(try Self.tokenizer(SampleVocabulary().huggingFace()).words("e\u{301}").count == 3)
  }

  @Test(
    "What would change tokens is refused by name",
    arguments: [
      ("normalizer", #"{"type": "NFKC"}"#, "NFKC"),
      ("normalizer", #"{"type": "Sequence", "normalizers": [{"type": "Lowercase"}]}"#, "Lowercase"),
      ("pre_tokenizer", #"{"type": "Whitespace"}"#, "Whitespace"),
      ("pre_tokenizer", #"{"type": "ByteLevel", "use_regex": true}"#, "add_prefix_space"),
      ("pre_tokenizer", #"{"type": "ByteLevel", "add_prefix_space": true}"#, "add_prefix_space"),
      ("pre_tokenizer", "null", "Split"),
      ("decoder", #"{"type": "WordPiece"}"#, "WordPiece"),
      ("post_processor", #"{"type": "Other"}"#, "Other"),
      ("truncation", #"{"max_length": 5}"#, "truncation"),
      ("padding", #"{"strategy": "Fixed"}"#, "padding"),
      ("surprise", "1", "surprise"),
    ])
  func unsupported(name: String, json: String, message: String) throws {
    let error = try error(SampleVocabulary().huggingFace(changes: [name: value(json)]))
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains(message) == true)
  }

  @Test(
    arguments: [
      ("Regex", #"\p{L}+"#, "Isolated", false), ("String", " ", "Isolated", false),
      ("Regex", Tokenizer.Kind.llama3.patterns[0], "Removed", false),
      ("Regex", Tokenizer.Kind.llama3.patterns[0], "Isolated", true),
    ])
  func unsupportedSplit(name: String, pattern: String, behavior: String, invert: Bool) throws {
    let split: [String: Any] = [
      "type": "Split", "pattern": [name: pattern], "behavior": behavior, "invert": invert,
    ]
    let byteLevel: [String: Any] = [
      "type": "ByteLevel", "add_prefix_space": false, "use_regex": false,
    ]
    let steps: [String: Any] = ["type": "Sequence", "pretokenizers": [split, byteLevel]]
    let error = try error(SampleVocabulary().huggingFace(changes: ["pre_tokenizer": steps]))
    #expect(error?.code == .unsupported)
  }

  @Test(
    "So is what the model asks for",
    arguments: [
      ("type", #""WordPiece""#), ("dropout", "0.1"), ("byte_fallback", "true"),
      ("continuing_subword_prefix", ###""##""###), ("end_of_word_suffix", #""</w>""#),
      ("surprise", "1"),
    ])
  func unsupportedModel(name: String, json: String) throws {
    let error = try error(SampleVocabulary().huggingFace(modelChanges: [name: value(json)]))
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains(name == "type" ? "WordPiece" : name) == true)
  }

  @Test(
    arguments: [
      ("vocab", "[]"), ("vocab", "{}"), ("vocab", #"{"a": -1}"#), ("vocab", #"{"a": 1.5}"#),
      ("vocab", #"{"a": 99999999999}"#), ("vocab", #"{"a": 1, "b": 1}"#), ("vocab", #"{"a": 0}"#),
      ("merges", "{}"), ("merges", #"["a"]"#), ("merges", #"["a b c"]"#), ("merges", #"["a  b"]"#),
      ("merges", #"[["a"]]"#), ("merges", #"[["a", "b", "c"]]"#), ("merges", "[1]"),
      ("merges", #"[["t", 1]]"#), ("merges", #"["x y"]"#), ("merges", #"["日 本"]"#),
      ("merges", #"["t h", "t h"]"#), ("merges", #"[" th"]"#), ("merges", "null"),
    ])
  func malformed(name: String, json: String) throws {
    let error = try error(SampleVocabulary().huggingFace(modelChanges: [name: value(json)]))
    #expect(error?.code == .malformed)
  }

  @Test(
    arguments: [
      ("{", TokenizerError.Code.malformed), (#"{"model": "#, .malformed),
      ("{\"\u{0}\": 1}", .malformed),
      ("{}", .notATokenizer), (#"{"model": []}"#, .notATokenizer), ("[1]", .notATokenizer),
    ])
  func noTokenizer(contents: String, code: TokenizerError.Code) throws {
    #expect(try error(Data(contents.utf8))?.code == code)
  }

  @Test func notUTF8() throws {
    #expect(try error(Data([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]))?.code == .malformed)
  }

  @Test func anotherKind() throws {
    let file = try SampleVocabulary().huggingFace()
    let same = try withFile(file) { try Tokenizer(contentsOf: $0, kind: .llama3) }
    #expect(same.kind == .llama3)
    #expect(try error(file, kind: .gpt4)?.code == .unsupported)
  }
}
