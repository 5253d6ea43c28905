import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles

struct SplitFileTests {
  @Test(arguments: [
    "train.jsonl", "validation.jsonl", "test.jsonl", "train.jsonl.gz", "train.text.jsonl",
    "test.text.jsonl.gz", "train.chat.jsonl", "train-00000-of-00002.jsonl",
    "train.text-00003-of-00004.jsonl.gz", "train-99998-of-99999.jsonl",
  ])
  func namesAreReadBack(name: String) throws {
    #expect(try #require(SplitFile(name: name)).name == name)
  }

  /// What is the user's stays.
  @Test(arguments: [
    "train.notes.jsonl", "notes.jsonl", "train.json", "train", ".jsonl", "train.jsonl.gz.gz",
    "train.prompt-completion.jsonl", "train.chat.jsonl.gz", "train.chat-00000-of-00002.jsonl",
    "train-00002-of-00002.jsonl", "train-00000-of-00001.jsonl", "train-00000-of-00000.jsonl",
    "train-0-of-2.jsonl", "train-000000-of-000002.jsonl", "train-٠٠٠٠٠-of-00002.jsonl",
    "train.text.chat.jsonl", "my-train.jsonl", "train.jsonl ", "Train.jsonl", "train.jsonl\n", "",
  ])
  func otherNamesAreNot(name: String) {
    #expect(SplitFile(name: name) == nil)
  }

  private func request(_ formats: [String], shards: Int = 1, gzip: Bool = false) throws
    -> FileRequest
  {
    var request = FileRequest()
    try request.setFormats(formats)
    (request.shards, request.gzip, request.chatTrain) = (shards, gzip, 7)
    return request
  }

  private func names(_ request: FileRequest, _ split: Int, _ count: Int) -> [String] {
    request.files(of: Split.allCases[split], rowCount: count).map(\.file.name)
  }

  @Test func everySplitHasItsFiles() throws {
    let plain = FileRequest()
    #expect(
      (0..<3).flatMap { names(plain, $0, 9) } == ["train.jsonl", "validation.jsonl", "test.jsonl"])
    // In whatever order they are named, and the first whether it is named or not.
    for formats in [
      ["chat", "text"], ["text", "chat", "text"], ["prompt-completion", "text", "chat"],
    ] {
      let all = try request(formats, shards: 2, gzip: true)
      #expect(
        names(all, 0, 9) == [
          "train-00000-of-00002.jsonl.gz", "train-00001-of-00002.jsonl.gz",
          "train.text-00000-of-00002.jsonl.gz", "train.text-00001-of-00002.jsonl.gz",
          "train.chat.jsonl",
        ])
      #expect(
        names(all, 1, 9) == [
          "validation.jsonl.gz", "validation.text.jsonl.gz", "validation.chat.jsonl",
        ])
      #expect(names(all, 2, 9) == ["test.jsonl.gz", "test.text.jsonl.gz"])
      // Only the first format has a file of no rows.
      #expect(
        (0..<3).flatMap { names(all, $0, 0) } == [
          "train.jsonl.gz", "validation.jsonl.gz", "test.jsonl.gz",
        ])
    }
  }

  /// Contiguous, whole, even, none empty, and never more than asked for.
  @Test func shardsAreEvenRangesOfTheRows() throws {
    for shards in [1, 2, 3, 4, 7, 100, 99_999] {
      for count in [1, 2, 3, 5, 6, 99, 100, 1000] {
        let files = try request(["text"], shards: shards).files(
          of: Split.allCases[0], rowCount: count)
        for format in FormatCatalogue.formats.prefix(2) {
          let ranges = files.filter { $0.file.format == format }.map(\.rows)
          #expect(ranges.count == min(shards, count))
          #expect(ranges.flatMap(Array.init) == Array(0..<count))
          let sizes = Set(ranges.map(\.count))
          #expect(
            sizes.count <= 2 && (sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1 && !sizes.contains(0))
        }
      }
    }
  }

  @Test func chatHasTheFirstRows() throws {
    let files = try request(["chat"]).files(of: Split.allCases[0], rowCount: 100)
    #expect(files.map(\.rows) == [0..<100, 0..<7])
  }

  @Test func aManifestAddsUpTheRowsOfShards() throws {
    var manifest = CardTests.manifest([:])
    for (index, rows) in [4, 3, 3].enumerated() {
      manifest.outputs["train-0000\(index)-of-00003.jsonl"] = Output(
        rows: rows, bytes: 1, sha256: "")
    }
    manifest.outputs["train.text.jsonl"] = Output(rows: 10, bytes: 1, sha256: "")
    #expect(manifest.rows(of: .train) == 10 && manifest.rows(of: .test) == 0)
    #expect(manifest.files(of: .train).map(\.shard) == [0, 1, 2])
  }

  @Test func anUnknownFormatIsToldWithTheNearest() {
    var request = FileRequest()
    let error = #expect(throws: CurationError.self) { try request.setFormats(["text", "chats"]) }
    #expect(
      error?.description
        == "no format is named 'chats'; the formats are prompt-completion, text, chat; "
        + "did you mean 'chat'?")
    #expect(error?.code == .usage && request == FileRequest())
  }
}
