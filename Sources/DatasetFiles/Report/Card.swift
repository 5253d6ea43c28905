import Bytes
package import Contracts
import Mustache
import PoolSteps

/// `README.md` of a dataset: its card, with the header that the hub and the `datasets` library read. The same
/// dataset gives the same bytes.
package struct Card {
  package static let fileName = "README.md"

  /// A format, as the hub knows it.
  struct Config {
    let name: String
    let summary: String
    let features: [String]
    /// Those that have rows, since an empty file is no split to those who read the header.
    let splits: [SplitRow]
    let bytes: Int
    let unpackedBytes: Int

    init(_ format: any RowFormat.Type, of manifest: Manifest) {
      let isFirst = format.name == PromptCompletion.name
      name = isFirst ? "default" : format.name
      summary = format.summary
      features = format.features
      splits = Split.allCases.compactMap { split in
        SplitRow(
          split, format, of: manifest, label: split.name + (isFirst ? "" : ", \(format.name)"))
      }
      bytes = splits.reduce(0) { $0 + $1.bytes }
      unpackedBytes = splits.reduce(0) { $0 + $1.unpackedBytes }
    }
  }

  package struct SplitRow {
    package let name: String
    package let label: String
    /// The path of its file, or a pattern that the paths of all its shards match.
    package let path: String
    package let rows: Int
    package let bytes: Int
    package let unpackedBytes: Int
    let groupedRows: String
    let groupedBytes: String
    package let hash: String

    /// Nil for a split without rows.
    init?(_ split: Split, _ format: any RowFormat.Type, of manifest: Manifest, label: String) {
      let files = manifest.files(of: split, in: format)
      let outputs = files.compactMap { manifest.outputs[$0.name] }
      rows = outputs.reduce(0) { $0 + ($1.rows ?? 0) }
      guard let path = files.first?.pattern, rows > 0 else { return nil }
      name = split.name
      self.label = label
      self.path = path
      unpackedBytes = outputs.reduce(0) { $0 + ($1.unpackedBytes ?? $1.bytes) }
      bytes = outputs.reduce(0) { $0 + $1.bytes }
      groupedRows = grouped(rows)
      groupedBytes = grouped(bytes)
      hash =
        outputs.count == 1
        ? "`\(outputs[0].sha256)`" : "of \(grouped(outputs.count)) files, in `manifest.json`"
    }
  }

  package struct Step {
    package let name: String
    /// The recipe's values, where it gives any.
    package let values: String?
    package let summary: String
  }

  package struct Input {
    package let name: String
    package let sha256: String
  }

  package struct Damaged {
    package let name: String
    package let offset: String

    /// The files of which only the beginning was read.
    package static func inputs(of manifest: Manifest, _ escape: (String) -> String) -> [Damaged] {
      manifest.inputs.compactMap { input in
        input.damage.map { Damaged(name: escape(input.name), offset: grouped($0.offset)) }
      }
    }
  }

  package let damaged: [Damaged]
  package let manifest: Manifest
  package let recipe: String
  package let holdsOut: Bool
  package let read: String
  package let kept: String
  let inputCount: Int
  package let inputs: [Input]
  package let steps: [Step]
  /// The first is always there.
  let configs: [Config]
  let otherConfigs: [Config]
  /// Held-out splits that say little, since they have few rows.
  package let small: [SplitRow]
  let sizeCategory: String

  /// - Parameter manifest: with all splits.
  package init(_ manifest: Manifest, _ recipe: Recipe) {
    damaged = Damaged.inputs(of: manifest, Self.escaped)
    self.manifest = manifest
    self.recipe = Self.escaped(manifest.recipe.name)
    holdsOut = recipe.poolSteps.contains { $0.type is HoldOutStep.Type }
    read = grouped(manifest.total.read)
    kept = grouped(manifest.total.kept)
    inputCount = manifest.inputs.count
    inputs = manifest.inputs.map { Input(name: Self.escaped($0.name), sha256: $0.sha256) }
    func step(_ type: any Contracts.Step.Type, _ values: ParameterValues) -> Step {
      let words = values.description
      return Step(
        name: type.name, values: words.isEmpty ? nil : Self.escaped(words), summary: type.summary)
    }
    steps =
      recipe.recordSteps.map { step($0.type, $0.values) }
      + recipe.poolSteps.map { step($0.type, $0.values) }
    let asked = manifest.files?.formats ?? []
    configs = FormatCatalogue.formats
      .filter { $0.name == PromptCompletion.name || asked.contains($0.name) }
      .map { Config($0, of: manifest) }
    otherConfigs = Array(configs.dropFirst())
    let splits = configs.first?.splits ?? []
    small = splits.filter { $0.name != Split.train.name && $0.rows < SplitSize.fewRows }
    sizeCategory = Self.sizeCategory(of: splits.reduce(0) { $0 + $1.rows })
  }

  /// Errors: `badData` where the template is wrong, which a test sees.
  package func markdown() throws -> [UInt8] {
    try render(PackageResources.card_mustache, self)
  }

  /// What has a meaning in Markdown has none, and nothing begins a line of its own.
  private static func escaped(_ text: String) -> String {
    String(
      text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
        if scalar.properties.isWhitespace || scalar.value < 0x20 { return [" "] }
        return #"\`*_{}[]<>()#+!|~&$"#.unicodeScalars.contains(scalar) ? ["\\", scalar] : [scalar]
      }.map(Character.init))
  }

  /// As the hub names it.
  private static func sizeCategory(of rows: Int) -> String {
    let limits = [
      (1000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
    ]
    return limits.first { rows < $0.0 }?.1 ?? "1M<n<10M"
  }
}

/// What a template makes of a value.
package func render(_ template: [UInt8], _ value: some Any) throws -> [UInt8] {
  do {
    let template = try MustacheTemplate(string: String(decoding: template, as: UTF8.self))
    return Array(template.render(value).utf8)
  } catch {
    throw CurationError(.badData, "a template of the program is wrong: \(error)")
  }
}
