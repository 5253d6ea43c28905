import Foundation
import Testing

@testable import Tokenization

/// Compares with tiktoken and Hugging Face's tokenizers on texts of every script.
///
/// Both have the classes of Unicode 16.0 for every code point, as this library has, so that texts
/// need not be restricted to what was assigned in an older version, but for normalization.
@Suite(.enabled(if: Reference.isAvailable, "scripts/test-environment has not been run"))
struct ReferenceTests {
  static let models: [(kind: Tokenizer.Kind, file: String)] = [
    (.llama3, "llama3.model"), (.gpt4, "cl100k_base.tiktoken"), (.gpt4o, "o200k_base.tiktoken"),
    // With another vocabulary: its own is not in any package.
    (.gpt2, "cl100k_base.tiktoken"), (.qwen2, "qwen.tiktoken"),
  ]

  @Test(arguments: models)
  func tiktoken(kind: Tokenizer.Kind, file: String) throws {
    let reference = try Reference()
    let model = Reference.tokenizers.appending(component: file).path
    try reference.run("tiktoken", model, kind.rawValue, reference.texts, reference.tokens)
    // A published file is known for what it is.
    let tokenizer = try Tokenizer(contentsOf: model, kind: kind == .gpt2 ? .gpt2 : nil)
    #expect(tokenizer.kind == kind)
    try reference.expectSame(tokenizer)
  }

  @Test(
    arguments: [
      (Tokenizer.Kind.llama3, "llama3.model", ["whole", "every", "single"]),
      (.gpt4o, "cl100k_base.tiktoken", ["single"]), (.gpt2, "cl100k_base.tiktoken", ["single"]),
      (.qwen2, "qwen.tiktoken", ["every"]),
    ])
  func huggingFace(kind: Tokenizer.Kind, file: String, variants: [String]) throws {
    // The tables of tokenizers' normalization are those of an older version.
    let reference = try Reference(unicode: kind == .qwen2 ? "3.2" : "16.0")
    let model = Reference.tokenizers.appending(component: file).path
    let json = reference.folder.appending(component: "tokenizer.json").path
    for variant in variants {
      try reference.run(
        "huggingface", model, kind.rawValue, variant, reference.texts, reference.tokens, json)
      let tokenizer = try Tokenizer(contentsOf: json)
      #expect(tokenizer.kind == kind)
      #expect(tokenizer.addedTokenCount == 1)
      try reference.expectSame(tokenizer)
    }
  }

  @Test func normalization() throws {
    let reference = try Reference()
    let normalized = reference.folder.appending(component: "normalized").path
    try reference.run("normalized", reference.texts, normalized)
    let texts = try Reference.records(reference.texts)
    for (text, expected) in zip(texts, try Reference.records(normalized)) {
      let result = text.withUnsafeBufferPointer { Normalization.formC.normalized($0) } ?? text
      #expect(result == expected)
    }
  }

  @Test(.enabled(if: Reference.hasCourse, "../shared is not there"))
  func tokenCountsOfTheCourse() throws {
    let reference = try Reference()
    try reference.run("course", Reference.course.path, reference.texts, reference.tokens)
    let model = Reference.tokenizers.appending(component: "llama3.model").path
    let tokenizer = try Tokenizer(contentsOf: model)
    let texts = try Reference.records(reference.texts)
    let counts = try Reference.tokens(reference.tokens)
    #expect(texts.count == 7064)
    for (text, count) in zip(texts, counts) {
      // The beginning of a sequence is the course's, and no token of the text.
      #expect([UInt32(tokenizer.tokens(text).count)] == count)
    }
  }
}

/// A folder with texts, and the script that says what other tokenizers make of them.
final class Reference {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  private static let repository = tests.deletingLastPathComponent().deletingLastPathComponent()
  private static let python = repository.appending(path: ".venv-tests/bin/python")
  static let tokenizers = repository.appending(component: "tokenizers")
  static let course = repository.deletingLastPathComponent()
    .appending(path: "shared/data/reference/course_items.jsonl.gz")

  static var hasCourse: Bool { FileManager.default.fileExists(atPath: course.path) }
  static var isAvailable: Bool {
    let files = [
      ".venv-tests/requirements.txt", "tokenizers/llama3.model", "tokenizers/qwen.tiktoken",
      "tokenizers/cl100k_base.tiktoken", "tokenizers/o200k_base.tiktoken",
    ]
    return files.allSatisfy {
      FileManager.default.fileExists(atPath: repository.appending(path: $0).path)
    }
  }

  let folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
  var texts: String { folder.appending(component: "texts").path }
  var tokens: String { folder.appending(component: "tokens").path }

  init(unicode version: String = "16.0") throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try run("texts", "16", "200000", version, texts)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = Self.python
    process.arguments = [Self.tests.appending(component: "reference.py").path] + arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "reference.py \(arguments)")
  }

  func expectSame(_ tokenizer: Tokenizer) throws {
    let texts = try Self.records(texts)
    let tokens = try Self.tokens(tokens)
    try #require(texts.count == tokens.count && texts.count > 100)
    let different = texts.indices.filter { tokenizer.tokens(texts[$0]) != tokens[$0] }
    #expect(
      different.isEmpty,
      "\(different.prefix(3).map { String(decoding: texts[$0], as: UTF8.self).debugDescription })")
  }

  /// What is between the separators of a file of texts.
  static func records(_ path: String) throws -> [[UInt8]] {
    try Data(contentsOf: URL(filePath: path))
      .split(separator: 0x1E, omittingEmptySubsequences: false).dropLast().map { Array($0) }
  }

  static func tokens(_ path: String) throws -> [[UInt32]] {
    let numbers = try Data(contentsOf: URL(filePath: path)).withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
      }
    }
    var lists: [[UInt32]] = []
    var position = 0
    while position < numbers.count {
      let end = position + 1 + Int(numbers[position])
      lists.append(Array(numbers[position + 1..<end]))
      position = end
    }
    return lists
  }
}
