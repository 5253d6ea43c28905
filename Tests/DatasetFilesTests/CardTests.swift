import Foundation
import TestSupport
import Testing
import Yams

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles

struct CardTests {
  static func manifest(_ rows: [String: Int], input: String = "meta_Toys.jsonl") -> Manifest {
    var lines = Ledger()
    (lines.read, lines.kept) = (1234, 1000)
    var manifest = Manifest(
      version: "1", recipe: .init(name: "small", sha256: "r"),
      tokenizer: .init(kind: "llama3", sha256: "t"),
      inputs: [.init(name: input, bytes: 5, sha256: "i", lines: lines, damage: nil)], total: lines,
      pool: .init(items: 1000, digest: "d"), request: makeRequest(), selection: [], outputs: [:])
    for (split, count) in rows {
      manifest.outputs["\(split).jsonl"] = Output(rows: count, bytes: 10 * count, sha256: "s")
    }
    return manifest
  }

  private func card(_ manifest: Manifest) throws -> String {
    try Card(manifest, try Recipe(nameOrPath: "pricer")).markdown().text
  }

  @Test func theHeaderIsForTheHub() throws {
    let text = try card(Self.manifest(["train": 900, "validation": 0, "test": 100]))
    let header = try header(of: text)
    let configs = try #require(header["configs"] as? [[String: Any]])
    let files = try #require(configs[0]["data_files"] as? [[String: String]])
    #expect(files.map { $0["split"] } == ["train", "test"])
    #expect(files.map { $0["path"] } == ["train.jsonl", "test.jsonl"])
    let info = try #require((header["dataset_info"] as? [[String: Any]])?.first)
    #expect(info["config_name"] as? String == "default" && configs.count == 1)
    let splits = try #require(info["splits"] as? [[String: Any]])
    #expect(splits.map { $0["num_examples"] as? Int } == [900, 100])
    #expect(info["dataset_size"] as? Int == 10_000)
    let features = try #require(info["features"] as? [[String: String]])
    #expect(features.map { $0["name"] } == ["id", "category", "price", "prompt", "completion"])
    #expect(header["size_categories"] as? [String] == ["1K<n<10K"])
    #expect(!text.contains("{{"))
  }

  private func header(of card: String) throws -> [String: Any] {
    let parts = card.components(separatedBy: "---\n")
    #expect(parts[0].isEmpty)
    return try #require(try Yams.load(yaml: parts[1]) as? [String: Any])
  }

  @Test func everyFormatIsAConfiguration() throws {
    var manifest = Self.manifest(["validation": 20])
    var request = FileRequest()
    try request.setFormats(["text", "chat"])
    manifest.files = request
    for format in ["", ".text"] {
      for name in ["00000", "00001"] {
        manifest.outputs["train\(format)-\(name)-of-00002.jsonl.gz"] = Output(
          rows: 1000, bytes: 10, sha256: "s")
      }
    }
    manifest.outputs["train.chat.jsonl"] = Output(rows: 200, bytes: 10, sha256: "s")
    let text = try card(manifest)
    let header = try header(of: text)
    let configs = try #require(header["configs"] as? [[String: Any]])
    #expect(configs.map { $0["config_name"] as? String } == ["default", "text", "chat"])
    let paths = configs.map { ($0["data_files"] as? [[String: String]] ?? []).map { $0["path"] } }
    #expect(
      paths == [
        ["train-*-of-00002.jsonl.gz", "validation.jsonl"], ["train.text-*-of-00002.jsonl.gz"],
        ["train.chat.jsonl"],
      ])
    let infos = try #require(header["dataset_info"] as? [[String: Any]])
    #expect(infos.map { $0["config_name"] as? String } == ["default", "text", "chat"])
    let columns = infos.map {
      ($0["features"] as? [[String: Any]] ?? []).map { $0["name"] as? String }
    }
    #expect(columns.dropFirst() == [["text", "price"], ["messages"]])
    let rows = infos.map {
      ($0["splits"] as? [[String: Any]] ?? []).map { $0["num_examples"] as? Int }
    }
    #expect(rows == [[2000, 20], [2000], [200]])
    #expect(header["size_categories"] as? [String] == ["1K<n<10K"])
    #expect(text.contains("| train, text | 2,000 | 20 | of 2 files, in `manifest.json` |"))
    #expect(text.contains(#"`load_dataset("FOLDER_OR_REPOSITORY", "chat")` gives messages"#))
  }

  @Test(arguments: [(249, true), (250, false), (0, false)])
  func warnsOfFewHeldOutRows(rows: Int, warns: Bool) throws {
    for split in ["validation", "test"] {
      let text = try card(Self.manifest(["train": 10, split: rows]))
      #expect(text.contains("> **Small**: \(split) has \(rows) rows.") == warns)
      #expect(!text.contains("train has"))
    }
  }

  @Test func tellsHowItWasMade() throws {
    let text = try card(Self.manifest(["train": 1500]))
    for part in [
      "Of 1,234 lines in 1 files, 1,000 became items", "1. **deduplicate**",
      "| train | 1,500 | 15,000 |", "test seed 2",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  /// A file's name is anybody's, and is no Markdown here.
  @Test func escapesWhatItShows() throws {
    let text = try card(Self.manifest(["train": 1], input: "a|b\n# <img src=x> `c`"))
    #expect(text.contains(##"| a\|b \# \<img src=x\> \`c\` | `i` |"##))
  }
}
