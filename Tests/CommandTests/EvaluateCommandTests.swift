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
    let lines = try rows.map { row in
      let (id, price) = (try #require(row["id"] as? String), try #require(row["price"] as? Double))
      return "{\"id\": \"\(id)\", \"guess\": \(price + 10)}"
    }
    try place.write(lines.joined(separator: "\n"), to: "guesses.jsonl")
    let result = try await place.run(
      "evaluate", "--guesses", "guesses.jsonl", "--page", "page.html")
    #expect(result.code == 0 && result.output.contains("$10.00"), "\(result.errors)")
    for words in ["green", "these guesses", "random, $1 to $999", "mean of train", "BY PRICE"] {
      #expect(result.output.contains(words), "\(words)")
    }
    #expect(try place.read("page.html").contains("Mean error $10.00"))
    let json = try await place.run("evaluate", "--guesses", "guesses.jsonl", "--json").output
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["mean_error"] as? Double == 10 && object["items"] as? Int == rows.count)
    #expect((object["references"] as? [Any])?.count == 4)
  }

  @Test(arguments: [
    (["--guesses", "none.jsonl"], 66, "none.jsonl"),
    (["--guesses", "g.csv", "--test", "none.jsonl"], 66, "none.jsonl"),
    (["--guesses", "g.csv", "--test", "bad.jsonl"], 65, "bad.jsonl, line 1"),
    (["--guesses", "g.csv"], 66, "there is no manifest"),
    (["--guesses", "g.csv", "--first", "0"], 64, "--first must be at least 1"),
  ])
  func failuresAreToldWithTheirCode(arguments: [String], code: Int32, words: String) async throws {
    let place = try Workplace()
    try place.write("id,guess\nB1,3\n", to: "g.csv")
    try place.write("{}\n", to: "bad.jsonl")
    let result = try await Command.run(["evaluate"] + arguments, in: place.path)
    #expect(result.code == code && result.errors.contains(words), "\(result.errors)")
  }
}
