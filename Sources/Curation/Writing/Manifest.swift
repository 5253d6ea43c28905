import Foundation

/// What went in, what was done, what came out. No clock, no host name, no absolute path: the same
/// inputs, recipe, seed and version give the same bytes.
public struct Manifest: Codable, Equatable, Sendable {
  public struct Input: Codable, Equatable, Sendable {
    public let name: String
    public let bytes: Int
    public let sha256: String
    public let lines: Ledger
    /// Where the file is damaged; only of runs that were told to skip damage.
    public let damage: Damage?
  }

  public struct StepResult: Codable, Equatable, Sendable {
    public let step: String
    public let itemsIn: Int
    public let itemsOut: Int
    /// What the step has to tell, such as which slots ran short.
    public let remark: String?
  }

  public struct RecipeSummary: Codable, Equatable, Sendable {
    public let name: String
    public let sha256: String
  }

  public struct TokenizerSummary: Codable, Equatable, Sendable {
    public let kind: String
    public let sha256: String
  }

  public struct Pool: Codable, Equatable, Sendable {
    public let items: Int
    /// See `PoolWriter.finish`.
    public let digest: String
  }

  /// `curate`'s version.
  public var version: String
  public var recipe: RecipeSummary
  public var tokenizer: TokenizerSummary
  public var inputs: [Input]
  public var total: Ledger
  public var pool: Pool
  public var request: SelectionRequest
  /// What was asked of the files; nil where that was nothing but the default.
  public var files: FileRequest?
  public var selection: [StepResult]
  public var outputs: [String: Output]

  public static let fileName = "manifest.json"
}

extension Manifest {
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads the manifest of the dataset in a folder.
  public init(folder: String) throws {
    let path = "\(folder)/\(Self.fileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CurationError(
        .noInput, "\(path): there is no manifest; 'curate run' makes a dataset out of raw files")
    }
    let manifest = try? JSONDecoder().decode(Self.self, from: data)
    guard let manifest, manifest.figures.allSatisfy({ 0...Ledger.largestFigure ~= $0 }),
      manifest.files?.isPossible != false
    else {
      throw CurationError(.badData, "\(path): not a manifest that this version can read")
    }
    self = manifest
  }

  /// Every number in it but seeds and sizes asked for.
  private var figures: [Int] {
    let ledgers = inputs.map(\.lines) + [total]
    var figures = inputs.map(\.bytes) + [pool.items] + ledgers.flatMap(\.figures)
    figures += selection.flatMap { [$0.itemsIn, $0.itemsOut] }
    figures += outputs.values.flatMap { [$0.bytes, $0.rows ?? 0, $0.unpackedBytes ?? 0] }
    // Sizes may be as large as people like.
    figures += [request.train, request.validation, request.test].map { min($0, 0) }
    return figures
  }
}

extension Ledger {
  /// So large that no run counts so far, so small that no sum overflows.
  fileprivate static let largestFigure = 1 << 52

  /// Whether no count is negative or so large that sums would overflow.
  var isPossible: Bool { figures.allSatisfy { 0...Self.largestFigure ~= $0 } }

  fileprivate var figures: [Int] {
    [read, kept, redactions] + dropped.values + unreadable.values
  }
}

/// A file of the dataset.
public struct Output: Codable, Equatable, Sendable {
  /// Rows, where the file has rows.
  public let rows: Int?
  public let bytes: Int
  public let sha256: String
  /// Of a compressed file of rows.
  public var unpackedBytes: Int?
}
