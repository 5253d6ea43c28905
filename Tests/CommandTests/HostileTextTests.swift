import Foundation
import Testing

/// Ids, titles and names of files that would do something to a terminal.
struct HostileTextTests {
  private static let hostile =
    "\u{1B}[31m\u{7}\u{9B}31m\u{7F}\u{202E}\u{2066}\u{61C}\u{200F}\u{2028}"

  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || !scalar.properties.isBidiControl
          && ![.control, .lineSeparator, .paragraphSeparator].contains(
            scalar.properties.generalCategory)
    }
  }

  private func place() async throws -> Workplace {
    let place = try Workplace.withRawRecords()
    let lines = (0..<40).map { number in
      #"{"parent_asin": "B\#(Self.hostile)\#(number)", "title": "T\#(Self.hostile) number \#(number)", "#
        + #""price": \#(number).5, "features": ["good", "cheap"]}"#
    }
    let raw = lines.joined(separator: "\n").unicodeScalars.map { scalar in
      // JSON has some of them escaped only.
      scalar.value < 0x20 && scalar != "\n"
        ? "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        : String(scalar)
    }
    try place.shell("rm raw/*")
    try place.write(raw.joined(), to: "raw/meta_T\u{1B}[1m\u{9B}\u{202E}.jsonl")
    return place
  }

  @Test func nothingReachesATerminal() async throws {
    let place = try await place()
    let tokenizer = Array(Workplace.options.dropFirst(2))
    let test = "curated/test.jsonl"
    let run = try await Command.run(["run", "--rejects"] + Workplace.options, in: place.path)
    #expect(run.code == 0 && isHarmless(run.errors), "\(run.errors)")
    let ids = try place.read(test).split(separator: "\n").map { row in
      try #require(JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any])["id"]
    }
    // The ids are the raw ones: files keep their bytes.
    #expect(ids.allSatisfy { ($0 as? String)?.hasPrefix("B" + Self.hostile) == true })
    let guesses = try ids.map { id in
      let row = ["id": id as Any, "guess": 5]
      return String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
    }
    try place.write(guesses.joined(separator: "\n"), to: "guesses.jsonl")
    try place.shell("cat curated/test.jsonl curated/test.jsonl > twice && cp twice \(test)")
    let commands: [([String], Int32)] = [
      (["verify"] + tokenizer, 65), (["inspect", "--random", "--count", "40"] + tokenizer, 0),
      (["inspect", "--random"] + tokenizer, 0),
      (["inspect", "--rejected", "split"] + tokenizer, 0),
      (["evaluate", "--guesses", "guesses.jsonl", "--test", "twice"], 0),
      (["run", "raw/\(Self.hostile)"], 66),
    ]
    for (arguments, code) in commands {
      let result = try await place.run(arguments)
      #expect(result.code == code, "\(arguments) \(result.errors)")
      #expect(isHarmless(result.output) && isHarmless(result.errors), "\(arguments) \(result)")
    }
    let shown = try await place.run(["inspect", "--random"] + tokenizer).output
    #expect(shown.contains(#"ITEM B\u{1b}[31m\u{7}\u{9b}31m\u{7f}\u{202e}"#), "\(shown)")
  }

  @Test func jsonIsTheSameTextWithoutIt() async throws {
    let place = try await place()
    let run = try await Command.run(["run", "--quiet"] + Workplace.options, in: place.path)
    #expect(run.code == 0)
    let tokenizer = Array(Workplace.options.dropFirst(2))
    let inspected = try await place.run(["inspect", "--random", "--json"] + tokenizer)
    #expect(inspected.code == 0 && isHarmless(inspected.output), "\(inspected.output)")
    let item = try #require(
      JSONSerialization.jsonObject(with: Data(inspected.output.utf8)) as? [String: Any])
    #expect((item["id"] as? String)?.hasPrefix("B" + Self.hostile) == true)
    try place.write(#"{"id": "A", "guess": 5}"#, to: "g.jsonl")
    try place.write(
      #"{"id": "A", "title": "\#u{9B}\#u{202E}\#u{2028}", "price": 4, "prompt": "p"}"#,
      to: "t.jsonl")
    let scored = try await place.run(
      "evaluate", "--json", "--guesses", "g.jsonl", "--test", "t.jsonl")
    #expect(scored.code == 0 && isHarmless(scored.output), "\(scored.errors)")
    #expect(scored.output.contains(#""title":"\u009b\u202e\u2028""#))
  }
}
