import Foundation
import Testing

struct EvaluateCommandTests {
  @Test func scoresGuessesOfADataset() async throws {
    let place = try Workplace.withRawRecords()
    let run = try await Command.run(["run", "--quiet"] + Workplace.options, in: place.path)
    #expect(run.code == 0, "\(run.errors)")
    let rows = try place.read("curated/test.jsonl").split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    // The first is 10 too high and the second 4 too low, so that mean error and bias differ.
    let lines = try rows.enumerated().map { number, row in
      let (id, price) = (try #require(row["id"] as? String), try #require(row["price"] as? Double))
      return "{\"id\": \"\(id)\", \"guess\": \(price + (number == 0 ? 10 : number == 1 ? -4 : 0))}"
    }
    let count = Double(rows.count)
    try place.write(lines.joined(separator: "\n"), to: "guesses.jsonl")
    let result = try await place.run(
      "evaluate", "--guesses", "guesses.jsonl", "--page", "page.html")
    #expect(result.code == 0 && result.output.contains("green"), "\(result.errors)")
    for words in ["these guesses", "random, $1 to $999", "mean of train", "BY PRICE"] {
      #expect(result.output.contains(words), "\(words)")
    }
    #expect(try place.read("page.html").contains("Mean error $"))
    let json = try await place.run("evaluate", "--guesses", "guesses.jsonl", "--json").output
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["items"] as? Int == rows.count)
    #expect(abs(try #require(object["mean_error"] as? Double) - 14 / count) < 1e-9)
    #expect(abs(try #require(object["bias"] as? Double) - 6 / count) < 1e-9)
    let train = try place.read("curated/train.jsonl").split(separator: "\n").map {
      try #require(
        (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["price"] as? Double)
    }
    let mean = train.reduce(0, +) / Double(train.count)
    let references = try #require(object["references"] as? [[String: Any]])
    #expect(
      references.map { $0["name"] as? String } == [
        "random, $1 to $999", "mean of train", "median of train", "mean of the category",
      ])
    let prices = try rows.map { try #require($0["price"] as? Double) }
    let error = prices.reduce(0) { $0 + abs($1 - mean) } / count
    #expect(abs(try #require(references[1]["mean_error"] as? Double) - error) < 1e-9)
  }

  @Test(arguments: [
    (["--guesses", "none.jsonl"], 66, "none.jsonl"),
    (["--guesses", "g.csv", "--test", "none.jsonl"], 66, "none.jsonl"),
    (["--guesses", "g.csv", "--test", "bad.jsonl"], 65, "bad.jsonl, line 1"),
    (["--guesses", "g.csv"], 66, "there is no manifest"),
    (
      ["--guesses", "g.csv", "--test", "t.jsonl", "--page", "nowhere/p.html"], 74, "nowhere/p.html"
    ),
    (["--guesses", ".", "--test", "t.jsonl"], 74, ".: cannot be read: Is a directory"),
    (["--guesses", "g.csv", "--test", "t.jsonl", "--page", "."], 74, "Is a directory"),
    (
      ["--guesses", "g.csv", "--test", "t.jsonl", "--train", "e.jsonl"], 65,
      "e.jsonl: there are no rows"
    ),
    (["--guesses", "g.csv", "--test", "t.jsonl", "--out", "x"], 64, "--out names a dataset"),
    (["--guesses", "g.csv", "--first", "0"], 64, "--first must be at least 1"),
  ])
  func failuresAreToldWithTheirCode(arguments: [String], code: Int32, words: String) async throws {
    let place = try Workplace()
    try place.write("id,guess\nB1,3\n", to: "g.csv")
    try place.write("{}\n", to: "bad.jsonl")
    try place.write("", to: "e.jsonl")
    try place.write(#"{"id": "B1", "price": 3, "prompt": "p"}"#, to: "t.jsonl")
    let result = try await Command.run(["evaluate"] + arguments, in: place.path)
    #expect(result.code == code && result.errors.contains(words), "\(result.errors)")
  }
}
