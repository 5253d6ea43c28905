/// Text of several styles, indented, and broken between its pieces where the terminal ends.
struct Paragraph {
  private(set) var text: String
  private let indent: String
  private let width: Int
  private var column: Int

  init(indent: Int, width: Int = Ink.width) {
    self.indent = String(repeating: " ", count: indent)
    self.width = width
    text = self.indent
    column = indent
  }

  /// Appends a piece, which is broken at its line feeds only. Control characters become visible, lest they
  /// do something to the terminal.
  mutating func append(_ piece: some StringProtocol, _ style: Ink.Style? = nil) {
    for (number, line) in piece.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if number > 0 { breakLine() }
      guard !line.isEmpty else { continue }
      // The last column is for a sign behind a word, which looks lost on a line of its own.
      if column > indent.count, column + line.count > width - (line.count == 1 ? 0 : 1) {
        breakLine()
        if line.allSatisfy(\.isWhitespace) { continue }
      }
      column += line.count
      let visible = Self.visible(line)
      text += style.map { Ink.paint(visible, $0) } ?? visible
    }
  }

  /// Appends a text that may be broken between its words.
  mutating func append(words: some StringProtocol, _ style: Ink.Style? = nil) {
    for piece in TextDifference.pieces(of: String(words)) { append(piece, style) }
  }

  private mutating func breakLine() {
    text += "\n" + indent
    column = indent.count
  }

  static func visible(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F...0x9F:
        let number = String(scalar.value, radix: 16)
        result.append(contentsOf: "\\u{\(number)}".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
