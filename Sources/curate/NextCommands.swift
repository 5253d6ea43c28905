import Contracts
import DatasetFiles
import Tokenization

/// What to do with a dataset next, as commands that work as they are in the folder that the program was
/// run in.
struct NextCommands {
  /// The dataset's folder.
  let folder: String
  private let knowsRaw: Bool
  /// The options that tell `inspect` what it cannot know.
  private let options: [String]

  /// - Parameters:
  ///   - raw: where the raw files are; nil where that is not known.
  init(folder: String, raw: [String]? = nil, _ recipeOptions: RecipeOptions? = nil) {
    self.folder = folder
    knowsRaw = raw != nil
    var options = folder == OutOption.usualFolder ? [] : ["--out", folder]
    if let raw, raw != ["raw"] { options += raw.flatMap { ["--raw", $0] } }
    if let tokenizer = recipeOptions?.tokenizer, tokenizer != RecipeOptions.usualTokenizer {
      options += ["--tokenizer", tokenizer]
    }
    if let kind = recipeOptions?.tokenizerKind.tokenizerKind {
      options += ["--tokenizer-kind", kind.rawValue]
    }
    self.options = options
  }

  /// `curate inspect` with what it needs to know.
  func inspect(_ arguments: String...) -> ShellCommand { inspect(arguments) }

  func inspect(_ arguments: [String]) -> ShellCommand { command(["inspect"] + arguments + options) }

  /// - Parameter width: the columns of texts. Outside a terminal commands stand in one line each.
  func lines(for manifest: Manifest, width: Int) -> [String] {
    let out = folder == OutOption.usualFolder ? [] : ["--out", folder]
    var commands: [(command: ShellCommand, use: String)] = []
    if knowsRaw, manifest.total.kept > 0 {
      commands.append((inspect("--random"), "an item, and what each step made of it"))
    }
    if knowsRaw, let loss = LostLines(manifest.total).all.first {
      commands.append((inspect("--rejected", loss.reason), "records that are missing"))
    }
    if manifest.total.kept > 0 {
      let seed = manifest.request.seed == 7 ? "8" : "7"
      commands.append(
        (command(["split", "--seed", seed] + out), "other splits, without the raw files"))
    }
    commands.append(
      (
        ShellCommand(["open", "\(folder)/\(Self.reportName)"]),
        "all of this in pictures, in a browser"
      ))
    let longest = commands.map(\.command.text.displayWidth).max() ?? 0
    let lines = commands.map { "  \($0.command.text.padded(to: longest))  \($0.use)" }
    let fits = lines.allSatisfy { $0.displayWidth <= width }
    return ["next:"]
      + (fits
        ? lines : commands.flatMap { $0.command.lines(indent: 2, width: StandardError.columns) })
  }

  private static let reportName = "report.html"

  func command(_ arguments: [String]) -> ShellCommand { ShellCommand([Self.program] + arguments) }

  /// As it was called.
  private static let program = CommandLine.arguments.first ?? "curate"
}
