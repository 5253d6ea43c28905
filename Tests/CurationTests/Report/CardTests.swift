import Foundation
import Testing
import Yams

@testable import Curation

struct CardTests {
  private func manifest(_ rows: [String: Int], input: String = "meta_Toys.jsonl") -> Manifest {
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
    let text = try card(manifest(["train": 900, "validation": 0, "test": 100]))
    let parts = text.components(separatedBy: "---\n")
    #expect(parts[0].isEmpty)
    let header = try #require(try Yams.load(yaml: parts[1]) as? [String: Any])
    let configs = try #require(header["configs"] as? [[String: Any]])
    let files = try #require(configs[0]["data_files"] as? [[String: String]])
    #expect(files.map { $0["split"] } == ["train", "test"])
    #expect(files.map { $0["path"] } == ["train.jsonl", "test.jsonl"])
    let info = try #require(header["dataset_info"] as? [String: Any])
    let splits = try #require(info["splits"] as? [[String: Any]])
    #expect(splits.map { $0["num_examples"] as? Int } == [900, 100])
    #expect(info["dataset_size"] as? Int == 10_000)
    let features = try #require(info["features"] as? [[String: String]])
    #expect(features.map { $0["name"] } == ["id", "category", "price", "prompt", "completion"])
    #expect(header["size_categories"] as? [String] == ["1K<n<10K"])
    #expect(!text.contains("{{"))
  }

  @Test func tellsHowItWasMade() throws {
    let text = try card(manifest(["train": 1500]))
    for part in [
      "Of 1,234 lines in 1 files, 1,000 became items", "1. **deduplicate**",
      "| train | 1,500 | 15,000 |", "test seed 2",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  /// A file's name is anybody's, and is no Markdown here.
  @Test func escapesWhatItShows() throws {
    let text = try card(manifest(["train": 1], input: "a|b\n# <img src=x> `c`"))
    #expect(text.contains(##"| a\|b \# \<img src=x\> \`c\` | `i` |"##))
  }
}
