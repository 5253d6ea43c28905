import Foundation
import Testing

struct RunCommandTests {
  @Test func makesADatasetAndTellsWhatBecameOfEveryLine() async throws {
    let place = try Workplace.withRawRecords()
    let result = try await Command.run(["run", "--rejects"] + Workplace.options, in: place.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "")
    for line in [
      "read                 41           lines of one file\n",
      "unreadable           -1    2.4 %  not-json: the line is not valid JSON\n",
      "dropped              -1    2.4 %  no-price:", "kept                 39   95.1 %  ",
      "curated/: 20 train,",
    ] {
      #expect(result.errors.contains(line), "\(line) in \(result.errors)")
    }
    #expect(
      try place.names(in: "curated") == [
        "README.md", "manifest.json", "pool.sqlite", "rejects.jsonl.gz", "report.html",
        "test.jsonl",
        "train.jsonl",
        "validation.jsonl",
      ])
    #expect(try place.read("curated/train.jsonl").split(separator: "\n").count == 20)
    #expect(try place.names() == ["bytes.tiktoken", "curated", "raw", "small.yaml"])
  }

  @Test func theUsualTokenizerIsFoundBesideAnInstalledProgram() async throws {
    let place = try Workplace.withRawRecords()
    let install =
      "mkdir -p bin share/curate; cp \"$0\" bin/curate; cp bytes.tiktoken share/curate/llama3.model"
    let arguments = ["run", "--recipe", "small.yaml", "--tokenizer-kind", "llama3"]
    let result = try await Command.run(
      arguments, in: place.path, after: "\(install); exec bin/curate \"$@\"")
    #expect(result.code == 0, "\(result.errors)")
    // Another one that is named is not replaced by it.
    let other = try await Command.run(
      arguments + ["--tokenizer", "none"], in: place.path, after: "exec bin/curate \"$@\"")
    #expect(other.code == 66, "\(other.errors)")
  }

  @Test func isSilentWhenAsked() async throws {
    let place = try Workplace.withRawRecords()
    let result = try await Command.run(["run", "--quiet"] + Workplace.options, in: place.path)
    #expect(result.code == 0 && result.errors == "" && result.output == "")
  }

  @Test func aDryRunWritesNothing() async throws {
    let place = try Workplace.withRawRecords()
    let result = try await Command.run(["run", "--dry-run"] + Workplace.options, in: place.path)
    #expect(result.code == 0 && result.errors.contains("nothing was written"))
    #expect(try !place.names().contains("curated"))
  }

  @Test func splitsAgainWithoutTheRawFiles() async throws {
    let place = try Workplace.withRawRecords()
    _ = try await Command.run(["run"] + Workplace.options, in: place.path)
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
    (["run", "--format", "chatt"], 64, "text, chat; did you mean 'chat'?"),
    (
      ["run", "--format", "text", "--format", "csv"], 64,
      "no format is named 'csv'; the formats are"
    ),
    (["run", "--shards", "0"], 64, "--shards must be between 1 and 99999"),
    (["run", "--shards", "100000"], 64, "--shards"),
    (["run", "--format", "chat", "--chat-train", "-1"], 64, "--chat-train"),
    (["run", "--format", "text", "--chat-validation", "9"], 64, "go with --format chat"),
    (["run", "--sead", "1"], 64, "Unknown option '--sead'"),
    (["run", "--out", "small.yaml"], 74, "small.yaml: is a file"),
    (["run", "broken"], 65, "named .gz"),
    (["run", "raw", "--out", "raw"], 64, "raw: is the folder of the output, too"),
    (["split"], 66, "curate run"),
    (["inspect"], 64, "name what to inspect"),
    (["inspect", "x", "--at", "y:1"], 64, "name what to inspect"),
    (["inspect", "--at", "y"], 64, "FILE:LINE"), (["inspect", "nobody"], 66, "nobody"),
    (["steps", "prise"], 64, "no step is named 'prise'"),
    (["tokenizer", "small.yaml"], 65, "small.yaml"),
  ])
  func failuresAreToldWithTheirCode(arguments: [String], code: Int32, words: String) async throws {
    let place = try Workplace.withRawRecords()
    try place.write("nam: x\n", to: "bad.yaml")
    try place.write("text", to: "broken/meta_A.jsonl.gz")
    let takesDefaults = arguments[0] == "run" && !arguments.contains("--tokenizer")
    let defaults = Workplace.options.dropFirst(arguments.contains("--recipe") ? 2 : 0)
    let result = try await Command.run(arguments + (takesDefaults ? defaults : []), in: place.path)
    #expect(result.code == code, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(try !place.names().contains("curated"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalEndsTheRunAndLeavesTheFolderAlone(signal: Int32) async throws {
    let place = try Workplace.withRawRecords()
    _ = try await Command.run(["run"] + Workplace.options, in: place.path)
    let before = try place.read("curated/manifest.json")
    let line = #"{"title": "\#(String(repeating: "Product, ", count: 200))", "price": 5}"# + "\n"
    try place.write(String(repeating: line, count: 10_000), to: "raw/meta_Large.jsonl")
    let running = try Command.start(["run"] + Workplace.options, in: place.path)
    // A task that sleeps may wake up seconds later, when other tests let it, and find the run done.
    for _ in 0..<2000 {
      if try place.names().contains(".curated.curate") { break }
      usleep(5_000)
    }
    running.signal(signal)
    let result = try await running.finish()
    #expect(result.code == 130, "\(result.errors)")
    #expect(result.errors.contains("interrupted"))
    #expect(try place.read("curated/manifest.json") == before)
    try await goesOn(in: place)
  }

  /// Runs again, and compares with a run that was never disturbed.
  private func goesOn(in place: Workplace) async throws {
    for folder in ["curated", "undisturbed"] {
      let result = try await Command.run(
        ["run", "--out", folder] + Workplace.options, in: place.path)
      #expect(result.code == 0, "\(result.errors)")
    }
    for name in ["manifest.json", "train.jsonl", "test.jsonl"] {
      #expect(try place.read("curated/\(name)") == place.read("undisturbed/\(name)"), "\(name)")
    }
    #expect(try !place.names().contains { $0.hasPrefix(".curated") })
  }

  /// At whatever moment: the delays reach from the program's start to beyond its end.
  @Test func aKilledRunIsResumed() async throws {
    let place = try Workplace.withRawRecords()
    for number in 0..<6 {
      let line =
        #"{"title": "\#(String(repeating: "Product, ", count: 200))", "price": \#(number)}"#
      try place.write(
        String(repeating: line + "\n", count: 100 << number), to: "raw/meta_\(number).jsonl")
    }
    var codes: [Int32] = []
    for delay in [0, 0, 5, 60, 200, 450, 800, 1500] {
      let running = try Command.start(["run"] + Workplace.options, in: place.path)
      // A sleep may last longer on a busy machine.
      if delay > 0 { try await Task.sleep(for: .milliseconds(delay)) }
      running.signal(SIGKILL)
      let code = try await running.finish().code
      codes.append(code)
      // The old outputs whole, or the new ones, or none.
      let isThere = try place.names().contains("curated")
      if isThere { _ = try place.read("curated/manifest.json") }
    }
    // Some may have been done before.
    #expect(
      codes.contains(SIGKILL) && Set(codes).isSubset(of: [SIGKILL, 0]), "\(codes)")
    try await goesOn(in: place)
  }

  @Test func whatIsInFrontOfDamageIsKeptIfAsked() async throws {
    let place = try Workplace.withRawRecords()
    try place.gzip("raw/meta_Toys.jsonl", keeping: 300)
    let stopped = try await Command.run(["run"] + Workplace.options, in: place.path)
    #expect(stopped.code == 65 && stopped.errors.contains("--on-corrupt skip"), "\(stopped.errors)")
    #expect(try !place.names().contains("curated"))
    let arguments = ["run", "--quiet", "--on-corrupt", "skip"] + Workplace.options
    let skipped = try await Command.run(arguments, in: place.path)
    #expect(skipped.code == 0)
    #expect(skipped.errors.hasPrefix("WARNING: meta_Toys.jsonl.gz: ends at byte 300"))
    #expect(try place.read("curated/manifest.json").contains(#""damage" : {"#))
    for name in ["README.md", "report.html"] {
      #expect(try place.read("curated/\(name)").contains("was damaged at byte 300"), "\(name)")
    }
    let verified = try await place.run(
      "verify", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3")
    #expect(verified.code == 0 && verified.errors.contains("WARNING"), "\(verified.errors)")
    // What was taken over is told, too, and never passes for whole.
    #expect(try await Command.run(arguments, in: place.path).errors == skipped.errors)
    #expect(try await Command.run(["run"] + Workplace.options, in: place.path).code == 65)
  }
}
