import Foundation
import Testing

/// One way to touch a dataset, and the kind of finding that must tell.
struct Tampering: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let kind: String
  /// Whether the manifest is made to match the changed files.
  let isSigned: Bool
  /// Of the run that makes the dataset.
  var options: [String] = []
  let change: @Sendable (Dataset) throws -> Void

  private static func unsigned(
    _ description: String, _ kind: String, with options: [String] = [],
    _ change: @escaping @Sendable (Dataset) throws -> Void
  ) -> Tampering {
    Tampering(
      testDescription: description, kind: kind, isSigned: false, options: options, change: change)
  }

  /// Changes the rows of train or of another file, and the manifest to match.
  private static func rows(
    _ description: String, _ kind: String, of file: String = "train", with options: [String] = [],
    _ change: @escaping @Sendable (inout [String]) throws -> Void
  ) -> Tampering {
    Tampering(testDescription: description, kind: kind, isSigned: true, options: options) {
      try $0.changeRows(file, change)
    }
  }

  /// Lets a command of the shell's change the folder, and the manifest to match.
  private static func shell(
    _ description: String, _ kind: String, with options: [String], _ command: String
  ) -> Tampering {
    Tampering(testDescription: description, kind: kind, isSigned: true, options: options) {
      try $0.place.shell("cd curated && " + command)
    }
  }

  private static func pool(_ description: String, _ kind: String, _ sql: String) -> Tampering {
    unsigned(description, kind) { try $0.changePool(sql) }
  }

  private static func manifest(
    _ description: String, _ kind: String, with options: [String] = [],
    _ change: @escaping @Sendable (inout [String: Any]) -> Void
  ) -> Tampering {
    unsigned(description, kind, with: options) { try $0.changeManifest(change) }
  }

  static let all = ofRows + ofFormats + ofPoolAndManifest

  private static let ofRows: [Tampering] = [
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
  ]

  private static let text = ["--format", "text"]
  private static let chat = ["--format", "chat"]
  private static let shards = ["--shards", "3"]
  private static let gzip = ["--shards", "3", "--gzip"]

  private static let ofFormats: [Tampering] = [
    unsigned("a character of a text", "changed-file", with: text) {
      try $0.changeRows("train.text") { $0[0].replace("Gadget", with: "gadget") }
    },
    rows("a character of a text, signed", "not-the-seeds", of: "train.text", with: text) {
      $0[0].replace("Gadget", with: "gadget")
    },
    rows("a text's price", "not-the-seeds", of: "validation.text", with: text) {
      $0[0].replace(#/"price": \d+/#, with: #""price": 7"#)
    },
    rows("the answer in a text of test", "not-the-seeds", of: "test.text", with: text) {
      $0[0].replace("Price is $", with: "Price is $25.00")
    },
    rows("two texts swapped", "not-the-seeds", of: "train.text", with: text) { $0.swapAt(3, 4) },
    rows("a text removed", "not-the-seeds", of: "train.text", with: text) { $0.removeLast() },
    rows("a text added", "unbalanced-count", of: "train.text", with: text) { $0.append($0[5]) },
    rows("a chat's answer", "not-the-seeds", of: "train.chat", with: chat) {
      $0[0].replace(#/Price is \$\d/#, with: "Price is $9")
    },
    rows("a chat's system", "not-the-seeds", of: "validation.chat", with: chat) {
      $0[0].replace("estimate", with: "invent")
    },
    rows("a chat removed", "not-the-seeds", of: "validation.chat", with: chat) { $0.removeLast() },
    unsigned("a file of a format that was not asked for", "unexpected-file") {
      try $0.place.write("{}\n", to: "curated/train.chat.jsonl")
    },
    unsigned("a missing file of a format", "missing-file", with: chat) {
      try $0.place.shell("rm curated/train.chat.jsonl")
    },
    unsigned("a missing shard", "missing-file", with: shards) {
      try $0.place.shell("rm curated/train-00001-of-00003.jsonl")
    },
    rows("two rows of a shard swapped", "not-the-seeds", of: "train-00002-of-00003", with: shards) {
      $0.swapAt(1, 2)
    },
    shell(
      "two shards swapped", "not-the-seeds", with: shards,
      "mv train-00000-of-00003.jsonl x; mv train-00001-of-00003.jsonl train-00000-of-00003.jsonl; "
        + "mv x train-00001-of-00003.jsonl"),
    shell(
      "a row moved to the next shard", "not-the-seeds", with: shards,
      "tail -n 1 train-00000-of-00003.jsonl > x; sed -i '$d' train-00000-of-00003.jsonl; "
        + "cat x train-00001-of-00003.jsonl > y; mv y train-00001-of-00003.jsonl; rm x"),
    shell(
      "a row of one shard in another", "same-id", with: shards,
      "head -n 1 train-00000-of-00003.jsonl >> train-00002-of-00003.jsonl"),
    shell(
      "a character in a compressed file", "not-the-seeds", with: gzip,
      "zcat test.jsonl.gz | sed 's/Gadget/gadget/' | gzip > x; mv x test.jsonl.gz"),
    shell(
      "no last line feed in a compressed file", "not-the-seeds", with: gzip,
      "zcat test.jsonl.gz | head -c -1 | gzip > x; mv x test.jsonl.gz"),
    shell(
      "a compressed file of a plain name", "not-the-seeds", with: shards,
      "gzip test.jsonl; mv test.jsonl.gz test.jsonl"),
    shell(
      "a plain file of a compressed name", "damaged", with: gzip,
      "gunzip test.jsonl.gz; mv test.jsonl test.jsonl.gz"),
    shell(
      "a compressed file cut short", "damaged", with: gzip,
      "head -c 100 test.jsonl.gz > x; mv x test.jsonl.gz"),
    shell(
      "a test row's near-duplicate in a shard", "near-duplicate", with: gzip,
      "zcat test.jsonl.gz | head -n 1 "
        + #"| sed -E 's/Gadget \w+/Gizmo/; s/"id": "\w+"/"id": "B1"/' | gzip > x; "#
        + "cat x >> train-00002-of-00003.jsonl.gz; rm x"),
    manifest("the formats", "unexpected-file", with: text) { $0["files", "formats"] = [String]() },
    manifest("the shards", "missing-file", with: shards) { $0["files", "shards"] = 4 },
    manifest("the compression", "missing-file", with: gzip) { $0["files", "gzip"] = false },
    manifest("the size of chat", "not-the-seeds", with: chat) { $0["files", "chatTrain"] = 3 },
    manifest("the unpacked size of a file", "unbalanced-count", with: gzip) {
      $0["outputs", "test.jsonl.gz", "unpackedBytes"] = 7
    },
    manifest("rows shifted between shards", "unbalanced-count", with: shards) {
      $0["outputs", "train-00000-of-00003.jsonl", "rows"] = 7
      $0["outputs", "train-00001-of-00003.jsonl", "rows"] = 9
    },
  ]

  private static let ofPoolAndManifest: [Tampering] = [
    pool("a price in the pool", "changed-pool", "UPDATE items SET price = 9 WHERE rowid = 3"),
    pool("a prompt in the pool", "changed-pool", "UPDATE items SET prompt = '' WHERE rowid = 3"),
    pool("a token count", "changed-pool", "UPDATE items SET token_count = 9 WHERE rowid = 3"),
    pool("details", "changed-pool", "UPDATE items SET details = '{}' || details WHERE rowid = 3"),
    pool("an item deleted from the pool", "changed-pool", "DELETE FROM items WHERE rowid = 3"),
    pool(
      "an item added to the pool", "changed-pool",
      "INSERT INTO items SELECT 'B9', category, 9, 1, prompt, answer, source, line, details FROM "
        + "items WHERE rowid = 3; INSERT INTO fingerprints SELECT 61, 1, 1, shingles FROM fingerprints"
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
