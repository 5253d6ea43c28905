import Mustache

/// `README.md` of a dataset: its card, with the header that the hub and the `datasets` library read. The same
/// dataset gives the same bytes.
struct Card {
  static let fileName = "README.md"

  struct Split {
    let name: String
    let file: String
    let rows: Int
    let bytes: Int
    let groupedRows: String
    let groupedBytes: String
    let sha256: String
  }

  struct Step {
    let name: String
    /// The recipe's values, where it gives any.
    let values: String?
    let summary: String
  }

  struct Input {
    let name: String
    let sha256: String
  }

  struct Damaged {
    let name: String
    let offset: String

    /// The files of which only the beginning was read.
    static func inputs(of manifest: Manifest, _ escape: (String) -> String) -> [Damaged] {
      manifest.inputs.compactMap { input in
        input.damage.map { Damaged(name: escape(input.name), offset: grouped($0.offset)) }
      }
    }
  }

  let damaged: [Damaged]
  let manifest: Manifest
  let recipe: String
  let holdsOut: Bool
  let read: String
  let kept: String
  let inputCount: Int
  let inputs: [Input]
  let steps: [Step]
  /// Those that have rows, since an empty file is no split to those who read the header.
  let splits: [Split]
  let bytes: Int
  let sizeCategory: String

  /// - Parameter manifest: with all splits.
  init(_ manifest: Manifest, _ recipe: Recipe) {
    damaged = Damaged.inputs(of: manifest, Self.escaped)
    self.manifest = manifest
    self.recipe = Self.escaped(manifest.recipe.name)
    holdsOut = recipe.poolSteps.contains { $0.type is HoldOutStep.Type }
    read = grouped(manifest.total.read)
    kept = grouped(manifest.total.kept)
    inputCount = manifest.inputs.count
    inputs = manifest.inputs.map { Input(name: Self.escaped($0.name), sha256: $0.sha256) }
    func step(_ type: any Curation.Step.Type, _ values: ParameterValues) -> Step {
      let words = values.description
      return Step(
        name: type.name, values: words.isEmpty ? nil : Self.escaped(words), summary: type.summary)
    }
    steps =
      recipe.recordSteps.map { step($0.type, $0.values) }
      + recipe.poolSteps.map { step($0.type, $0.values) }
    splits = SplitMaker.splits.compactMap { split in
      let file = SplitMaker.fileName(of: split.name)
      guard let output = manifest.outputs[file], let rows = output.rows, rows > 0 else {
        return nil
      }
      return Split(
        name: split.name, file: file, rows: rows, bytes: output.bytes, groupedRows: grouped(rows),
        groupedBytes: grouped(output.bytes), sha256: output.sha256)
    }
    bytes = splits.reduce(0) { $0 + $1.bytes }
    sizeCategory = Self.sizeCategory(of: splits.reduce(0) { $0 + $1.rows })
  }

  /// Errors: `badData` where the template is wrong, which a test sees.
  func markdown() throws -> [UInt8] {
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
func render(_ template: [UInt8], _ value: some Any) throws -> [UInt8] {
  do {
    let template = try MustacheTemplate(string: String(decoding: template, as: UTF8.self))
    return Array(template.render(value).utf8)
  } catch {
    throw CurationError(.badData, "a template of the program is wrong: \(error)")
  }
}
