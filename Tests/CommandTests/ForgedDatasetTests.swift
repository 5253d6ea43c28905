import CSQLite
import Foundation
import Testing

/// A dataset that somebody has forged, and how commands refuse it.
struct Forgery: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The exit codes of the commands, by their names; `run` and `evaluate` succeed unless it is said.
  var codes: [String: Int32] = ["verify": 65, "split": 65, "inspect": 65]
  /// What `verify` says.
  let words: String
  let forge: @Sendable (Dataset) throws -> Void

  private static func pool(
    _ description: String, _ words: String, _ sql: String,
    codes: [String: Int32] = ["verify": 65, "split": 65, "inspect": 65]
  ) -> Forgery {
    Forgery(testDescription: description, codes: codes, words: words) { try $0.sql(sql) }
  }

  private static func shell(
    _ description: String, _ words: String, _ command: String, codes: [String: Int32]
  ) -> Forgery {
    Forgery(testDescription: description, codes: codes, words: words) {
      try $0.place.shell("cd curated && " + command)
    }
  }

  private static func manifest(
    _ description: String, _ words: String = "not a manifest that this version can read",
    _ change: @escaping @Sendable (inout [String: Any]) -> Void
  ) -> Forgery {
    Forgery(
      testDescription: description,
      codes: ["verify": 65, "split": 65, "inspect": 65, "evaluate": 65], words: words
    ) { try $0.changeManifest(change) }
  }

  private static func recipe(_ description: String, _ words: String, _ change: String) -> Forgery {
    pool(description, words, "UPDATE about SET value = \(change) WHERE key = 'recipe'")
  }

  private static let endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "

  static let all = ofPools + ofValues + ofRecipes + ofManifests + ofFiles

  private static let ofPools: [Forgery] = [
    pool(
      "an endless view in the place of the items", "the table 'other' is not curate's",
      "DROP INDEX items_by_id; ALTER TABLE items RENAME TO other; CREATE VIEW items (id, category, "
        + "price, token_count, prompt, answer, source, line, details) AS \(endless)"
        + "SELECT 'a' || n, 'b', 5.0, 9, 'p', '5.00', 's', n, '{}' FROM c"),
    pool(
      "an endless view for what the pool is", "the table 'other' is not curate's",
      "ALTER TABLE about RENAME TO other; "
        + "CREATE VIEW about (key, value) AS \(endless)SELECT 'x' || n, 'y' FROM c"),
    pool("a table more", "DROP TABLE \"more\"", "CREATE TABLE more (a)"),
    pool(
      "an index more", "the index 'more' is not curate's, and a pool has nothing else in it",
      "CREATE INDEX more ON items (source)"),
    pool(
      "a trigger", "the trigger 't' is not curate's",
      "CREATE TRIGGER t AFTER INSERT ON about BEGIN DELETE FROM items; END"),
    pool("a virtual table", "is not curate's", "CREATE VIRTUAL TABLE v USING fts5(a)"),
    pool(
      "a column more", "the table 'items' is not as curate makes it",
      "ALTER TABLE items ADD COLUMN more"),
    pool(
      "a column that is computed", "the table 'items' is not as curate makes it",
      "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, "
        + "'line INTEGER NOT NULL', 'line INTEGER AS (length(zeroblob(1000000000)))') "
        + "WHERE name = 'items'"),
    pool("no index", "the index 'items_by_id' is missing", "DROP INDEX items_by_id"),
    pool(
      "an index of other items", "the index of the pool is not that of its items",
      "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'items_by_id ON "
        + "items (id, category, price)', 'items_by_id ON items (answer, category, price)') "
        + "WHERE name = 'items_by_id'; PRAGMA writable_schema = RESET; REINDEX items_by_id; "
        + "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '(answer', "
        + "'(id') WHERE name = 'items_by_id'", codes: ["verify": 65]),
  ]

  private static let ofValues: [Forgery] = [
    pool(
      "shingles of 40 MB", "holds a text or blob that is larger than any in a pool",
      "UPDATE fingerprints SET shingles = randomblob(40000000) WHERE item < 3",
      codes: ["verify": 65, "split": 65]),
    pool(
      "a text in a column of numbers", "the column 'line' holds a value of another type",
      "UPDATE items SET line = 'a text'"),
    pool(
      "an infinite price", "the column 'price' holds inf", "UPDATE items SET price = 9e999",
      codes: ["verify": 65, "split": 65, "inspect": 65]),
    pool(
      "a token count of 2^63 - 1", "the column 'token_count' holds 9223372036854775807",
      "UPDATE items SET token_count = 9223372036854775807",
      codes: ["verify": 65, "split": 65, "inspect": 65]),
    pool(
      "a row number beyond all rows", "rows are missing or were added",
      "UPDATE items SET rowid = 4294967294 WHERE rowid = 3"),
    pool(
      "a row number of 2^63 - 1", "holds 9223372036854775807",
      "UPDATE items SET rowid = 9223372036854775807 WHERE rowid = 3"),
    pool(
      "half a shingle", "the column 'shingles' is 3 bytes long",
      "UPDATE fingerprints SET shingles = zeroblob(3)", codes: ["verify": 65, "split": 65]),
    pool(
      "a text that is no UTF-8", "is not in UTF-8",
      "UPDATE items SET prompt = CAST(x'c328' AS TEXT)",
      codes: ["verify": 65, "split": 65, "inspect": 65]),
  ]

  private static let ofRecipes: [Forgery] = [
    recipe(
      "an alias as a key", "anchors, aliases",
      "'a0: &a0 [x, x]' || char(10) || "
        + (1..<24).map {
          "'a\($0): &a\($0) [' || replace(hex(zeroblob(8)), '00', '*a\($0 - 1), ') || '*a\($0 - 1)]' "
            + "|| char(10) || "
        }.joined() + "'? *a23' || char(10) || ': 1'"),
    recipe(
      "tokens of which there is no number",
      "the recipe in the pool is not the one that the manifest names",
      "replace(value, 'cut-to: 300', 'cut-to: 9223372036854775807')"
    ).failing("verify"),
    recipe(
      "tokens between limits that are none", "'more-than' (1000) must be below 'cut-to' (300)",
      "replace(value, 'more-than: 100', 'more-than: 1000')"
    ).failing("verify", "inspect"),
    recipe(
      "prices between limits that are none", "'minimum' (2000.0) must not be above",
      "replace(value, '- price', '- price: {minimum: 2000}')"
    ).failing("verify", "inspect"),
    recipe(
      "a number in base 60", "'per-thousand' must be a whole number",
      "replace(value, 'per-thousand: 300', 'per-thousand: 153722867280912930:59')"),
  ]

  private static let ofManifests: [Forgery] = [
    manifest("a file outside") { $0["outputs", "../../../../../../../dev/zero"] = output },
    manifest("the file of passwords") { $0["outputs", "../../../../../../../etc/shadow"] = output },
    manifest("a file of another name") { $0["outputs", "passwords.txt"] = output },
    manifest("figures that add up to an overflow") {
      $0["total", "dropped"] = Dictionary(
        uniqueKeysWithValues: (0..<3000).map { ("reason-\($0)", 1 << 52) })
    },
    manifest("the least place of damage") {
      var inputs = $0["inputs"] as? [[String: Any]] ?? []
      inputs[0]["damage"] = ["offset": Int.min, "lostBytes": 0, "message": "m"]
      $0["inputs"] = inputs
    },
    manifest("a name of megabytes") {
      $0["recipe", "name"] = String(repeating: "x", count: 2 << 20)
    },
    manifest("two million values") { $0["more"] = Array(repeating: 0, count: 2_000_000) },
  ]

  private static var output: [String: Any] { ["bytes": 9, "rows": 1, "sha256": "0"] }

  private static let readers: [String: Int32] = ["verify": 65, "split": 65, "inspect": 65]

  private static let ofFiles: [Forgery] = [
    shell("a pipe as pool", "is a pipe", "rm pool.sqlite; mkfifo pool.sqlite", codes: readers),
    shell("a folder as pool", "is a folder", "rm pool.sqlite; mkdir pool.sqlite", codes: readers),
    shell(
      "a link as pool", "is a link", "mv pool.sqlite ../p; ln -s ../p pool.sqlite", codes: readers),
    shell(
      "a pipe for a journal", "stands where SQLite has a file of its own",
      "mkfifo pool.sqlite-journal", codes: readers),
    shell(
      "a link for a log", "stands where SQLite has a file of its own",
      "ln -s ../small.yaml pool.sqlite-wal", codes: ["verify": 65, "split": 65, "inspect": 65]),
    shell(
      "a pipe as manifest", "is a pipe", "rm manifest.json; mkfifo manifest.json",
      codes: ["verify": 65, "split": 65, "inspect": 65, "evaluate": 65, "run": 74]),
    shell(
      "a pipe as train", "train.jsonl: is a pipe", "rm train.jsonl; mkfifo train.jsonl",
      codes: ["verify": 65, "evaluate": 65, "inspect": 65]),
    shell(
      "zeros without end as test", "test.jsonl: is a link",
      "rm test.jsonl; ln -s /dev/zero test.jsonl",
      codes: ["verify": 65, "evaluate": 65]),
    shell(
      "a terabyte that takes no room", "in place of", "truncate -s 1T report.html",
      codes: ["verify": 65]),
    shell(
      "a compressed file that becomes a thousand times as much", "times its size",
      "(head -c 1000000 /dev/zero; echo) > x; "
        + "for n in $(seq 160); do cat x; done | gzip > test.jsonl; rm x",
      codes: ["verify": 65, "evaluate": 65]),
    shell(
      "a row of 2 MB", "test.jsonl, line 1: the row is not as the pool has it",
      "(printf '{\"id\": \"'; head -c 2000000 /dev/zero | tr '\\0' a; echo '\"}') > test.jsonl",
      codes: ["verify": 65, "evaluate": 65]),
  ]

  private func failing(_ commands: String...) -> Forgery {
    var copy = self
    copy.codes = Dictionary(uniqueKeysWithValues: commands.map { ($0, 65) })
    return copy
  }
}

struct ForgedDatasetTests {
  private static let tokenizer = ["--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3"]

  private static let commands: [(name: String, arguments: [String])] = [
    ("verify", ["curated"] + tokenizer),
    ("inspect", ["--random", "--seed", "1"] + tokenizer),
    ("evaluate", ["--guesses", "guesses.csv", "--quiet"]),
    ("split", ["--quiet", "--seed", "5"]),
    ("run", ["--quiet"] + Workplace.options),
  ]

  /// Each ends soon, in an ordered way, and no file elsewhere is read.
  @Test(arguments: Forgery.all)
  func isRefused(forgery: Forgery) async throws {
    let dataset = try await Dataset()
    let place = dataset.place
    let ids = try dataset.rows("test").compactMap { $0.firstMatch(of: /"id": "(\w+)"/)?.1 }
    try place.write("id,guess\n" + ids.map { "\($0),5\n" }.joined(), to: "guesses.csv")
    try forgery.forge(dataset)
    for (name, arguments) in Self.commands {
      let result = try await Command.run(
        [name] + arguments, in: place.path,
        after: "ulimit -v 4000000; exec timeout -s KILL 20 \"$0\" \"$@\"")
      #expect(result.code == forgery.codes[name] ?? 0, "\(name): \(result)")
      if name == "verify" {
        #expect((result.output + result.errors).contains(forgery.words), "\(result)")
      }
    }
  }

  /// A pool as another program has left it is put in order by whoever may write.
  @Test(arguments: [
    "PRAGMA journal_mode = WAL",
    "PRAGMA journal_mode = WAL; UPDATE about SET value = value",
    "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE items SET details = hex(zeroblob(9000))",
  ])
  func poolsOfOtherPrograms(sql: String) async throws {
    let dataset = try await Dataset()
    let place = dataset.place
    try dataset.sql(sql) { _ in try place.shell("cp -a curated left") }
    for arguments in [
      ["split", "--quiet", "--out"], ["run", "--quiet"] + Workplace.options + ["--out"],
    ] {
      try place.shell("cp -a left copy")
      let result = try await place.run(arguments + ["copy"])
      #expect(result.code == 0, "\(result)")
      let verified = try await place.run(["verify", "copy"] + Self.tokenizer)
      #expect(verified.code == 0, "\(verified)")
      #expect(try !place.names(in: "copy").contains { $0.hasPrefix("pool.sqlite-") })
      try place.shell("rm -r copy")
    }
  }

  /// Where another program has it open, `split` says so, and `run` reads the files and keeps it.
  @Test func aPoolInUse() async throws {
    let place = try await Dataset().place
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    try #require(sqlite3_open("\(place.path)/curated/pool.sqlite", &connection) == SQLITE_OK)
    let use =
      "PRAGMA journal_mode = WAL; CREATE TABLE mine (x); BEGIN; SELECT * FROM items"
    try #require(sqlite3_exec(connection, use, nil, nil, nil) == SQLITE_OK)
    let split = try await place.run("split", "--quiet")
    #expect(split.code == 74 && split.errors.contains("in use by another program"), "\(split)")
    let run = try await place.run(["run"] + Workplace.options)
    #expect(run.code == 0 && run.errors.contains("pool.sqlite.edited"), "\(run)")
    #expect(sqlite3_exec(connection, "SELECT x FROM mine", nil, nil, nil) == SQLITE_OK)
    #expect(try await place.run("split", "--quiet").code == 0)
  }
}
