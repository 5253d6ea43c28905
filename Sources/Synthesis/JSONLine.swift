/// One line of JSON as Python's `json.dumps` writes it, with `", "` and `": "` between the parts.
struct JSONLine {
  var bytes: [UInt8] = []
  /// Whether characters beyond ASCII are written as `\u` escapes (UTF-16 pairs) or as UTF-8.
  let escapesUnicode: Bool

  init(escapesUnicode: Bool) { self.escapesUnicode = escapesUnicode }

  /// Appends what needs no escape: punctuation, and text in plain ASCII.
  mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func raw(_ number: Int) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let digits = number.magnitude
    var power: UInt = 1
    while digits / power >= 10 { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digits / power % 10))
      power /= 10
    }
  }

  /// Appends a number of hundredths the way Python prints a float: `12.99`, `12.5`, `12.0`.
  mutating func raw(hundredths: Int) {
    raw(hundredths / 100)
    bytes.append(UInt8(ascii: "."))
    raw(hundredths / 10 % 10)
    if hundredths % 10 != 0 { raw(hundredths % 10) }
  }

  /// Appends text as it stands inside a string.
  mutating func text(_ text: Text) {
    bytes.append(contentsOf: escapesUnicode ? text.ascii : text.utf8)
  }

  /// Appends text as a whole string.
  mutating func string(_ text: Text) {
    raw("\"")
    self.text(text)
    raw("\"")
  }
}
