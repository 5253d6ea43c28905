import ArgumentParser
import Curation
import Foundation
import Tokenization

/// The dataset's folder.
struct OutOption: ParsableArguments {
  @Option(name: .customLong("out"), help: "The dataset's folder.")
  var folder = "curated"
}

/// What decides how items are made.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A recipe's name (\(Recipe.builtIn.keys.sorted().joined(separator: ", "))) or a recipe file.",
      valueName: "name|file"))
  var recipe = "pricer"

  @Option(
    help: ArgumentHelp(
      "The tokenizer: a tiktoken file or a Hugging Face tokenizer.json.", valueName: "file"))
  var tokenizer = "tokenizers/llama3.model"

  @OptionGroup var tokenizerKind: TokenizerKindOption

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

  /// Loads a tokenizer. Errors: `noInput` where there is no such file, `badData` where it is none.
  func load(_ path: String) throws -> Tokenizer {
    do { return try Tokenizer(contentsOf: path, kind: tokenizerKind) } catch {
      guard error.code == .unreadable else { throw CurationError(.badData, error.description) }
      throw CurationError(
        .noInput,
        "\(error.description); scripts/fetch-tokenizer gets Llama 3's, or name one with "
          + "--tokenizer FILE")
    }
  }
}

extension Tokenizer.Kind: ExpressibleByArgument {}

/// Sizes and seed of the splits, where they are to differ from the recipe's.
struct SelectionOptions: ParsableArguments {
  @Option(help: "Chooses and orders train; the held-out part has the recipe's own test-seed.")
  var seed: UInt64?

  @Option(help: "The most rows in train.")
  var train: Int?

  @Option(help: "The most rows in validation.")
  var validation: Int?

  @Option(help: "The most rows in test.")
  var test: Int?

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
