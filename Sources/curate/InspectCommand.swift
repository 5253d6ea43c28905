import ArgumentParser
import Curation
import Foundation
import Tokenization

struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows one item: its raw fields, what each step made of it, and where it ended.",
    discussion: """
      Names an item by its id or by its line in a raw file, or takes a random one of the pool. An \
      item that a step dropped is shown, too, as long as its raw file is there. The recipe is that of \
      the dataset; --recipe counts where there is none yet.

      Example: curate inspect --at meta_Appliances.jsonl.gz:12
      """)

  @Argument(help: "The item's id.")
  var id: String?

  @Option(help: ArgumentHelp("The item at a line of a raw file.", valueName: "file:line"))
  var at: String?

  @Flag(help: "A random item of the pool.")
  var random = false

  @Option(help: "Chooses the random item: the same seed shows the same one.")
  var seed: UInt64?

  @Option(help: "Raw files, or folders with raw files.")
  var raw = ["raw"]

  @OptionGroup var out: OutOption
  @OptionGroup var recipeOptions: RecipeOptions

  func validate() throws {
    let ways = [id != nil, at != nil, random].filter { $0 }.count
    guard ways == 1 else {
      throw ValidationError("name one item: by its ID, by --at FILE:LINE, or by --random")
    }
    if seed != nil, !random { throw ValidationError("--seed goes with --random") }
    if let at, place(at) == nil { throw ValidationError("--at takes FILE:LINE, not '\(at)'") }
  }

  func run() async throws {
    let dataset = try openDataset()
    if let at, let (file, line) = place(at) {
      let record = try finder(for: file).record(in: file, line: line)
      try await show(record, try dataset?.row(of: record), dataset)
    } else if let dataset, let row = try poolRow(dataset) {
      try await show(row, dataset)
    } else if let id, let record = try await finder().record(withID: id) {
      try await show(record, nil, dataset)
    } else {
      throw CurationError(
        .noInput,
        "\(id ?? "an item"): neither in \(out.folder)/ nor in \(raw.joined(separator: ", "))")
    }
  }

  private func place(_ text: String) -> (file: String, line: Int)? {
    guard let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]),
      line >= 1
    else { return nil }
    return (String(text[..<colon]), line)
  }

  /// The raw files, as far as they can be read; a file that is named by its path need not be among them.
  private func finder(for file: String? = nil) throws -> RecordFinder {
    let isPath = file.map { FileManager.default.fileExists(atPath: $0) } ?? false
    return RecordFinder(try RawFiles.find(isPath ? [file ?? ""] : raw, .skip))
  }

  /// The dataset; nil where there is none, which hinders only what needs it.
  private func openDataset() throws -> Dataset? {
    do { return try Dataset(folder: out.folder) } catch let error as CurationError {
      guard error.code == .noInput, !random else { throw error }
      return nil
    }
  }

  private func poolRow(_ dataset: Dataset) throws -> UInt32? {
    if let id { return try dataset.pool.rows(withID: id).first }
    return try dataset.pool.row(randomBy: seed ?? UInt64.random(in: 0 ... .max))
  }

  /// Shows an item of the pool, without its raw record where the raw file is gone.
  private func show(_ row: UInt32, _ dataset: Dataset) async throws {
    var item = PoolRow()
    try dataset.pool.read(row, into: &item)
    let record: RawRecord
    let id = String(decoding: item.id, as: UTF8.self)
    do { record = try finder().record(in: item.source, line: item.line, withID: id) } catch let
      error
      as CurationError where error.code == .noInput
    {
      print(
        """
        ITEM \(id), line \(item.line) of \(item.source)
          The raw record cannot be shown: \(error.description)

        PROMPT AND ANSWER (\(item.tokenCount) tokens)
        \(String(decoding: item.prompt + item.answer, as: UTF8.self))
        """)
      print(try await dataset.end(of: row))
      return
    }
    try await show(record, row, dataset)
  }

  private func show(_ record: RawRecord, _ row: UInt32?, _ dataset: Dataset?) async throws {
    let tokenizer = try recipeOptions.loadTokenizer()
    try dataset?.check(tokenizer)
    let recipe = try dataset?.splitMaker.recipe ?? Recipe(nameOrPath: recipeOptions.recipe)
    let inspector = try Inspector(recipe: recipe, tokenizer: tokenizer)
    let trace = try inspector.trace(record)
    ItemView(trace).show()
    if let row, let dataset {
      print(try await dataset.end(of: row))
    } else if trace.isKept {
      print("\nEND\n  kept, but there is no pool in \(out.folder)/ that holds it; see 'curate run'")
    }
  }
}

/// The dataset in a folder, opened to look items up.
private final class Dataset {
  let pool: PoolReader
  let splitMaker: SplitMaker
  private let folder: String

  init(folder: String) throws {
    self.folder = folder
    pool = try PoolReader(path: SplitMaker.poolPath(folder))
    splitMaker = try SplitMaker(folder: folder)
  }

  /// The row of a record in the pool; nil where it is not there.
  func row(of record: RawRecord) throws -> UInt32? {
    guard let row = try pool.row(source: record.source, line: record.line) else { return nil }
    var item = PoolRow()
    try pool.read(row, into: &item)
    return try record.id() == String(decoding: item.id, as: UTF8.self) ? row : nil
  }

  /// Another tokenizer would show other tokens than those that were counted.
  func check(_ tokenizer: Tokenizer) throws {
    guard try pool.about("tokenizer-sha256") == tokenizer.sha256 else {
      throw CurationError(
        .usage, "the dataset was made with another tokenizer; name that one with --tokenizer FILE")
    }
  }

  /// Where an item of the pool ended, for people.
  func end(of row: UInt32) async throws -> String {
    switch try await splitMaker.whereabouts(ofRow: row, of: folder) {
    case .file(let name): "\nEND\n  in \(name)"
    case .leftOut(let step): "\nEND\n  in the pool, left out by '\(step)'"
    }
  }
}
