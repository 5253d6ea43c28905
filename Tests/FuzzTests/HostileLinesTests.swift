import Testing

/// Lines that a raw file may have and should not. What the fuzzer would not find for their size.
struct HostileLinesTests {
  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  private static func record(_ fields: String) -> String { #"{"price": 9, \#(fields)}"# }

  private static let lines: [String: String] = [
    "brackets": repeated("[", 10_000) + repeated("]", 10_000),
    "nested details": record(
      #""title": "t", "details": "# + repeated(#"{"a":"#, 10_000) + "1" + repeated("}", 10_000)),
    "nested elements": record(#""title": "t", "features": ["\#(repeated("<div>", 50_000))"]"#),
    "a tag without end": record(#""title": "<a href=\"\#(repeated("x", 200_000))""#),
    "references": record(#""title": "\#(repeated("&amp;", 50_000))lt;b&gt;""#),
    "one word": record(#""title": "\#(repeated("w", 100_000))""#),
    "one mark after the other": record(#""title": "e\#(repeated("\u{301}", 50_000))""#),
    "a digit after the other": #"{"title": "t", "price": \#(repeated("9", 100_000))}"#,
    "many keys": record(
      #""title": "t", "details": {"#
        + (0..<50_000).map { "\"k\($0)\": \($0)" }.joined(separator: ", ") + "}"),
    "one key again and again": record(repeated(#""title": "t", "#, 10_000) + #""title": "u""#),
    "prices": record(#""title": "\#(repeated("$9.00 ", 50_000))""#),
    "carriage returns": repeated("\r", 10_000),
    "control characters": repeated("\u{0}\u{1}\u{1F}", 1000),
  ]

  @Test(arguments: lines.keys.sorted())
  func isKeptOrCounted(name: String) throws {
    let line = Array((Self.lines[name] ?? "").utf8)
    // Alone, and between others, whose buffers it leaves behind.
    let other = Array(Self.record(#""title": "A fine thing""#).utf8)
    #expect(throws: Never.self) {
      try FuzzTarget.lines.check(line)
      try FuzzTarget.lines.check(other + [10] + line + [10] + other + [10])
    }
  }
}
