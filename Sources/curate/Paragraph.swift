import Bytes

/// Text of several styles, indented, and broken between its pieces where the terminal ends.
struct Paragraph {
  private(set) var text: String
  /// Of every line but the first.
  private let indent: String
  private let width: Int
  private var column: Int

  /// - Parameter hanging: so many columns more than the first the other lines are indented.
  init(indent: Int, hanging: Int = 0, width: Int = StandardOutput.width) {
    self.indent = String(repeating: " ", count: indent + hanging)
    self.width = width
    text = String(repeating: " ", count: indent)
    column = indent
  }

  /// Prints it, without white space at its end.
  func print() {
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) }
    Swift.print(text[..<(end ?? text.startIndex)])
  }

  /// Appends a piece, which is broken at its line feeds only.
  mutating func append(_ piece: some StringProtocol, _ style: StandardOutput.Style? = nil) {
    for (number, line) in piece.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if number > 0 { breakLine() }
      guard !line.isEmpty else { continue }
      // The last column is for a sign behind a word, which looks lost on a line of its own.
      let visible = String(line).printable
      let lineWidth = visible.displayWidth
      if column > indent.count, column + lineWidth > width - (lineWidth == 1 ? 0 : 1) {
        breakLine()
        if line.allSatisfy(\.isWhitespace) { continue }
      }
      column += lineWidth
      text += style.map { StandardOutput.paint(visible, $0) } ?? visible
    }
  }

  /// Appends a text that may be broken between its words.
  mutating func append(words: some StringProtocol, _ style: StandardOutput.Style? = nil) {
    var rest = words[...]
    while let first = rest.first {
      let isSpace = first.isWhitespace
      let word = rest.prefix { $0.isWhitespace == isSpace }
      append(word, style)
      rest = rest[word.endIndex...]
    }
  }

  private mutating func breakLine() {
    text += "\n" + indent
    column = indent.count
  }
}
