import Bytes

/// A command as it may be given to a shell.
struct ShellCommand {
  /// In quotes where a shell needs them.
  private let words: [String]

  init(_ words: [String]) {
    self.words = words.map(Self.quoted)
  }

  /// On one line.
  var text: String { words.joined(separator: " ") }

  /// In lines that are no wider than `width`, unless a word is; a backslash at the end of a line says
  /// that the command goes on.
  func lines(indent: Int, width: Int) -> [String] {
    var lines = [String(repeating: " ", count: indent) + words[0]]
    for (index, word) in words.enumerated().dropFirst() {
      let longer = lines[lines.count - 1] + " " + word
      // Two columns are for the backslash.
      if longer.displayWidth + (index == words.count - 1 ? 0 : 2) <= width {
        lines[lines.count - 1] = longer
      } else {
        lines[lines.count - 1] += " \\"
        lines.append(String(repeating: " ", count: indent + 4) + word)
      }
    }
    return lines
  }

  /// Words for people and the command, below them where it does not fit behind them.
  func lines(after words: String, indent: Int = 0, width: Int) -> [String] {
    let words = String(repeating: " ", count: indent) + words + ":"
    let line = "\(words) \(text)"
    return line.displayWidth <= width ? [line] : [words] + lines(indent: indent + 2, width: width)
  }

  /// Prints words for people and the command.
  func print(after words: String) {
    for line in lines(after: words, indent: 2, width: StandardOutput.width) {
      Swift.print(line.printable)
    }
  }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_./+:,@%=".utf8.contains(byte)
        }
      }
    return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
  }
}
