import Foundation
import Testing

struct VerifyCommandTests {
  @Test func passesWhatTheProgramMade() async throws {
    let dataset = try await Dataset()
    let result = try await dataset.verify()
    #expect(result.code == 0 && result.output == "curated: all checks passed\n", "\(result)")
    let split = try await dataset.place.run("split", "--seed", "9", "--train", "10", "--quiet")
    #expect(split.code == 0, "\(split.errors)")
    let again = try await dataset.verify()
    #expect(again.code == 0, "\(again)")
  }

  @Test(arguments: [
    ["redact-price", "fingerprint", "deduplicate"], ["hold-out: {per-thousand: 300}"],
  ])
  func passesARecipeThatDoesLess(without: [String]) async throws {
    let dataset = try await Dataset(without: without)
    let result = try await dataset.verify()
    #expect(result.code == 0, "\(result)")
  }

  @Test(arguments: Tampering.all)
  func failsWhereSomeoneHasBeen(tampering: Tampering) async throws {
    let dataset = try await Dataset(options: tampering.options)
    try tampering.change(dataset)
    if tampering.isSigned { try dataset.signFiles() }
    let result = try await dataset.verify()
    #expect(result.code == 65, "\(result)")
    let kinds = result.output.split(separator: "\n").compactMap { $0.split(separator: ":").first }
    #expect(kinds.contains(Substring(tampering.kind)), "\(result)")
    #expect(!tampering.isSigned || !kinds.contains("changed-file"), "\(result)")
    #expect(result.errors == "curate: curated: not a dataset to trust\n")
  }

  @Test func namesTheFirstOfEachKindAndCountsTheRest() async throws {
    let dataset = try await Dataset()
    try dataset.changeRows("train") { rows in
      for index in 1..<4 {
        rows[index].replace(#/"completion": "\d+\.00"/#, with: #""completion": "0.00""#)
      }
    }
    let output = try await dataset.verify().output
    let finding = output.split(separator: "\n").first { $0.hasPrefix("wrong-answer: ") }
    #expect(finding?.hasPrefix("wrong-answer: train.jsonl, line 2, ") == true, "\(output)")
    #expect(finding?.hasSuffix(" (and 2 more)") == true, "\(output)")
  }

  @Test func namesTheShardAndItsLine() async throws {
    let dataset = try await Dataset(options: ["--shards", "3", "--gzip"])
    let name = "train-00001-of-00003.jsonl.gz"
    try dataset.place.shell(
      "cd curated && zcat \(name) | sed '2s/Gadget/gadget/' | gzip > x && mv x \(name)")
    let output = try await dataset.verify().output
    for kind in ["changed-file: \(name) ", "not-the-seeds: \(name), line 2, A"] {
      #expect(output.contains(kind), "\(output)")
    }
  }

  /// What no arithmetic may be done with.
  @Test(
    arguments: [
      { $0["outputs", "test.jsonl", "rows"] = Int.max }, { $0["request", "train"] = -1 },
      { $0["total", "kept"] = Int.max }, { $0["pool", "items"] = -5 },
      { $0["total"] = ["read": "many"] },
      {
        $0["files"] = [
          "formats": [], "shards": 0, "gzip": false, "chatTrain": 1, "chatValidation": 1,
        ]
      },
      {
        $0["files"] = [
          "formats": ["chats"], "shards": 1, "gzip": false, "chatTrain": 1, "chatValidation": 1,
        ]
      },
      {
        $0["files"] = [
          "formats": ["chat"], "shards": 1, "gzip": false, "chatTrain": -1, "chatValidation": 1,
        ]
      },
    ] as [@Sendable (inout [String: Any]) -> Void])
  func impossibleFiguresAreRefused(change: @Sendable (inout [String: Any]) -> Void) async throws {
    let dataset = try await Dataset()
    try dataset.changeManifest(change)
    for command in ["verify", "split"] {
      let result =
        command == "split"
        ? try await dataset.place.run("split", "--quiet") : try await dataset.verify()
      #expect(result.code == 65 && result.errors.contains("not a manifest"), "\(result)")
    }
  }

  @Test(arguments: [
    "DROP TABLE fingerprints", "ALTER TABLE items DROP COLUMN line",
    "UPDATE about SET value = 'no recipe' WHERE key = 'recipe'",
    "UPDATE about SET value = replace(value, 'balance', 'balance: {highest: 2147483647}')",
  ])
  func aPoolThatCannotBeReadIsBadData(sql: String) async throws {
    let dataset = try await Dataset()
    try dataset.changePool(sql)
    let result = try await dataset.verify()
    #expect(result.code == 65, "\(result)")
  }

  @Test(arguments: [
    (["nowhere"], 66, "nowhere/manifest.json"), (["no-manifest"], 66, "there is no manifest"),
    (["no-pool"], 66, "there is no pool"), (["broken-manifest"], 65, "not a manifest"),
    (["broken-pool"], 65, "pool.sqlite"),
    (["curated", "--tokenizer", "other.tiktoken"], 64, "made with another tokenizer"),
  ])
  func failuresAreToldWithTheirCode(arguments: [String], code: Int32, words: String) async throws {
    let dataset = try await Dataset()
    let place = dataset.place
    for name in ["no-manifest", "no-pool", "broken-manifest", "broken-pool"] {
      try FileManager.default.copyItem(
        atPath: "\(place.path)/curated", toPath: "\(place.path)/\(name)")
    }
    for name in ["no-manifest/manifest.json", "no-pool/pool.sqlite"] {
      try FileManager.default.removeItem(atPath: "\(place.path)/\(name)")
    }
    for name in ["broken-manifest/manifest.json", "broken-pool/pool.sqlite"] {
      try place.write("text", to: name)
    }
    let bytes = try place.read("bytes.tiktoken").split(separator: "\n")
    try place.write(
      bytes.map { $0.hasSuffix(" 255") ? "\($0)\nYWI= 256\n" : "\($0)\n" }.joined(),
      to: "other.tiktoken")
    let tokenizer = arguments.contains("--tokenizer") ? [] : ["--tokenizer", "bytes.tiktoken"]
    let result = try await Command.run(
      ["verify"] + arguments + tokenizer + ["--tokenizer-kind", "llama3"], in: place.path)
    #expect(result.code == code && result.errors.contains(words), "\(result)")
  }
}

/// The separate program's judgement.
@Suite(.enabled(if: Python.isAvailable, "python3 is not there"))
struct CheckDatasetTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  private static let tokenizer = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "tokenizers/llama3.model").path

  @Test func agreesWithTheDefaultRecipe() async throws {
    let place = try Workplace()
    _ = try await place.run("synthesize", "raw", "--items", "2000", "--seed", "3")
    let hasModel = FileManager.default.fileExists(atPath: Self.tokenizer)
    let tokenizer = hasModel ? [Self.tokenizer] : ["bytes.tiktoken", "--tokenizer-kind", "llama3"]
    let result = try await Command.run(["run", "--tokenizer"] + tokenizer, in: place.path)
    #expect(result.code == 0, "\(result.errors)")
    let check = [Self.tests.appending(path: "check_dataset.py").path, "\(place.path)/curated"]
    let (code, output) = try Python.run(check)
    #expect(code == 0 && output.contains(" pairs, "), "\(output)")

    // It is no rubber stamp: one row that carries its price, and one that stands on both sides.
    let test = try place.read("curated/test.jsonl").split(separator: "\n")
    var train = try place.read("curated/train.jsonl").split(separator: "\n").map { "\($0)\n" }
    train[0].replace(#/"price": ([0-9.]+), "prompt": "(.*)\\n\\nPrice/#) {
      #""price": \#($0.1), "prompt": "\#($0.2) only $\#($0.1)\n\nPrice"#
    }
    try place.write(train.joined() + (test.first ?? "") + "\n", to: "curated/train.jsonl")
    let (again, findings) = try Python.run(check)
    #expect(again == 1)
    for kind in ["own-price", "near-duplicate", "same-id", "manifest"] {
      #expect(findings.contains("\n\(kind) ("), "\(findings)")
    }
  }
}

enum Python {
  static var isAvailable: Bool { (try? run(["--version"]))?.code == 0 }

  static func run(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
