import Foundation
import Testing

struct InspectCommandTests {
  private func dataset() async throws -> Workplace {
    let place = try Workplace()
    let text = String(repeating: "a sturdy steel kettle ", count: 30)
    try place.write(
      """
      {"parent_asin": "B1", "title": "Kettle: red", "price": 25.5, "features": ["\(text)"], "details": {"Brand": "Acme", "Color": "red"}}
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
        "ITEM B1, line 1 of meta_Toys.jsonl", "parent_asin: \"B1\"",
        "details: {\"Brand\": \"Acme\"}", "STEP scrub (part-number-length: 7)", "Kettle[-:-] red",
        "in train.jsonl",
      ]
    ),
    (
      ["B1", "--tokens"],
      ["TOKENS (", "of the answer 5)", "K|e|t|t|l|e|", "|⏎|", "|$\n  answer: 2|6|.|0|0\n"]
    ),
    (
      ["--rejected", "too-short"],
      [
        "ITEM B3", "title: \"Kettle\"",
        "they have 6, the title not counted, and more than 300 are wanted",
        "Shown: 1 to 1 of 1.\nWhat the step does: ", "curate steps length\n",
      ]
    ),
    (
      ["--rejected", "not-json"],
      ["LINE (8 bytes; the fault is at byte 2)\n  n[>o<]nsense", "unreadable, not-json"]
    ),
    (
      ["--rejected", "balance", "--count", "1"],
      ["ITEM B0", "its price rounds to $0, outside of $1 to $999"]
    ),
    (["--rejected", "length"], ["ITEM B3"]),
    (["--rejected", "no-price", "--skip", "1"], ["There are no more of 1."]),
    (["--random", "--count", "2"], ["ITEM B1", "ITEM B0", "PROMPT AND ANSWER ("]),
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
    let said = result.output + result.errors
    for words in words { #expect(said.contains(words), "\(words) in \(said)") }
  }

  @Test func showsThePromptWhenTheRawFileIsGone() async throws {
    let place = try await dataset()
    try FileManager.default.removeItem(atPath: "\(place.path)/raw")
    let result = try await inspect(place, ["B1"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("cannot be shown") && result.output.contains("Price is $26.00"))
    let json = try await inspect(place, ["B1", "--json"]).output
    #expect(json.contains(#""fault":"raw: no such file or folder"#), "\(json)")
  }

  @Test func saysWhenTheSplitIsGone() async throws {
    let place = try await dataset()
    try FileManager.default.removeItem(atPath: "\(place.path)/curated/train.jsonl")
    let output = try await inspect(place, ["B1"]).output
    #expect(output.contains("in train, of which train.jsonl is missing"), "\(output)")
  }

  /// A line that is at fault far from its beginning.
  @Test func showsTheFaultOfALine() async throws {
    let place = try await dataset()
    try place.shell(
      #"(printf '{"title": "'; head -c 1500 /dev/zero | tr '\0' a; printf '\377 bad"}\n') "#
        + "> raw/meta_Bad.jsonl")
    let output = try await inspect(place, ["--at", "meta_Bad.jsonl:1"]).output
    for words in [
      "LINE (507 of 1,518 bytes; the fault is at byte 1,512)", "\n  … aaa", #"a[>\xFF<] bad"}"#,
    ] {
      #expect(output.contains(words), "\(words) in \(output)")
    }
    let json = try await inspect(place, ["--at", "meta_Bad.jsonl:1", "--json"]).output
    #expect(json.contains(#""fault_byte":1512"#) && json.contains(#"aaaa� bad"#), "\(json)")
  }

  @Test func anItemOfAnIDThatStandsTwiceIsFoundByItsPlace() async throws {
    let place = try await dataset()
    let line = try place.read("raw/meta_Toys.jsonl").prefix { $0 != "\n" } + "\n"
    try place.write(
      try place.read("raw/meta_Toys.jsonl") + line, to: "raw/meta_Toys.jsonl")
    let run = try await place.run(
      "run", "--quiet", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3")
    #expect(run.code == 0, "\(run.errors)")
    let places = ["meta_Toys.jsonl:1", "meta_Toys.jsonl:6"]
    for (own, other) in zip(places, places.reversed()) {
      let near = try await inspect(place, ["--near", own]).output
      #expect(near.contains("the item itself, \(own)"), "\(near)")
      #expect(near.contains("same id, title, text, \(other)"), "\(near)")
    }
    let left = try await inspect(place, ["--rejected", "deduplicate"])
    let way = try #require(left.errors.firstMatch(of: /--near (\S+)/)).1
    #expect(left.output.contains(", line \(way.suffix(1)) of meta_Toys.jsonl\n"), "\(left)")
  }

  @Test func noLineIsWiderThanTheTerminal() async throws {
    let place = try await dataset()
    for arguments in [["--rejected", "nonsense"], ["--rejected", "length"], ["B1"], []] {
      let options = ["inspect", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3"]
      let lines = try await Command.linesInTerminal(
        of: 60, options + arguments, in: place.path)
      // A word may be wider.
      let wide = lines.filter { $0.count > 60 && $0.contains(" ") && !$0.contains("/") }
      #expect(wide.isEmpty && lines.count > 2, "\(wide)")
    }
  }

  @Test func saysWhenThereIsNoSuchLine() async throws {
    let place = try await dataset()
    let result = try await inspect(place, ["--at", "meta_Toys.jsonl:99"])
    #expect(result.code == 66 && result.errors.contains("there is no line 99; the file has 5"))
  }

  @Test(arguments: [
    (["--rejected", "to-short"], "did you mean 'too-short'?"),
    (
      ["--rejected", "redact-price"],
      "; the steps that drop are price, "
    ),
    (["--rejected", "even"], "with the recipe course nothing is dropped for 'even'"),
    (["--rejected", "too-short", "--count", "0"], "--count must be at least 1"),
    (["B1", "--count", "2"], "--count goes with"),
    (["B1", "--near", "B1"], "name what to inspect"),
    (["--near", "B1"], "its recipe, course, does not look for near-duplicates"),
  ])
  func refusesWhatMakesNoSense(arguments: [String], words: String) async throws {
    let result = try await inspect(try await dataset(), arguments)
    #expect(result.code == 64 && result.errors.contains(words), "\(result.errors)")
  }

  @Test func anIDInOtherLettersGetsAHint() async throws {
    let result = try await inspect(try await dataset(), ["b1"])
    #expect(result.code == 66 && result.errors.contains("did you mean B1?"), "\(result.errors)")
  }

  @Test func programsGetAnObjectALine() async throws {
    let place = try await dataset()
    for (arguments, end) in [
      (["B1"], ["kind": "split", "split": "train"]),
      (
        ["B3"],
        [
          "kind": "dropped", "step": "length", "reason": "too-short",
          "why":
            "the contents have too few characters; they have 6, the title not counted, and more "
            + "than 300 are wanted",
        ]
      ),
      (
        ["--at", "meta_Toys.jsonl:4"],
        ["kind": "unreadable", "reason": "not-json", "why": "the line is not valid JSON"]
      ),
    ] {
      let result = try await inspect(place, arguments + ["--json"])
      #expect(result.output.count(where: { $0 == "\n" }) == 1)
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let item = try #require(object as? [String: Any])
      #expect(item["end"] as? [String: String] == end)
      #expect(item["source"] as? String == "meta_Toys.jsonl")
    }
    let item = try #require(
      JSONSerialization.jsonObject(
        with: Data(try await inspect(place, ["B1", "--json"]).output.utf8)) as? [String: Any])
    #expect((item["fields"] as? [String: Any])?["price"] as? Double == 25.5)
    #expect(item["completion"] as? String == "26.00")
    #expect((item["tokens"] as? [Any])?.count == item["token_count"] as? Int)
  }

  @Test func showsTheFamilyOfAnItem() async throws {
    let place = try Workplace()
    let words = (0..<60).map { "word\($0)" }
    let lines = (0..<5).map { number in
      let text = (words[number...] + ["end"]).joined(separator: " ")
      return
        #"{"parent_asin": "B\#(number)", "title": "T\#(number)", "price": 5, "features": ["\#(text)"]}"#
    }
    let other =
      #"{"parent_asin": "B9", "title": "T9", "price": 5, "features": ["quite another text"]}"#
    try place.write((lines + [other]).joined(separator: "\n"), to: "raw/meta_Toys.jsonl")
    try place.write(
      """
      name: near
      seed: 1
      test-seed: 2
      train: 9
      validation: 0
      test: 0
      record-steps:
        - price
        - assemble
        - token-window: {more-than: 1, cut-to: 1000}
        - prompt
        - fingerprint
      pool-steps: [deduplicate: {copies: 2}, split]
      """, to: "near.yaml")
    let run = try await place.run(
      "run", "--quiet", "--recipe", "near.yaml", "--tokenizer", "bytes.tiktoken",
      "--tokenizer-kind", "llama3")
    #expect(run.code == 0, "\(run.errors)")
    let near = try await inspect(place, ["--near", "B0", "--json"])
    let relatives = try near.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(relatives.count == 5 && relatives.first?["id"] as? String == "B0", "\(near.output)")
    #expect(
      relatives.count { $0["end"] as? [String: String] == ["kind": "split", "split": "train"] } == 2
    )
    let shares = relatives.compactMap { $0["similarity"] as? Double }
    #expect(shares == shares.sorted(by: >) && shares.first == 1)
    let left = try await inspect(place, ["--rejected", "deduplicate"])
    #expect(
      left.output.contains("of which 2 may stay") && left.output.contains("These stay instead"))
    #expect(left.output.components(separatedBy: "ITEM").count == 4, "\(left.output)")
    let alone = try await inspect(place, ["--near", "B9"])
    #expect(alone.output.contains("no duplicates or near-duplicates"))
    let shown = try await inspect(place, ["--near", "meta_Toys.jsonl:1", "--count", "2"]).output
    for words in [
      "100 %  B0", "the item itself", "and 3 more:", "--near meta_Toys.jsonl:1 --count 5",
      "From 75 % on,", "at most 2 of a group",
    ] {
      #expect(shown.contains(words), "\(words) in \(shown)")
    }
    let few = try await inspect(place, ["--near", "B0", "--count", "2", "--json"])
    #expect(few.output.count { $0 == "\n" } == 2)
    let text = try place.read("near.yaml").replacing(
      "deduplicate: {copies: 2}", with: "balance: {lowest: 6}, deduplicate")
    try place.write(text, to: "near.yaml")
    let again = try await place.run(
      "run", "--quiet", "--recipe", "near.yaml", "--tokenizer", "bytes.tiktoken",
      "--tokenizer-kind", "llama3")
    #expect(again.code == 0, "\(again.errors)")
    let before = try await inspect(place, ["--near", "B0"])
    #expect(before.code == 66 && before.errors.contains("'balance' left the item out before"))
    let none = try await inspect(place, ["--rejected", "deduplicate"])
    #expect(none.errors.contains("Nothing ended for this reason."))
  }

  /// Of two files with the same name each line is found in the one that has it.
  @Test func filesOfTheSameNameAreToldApart() async throws {
    let place = try Workplace.withRawRecords()
    let first = try place.read("raw/meta_Toys.jsonl")
    try place.write(
      first.replacing(#"asin": "B"#, with: #"asin": "C"#), to: "raw/z/meta_Toys.jsonl")
    try place.write(
      first.split(separator: "\n").prefix(5).joined(separator: "\n"), to: "raw/meta_Toys.jsonl")
    let run = try await Command.run(
      ["run", "--quiet"] + Workplace.options + ["--train", "50"], in: place.path)
    #expect(run.code == 0, "\(run.errors)")
    for (arguments, name) in [
      (["--at", "raw/meta_Toys.jsonl:2"], "ITEM B1"),
      (["--at", "raw/z/meta_Toys.jsonl:2"], "ITEM C1"),
      (["C20"], "ITEM C20"),
    ] {
      let result = try await inspect(place, arguments)
      #expect(result.output.contains(name) && result.output.contains("STEP prompt"))
      #expect(!result.output.contains("no pool holds it"), "\(result.output)")
    }
  }
}
