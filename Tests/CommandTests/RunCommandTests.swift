import Foundation
import Testing

struct RunCommandTests {
  private static let recipe = """
    name: small
    seed: 1
    test-seed: 2
    train: 20
    validation: 2
    test: 2
    record-steps:
      - price
      - assemble
      - token-window: {more-than: 10, cut-to: 40}
      - prompt
    pool-steps: [hold-out: {per-thousand: 200}, balance, split]

    """

  /// A place with a few raw records, a recipe and a tokenizer that fit them.
  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(Self.recipe, to: "small.yaml")
    let lines = (0..<40).map { number in
      #"{"parent_asin": "B\#(number)", "title": "Product number \#(number)", "#
        + #""price": \#(number == 3 ? "null" : "\(number).5"), "features": ["good", "cheap"]}"#
    }
    try workplace.write((lines + ["garbage"]).joined(separator: "\n"), to: "raw/meta_Toys.jsonl")
    return workplace
  }

  private let options = [
    "--recipe", "small.yaml", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3",
  ]

  @Test func makesADatasetAndTellsWhatBecameOfEveryLine() async throws {
    let place = try workplace()
    let result = try await Command.run(["run", "--rejects"] + options, in: place.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "")
    for line in [
      "read                 41  lines of one file", "unreadable            1  not-json:",
      "dropped               1  no-price:", "kept                 39", "train                20\n",
    ] {
      #expect(result.errors.contains(line), "\(line) in \(result.errors)")
    }
    #expect(
      try place.names(in: "curated") == [
        "manifest.json", "pool.sqlite", "rejects.jsonl.gz", "test.jsonl", "train.jsonl",
        "validation.jsonl",
      ])
    #expect(try place.read("curated/train.jsonl").split(separator: "\n").count == 20)
    #expect(try place.names() == ["bytes.tiktoken", "curated", "raw", "small.yaml"])
  }

  @Test func isSilentWhenAsked() async throws {
    let place = try workplace()
    let result = try await Command.run(["run", "--quiet"] + options, in: place.path)
    #expect(result.code == 0 && result.errors == "" && result.output == "")
  }

  @Test func aDryRunWritesNothing() async throws {
    let place = try workplace()
    let result = try await Command.run(["run", "--dry-run"] + options, in: place.path)
    #expect(result.code == 0 && result.errors.contains("nothing was written"))
    #expect(try !place.names().contains("curated"))
  }

  @Test func splitsAgainWithoutTheRawFiles() async throws {
    let place = try workplace()
    _ = try await Command.run(["run"] + options, in: place.path)
    let (train, test) = (
      try place.read("curated/train.jsonl"), try place.read("curated/test.jsonl")
    )
    try FileManager.default.removeItem(atPath: "\(place.path)/raw")
    let other = try await place.run("split", "--seed", "5")
    #expect(other.code == 0, "\(other.errors)")
    #expect(try place.read("curated/train.jsonl") != train)
    #expect(try place.read("curated/test.jsonl") == test)
    _ = try await place.run("split", "--seed", "1", "--quiet")
    #expect(try place.read("curated/train.jsonl") == train)
  }

  @Test(arguments: [
    (["run", "nowhere"], 66, "nowhere: no such file or folder"),
    (["run", "--tokenizer", "none"], 66, "fetch-tokenizer"),
    (["run", "--tokenizer", "small.yaml"], 65, "small.yaml"),
    (["run", "--recipe", "smal.yaml"], 66, "no recipe is named 'smal.yaml'"),
    (["run", "--recipe", "bad.yaml"], 78, "bad.yaml:1: 'nam' is no key; did you mean 'name'?"),
    (["run", "--jobs", "0"], 64, "--jobs must be between 1 and 1024"),
    (["run", "--train", "-1"], 64, "--train"),
    (["run", "--sead", "1"], 64, "Unknown option '--sead'"),
    (["run", "--out", "small.yaml"], 74, "small.yaml: is a file"),
    (["run", "broken"], 65, "named .gz"),
    (["split"], 66, "curate run"),
    (["inspect"], 64, "name one item"), (["inspect", "x", "--at", "y:1"], 64, "name one item"),
    (["inspect", "--at", "y"], 64, "FILE:LINE"), (["inspect", "nobody"], 66, "nobody"),
    (["steps", "prise"], 64, "no step is named 'prise'"),
    (["tokenizer", "small.yaml"], 65, "small.yaml"),
  ])
  func failuresAreToldWithTheirCode(arguments: [String], code: Int32, words: String) async throws {
    let place = try workplace()
    try place.write("nam: x\n", to: "bad.yaml")
    try place.write("text", to: "broken/meta_A.jsonl.gz")
    let takesDefaults = arguments[0] == "run" && !arguments.contains("--tokenizer")
    let defaults = options.dropFirst(arguments.contains("--recipe") ? 2 : 0)
    let result = try await Command.run(arguments + (takesDefaults ? defaults : []), in: place.path)
    #expect(result.code == code, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(try !place.names().contains("curated"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalEndsTheRunAndLeavesTheFolderAlone(signal: Int32) async throws {
    let place = try workplace()
    _ = try await Command.run(["run"] + options, in: place.path)
    let before = try place.read("curated/manifest.json")
    let line = #"{"title": "\#(String(repeating: "Product, ", count: 200))", "price": 5}"# + "\n"
    try place.write(String(repeating: line, count: 100_000), to: "raw/meta_Large.jsonl")
    let running = try Command.start(["run"] + options, in: place.path)
    while try !place.names().contains(".curated.partial") {
      try await Task.sleep(for: .milliseconds(5))
    }
    running.signal(signal)
    let result = try await running.finish()
    #expect(result.code == 130, "\(result.errors)")
    #expect(result.errors.contains("interrupted"))
    #expect(try place.read("curated/manifest.json") == before)
    #expect(try !place.names().contains(".curated.partial"))
  }
}
