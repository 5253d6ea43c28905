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
    let dataset = try await Dataset()
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

  /// What no arithmetic may be done with.
  @Test(
    arguments: [
      { $0["outputs", "test.jsonl", "rows"] = Int.max }, { $0["request", "train"] = -1 },
      { $0["total", "kept"] = Int.max }, { $0["pool", "items"] = -5 },
      { $0["total"] = ["read": "many"] },
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

/// One way to touch a dataset, and the kind of finding that must tell.
struct Tampering: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let kind: String
  /// Whether the manifest is made to match the changed files.
  let isSigned: Bool
  let change: @Sendable (Dataset) throws -> Void

  private static func unsigned(
    _ description: String, _ kind: String, _ change: @escaping @Sendable (Dataset) throws -> Void
  ) -> Tampering {
    Tampering(testDescription: description, kind: kind, isSigned: false, change: change)
  }

  /// Changes the rows of train, and the manifest to match.
  private static func rows(
    _ description: String, _ kind: String, of split: String = "train",
    _ change: @escaping @Sendable (inout [String]) throws -> Void
  ) -> Tampering {
    Tampering(testDescription: description, kind: kind, isSigned: true) {
      try $0.changeRows(split, change)
    }
  }

  private static func pool(_ description: String, _ kind: String, _ sql: String) -> Tampering {
    unsigned(description, kind) { try $0.changePool(sql) }
  }

  private static func manifest(
    _ description: String, _ kind: String,
    _ change: @escaping @Sendable (inout [String: Any]) -> Void
  ) -> Tampering {
    unsigned(description, kind) { try $0.changeManifest(change) }
  }

  static let all: [Tampering] = [
    unsigned("a character of a prompt", "changed-file") {
      try $0.changeRows("train") { $0[0].replace("Gadget", with: "gadget") }
    },
    rows("a character of a prompt, signed", "not-the-seeds") {
      $0[0].replace("Gadget", with: "gadget")
    },
    rows("a price", "wrong-answer") { $0[1].replace(#/"price": \d+/#, with: #""price": 7"#) },
    rows("a completion", "wrong-answer", of: "test") {
      $0[0].replace(#/"completion": "/#, with: #""completion": "1"#)
    },
    rows("a price and its completion", "not-the-seeds") {
      $0[2].replace(#/"price": [0-9.]+/#, with: #""price": 250.0"#)
      $0[2].replace(#/"completion": "\d+/#, with: #""completion": "250"#)
    },
    rows("a price out of range", "price-out-of-range") {
      $0[2].replace(#/"price": [0-9.]+/#, with: #""price": 1e300"#)
    },
    rows("two rows swapped", "not-the-seeds") { $0.swapAt(3, 4) },
    rows("a row removed", "not-the-seeds") { $0.removeLast() },
    rows("a row doubled", "same-id") { $0.append($0[5]) },
    rows("an id", "not-the-seeds") { $0[0].replace(#/"id": "\w/#, with: #""id": "X"#) },
    rows("a category", "not-the-seeds") { $0[0].replace("Toys", with: "Tool") },
    rows("a title twice", "same-title") { rows in
      let title = try #require(rows[0].firstMatch(of: #/Gadget \w+/#)).output
      rows[1].replace(#/Gadget \w+/#, with: title)
    },
    rows("another question", "wrong-prompt") {
      $0[0].replace("How much does", with: "How much did")
    },
    rows("a text beyond the window", "token-window") {
      $0[0].replace("Gadget", with: String(repeating: "long ", count: 80))
    },
    rows("a text below the window", "token-window") {
      $0[0].replace(#/w\d+x5.*w\d+x19/#, with: "")
    },
    rows("its own price in a text", "own-price") {
      $0[0].replace(#/"price": ([0-9.]+),(.*)Gadget/#) {
        #""price": \#($0.1),\#($0.2)$\#($0.1) Gadget"#
      }
    },
    rows("a line that is no JSON", "bad-row") { $0[0].removeLast(3) },
    rows("a key too few", "bad-row") { $0[0].replace(#/"category": "\w+", /#, with: "") },
    rows("a key too many", "not-the-seeds") { $0[0].replace("{", with: #"{"a": 1, "#) },
    rows("an empty line", "bad-row") { $0.append("") },
    Tampering(testDescription: "no last line feed", kind: "not-the-seeds", isSigned: true) {
      let text = try $0.place.read("curated/train.jsonl")
      try $0.place.write(String(text.dropLast()), to: "curated/train.jsonl")
    },
    Tampering(testDescription: "a test row in train", kind: "same-id", isSigned: true) {
      let test = try $0.rows("test")
      try $0.changeRows("train") { $0.append(test[0]) }
    },
    Tampering(
      testDescription: "a test row's near-duplicate in train", kind: "near-duplicate",
      isSigned: true
    ) {
      let test = try $0.rows("test")
      try $0.changeRows("train") { rows in
        rows[0] = test[0].replacing(#/Gadget \w+/#, with: "Gizmo")
          .replacing(#/"id": "\w+"/#, with: #""id": "B1""#)
      }
    },
    unsigned("a missing file", "missing-file") {
      try FileManager.default.removeItem(atPath: "\($0.place.path)/curated/validation.jsonl")
    },
    pool("a price in the pool", "changed-pool", "UPDATE items SET price = 9 WHERE rowid = 3"),
    pool("a prompt in the pool", "changed-pool", "UPDATE items SET prompt = '' WHERE rowid = 3"),
    pool("a token count", "changed-pool", "UPDATE items SET token_count = 9 WHERE rowid = 3"),
    pool("an item deleted from the pool", "changed-pool", "DELETE FROM items WHERE rowid = 3"),
    pool(
      "an item added to the pool", "changed-pool",
      "INSERT INTO items SELECT 'B9', category, 9, 1, prompt, answer, source, line FROM items "
        + "WHERE rowid = 3; INSERT INTO fingerprints SELECT 61, 1, 1, shingles FROM fingerprints"
        + " LIMIT 1"),
    pool(
      "an item without a fingerprint", "changed-pool", "DELETE FROM fingerprints WHERE item = 3"),
    pool(
      "a fingerprint of no item", "changed-pool",
      "INSERT INTO fingerprints SELECT 999, title, text, shingles FROM fingerprints LIMIT 1"),
    pool(
      "a row's number", "damaged",
      "UPDATE items SET rowid = 4000000000 WHERE rowid = 3; "
        + "UPDATE fingerprints SET item = 4000000000 WHERE item = 3"),
    pool(
      "another recipe in the pool", "changed-recipe",
      "UPDATE about SET value = replace(value, 'train: 25', 'train: 26') WHERE key = 'recipe'"),
    pool(
      "other fingerprints", "changed-pool",
      "UPDATE fingerprints SET text = 1, title = 1 WHERE item IN (3, 4)"),
    manifest("the items kept", "unbalanced-count") { $0["total", "kept"] = 7 },
    manifest("the items of the pool", "unbalanced-count") { $0["pool", "items"] = 7 },
    manifest("the pool's digest", "changed-pool") { $0["pool", "digest"] = "7" },
    manifest("the rows of a file", "unbalanced-count") { $0["outputs", "test.jsonl", "rows"] = 7 },
    manifest("rows shifted between files", "unbalanced-count") {
      $0["outputs", "test.jsonl", "rows"] = 3
      $0["outputs", "train.jsonl", "rows"] = 26
    },
    manifest("a step's figures", "unbalanced-count") {
      var steps = $0["selection"] as? [[String: Any]] ?? []
      steps[0]["itemsOut"] = 50
      steps[1]["itemsIn"] = 50
      $0["selection"] = steps
    },
    manifest("a file's hash", "changed-file") {
      $0["outputs", "test.jsonl", "sha256"] = String(repeating: "0", count: 64)
    },
    manifest("a file left out", "missing-file") { $0["outputs", "test.jsonl"] = nil },
    manifest("the recipe's hash", "changed-recipe") { $0["recipe", "sha256"] = "0" },
    manifest("the recipe's name", "changed-recipe") { $0["recipe", "name"] = "other" },
    manifest("the version", "changed-manifest") { $0["version"] = "9" },
    manifest("the tokenizer's kind", "changed-manifest") { $0["tokenizer", "kind"] = "gpt2" },
    manifest("the tokenizer's hash", "changed-manifest") { $0["tokenizer", "sha256"] = "0" },
    manifest("the seed", "not-the-seeds") { $0["request", "seed"] = 8 },
  ]
}
