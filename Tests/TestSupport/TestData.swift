import Bytes
package import Contracts
import Engine
package import Foundation
import RawData
package import Tokenization

/// A folder of its own for a test, removed afterwards.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    path = NSTemporaryDirectory() + "curate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, making the folders on the way to it, and gives its path.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }
}

/// Files that are not part of the project: tests that need them are skipped where they are missing.
package enum TestFiles {
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Real data with the results to agree with, beside the checkout.
  package static let shared = root.deletingLastPathComponent().appendingPathComponent("shared/data")
    .path
  package static var hasShared: Bool {
    FileManager.default.fileExists(atPath: "\(shared)/reference")
  }

  package static let llama = root.appendingPathComponent("tokenizers/llama3.model").path
  package static var hasLlama: Bool { FileManager.default.fileExists(atPath: llama) }

  package static func gunzipped(_ path: String) throws -> [UInt8] {
    let reader = RawFile(path: path, byteCount: 0)
    var bytes: [UInt8] = []
    while let batch = try reader.nextBatch() { bytes += batch.bytes[..<batch.byteCount] }
    return bytes
  }
}

/// A tokenizer whose tokens are single bytes, so that tests can count tokens by eye.
package func byteTokenizer() throws -> Tokenizer { try loadedByteTokenizer.get() }

private let loadedByteTokenizer = Result {
  let folder = try TemporaryFolder()
  let lines = (0...255).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)\n" }.joined()
  return try Tokenizer(contentsOf: folder.write(lines, to: "bytes.tiktoken"), kind: .llama3)
}

/// A recipe of these steps, YAML of their lists, that small records and `byteTokenizer` can satisfy.
package func smallRecipe(recordSteps: [String], poolSteps: [String]) throws -> Recipe {
  let lines =
    ["name: small", "seed: 1", "test-seed: 2", "train: 100", "validation: 10", "test: 10"]
    + ["record-steps:"] + recordSteps.map { "  - \($0)" }
    + ["pool-steps:"] + poolSteps.map { "  - \($0)" }
  return try Recipe(text: lines.joined(separator: "\n"), origin: "small")
}

/// The item that a JSON line makes, before any step.
package func makeItem(_ json: String, category: String = "Toys") throws -> Item {
  var item = Item()
  item.category = category
  var decoder = try ProductDecoder()
  let line = Array(json.utf8)
  let padded = line + [UInt8](repeating: 0, count: 64)
  if let fault = decoder.decode(padded.span, line.indices, into: &item.product) {
    throw CurationError(.badData, fault.summary)
  }
  return item
}

/// A step with a recipe's values.
package func makeStep<StepType: RecordStep>(
  _ type: StepType.Type, _ values: [String: ParameterValue] = [:]
) throws -> StepType {
  try type.init(ParameterValues(values), StepResources(tokenizer: try byteTokenizer()))
}

extension Verdict {
  /// The reason's name; nil for an item that is kept.
  package var reason: String? {
    switch self {
    case .keep: nil
    case .drop(let reason): reason.name
    }
  }
}

/// Random numbers that are the same in every run of a test.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(state: UInt64) {
    self.state = state
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return StableHash.hash(withUnsafeBytes(of: state, Array.init))
  }
}
