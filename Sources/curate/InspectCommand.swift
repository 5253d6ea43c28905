import ArgumentParser
import Audit
import Bytes
import Contracts
import DatasetFiles
import Engine
import Foundation
import ItemPool
import PoolSteps
import RawData
import Tokenization

struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract:
      "Shows items: what each step made of them, and why they are in the dataset or missing.",
    discussion: """
      Names an item by its id or by its line in a raw file, or takes random ones of the pool, or those \
      that ended for a reason. Items that a step dropped are found in the raw files. The recipe is that \
      of the dataset; --recipe counts where there is none yet.

      What a step took out stands in red or in [-brackets-], what it added in green or in {+brackets+}.

      Why is a product missing, or where is it?
      Example: curate inspect B0YFGKFE2L

      What a step took out, page by page:
      Example: curate inspect --rejected too-short --count 20 --skip 40

      An item of the pool, token by token:
      Example: curate inspect --random --tokens

      Its near-duplicates, and which of them stay:
      Example: curate inspect --near 2834190020

      For programs, an object a line:
      Example: curate inspect --rejected deduplicate --json
      """)

  @Argument(help: "The item's id, which is parent_asin in the raw files.")
  var id: String?

  @Option(help: ArgumentHelp("The item at a line of a raw file.", valueName: "file:line"))
  var at: String?

  @Flag(help: "Random items of the pool.")
  var random = false

  @Option(
    help: ArgumentHelp(
      "Items that were dropped for a reason or by a step, such as too-short or balance.",
      valueName: "reason"), completion: .list(Self.reasons))
  var rejected: String?

  @Option(
    help: ArgumentHelp(
      "The duplicates and near-duplicates of an item of the pool.", valueName: "id|file:line"))
  var near: String?

  @Option(
    help: ArgumentHelp(
      "How many items are shown (default: 1 random one, 5 rejected ones, 20 near ones).",
      valueName: "n"))
  var count: Int?

  @Option(
    help: ArgumentHelp("With --rejected: leave so many out first, to page on.", valueName: "n"))
  var skip = 0

  @Option(help: "With --random: the same seed shows the same items.")
  var seed: UInt64?

  @Flag(help: "Show the tokens of prompt and answer one by one.")
  var tokens = false

  @Flag(help: "Print a JSON object a line instead.")
  var json = false

  @Option(help: "Raw files, or folders with raw files.", completion: .file())
  var raw = ["raw"]

  @OptionGroup var out: OutOption
  @OptionGroup var recipeOptions: RecipeOptions

  func validate() throws {
    let ways = [id != nil, at != nil, random, rejected != nil, near != nil].filter { $0 }.count
    guard ways == 1 else {
      throw ValidationError(
        "name what to inspect\(ways > 1 ? " in one way" : ""): an ID, --at FILE:LINE, --random, "
          + "--rejected REASON, or --near ID")
    }
    if seed != nil, !random { throw ValidationError("--seed goes with --random") }
    if skip != 0, rejected == nil { throw ValidationError("--skip goes with --rejected") }
    if count != nil, id != nil || at != nil {
      throw ValidationError("--count goes with --random, --rejected or --near")
    }
    if let count, count < 1 { throw ValidationError("--count must be at least 1, not \(count)") }
    if skip < 0 { throw ValidationError("--skip must be 0 or more, not \(skip)") }
    if let at, place(at) == nil { throw ValidationError("--at takes FILE:LINE, not '\(at)'") }
  }

  func run() async throws { try await reading(out.folder, inspect) }

  private func inspect() async throws {
    let dataset = try openDataset()
    if let at, let (file, line) = place(at) {
      let record = try finder(for: file).record(in: file, line: line)
      try await show(record, dataset)
    } else if let rejected {
      try await showRejected(rejected, dataset)
    } else if let near {
      try await showNear(near, dataset)
    } else if let dataset, random {
      let seed = seed ?? UInt64.random(in: 0 ... .max)
      let rows = try dataset.pool.rows(randomBy: seed, count: count ?? 1)
      guard !rows.isEmpty else {
        throw CurationError(.noInput, "\(out.folder): there are no items in its pool")
      }
      try await show(rows, dataset)
    } else if let id {
      try await show(id, dataset)
    }
  }

  // MARK: What is asked for

  private func show(_ id: String, _ dataset: InspectedDataset?) async throws {
    if let dataset, let row = try dataset.rows(withID: id).first {
      try await show([row], dataset)
    } else if let record = try await finder().record(withID: id) {
      try await show(record, dataset)
    } else {
      let other = id.uppercased()
      let isOther = try other != id && dataset?.pool.rows(withID: other).isEmpty == false
      throw CurationError(
        .noInput,
        "\(id): neither in \(out.folder)/ nor in \(raw.joined(separator: ", "))"
          + (isOther ? "; did you mean \(other)?" : ""))
    }
  }

  private static let poolSteps = StepCatalogue.poolSteps.map { $0.name }
  private static let reasons = RejectFinder.reasons + poolSteps

  private func showRejected(_ reason: String, _ dataset: InspectedDataset?) async throws {
    let count = count ?? 5
    let recipe = try recipe(dataset)
    let names = (recipe.reasons.map(\.name), recipe.droppingSteps)
    guard (names.0 + names.1).contains(reason) else {
      throw CurationError(
        .usage,
        "with the recipe \(recipe.name) nothing is dropped for '\(reason)'"
          + nearest(reason, in: names.0 + names.1) + " (the reasons are "
          + names.0.joined(separator: ", ") + "; the steps that drop are "
          + names.1.joined(separator: ", ") + ")")
    }
    var shown = 0
    var total: Int?
    var hint: (words: String, command: ShellCommand)?
    if Self.poolSteps.contains(reason) {
      guard let dataset else { throw noDataset }
      let rows = try await dataset.rows(leftOutBy: reason)
      let chosen = Array(rows.dropFirst(skip).prefix(count))
      (shown, total) = (chosen.count, rows.count)
      let last = try await show(chosen, dataset)
      if reason == DeduplicateStep.name, let last {
        hint = ("All that the last one is like", next.inspect("--near", last.ownName))
      }
    } else {
      let recordReasons = RejectFinder.reasons(named: reason)
      let inspector = try inspector(dataset, recipe)
      let finder = RejectFinder(try rawFiles(), inspector, dataset?.manifest)
      var isAny = false
      shown = try finder.forEachRecord(for: recordReasons, skip: skip, count: count) { record in
        let trace = try inspector.trace(record)
        try show(
          InspectedItem(trace: trace, row: nil, end: Self.recordEnd(of: trace)), isFirst: !isAny)
        isAny = true
        if let step = trace.dropped?.step {
          hint = ("What the step does", next.command(["steps", step]))
        }
      }
      total = finder.count(for: recordReasons)
    }
    let sum = skip.addingReportingOverflow(shown)
    let end = sum.overflow ? Int.max : sum.partialValue
    let whole = total.map { " of \(grouped($0))" } ?? ""
    let range = "Shown: \(grouped(min(skip, end - 1) + 1)) to \(grouped(end))\(whole)."
    switch shown {
    case 0:
      StandardError.say(skip == 0 ? "Nothing ended for this reason." : "There are no more\(whole).")
    case count where total.map { end < $0 } ?? true:
      let options =
        (self.count.map { ["--count", "\($0)"] } ?? []) + (tokens ? ["--tokens"] : [])
        + (json ? ["--json"] : [])
      say(
        "\(range) For the next",
        next.inspect(["--rejected", reason, "--skip", "\(end)"] + options))
    default: StandardError.say(range)
    }
    if let hint { say(hint.words, hint.command) }
  }

  private func say(_ words: String, _ command: ShellCommand) {
    for line in command.lines(after: words, width: StandardError.columns) {
      StandardError.say(line)
    }
  }

  private func showNear(_ name: String, _ dataset: InspectedDataset?) async throws {
    guard let dataset else { throw noDataset }
    guard let row = try dataset.rows(withID: name).first ?? row(at: name, dataset) else {
      let way = ["curate", "inspect"] + (place(name) == nil ? [] : ["--at"]) + [name]
      let place = out.folder == OutOption.usualFolder ? [] : ["--out", out.folder]
      throw CurationError(
        .noInput,
        "\(name): not in the pool of \(out.folder)/; "
          + "this tells why: \(ShellCommand(way + place).text)")
    }
    let relatives = try await dataset.relatives(of: row)
    let limit = count ?? 20
    if json {
      for relative in relatives.prefix(limit) { try printJSON(relative.json) }
    } else {
      NearView(relatives: relatives, recipe: dataset.splitMaker.recipe)
        .show(limit, all: next.inspect("--near", name, "--count", "\(relatives.count)"))
    }
  }

  /// The row of the item at FILE:LINE; nil where that is no place of an item in the pool.
  private func row(at name: String, _ dataset: InspectedDataset) throws -> UInt32? {
    guard let (file, line) = place(name) else { return nil }
    let record = try finder(for: file).record(in: file, line: line)
    return try dataset.row(of: inspector(dataset).trace(record))
  }

  private var noDataset: CurationError {
    CurationError(.noInput, "\(out.folder): there is no dataset; 'curate run' makes one")
  }

  // MARK: Showing

  private func show(_ record: RawRecord, _ dataset: InspectedDataset?) async throws {
    let trace = try inspector(dataset).trace(record)
    var item = InspectedItem(trace: trace, row: nil, end: Self.recordEnd(of: trace))
    if let dataset, let row = try dataset.row(of: trace) {
      item = InspectedItem(
        trace: trace, row: try dataset.item(row), end: try await dataset.end(of: row))
      item.namesakes = try dataset.namesakes(of: row)
    }
    try show(item)
  }

  /// Shows items of the pool, without their raw records where the raw files are gone. Gives the last.
  @discardableResult
  private func show(_ rows: [UInt32], _ dataset: InspectedDataset) async throws -> InspectedItem? {
    let inspector = try inspector(dataset)
    let ends = rows.count > 1 ? try await dataset.ends(of: Set(rows)) : [:]
    let items = try rows.map(dataset.item)
    let places = items.map { ($0.source, $0.line, $0.id.text) }
    let (records, fault) = try rawRecords(at: places)
    var last: InspectedItem?
    for (row, (item, record)) in zip(rows, zip(items, records)) {
      let end: InspectedDataset.End
      if let known = ends[row] { end = known } else { end = try await dataset.end(of: row) }
      var inspected = InspectedItem(
        trace: try record.map(inspector.trace), row: item, end: end, fault: fault)
      // A list shows none, but what is said behind it needs those of the last.
      if row == rows.last { inspected.namesakes = try dataset.namesakes(of: row) }
      try show(inspected, isFirst: last == nil)
      last = inspected
    }
    return last
  }

  /// The raw records at some places, nil for those that are gone, and why they may be.
  private func rawRecords(
    at places: [(file: String, line: Int, id: String)]
  ) throws -> ([RawRecord?], fault: String) {
    do {
      let fault = "its line in the raw file is another one now, or the file is gone"
      return (try finder().records(at: places), fault)
    } catch let error as CurationError where error.code == .noInput {
      return (places.map { _ in nil }, error.description)
    }
  }

  private var next: NextCommands {
    NextCommands(folder: out.folder, raw: raw, recipeOptions)
  }

  private func show(_ item: InspectedItem, isFirst: Bool = true) throws {
    if json { return try printJSON(item.json) }
    let view = ItemView(item: item, showsTokens: tokens, next: next)
    if rejected != nil || count ?? 1 > 1 {
      if !isFirst { print() }
      view.showShort()
    } else {
      view.show()
    }
  }

  /// Where a record ended before the pool, if it did.
  private static func recordEnd(of trace: Inspector.Trace) -> InspectedDataset.End {
    if let unreadable = trace.unreadable { return .unreadable(unreadable) }
    return trace.dropped.map { .dropped(step: $0.step, reason: $0.reason) } ?? .notInPool
  }

  // MARK: Where it comes from

  private func place(_ text: String) -> (file: String, line: Int)? {
    guard let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]),
      line >= 1
    else { return nil }
    return (String(text[..<colon]), line)
  }

  /// The raw files, as far as they can be read; a file that is named by its path need not be among them.
  private func rawFiles(with file: String? = nil) throws -> [RawFile] {
    let isPath = file.map { FileManager.default.fileExists(atPath: $0) } ?? false
    return try RawFiles.find(isPath ? [file ?? ""] : raw, .skip)
  }

  private func finder(for file: String? = nil) throws -> RecordFinder {
    RecordFinder(try rawFiles(with: file))
  }

  /// - Parameter recipe: where it has been read already, which a pipe allows but once.
  private func inspector(_ dataset: InspectedDataset?, _ recipe: Recipe? = nil) throws -> Inspector
  {
    let tokenizer = try recipeOptions.loadTokenizer()
    try dataset?.check(tokenizer)
    return try Inspector(recipe: recipe ?? self.recipe(dataset), tokenizer: tokenizer)
  }

  private func recipe(_ dataset: InspectedDataset?) throws -> Recipe {
    try dataset?.splitMaker.recipe ?? Recipe(nameOrPath: recipeOptions.recipe)
  }

  /// The dataset; nil where there is none, which hinders only what needs it.
  private func openDataset() throws -> InspectedDataset? {
    do { return try InspectedDataset(folder: out.folder) } catch let error as CurationError {
      guard error.code == .noInput, !random else { throw error }
      return nil
    }
  }
}
