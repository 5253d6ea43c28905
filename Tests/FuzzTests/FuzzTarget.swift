import Foundation
import Synchronization

@testable import Bytes
@testable import Contracts
@testable import Engine
@testable import ItemPool
@testable import RawData
@testable import RecordSteps
@testable import Tokenization

/// What is fuzzed: a part of the program that reads what others wrote, and what must hold whatever they
/// wrote. Bad input is no failure; an answer that is wrong is, and so is a crash.
///
/// The suite replays the cases, and `scripts/fuzz` looks for new ones.
enum FuzzTarget: String, CaseIterable {
  /// Lines of raw files, through the default recipe's record steps.
  case lines
  /// Files named .gz.
  case gzip
  /// Texts with tags and references.
  case html
  /// Texts to be made tokens of.
  case encoder
  /// Recipes in YAML.
  case recipe

  /// What should hold and does not.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  func check(_ bytes: [UInt8]) throws {
    switch self {
    case .lines: try Self.checkLines(bytes)
    case .gzip: try Self.checkGzip(bytes)
    case .html: try Self.checkHTML(bytes)
    case .encoder: try Self.checkEncoder(bytes)
    case .recipe: try Self.checkRecipe(bytes)
    }
  }

  private static func expect(_ holds: Bool, _ description: @autoclosure () -> String) throws {
    guard holds else { throw Failure(description: description()) }
  }

  private static let steps = Result {
    try Recipe(nameOrPath: "pricer").makeRecordSteps(
      StepResources(tokenizer: tokenizer(.llama3).get()))
  }

  /// Every line is kept, or dropped or unreadable with its reason; what is kept is a pair for training.
  private static func checkLines(_ bytes: [UInt8]) throws {
    let padding = [UInt8](repeating: 0, count: 64)
    let batch = Batch(
      index: 0, firstLine: 1, isTooLongLine: false, bytes: bytes + padding, byteCount: bytes.count)
    let source = RawFile(path: "meta_Toys.jsonl", byteCount: bytes.count)
    var worker = try Worker(steps: try steps.get(), keepsRejects: true)
    let outcome = try worker.process(batch, of: source)
    let (ledger, rows) = (outcome.ledger, outcome.rows)
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    let lineCount = lines.count - (lines.last?.isEmpty == true ? 1 : 0)
    try expect(ledger.isBalanced && ledger.read == lineCount, "\(lineCount) lines: \(ledger)")
    try expect(ledger.kept == rows.rows.count, "\(rows.rows.count) rows: \(ledger)")
    try expect(outcome.rejects.isEmpty == (ledger.kept == ledger.read), "rejects: \(ledger)")
    for row in rows.rows {
      let prompt = String(validating: rows.bytes[row.idEnd..<row.promptEnd], as: UTF8.self)
      let answer = String(validating: rows.bytes[row.promptEnd..<row.answerEnd], as: UTF8.self)
      try expect(
        prompt?.hasSuffix("\n\nPrice is $") == true && prompt?.utf8.contains(0) == false,
        "prompt: \(prompt ?? "not UTF-8")")
      try expect(
        answer?.hasSuffix(".00") == true && 1...1000 ~= Int(answer?.dropLast(3) ?? "") ?? 0
          || answer == "0.00", "answer: \(answer ?? "not UTF-8")")
    }
  }

  /// A file is read whole, or its damage is told; both decoders of Deflate agree.
  private static func checkGzip(_ bytes: [UInt8]) throws {
    let path = "/dev/shm/curate-fuzz-\(getpid())-\(UInt64.random(in: 0 ... .max)).gz"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw Failure(description: "\(path): cannot be written")
    }
    defer { unlink(path) }
    func read(_ policy: DamagePolicy) throws -> (lines: [UInt8], damage: Damage?) {
      let file = RawFile(
        path: path, byteCount: bytes.count, damagePolicy: policy, batchSize: 1 << 10,
        lineCap: 1 << 14)
      var lines: [UInt8] = []
      while let batch = try file.nextBatch() { lines += batch.bytes[..<batch.byteCount] }
      try expect(file.sha256 == SHA256.hash(of: bytes), "\(file.sha256 ?? "no hash")")
      return (lines, file.damage)
    }
    let skipped = Result { try read(.skip) }
    do {
      let whole = try read(.stop)
      try expect(
        try skipped.get().damage == nil && skipped.get().lines == whole.lines,
        "whole, but skipped: \(skipped)")
    } catch let error as CurationError {
      try expect(error.code == .badData && error.description.contains(path), "\(error)")
      if case .success(let read) = skipped {
        try expect(read.damage != nil, "damaged, and nothing skipped: \(error)")
      }
    }
  }

  /// The text is well-formed, as long or shorter line by line, and has no control characters but line
  /// feeds where there were none.
  private static func checkHTML(_ bytes: [UInt8]) throws {
    let html = Array(String(decoding: bytes, as: UTF8.self).utf8)
    let step = try StripHTMLStep(
      ParameterValues([:]), StepResources(tokenizer: tokenizer(.llama3).get()))
    var (text, scratch): ([UInt8], [UInt8]) = (html, [])
    step.strip(&text, with: &scratch)
    try expect(String(validating: text, as: UTF8.self) != nil, "not UTF-8: \(text)")
    func lineCount(_ bytes: [UInt8]) -> Int { bytes.count { $0 == 10 } }
    try expect(lineCount(text) == lineCount(html), "\(lineCount(text)) line feeds")
    try expect(
      html.contains(0) || !text.contains(0), "a NUL: \(String(decoding: text, as: UTF8.self))")
    if !html.contains(UInt8(ascii: "<")), !html.contains(UInt8(ascii: "&")) {
      try expect(text == html, "changed text without markup")
    }
  }

  /// Tokens are the text's; their first ones, what memory holds, and counting make no difference.
  private static func checkEncoder(_ bytes: [UInt8]) throws {
    guard let first = bytes.first else { return }
    let text = Array(bytes.dropFirst())
    for kind in Tokenizer.Kind.allCases {
      let tokenizer = try tokenizer(kind).get()
      var (tokens, memory) = ([UInt32](), TokenCache())
      tokenizer.encode(text.span, into: &tokens)
      var decoded: [UInt8] = []
      tokenizer.decode(tokens.span, into: &decoded)
      try expect(kind == .qwen2 || decoded == text, "\(kind): decoded to \(decoded)")
      for limit in [Int.max, Int(first)] {
        var encoded = EncodedText()
        encoded.text = text
        tokenizer.encode(&encoded, limit: limit, with: &memory)
        try expect(encoded.tokens == Array(tokens.prefix(limit)), "\(kind): first \(limit)")
        var known: [UInt8] = []
        tokenizer.decode(encoded, into: &known)
        var expected: [UInt8] = []
        tokenizer.decode(encoded.tokens.span, into: &expected)
        try expect(known == expected, "\(kind): known text of \(limit)")
        let count = tokenizer.count(of: text, from: 0, knowing: encoded, with: &memory)
        try expect(count == tokens.count, "\(kind): counted \(count) of \(tokens.count)")
      }
    }
  }

  /// A recipe is read, or its fault is told with a line.
  private static func checkRecipe(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    do {
      let recipe = try RecipeReader(text, origin: "recipe.yaml").recipe()
      _ = try recipe.makeRecordSteps(StepResources(tokenizer: tokenizer(.llama3).get()))
      _ = try recipe.makePoolSteps()
    } catch let error as CurationError {
      try expect(
        error.code == .badRecipe && error.description.hasPrefix("recipe.yaml"), "\(error)")
    }
  }

  /// A small tokenizer: the bytes, some words and what they begin with.
  private static func tokenizer(_ kind: Tokenizer.Kind) -> Result<Tokenizer, any Error> {
    tokenizers.withLock { tokenizers in
      if let tokenizer = tokenizers[kind] { return .success(tokenizer) }
      return Result {
        let words = [" the", "ing", " and", "  ", "\n\n", "123", "'ll", "é", "日本", "aaaa"]
        var tokens = (0...255).map { [UInt8($0)] }
        for word in words {
          for count in 2...max(word.utf8.count, 2) {
            let part = Array(word.utf8.prefix(count))
            if !tokens.contains(part) { tokens.append(part) }
          }
        }
        let path = NSTemporaryDirectory() + "curate-\(UUID().uuidString).tiktoken"
        defer { unlink(path) }
        let lines = tokens.enumerated().map { "\(Data($1).base64EncodedString()) \($0)\n" }
        try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: path))
        let tokenizer = try Tokenizer(contentsOf: path, kind: kind)
        tokenizers[kind] = tokenizer
        return tokenizer
      }
    }
  }

  private static let tokenizers = Mutex<[Tokenizer.Kind: Tokenizer]>([:])
}
