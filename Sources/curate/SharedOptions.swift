import ArgumentParser
import Curation
import Foundation
import Tokenization

/// The dataset's folder.
struct OutOption: ParsableArguments {
  @Option(name: .customLong("out"), help: "The dataset's folder.", completion: .directory)
  var folder = "curated"
}

/// What decides how items are made.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A recipe's name (\(Recipe.builtIn.keys.sorted().joined(separator: ", "))) or a recipe file.",
      valueName: "name|file"),
    completion: .shellCommand(
      "echo \(Recipe.builtIn.keys.sorted().joined(separator: " ")); ls *.yaml *.yml 2>/dev/null"))
  var recipe = "pricer"

  @Option(
    help: ArgumentHelp(
      "The tokenizer: a tiktoken file or a Hugging Face tokenizer.json.", valueName: "file"),
    completion: .file())
  var tokenizer = usualTokenizer

  @OptionGroup var tokenizerKind: TokenizerKindOption

  static let usualTokenizer = "tokenizers/llama3.model"

  func loadTokenizer() throws -> Tokenizer { try tokenizerKind.load(tokenizer) }
}

/// How a tokenizer cuts text into pieces, which a tiktoken file does not tell.
struct TokenizerKindOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the tokenizer cuts text (\(Self.kinds)); only for tiktoken files that are not known.",
      valueName: "kind"))
  var tokenizerKind: Tokenizer.Kind?

  private static let kinds = Tokenizer.Kind.allCases.map(\.rawValue).joined(separator: ", ")

  /// Loads a tokenizer. The usual one is looked for beside an installed program, too.
  ///
  /// Errors: `noInput` where there is no such file, `badData` where it is none.
  func load(_ path: String) throws -> Tokenizer {
    let isMissing = !FileManager.default.fileExists(atPath: path)
    let isInstalled = FileManager.default.fileExists(atPath: Self.installedTokenizer)
    let path =
      path == RecipeOptions.usualTokenizer && isMissing && isInstalled
      ? Self.installedTokenizer : path
    do { return try Tokenizer(contentsOf: path, kind: tokenizerKind) } catch {
      guard error.code == .unreadable else { throw CurationError(.badData, error.description) }
      throw CurationError(
        .noInput,
        "\(error.description); name a tokenizer with --tokenizer FILE, or get Llama 3's with "
          + "scripts/fetch-tokenizer, in the folder of curate's sources")
    }
  }

  /// Where `scripts/install` puts the usual tokenizer.
  private static let installedTokenizer =
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("../share/curate/llama3.model").standardized.path
}

extension Tokenizer.Kind: ExpressibleByArgument {}

/// Sizes and seed of the splits, where they are to differ from the recipe's.
struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Chooses and orders train; the held-out part has the recipe's own test-seed. "
        + usual(\.seed)))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The most rows in train. " + usual(\.train)))
  var train: Int?

  @Option(help: ArgumentHelp("The most rows in validation. " + usual(\.validation)))
  var validation: Int?

  @Option(help: ArgumentHelp("The most rows in test. " + usual(\.test)))
  var test: Int?

  /// What holds where an option is not given.
  private static func usual(_ value: KeyPath<SelectionRequest, some CustomStringConvertible>)
    -> String
  {
    let pricer = request.map { ", \($0[keyPath: value]) in pricer" } ?? ""
    return "(default: the recipe's\(pricer); for split: as it was)"
  }

  private static let request = (try? Recipe(nameOrPath: "pricer"))?.request

  func validate() throws {
    for (name, count) in [("train", train), ("validation", validation), ("test", test)] {
      if let count, count < 0 { throw ValidationError("--\(name) must be 0 or more, not \(count)") }
    }
  }

  func request(over recipe: SelectionRequest) -> SelectionRequest {
    var request = recipe
    request.seed = seed ?? request.seed
    request.train = train ?? request.train
    request.validation = validation ?? request.validation
    request.test = test ?? request.test
    return request
  }
}

/// How much work is done at a time.
struct JobsOption: ParsableArguments {
  @Option(help: ArgumentHelp("Tasks at work at a time.", valueName: "n"))
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard 1...1024 ~= jobs else {
      throw ValidationError("--jobs must be between 1 and 1024, not \(jobs)")
    }
  }
}
