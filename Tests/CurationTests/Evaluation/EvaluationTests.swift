import Testing

@testable import Curation

struct EvaluationTests {
  private static let rows = (0..<6).map { number in
    #"{"id": "B\#(number)", "category": "\#(number < 3 ? "A" : "B")", "price": \#(number * 30).5, "#
      + #""prompt": "How much?\n\nThing \#(number)\nGood\n\nPrice is $", "completion": "1.00"}"#
  }

  private func items() throws -> [TestItem] {
    let folder = try TemporaryFolder()
    try folder.write(Self.rows.joined(separator: "\n"), to: "test.jsonl")
    return try TestItem.read(["\(folder.path)/test.jsonl"])
  }

  private func evaluate(_ guesses: String, first: Int = 6) throws -> Evaluation {
    let items = try items()
    return try Evaluation(
      GuessFile(guesses, name: "guesses"), for: Array(items.prefix(first)),
      others: Array(items.dropFirst(first)))
  }

  private static let prompt = "How much?\n\nThing 1\nGood\n\nPrice is $"

  /// One guess of 20 for the second item, which costs 30.5, in every form.
  @Test(arguments: [
    #"{"id": "B1", "guess": 20}"#, #"{"id": "B1", "guess": "20"}"#,
    #"{"id": "B1", "reply": "It is $20, or 30."}"#, "id,guess\nB1,20\n",
    "reply,ID\n\"$20, or 30\",B1", "\"\(prompt)\",20\n", "prompt,guess\n\"\(prompt)12.00\",20",
  ])
  func guessesComeInManyForms(text: String) throws {
    let evaluation = try evaluate(text)
    #expect(evaluation.results.map(\.item.id) == ["B1"])
    #expect(evaluation.results.map(\.pair.error) == [10.5])
    #expect(evaluation.missing.count == 5 && evaluation.unknownCount == 0)
  }

  @Test(arguments: [
    ("", "there are no guesses"), ("{\"id\": \"B1\"}", "'guess' or 'reply'"),
    ("{\"id\": \"B1\", \"guess\": ", "line 1"), ("{\"guess\": 3}", "'id' or 'prompt'"),
    ("id,guess\nB1,2\nB1,3", "two guesses are for the id B1: row 2 and row 3"),
    ("a,b,c\n1,2,3", "CSV needs a head"), ("{\"id\": \"X\", \"guess\": 3}", "not one of 1 guesses"),
  ])
  func whatCannotBeScoredIsRefused(text: String, words: String) throws {
    let error = try #require(throws: CurationError.self) { try evaluate(text) }
    #expect(error.code == .badData && error.description.contains(words), "\(error)")
  }

  @Test func nothingIsLostSilently() throws {
    let guesses = (0..<5).map { #"{"id": "B\#($0)", "reply": "\#($0 == 3 ? "no idea" : "$5")"}"# }
    let all = (guesses + [#"{"id": "X", "guess": 3}"#]).joined(separator: "\n")
    let evaluation = try evaluate(all)
    #expect(evaluation.results.count == 5 && evaluation.missing.map(\.id) == ["B5"])
    #expect(evaluation.unknownCount == 1 && evaluation.numberlessCount == 1)
    #expect(evaluation.results[3].pair.guess == 0)
    #expect(evaluation.categories.map(\.name) == ["A", "B"])
    #expect(evaluation.categories.reduce(0) { $0 + $1.score.count } == 5)
    #expect(evaluation.bands.reduce(0) { $0 + $1.score.count } == 5)
    // A guess for an item that is not among the first is known all the same.
    let first = try evaluate(all, first: 2)
    #expect(first.results.count == 2 && first.unknownCount == 1)
  }

  @Test func referencesAreOfTheSameItems() throws {
    let items = try items()
    let train = try #require(References.Prices([("A", 10), ("A", 20), ("B", 90)]))
    let references = References(for: items, train: train).all
    #expect(references.map(\.name).count == 4)
    #expect(references[1].guesses == Array(repeating: 40, count: 6))
    #expect(references[2].guesses == Array(repeating: 20, count: 6))
    #expect(references[3].guesses == [15, 15, 15, 90, 90, 90])
    #expect(references[0].guesses.allSatisfy { 1...999 ~= $0 && $0 == $0.rounded() })
    #expect(References(for: items, train: nil).all[0].guesses == references[0].guesses)
  }

  /// The page asks nobody for anything, and is the same every time.
  @Test func thePageStandsAlone() throws {
    let guesses = (0..<6).map { #"{"id": "B\#($0)", "guess": \#($0 * 50)}"# }
    func html(_ guesses: String) throws -> String {
      String(decoding: try EvaluationPage(evaluate(guesses)).html(), as: UTF8.self)
    }
    let page = try html(guesses.joined(separator: "\n"))
    #expect(try page == html(guesses.joined(separator: "\n")))
    #expect(page.components(separatedBy: "<circle").count == 7)
    for text in ["http://", "https://", "<script", "src=", "{{", "nan"] {
      #expect(!page.contains(text), "\(text)")
    }
    #expect(try !html(guesses[1]).contains("nan"))
  }

  @Test func itemsThatStandTwiceAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write([Self.rows[0], Self.rows[0]].joined(separator: "\n"), to: "test.jsonl")
    let error = try #require(throws: CurationError.self) {
      try TestItem.read(["\(folder.path)/test.jsonl"])
    }
    #expect(error.code == .badData && error.description.contains("line 2"))
  }
}
