import Curation

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
  func inspect(_ arguments: String...) -> String { command(["inspect"] + arguments + options) }

  func lines(for manifest: Manifest) -> [String] {
    let out = folder == OutOption.usualFolder ? [] : ["--out", folder]
    var commands: [(command: String, use: String)] = []
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
    commands.append(("\(folder)/\(Self.reportName)", "all of this in pictures, for a browser"))
    let width = commands.map(\.command.displayWidth).max() ?? 0
    let lines = commands.map { "  \($0.command.padded(to: width))  \($0.use)" }
    let isNarrow = lines.allSatisfy { $0.displayWidth <= 80 }
    return ["next:"] + (isNarrow ? lines : commands.map { "  \($0.command)" })
  }

  private static let reportName = "report.html"

  func command(_ arguments: [String]) -> String {
    ([Self.program] + arguments).map(Self.quoted).joined(separator: " ")
  }

  /// As it was called.
  private static let program = CommandLine.arguments.first ?? "curate"

  /// For a shell.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_./+:,@%=".utf8.contains(byte)
        }
      }
    return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
  }
}
