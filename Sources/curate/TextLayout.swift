import Bytes
import Tokenization

extension Character {
  /// The columns of a terminal that it takes, roughly: two for wide characters and emoji.
  fileprivate var displayWidth: Int {
    unicodeScalars.reduce(0) { max($0, Self.width(of: $1)) }
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFF:
      return 2
    default: return 1
    }
  }
}

extension String {
  /// The columns of a terminal that it takes.
  var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// As much of it as fits into some columns, with two full stops where something is missing.
  func cut(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var (cut, left) = ("", width - min(2, width))
    for character in self {
      left -= character.displayWidth
      if left < 0 { break }
      cut.append(character)
    }
    return cut + String(repeating: ".", count: min(2, width))
  }

  /// With spaces at its end.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// With spaces in front.
  func rightAligned(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth)) + self
  }
}

/// A text in lines that are no wider than `width`, unless a word is; for standard error, unless one is given. The first begins with `lead`, the
/// others with as many spaces as `indent` tells, or as `lead` is wide.
func wrapped(
  _ text: String, lead: String = "", indent: Int? = nil, width: Int = StandardError.textWidth
)
  -> [String]
{
  let margin = String(repeating: " ", count: indent ?? lead.displayWidth)
  var lines: [String] = []
  var line = lead
  var isEmpty = true
  for word in text.split(separator: " ") {
    if !isEmpty, line.displayWidth + 1 + String(word).displayWidth > width {
      lines.append(line)
      line = margin
      isEmpty = true
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return lines + [line]
}

/// `one file`, `8 files`: a number and what it counts.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  count == 1 ? "one \(noun)" : "\(grouped(count)) \(plural ?? noun + "s")"
}
