import Foundation
import Testing

struct InspectCommandTests {
  private func dataset() async throws -> Workplace {
    let place = try Workplace()
    let text = String(repeating: "a sturdy steel kettle ", count: 30)
    try place.write(
      """
      {"parent_asin": "B1", "title": "Kettle: red", "price": 25.5, "features": ["\(text)"]}
      {"parent_asin": "B2", "title": "Kettle", "price": null}
      {"parent_asin": "B3", "title": "Kettle", "price": 5, "features": ["short"]}
      nonsense
      {"parent_asin": "B0", "title": "Free kettle", "price": 0.5, "features": ["\(text)"]}

      """, to: "raw/meta_Toys.jsonl")
    let run = try await place.run(
      "run", "--quiet", "--recipe", "course", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind",
      "llama3")
    #expect(run.code == 0, "\(run.errors)")
    return place
  }

  private func inspect(_ place: Workplace, _ arguments: [String]) async throws -> Command.Result {
    try await Command.run(
      ["inspect", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3"] + arguments,
      in: place.path)
  }

  @Test(arguments: [
    (
      ["B1"],
      [
        "ITEM B1, line 1 of meta_Toys.jsonl", "parent_asin: \"B1\"", "STEP scrub", "K|e|t|t|l|e|",
        "Kettle red",
        "in train.jsonl",
      ]
    ),
    (["--at", "meta_Toys.jsonl:1"], ["ITEM B1", "in train.jsonl"]),
    (["--at", "raw/meta_Toys.jsonl:2"], ["ITEM B2", "dropped by 'price', no-price"]),
    (["B3"], ["dropped by 'length', too-short"]),
    (["--at", "meta_Toys.jsonl:4"], ["unreadable, not-json"]),
    (["B0"], ["in the pool, left out by 'balance'"]),
    (["--random", "--seed", "1"], ["ITEM B", "END"]),
  ])
  func showsWhatBecameOfAnItem(arguments: [String], words: [String]) async throws {
    let place = try await dataset()
    let result = try await inspect(place, arguments)
    #expect(result.code == 0, "\(result.errors)")
    for words in words { #expect(result.output.contains(words), "\(words) in \(result.output)") }
  }

  @Test func showsThePromptWhenTheRawFileIsGone() async throws {
    let place = try await dataset()
    try FileManager.default.removeItem(atPath: "\(place.path)/raw")
    let result = try await inspect(place, ["B1"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("cannot be shown") && result.output.contains("Price is $26.00"))
  }

  @Test func saysWhenThereIsNoSuchLine() async throws {
    let place = try await dataset()
    let result = try await inspect(place, ["--at", "meta_Toys.jsonl:99"])
    #expect(result.code == 66 && result.errors.contains("there is no line 99; the file has 5"))
  }
}
