/// A piece of vocabulary, as it stands inside a JSON string.
///
/// Texts are made once, for the catalogue, and because they are plain pointers, a record is made without
/// a reference being counted for every word.
struct Text: ExpressibleByStringLiteral, Sendable {
  // Safe to share between threads, which the compiler cannot see of pointers: both are immutable, `immortal`
  // has written all of their bytes before the value exists, and nothing writes to or frees them afterwards.

  /// With the characters beyond ASCII as they are.
  nonisolated(unsafe) let utf8: UnsafeBufferPointer<UInt8>
  /// With the characters beyond ASCII as `\u` escapes of their UTF-16 units.
  nonisolated(unsafe) let ascii: UnsafeBufferPointer<UInt8>

  init(stringLiteral value: String) {
    utf8 = Text.immortal(Text.escape(value, unicode: false))
    ascii = Text.immortal(Text.escape(value, unicode: true))
  }

  private static func immortal(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = copy.initialize(from: bytes)
    return UnsafeBufferPointer(copy)
  }

  private static func escape(_ value: String, unicode: Bool) -> [UInt8] {
    var escaped = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      case _ where unicode && !scalar.isASCII:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return Array(escaped.utf8)
  }
}

/// A sentence with slots in braces, such as `"The {color} {kind} has {1} of room."`
///
/// The slots are the cases of ``Slot``, by name; `{1}`, `{2}` and `{3}` are the product's options.
/// A template is parsed when the catalogue is loaded; an unknown slot stops the program there.
struct Template: ExpressibleByStringLiteral, Sendable {
  /// What can stand in braces.
  enum Slot: String {
    case brand, kind, title, grade, color, pack, use, place, who, adjective, term
    case option1 = "1"
    case option2 = "2"
    case option3 = "3"
  }

  enum Part: Sendable {
    case text(Text)
    case slot(Slot)
  }

  let parts: [Part]

  init(stringLiteral value: String) {
    var parts: [Part] = []
    for (number, piece) in value.split(separator: "{", omittingEmptySubsequences: false)
      .enumerated()
    {
      var text = piece
      if number > 0 {
        guard let brace = piece.firstIndex(of: "}"),
          let slot = Slot(rawValue: String(piece[..<brace]))
        else { preconditionFailure("no such slot in: \(value)") }
        parts.append(.slot(slot))
        text = piece[piece.index(after: brace)...]
      }
      if !text.isEmpty { parts.append(.text(Text(stringLiteral: String(text)))) }
    }
    self.parts = parts
  }
}
