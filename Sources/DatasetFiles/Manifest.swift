package import Bytes
package import Contracts
import Foundation

/// What went in, what was done, what came out. No clock, no host name, no absolute path: the same
/// inputs, recipe, seed and version give the same bytes.
package struct Manifest: Codable, Equatable, Sendable {
  package struct StepResult: Codable, Equatable, Sendable {
    package let step: String
    package let itemsIn: Int
    package let itemsOut: Int
    /// What the step has to tell, such as which slots ran short.
    package let remark: String?

    package init(step: String, itemsIn: Int, itemsOut: Int, remark: String?) {
      self.step = step
      self.itemsIn = itemsIn
      self.itemsOut = itemsOut
      self.remark = remark
    }
  }

  package struct RecipeSummary: Codable, Equatable, Sendable {
    package let name: String
    package let sha256: String

    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  package struct Pool: Codable, Equatable, Sendable {
    package let items: Int
    /// See `PoolWriter.finish`.
    package let digest: String

    package init(items: Int, digest: String) {
      self.items = items
      self.digest = digest
    }
  }

  /// `curate`'s version.
  package var version: String
  package var recipe: RecipeSummary
  package var tokenizer: TokenizerSummary
  package var inputs: [InputSummary]
  package var total: Ledger
  package var pool: Pool
  package var request: SelectionRequest
  /// What was asked of the files; nil where that was nothing but the default.
  package var files: FileRequest?
  package var selection: [StepResult]
  package var outputs: [String: Output]

  package init(
    version: String, recipe: RecipeSummary, tokenizer: TokenizerSummary, inputs: [InputSummary],
    total: Ledger, pool: Pool, request: SelectionRequest, files: FileRequest? = nil,
    selection: [StepResult], outputs: [String: Output]
  ) {
    self.version = version
    self.recipe = recipe
    self.tokenizer = tokenizer
    self.inputs = inputs
    self.total = total
    self.pool = pool
    self.request = request
    self.files = files
    self.selection = selection
    self.outputs = outputs
  }
}

extension Manifest {
  package func encoded() throws -> [UInt8] {
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
  package init(folder: String) throws {
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
