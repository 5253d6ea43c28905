import TestSupport
import Testing

@testable import Audit
@testable import Bytes
@testable import Contracts

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
      GuessFile(Array(guesses.utf8), name: "guesses"), for: Array(items.prefix(first)),
      others: Array(items.dropFirst(first)))
  }

  private static let prompt = "How much?\n\nThing 1\nGood\n\nPrice is $"

  /// One guess of 20 for the second item, which costs 30.5, in every form.
  @Test(arguments: [
    #"{"id": "B1", "guess": 20}"#, #"{"id": "B1", "guess": "20"}"#,
    #"{"id": "B1", "reply": "It is $20, or 30."}"#, "id,guess\nB1,20\n",
    "reply,ID\n\"$20, or 30\",B1", "\"\(prompt)\",20\n", "prompt,guess\n\"\(prompt)12.00\",20",
    "prompt,price\n\"\(prompt.replacing("\n", with: "\r\n"))\",20",
    "{\"id\": \"B1\", \"reply\": 20}",
    "{\"id\": \"B1\", \"guess\": 20}\r\n\r\n", "\u{FEFF}id,guess\r\n B1 ,\"$20\"\r\n\r\n",
    "id,guess,reply\nB1,,about 20", "{\"id\": \" B1\", \"guess\": \"\", \"reply\": \"20\"}",
    "\u{FEFF}{\"id\": \"B1\", \"guess\": 20}", "id,prompt,guess\n,\"\(prompt)\",20",
    "{\"prompt\": \"\(prompt.replacing("\n", with: "\\n"))\", \"guess\": 20}",
  ])
  func guessesComeInManyForms(text: String) throws {
    let evaluation = try evaluate(text)
    #expect(evaluation.results.map(\.item.id) == ["B1"])
    #expect(evaluation.results.map(\.pair.error) == [10.5])
    #expect(evaluation.missing.count == 5 && evaluation.unknown.isEmpty)
  }

  @Test(arguments: [
    ("", "there are no guesses"), ("{\"id\": \"B1\"}", "'guess' or 'reply'"),
    ("{\"id\": \"B1\", \"guess\": ", "line 1"), ("{\"guess\": 3}", "'id' or 'prompt'"),
    ("id,guess\nB1,2\nB1,3", "line 3: one guess too many for the id 'B1'"),
    ("a,b,c\n1,2,3", "neither JSON lines nor CSV"),
    ("[{\"id\": \"X\"}]", "a JSON array"),
    ("{\"id\": \"X\", \"guess\": 3}", "line 1, for example, has the id 'X'"),
    ("id,guess\nB1,1,299.00\n", "line 2: 3 cells in place of 2"),
    ("id,guess\nB1", "line 2: 1 cells"),
    ("id,guess\nB0,10\n\"B1,11\nB2,3", "line 3: the quote is not closed"),
    ("id,guess\n\"B1\"x,2", "line 2: there is something behind the quotes"),
    ("{\"id\": \"B1\", \"guess\": NaN}", "NaN"), ("{\"prompt\": 5, \"guess\": 3}", "a text"),
    ("{\"id\": \" \", \"guess\": 3}", "'id' or 'prompt'"),
    ("id,guess\n,3", "line 2: 'id' or 'prompt'"),
    ("id,guess,guess\nB1,3,4", "'guess' stands twice"),
    ("{\"id\": [], \"guess\": 3}", "'id' is not what it should be"),
    ("\"\(prompt)\",2\n\"\(prompt)\",3", "line 7: one guess too many for the prompt"),
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
    #expect(evaluation.unknown.map(\.id) == ["X"] && evaluation.numberlessCount == 1)
    #expect(evaluation.results[3].pair.guess == 0)
    #expect(evaluation.categories.map(\.name) == ["A", "B"])
    #expect(evaluation.categories.reduce(0) { $0 + $1.score.count } == 5)
    #expect(evaluation.bands.reduce(0) { $0 + $1.score.count } == 5)
    // A guess for an item that is not among the first is known all the same.
    let first = try evaluate(all, first: 2)
    #expect(first.results.count == 2 && first.unknown.count == 1 && first.othersCount == 4)
    #expect(first.notes.first == "these are the first 2 of 6 items; --first 6 takes all")
    #expect(evaluation.notes.map { $0.last } == ["5", "6", "1"])
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

  /// Three items of one prompt: what has no id goes to those that are left, in order.
  @Test func itemsOfTheSamePromptTakeTheirGuessesInOrder() throws {
    let items = try items().prefix(3).map { item in
      TestItem(id: item.id, title: "", category: "", price: item.price, prompt: "p Price is $")
    }
    let text = "{\"id\": \"B1\", \"guess\": 7}\n{\"prompt\": \"p Price is $\", \"guess\": 8}\n"
    let rest = "{\"prompt\": \"p Price is $3.00\", \"guess\": 9}"
    let evaluation = try Evaluation(GuessFile(Array((text + rest).utf8), name: ""), for: items)
    #expect(evaluation.results.map(\.pair.guess) == [8, 7, 9])
  }

  @Test func aTitleIsNoMarkup() throws {
    var item = try items()[0]
    item = TestItem(
      id: "B0", title: "<b>\u{0}\u{202E}", category: "<i>\u{202E}", price: 1, prompt: "p")
    let guesses = try GuessFile(Array("id,guess\nB0,3".utf8), name: "")
    let page = try EvaluationPage(Evaluation(guesses, for: [item])).html().text
    #expect(page.contains("&lt;b&gt;\\u{0}\\u{202e}") && page.contains("&lt;i&gt;\\u{202e}"))
  }

  @Test func withoutItemsThereIsNothingToScore() throws {
    let error = try #require(throws: CurationError.self) {
      try evaluate("id,guess\nB1,2", first: 0)
    }
    #expect(error.code == .badData && error.description.contains("the test split is empty"))
  }

  /// Of a row that is cut anywhere nothing is taken.
  @Test func trainHasNothingButRows() throws {
    let row = #"{"id": "B\"", "category": "A", "price": 10.5, "x": {"y": [1, "\\"]}}"#
    let folder = try TemporaryFolder()
    func prices(_ text: String) throws -> References.Prices? {
      try References.Prices(files: [folder.write(text, to: "train.jsonl")])
    }
    let whole = try #require(try prices("\n\(row)\r\n \n"))
    #expect(whole.mean == 10.5 && whole.count == 1 && whole.meanByCategory == ["A": 10.5])
    for cut in 1..<row.utf8.count {
      let start = String(decoding: Array(row.utf8).prefix(cut), as: UTF8.self)
      #expect(throws: CurationError.self, "\(start)") { try prices(start) }
    }
    for text in [
      #"{"price": 0x10}"#, #"{"price": 5} x"#, #"{"price": -1}"#, #"{"price": 5, "x": }"#,
    ] {
      #expect(throws: CurationError.self, "\(text)") { try prices(text) }
    }
    #expect(try prices("") == nil)
  }

  /// As in datasets of the course's rules, which take nothing out that stands twice.
  @Test func itemsOfTheSameIDTakeTheirGuessesInOrder() throws {
    let items = [1.0, 2, 3].map {
      TestItem(id: "B", title: nil, category: "", price: $0, prompt: "p")
    }
    let text = "id,guess\nB,4\nB,5\n"
    let evaluation = try Evaluation(GuessFile(Array(text.utf8), name: ""), for: items)
    #expect(evaluation.results.map(\.pair.guess) == [4, 5] && evaluation.missing.count == 1)
  }

  /// Some programs give the prompt back before what the model made, and prompts have numbers.
  @Test func aReplyMayBeginWithItsPrompt() throws {
    let text = Self.prompt.replacing("\n", with: "\\n")
    let evaluation = try evaluate("{\"id\": \"B1\", \"reply\": \"<s>\(text)31.00</s>\"}")
    #expect(evaluation.results.map(\.pair.guess) == [31])
  }

  @Test(arguments: ["{\"id\": \"B0\", \"guess\": null}", "id,guess\nB0,"])
  func anEmptyGuessIsNone(text: String) throws {
    let both = text.hasPrefix("{") ? "\(text)\n{\"id\": \"B1\", \"guess\": 3}" : "\(text)\nB1,3"
    let evaluation = try evaluate(both)
    #expect(evaluation.missing.map(\.id) == ["B0", "B2", "B3", "B4", "B5"])
    #expect(evaluation.numberlessCount == 0)
  }
}
