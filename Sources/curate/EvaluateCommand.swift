import ArgumentParser
import Audit
import Bytes
import Contracts
import DatasetFiles
import Foundation

struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Scores guesses of the test split, beside guesses that need no training.",
    discussion: """
      Guesses are JSON lines with 'id' and 'guess' or 'reply', CSV with these columns, or CSV of two \
      columns, prompt and guess. Of a reply the first number counts; of one without a number, $0. An \
      item is green when the guess is within $40 or 20 % of its price, amber within $80 or 40 %; hits \
      are the green ones. With the score stand those of random guesses, the mean and the median of \
      train, and the mean of the item's category.

      Example: curate evaluate --guesses guesses.jsonl

      The course's items, or any JSON lines with title, price and prompt:
      Example: curate evaluate --test items.jsonl.gz --guesses replies.csv

      For programs:
      Example: curate evaluate --guesses - --json
      """)

  @OptionGroup var out: OutOption

  @Option(
    help: ArgumentHelp(
      "Items of one's own in place of the dataset's test split.", valueName: "file"),
    completion: .file())
  var test: String?

  @Option(
    help: ArgumentHelp(
      "With --test: the items that the references are made of.", valueName: "file"),
    completion: .file())
  var train: String?

  @Option(
    help: ArgumentHelp("The guesses; - is standard input.", valueName: "file"),
    completion: .file())
  var guesses: String

  @Option(help: ArgumentHelp("Score so many items, from the first on.", valueName: "n"))
  var first = 250

  @Option(help: ArgumentHelp("Write a page with pictures.", valueName: "file"), completion: .file())
  var page: String?

  @Flag(help: "Print a JSON object instead.")
  var json = false

  @Flag(help: "Leave the items out, and print the scores alone.")
  var quiet = false

  func validate() throws {
    guard first >= 1 else { throw ValidationError("--first must be at least 1, not \(first)") }
    if train != nil, test == nil { throw ValidationError("--train goes with --test") }
    if test != nil, out.folder != OutOption.usualFolder {
      throw ValidationError("--out names a dataset, and --test a file in its place")
    }
  }

  func run() async throws {
    let guessFile = try GuessFile(path: guesses)
    let (items, prices) =
      try await test == nil ? reading(out.folder) { try readItems() } : readItems()
    if prices == nil, let train {
      throw CurationError(.badData, "\(train): there are no rows in it")
    }
    let evaluation = try Evaluation(
      guessFile, for: Array(items.prefix(first)), others: Array(items.dropFirst(first)),
      train: prices)
    if json {
      try printJSON(evaluation.json)
    } else {
      EvaluationView(evaluation, showsItems: !quiet).show()
    }
    if let page {
      try EvaluationPage(evaluation).write(to: page)
      if !quiet, !json { StandardError.say("page: \(page)") }
    }
  }

  private func readItems() throws -> ([TestItem], References.Prices?) {
    let (testPaths, trainPaths) = try paths()
    // The items behind those that are scored are only read to tell guesses for them from others.
    let others = 1_000_000
    let items = try TestItem.read(
      testPaths, isDataset: test == nil, atMost: max(first, first &+ others))
    return (items, try References.Prices(files: trainPaths, isDataset: test == nil))
  }

  private func paths() throws -> (test: [String], train: [String]) {
    if let test { return ([test], train.map { [$0] } ?? []) }
    let manifest = try Manifest(folder: out.folder)
    return (manifest.paths(of: .test, in: out.folder), manifest.paths(of: .train, in: out.folder))
  }
}
