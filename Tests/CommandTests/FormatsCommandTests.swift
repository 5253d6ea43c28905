import Foundation
import Testing

struct FormatsCommandTests {
  private static let others = ["README.md", "manifest.json", "pool.sqlite", "report.html"]

  private func files(_ dataset: Dataset) throws -> [String] {
    try dataset.place.names(in: "curated").filter { !Self.others.contains($0) }
  }

  private func split(_ dataset: Dataset, _ options: String...) async throws {
    let result = try await Command.run(["split", "--quiet"] + options, in: dataset.place.path)
    #expect(result.code == 0, "\(result.errors)")
    let verified = try await dataset.verify()
    #expect(verified.code == 0, "\(options): \(verified)")
  }

  @Test func aSplitKeepsWhatTheRunWasAskedFor() async throws {
    let dataset = try await Dataset(options: [
      "--format", "chat", "--format", "text", "--shards", "2", "--gzip", "--chat-train", "7",
    ])
    let all = [
      "test.jsonl.gz", "test.text.jsonl.gz", "train-00000-of-00002.jsonl.gz",
      "train-00001-of-00002.jsonl.gz", "train.chat.jsonl", "train.text-00000-of-00002.jsonl.gz",
      "train.text-00001-of-00002.jsonl.gz", "validation.chat.jsonl", "validation.jsonl.gz",
      "validation.text.jsonl.gz",
    ]
    #expect(try files(dataset) == all)
    #expect(try await dataset.verify().code == 0)
    #expect(try dataset.rows("train.chat").count == 7)
    let chat = try dataset.rows("train.chat")
    try await split(dataset, "--seed", "5")
    #expect(try files(dataset) == all)
    #expect(try dataset.rows("train.chat").count == 7 && dataset.rows("train.chat") != chat)

    let notes = "train.notes.jsonl"
    try dataset.place.write("mine", to: "curated/\(notes)")
    try await split(dataset, "--shards", "1", "--no-gzip", "--format", "text")
    #expect(
      try files(dataset) == [
        "test.jsonl", "test.text.jsonl", "train.jsonl", notes, "train.text.jsonl",
        "validation.jsonl", "validation.text.jsonl",
      ])
    try await split(dataset, "--format", "prompt-completion")
    #expect(try files(dataset) == ["test.jsonl", "train.jsonl", notes, "validation.jsonl"])
  }

  /// Nothing that reads a dataset sees a difference where nothing was asked for.
  @Test func theDefaultIsToldByNothing() async throws {
    let (dataset, named) = (
      try await Dataset(), try await Dataset(options: ["--format", "prompt-completion"])
    )
    let manifest = try dataset.place.read("curated/manifest.json")
    #expect(!manifest.contains(#""files""#))
    #expect(try named.place.read("curated/manifest.json") == manifest)
  }

  @Test func ofFewerRowsThanShardsEachIsOne() async throws {
    let dataset = try await Dataset(options: ["--shards", "99999", "--format", "text"])
    let names = try files(dataset)
    #expect(names.filter { $0.hasPrefix("train-") }.count == 25)
    #expect(names.contains("train.text-00024-of-00025.jsonl"))
    #expect(try await dataset.verify().code == 0)
    try await split(dataset, "--train", "1")
    #expect(try files(dataset).contains("train.jsonl"))
    try await split(dataset, "--train", "0")
    #expect(try files(dataset).filter { $0.hasPrefix("train") } == ["train.jsonl"])
  }

  @Test func inspectNamesTheFile() async throws {
    let dataset = try await Dataset(options: ["--shards", "25", "--gzip"])
    var files: Set<Substring> = []
    for number in 0..<60 {
      let result = try await dataset.place.run(
        "inspect", "A\(number)", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3")
      #expect(result.code == 0, "\(result.errors)")
      let end = try #require(result.output.firstMatch(of: /\nEND\n  in (\S+)/))
      files.insert(end.1)
    }
    #expect(files.count { $0.hasPrefix("train-000") && $0.hasSuffix("-of-00025.jsonl.gz") } == 25)
    #expect(files.contains("test.jsonl.gz"))
  }

  @Test func theHelpListsTheFormats() async throws {
    for command in ["run", "split"] {
      let help = try await Workplace().run(command, "--help").output
      for name in ["prompt-completion: id", "text: text and price", "chat: messages"] {
        #expect(help.contains(name), "\(help)")
      }
    }
  }
}
