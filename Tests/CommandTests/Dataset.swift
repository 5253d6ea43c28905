import CCrypto
import CSQLite
import Foundation
import Testing

extension [String: Any] {
  /// The value at the end of a way through objects.
  subscript(_ key: String, _ rest: String...) -> Any? {
    get { self[key] }
    set { self = Self.setting([key] + rest, to: newValue, in: self) }
  }

  private static func setting(
    _ keys: [String], to value: Any?, in object: [String: Any]
  ) -> [String: Any] {
    var object = object
    if keys.count > 1 {
      let inner = object[keys[0]] as? [String: Any] ?? [:]
      object[keys[0]] = setting(Array(keys.dropFirst()), to: value, in: inner)
    } else {
      object[keys[0]] = value
    }
    return object
  }
}

/// A finished dataset of some dozens of products that have no words in common.
struct Dataset {
  let place: Workplace

  init(without steps: [String] = [], options: [String] = []) async throws {
    place = try Workplace()
    let recipe = """
      name: small
      seed: 1
      test-seed: 2
      train: 25
      validation: 4
      test: 4
      record-steps:
        - price
        - assemble: {style: readable}
        - strip-html
        - normalize
        - redact-price
        - token-window: {more-than: 100, cut-to: 300, torn-end: drop}
        - prompt
        - fingerprint
      pool-steps:
        - hold-out: {per-thousand: 300}
        - deduplicate
        - balance
        - split

      """
    let lines = recipe.split(separator: "\n").filter { line in
      !steps.contains { line.hasSuffix("- \($0)") }
    }
    try place.write(lines.joined(separator: "\n") + "\n", to: "small.yaml")
    let products = (0..<60).map { number in
      let words = (0..<20).map { "w\(number)x\($0)" }.joined(separator: " ")
      return #"{"parent_asin": "A\#(number)", "title": "Gadget n\#(number)", "#
        + #""price": \#(number + 20).25, "features": ["\#(words)"]}"#
    }
    try place.write(products.joined(separator: "\n"), to: "raw/meta_Toys.jsonl")
    let result = try await Command.run(["run"] + Workplace.options + options, in: place.path)
    try #require(result.code == 0, "\(result.errors)")
    let head = try #require(result.errors.firstMatch(of: /: ([0-9]+) train, .* ([0-9]+) test rows/))
    try #require(head.1 == "25" && head.2 == "4", "\(result.errors)")
  }

  func verify() async throws -> Command.Result {
    try await place.run(
      "verify", "curated", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3")
  }

  /// - Parameter file: without its extension: `train`, `train.text`.
  func rows(_ file: String) throws -> [String] {
    try place.read("curated/\(file).jsonl").split(separator: "\n").map(String.init)
  }

  func changeRows(_ file: String, _ change: (inout [String]) throws -> Void) throws {
    let before = try rows(file)
    var after = before
    try change(&after)
    try #require(after != before)
    try place.write(after.map { $0 + "\n" }.joined(), to: "curated/\(file).jsonl")
  }

  func changePool(_ sql: String) throws {
    try self.sql(sql) { try #require(sqlite3_total_changes($0) > 0 || sql.contains("DROP")) }
  }

  /// Runs SQL in the pool, and `body` before the connection is closed.
  func sql(_ sql: String, _ body: (OpaquePointer?) throws -> Void = { _ in }) throws {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    try #require(sqlite3_open("\(place.path)/curated/pool.sqlite", &database) == SQLITE_OK)
    let status = sqlite3_exec(database, sql, nil, nil, nil)
    try #require(status == SQLITE_OK, "\(String(cString: sqlite3_errmsg(database)))")
    try body(database)
  }

  func changeManifest(_ change: (inout [String: Any]) throws -> Void) throws {
    let url = URL(filePath: "\(place.path)/curated/manifest.json")
    let found = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    var manifest = try #require(found as? [String: Any])
    try change(&manifest)
    try JSONSerialization.data(withJSONObject: manifest, options: .sortedKeys).write(to: url)
  }

  /// Makes the manifest name the files as they are now.
  func signFiles() throws {
    try changeManifest { manifest in
      let outputs = manifest["outputs"] as? [String: [String: Any]] ?? [:]
      for name in outputs.filter({ $0.value["rows"] != nil }).keys {
        let content = try Data(contentsOf: URL(filePath: "\(place.path)/curated/\(name)"))
        var hash = [UInt8](repeating: 0, count: 32)
        _ = content.withUnsafeBytes {
          EVP_Digest($0.baseAddress, $0.count, &hash, nil, EVP_sha256(), nil)
        }
        manifest["outputs", name, "bytes"] = content.count
        manifest["outputs", name, "sha256"] = hash.map { String(format: "%02x", $0) }.joined()
      }
    }
  }
}
