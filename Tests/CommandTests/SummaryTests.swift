import ArgumentParser
import Foundation
import Testing

@testable import curate

struct SummaryTests {
  /// What is done in a place with raw records, and words that the summary has.
  private static let cases: [(arguments: [String], words: [String])] = [
    (
      ["run"],
      [
        "curated/: 20 train,", "of 41 lines in one file,", "records/s", "\nnext:\n",
        "curated/report.html",
      ]
    ),
    (["run", "--dry-run"], ["dry run, nothing was written: 20 train", "without --dry-run"]),
    (["run", "--out", "it's"], ["it's/: 20 train", #"--out 'it'\''s'"#]),
    (["run", "--train", "5000"], [" train (of 5,000 asked for)"]),
    (
      ["run", "--test", "200"],
      [
        "note: too few rows to measure a model by: 3 in test.", "3 test (of 200 asked for)",
        "raise 'per-thousand' of 'hold-out' in the recipe",
      ]
    ),
    (
      ["run", "--validation", "0", "--test", "0"],
      ["curated/: 20 train rows of"]
    ),
    (
      ["split", "--seed", "7"], ["curated/: 20 train,", "39 items in the pool, seed 7", "--seed 8"]
    ),
    (
      ["run", "--recipe", "open.yaml"],
      [
        "measure a model by: 1 in validation.", "with --train 35", "1 validation (of 2 asked for)",
        "note: 'balance' left out nothing,",
      ]
    ),
    (
      ["run", "nonsense"],
      [
        "WARNING: not one of 3 lines was kept", "unreadable           -1   33.3 %  not-json",
        "0.0 %",
      ]
    ),
    (
      ["run", "raw", "nonsense"],
      ["meta_Bad.jsonl: 3 lines, 0 kept, 3 unreadable", "44 lines in 2"]
    ),
    (["run", "empty"], ["0 train, 0 validation, 0 test rows of 0 lines"]),
  ]

  private func summary(_ arguments: [String]) async throws -> String {
    let place = try Workplace.withRawRecords()
    try place.write("nonsense\n\n[]\n", to: "nonsense/meta_Bad.jsonl")
    try place.write("", to: "empty/meta_None.jsonl")
    try place.write(
      place.read("small.yaml").replacing("hold-out: {per-thousand: 200}, ", with: "")
        .replacing("train: 20", with: "train: 36").replacing(
          "balance", with: "balance: {lowest: 0}"), to: "open.yaml")
    if arguments[0] == "split" { _ = try await place.run(["run"] + Workplace.options) }
    let options =
      switch arguments {
      case _ where arguments[0] == "split": [String]()
      case _ where arguments.contains("--recipe"): Array(Workplace.options.dropFirst(2))
      default: Workplace.options
      }
    let result = try await place.run(arguments + options)
    #expect(result.code == 0, "\(result.errors)")
    // A slow machine may have told of the progress.
    return result.errors.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("curate: ") }.joined(separator: "\n")
  }

  @Test(arguments: cases)
  func tellsWhatThereIsAndWhatToMind(arguments: [String], words: [String]) async throws {
    let summary = try await summary(arguments)
    let flat = summary.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for words in words {
      let isThere =
        words.contains("\n") || words.contains("  ")
        ? summary.contains(words)
        : flat.contains(words.trimmingCharacters(in: .whitespaces))
      #expect(isThere, "\(words) in \(summary)")
    }
  }

  /// Each total is what the numbers above it leave, and the last is what the head tells.
  @Test(arguments: cases)
  func everyLineIsAccountedFor(arguments: [String], words: [String]) async throws {
    let lines = try await summary(arguments).split(separator: "\n").map(String.init)
    let ledger = lines.compactMap { line -> (label: String, count: Int)? in
      guard let match = line.wholeMatch(of: /([a-z-]+) +(-?[0-9,]+)  .*/),
        let count = Int(match.2.replacing(",", with: ""))
      else { return nil }
      return (String(match.1), count)
    }
    var left = try #require(ledger.first).count
    for row in ledger.dropFirst() {
      if ["kept", "chosen"].contains(row.label) {
        #expect(row.count == left, "\(row.label) in \(ledger)")
      } else {
        #expect(row.count <= 0)
        left += row.count
      }
    }
    let head = try #require(lines.first?.firstRange(of: /: .* rows/)).lowerBound
    let rows = lines[0][head...].prefix { $0 != "w" }.split(whereSeparator: { !$0.isNumber })
      .compactMap { Int($0) }.reduce(0, +)
    #expect(rows == left, "\(lines)")
    // Commands stand in one line each, however long they are.
    #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("--") }, "\(lines)")
  }

  /// Beside the numbers, or below them in a narrow one.
  @Test(arguments: [
    (40, "read                 41"), (70, "read                 41           lines of"),
  ])
  func fitsIntoATerminal(columns: Int, row: String) async throws {
    let place = try Workplace.withRawRecords()
    let lines = try await Command.linesInTerminal(
      of: columns, ["run", "--out", "other/"] + Workplace.options, in: place.path)
    #expect(lines.contains { $0.hasPrefix(row) }, "\(lines)")
    let wide = lines.filter { $0.count > columns && !$0.contains("/curate") }
    #expect(wide.isEmpty && lines.contains { $0.hasPrefix("  open other/report.html") }, "\(lines)")
    #expect(
      lines.contains { $0.hasSuffix(" \\") }
        && lines.contains { $0.hasPrefix("      ") && $0.contains("--") })
  }

  @Test func limitsAndTimesAreTold() async throws {
    let place = try Workplace.withRawRecords()
    try place.write(
      place.read("small.yaml").replacing("more-than: 10", with: "more-than: 31"), to: "small.yaml")
    let said = try await place.run(["run", "--profile"] + Workplace.options).errors
    #expect(said.contains("more than 31 are wanted"), "\(said)")
    #expect(said.contains(/\n\npart +ms[^\n]*\n(.+\n)+\nnext:\n/), "\(said)")
  }

  @Test func nextCommandsWorkAsTheyAre() async throws {
    let place = try Workplace.withRawRecords()
    try FileManager.default.moveItem(
      atPath: "\(place.path)/raw", toPath: "\(place.path)/other files")
    let summary = try await place.run(
      ["run", "other files", "--out", "a set"] + Workplace.options
    ).errors
    let commands = summary.split(separator: "\n").filter { $0.contains("/curate ") }
    #expect(commands.count == 3, "\(summary)")
    for command in commands {
      let result = try await Command.run(["--help"], in: place.path, after: "set -e; \(command)")
      #expect(result.code == 0, "\(command): \(result.errors)")
      let showsSteps =
        result.output.contains("STEP price") && !result.output.contains("cannot be shown")
      #expect(!command.contains("--random") || showsSteps, "\(command): \(result.output)")
    }
    // A split knows neither raw files nor tokenizer, and names no command that needs them.
    let split = try await place.run("split", "--out", "a set", "--seed", "3").errors
    let next = split.split(separator: "\n").filter { $0.contains("/curate ") }
    #expect(next.count == 1 && next.allSatisfy { $0.contains(" split ") }, "\(split)")
  }
}
