import Foundation

/// What went in, what was done, what came out. No clock, no host name, no absolute path: the same
/// inputs, recipe, seed and version give the same bytes.
public struct Manifest: Codable, Equatable, Sendable {
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

  public struct Pool: Codable, Equatable, Sendable {
    public let items: Int
    /// See `PoolWriter.finish`.
    public let digest: String
  }

  /// `curate`'s version.
  public var version: String
  public var recipe: RecipeSummary
  public var tokenizer: TokenizerSummary
  public var inputs: [InputSummary]
  public var total: Ledger
  public var pool: Pool
  public var request: SelectionRequest
  /// What was asked of the files; nil where that was nothing but the default.
  public var files: FileRequest?
  public var selection: [StepResult]
  public var outputs: [String: Output]
}

extension Manifest {
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// The largest manifest that is read, in bytes and in commas, which tell how many values there are: that of
  /// 99,999 shards in two formats, and twenty thousand raw files.
  private static let limits = (bytes: 64 << 20, commas: 1_000_000)

  /// Reads the manifest of the dataset in a folder.
  ///
  /// Errors: `noInput` where there is none; `badData` where no run can have written it.
  public init(folder: String) throws {
    let path = "\(folder)/\(DatasetLayout.manifestName)"
    guard fileExists(path) else {
      throw CurationError(
        .noInput, "\(path): there is no manifest; 'curate run' makes a dataset out of raw files")
    }
    let file = try InputFile(path: path, .ofDataset)
    let isRead = file.size <= Self.limits.bytes && !file.hasHoles
    let bytes = isRead ? try file.bytes(at: 0, count: file.size) : []
    guard bytes.count(where: { $0 == UInt8(ascii: ",") }) <= Self.limits.commas,
      let manifest = try? JSONDecoder().decode(Self.self, from: Data(bytes)), manifest.isPossible
    else {
      throw CurationError(
        .badData,
        "\(path): not a manifest that this version can read: it is damaged, or not curate's; move it "
          + "away with the files beside it, and make the dataset again with 'curate run'")
    }
    self = manifest
  }

  /// Whether a run can have written it, so that names are those of files in the folder, no text is endless,
  /// and no figures add up to an overflow.
  private var isPossible: Bool {
    let names = [DatasetLayout.rejectsName, Report.fileName, Card.fileName]
    let texts = [version, recipe.name, recipe.sha256, tokenizer.kind, tokenizer.sha256]
    var figures = inputs.map(\.bytes) + [pool.items]
    figures += selection.flatMap { [$0.itemsIn, $0.itemsOut] }
    figures += outputs.values.flatMap { [$0.bytes, $0.rows ?? 0, $0.unpackedBytes ?? 0] }
    return outputs.keys.allSatisfy { names.contains($0) || SplitFile(name: $0) != nil }
      && texts.allSatisfy { $0.utf8.count <= Recipe.sizeLimit }
      && inputs.allSatisfy(\.isPossible) && total.isPossible && figures.sum(within: 1 << 52)
      // Sizes may be as large as people like.
      && [request.train, request.validation, request.test].allSatisfy { $0 >= 0 }
      && files?.isPossible != false
  }
}

extension InputSummary {
  /// Whether a run can have read such a file.
  var isPossible: Bool {
    let places = [bytes, damage?.offset ?? 0, damage?.lostBytes ?? 0]
    // The longest name that Linux gives a file.
    return name.utf8.count <= 255 && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
      && sha256.utf8.count <= 64 && damage?.message.utf8.count ?? 0 <= 1000
      && places.sum(within: 1 << 52) && lines.isPossible
  }
}

extension Ledger {
  /// So large that no run counts so far, so small that the sums of a million files do not overflow.
  fileprivate static let largestSum = 1 << 43

  /// Whether no count is negative, and sums stay far from an overflow.
  var isPossible: Bool {
    ([read, kept, redactions] + dropped.values + unreadable.values).sum(within: Self.largestSum)
  }
}

extension [Int] {
  /// Whether none is negative and all together are not more than a limit.
  fileprivate func sum(within limit: Int) -> Bool {
    var left = limit
    return allSatisfy { number in
      guard 0...left ~= number else { return false }
      left -= number
      return true
    }
  }
}

