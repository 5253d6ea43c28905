import ArgumentParser
import Bytes
import Contracts
import DatasetFiles
import Engine
import Foundation
import Tokenization

/// The dataset's folder.
struct OutOption: ParsableArguments {
  @Option(name: .customLong("out"), help: "The dataset's folder.", completion: .directory)
  var folder = usualFolder

  static let usualFolder = "curated"

  /// Takes slashes off the end, since messages put one there themselves.
  mutating func validate() {
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
  }
}

/// What decides how items are made.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A recipe's name (\(Recipe.builtIn.keys.sorted().joined(separator: ", "))) or a recipe file.",
      valueName: "name|file"),
    completion: .shellCommand(
      "echo \(Recipe.builtIn.keys.sorted().joined(separator: " ")); ls | grep -E '[.]ya?ml$'"))
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

/// The files of the splits, where they are to differ from the default's or from those of the last run.
struct FileOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "A format to write the splits in beside prompt-completion; may be given several times.",
      discussion: FormatCatalogue.formats.map { "\($0.name): \($0.summary)" }
        .joined(separator: "\n"),
      valueName: "name"), completion: .list(FormatCatalogue.formats.map { $0.name }))
  var formats: [String] = []

  @Option(
    help:
      "Files to cut train into, at most one a row; validation and test are small and stay whole.")
  var shards: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Compress the splits with gzip; files of the format chat stay plain.")
  var gzip: Bool?

  @Option(
    help: "The most rows of train in the format chat, \(FileRequest().chatTrain) unless given.")
  var chatTrain: Int?

  @Option(
    help:
      "The most rows of validation in the format chat, \(FileRequest().chatValidation) unless given."
  )
  var chatValidation: Int?

  func validate() throws {
    if let shards, !(FileRequest.shardLimits ~= shards) {
      let limits = FileRequest.shardLimits
      throw ValidationError(
        "--shards must be between \(limits.lowerBound) and \(limits.upperBound), not \(shards)")
    }
    for (name, count) in [("chat-train", chatTrain), ("chat-validation", chatValidation)] {
      if let count, count < 0 { throw ValidationError("--\(name) must be 0 or more, not \(count)") }
    }
  }

  /// Errors: `usage` for a name that no format has, and for options of a format that is not written.
  func request(over last: FileRequest = FileRequest()) throws -> FileRequest {
    var request = last
    if !formats.isEmpty { try request.setFormats(formats) }
    request.shards = shards ?? request.shards
    request.gzip = gzip ?? request.gzip
    request.chatTrain = chatTrain ?? request.chatTrain
    request.chatValidation = chatValidation ?? request.chatValidation
    if chatTrain ?? chatValidation != nil, !request.formats.contains(ChatMessages.name) {
      throw CurationError(
        .usage, "--chat-train and --chat-validation go with --format \(ChatMessages.name)")
    }
    return request
  }
}

/// How much work is done at a time.
struct JobsOption: ParsableArguments {
  @Option(help: ArgumentHelp("Tasks at work at a time.", valueName: "n"))
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  /// Of more, some would find no file to open.
  var count: Int { min(jobs, Limits.jobLimit) }

  func validate() throws {
    guard 1...1024 ~= jobs else {
      throw ValidationError("--jobs must be between 1 and 1024, not \(jobs)")
    }
  }
}
