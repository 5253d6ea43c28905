import Bytes
import Yams

/// Reads YAML in which nothing stands for anything else: without anchors, aliases, and keys that are more than a
/// word.
///
/// Yams puts in whatever an alias stands for, and compares keys by all that is in them, before anybody can look:
/// some hundred bytes keep it busy for ever. So it is given other characters for the three that such things
/// begin with, and they are put back into the texts that it finds. (A key in brackets has 1024 characters at most,
/// and nothing is nested more than a thousand levels deep: libyaml sees to that.)
enum PlainYAML {
  struct Fault: Error {
    package let line: Int
    package let message: String
  }

  private static let depthLimit = 16

  /// Nil for an empty text. Errors: `Fault`, and Yams's.
  package static func root(of text: String) throws -> Node? {
    let signs: [Unicode.Scalar] = ["&", "*", "?"]
    let known = Set(text.unicodeScalars)
    let escapes = text.uppercased()
    let privateUse = (0xE000...0xF8FF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init)
    let substitutes = Array(
      privateUse.filter { sign in
        !known.contains(sign) && !escapes.contains(String(sign.value, radix: 16, uppercase: true))
      }.prefix(signs.count))
    guard substitutes.count == signs.count else {
      throw Fault(line: 1, message: "too many characters of private use")
    }
    let table = Table(Dictionary(uniqueKeysWithValues: zip(signs, substitutes)))
    let back = Table(Dictionary(uniqueKeysWithValues: zip(substitutes, signs)))
    guard let root = try Yams.compose(yaml: table.translate(text)) else { return nil }
    return try plain(root, depth: 0, back)
  }

  private struct Table {
    private let substitutes: [Unicode.Scalar: Unicode.Scalar]

    init(_ substitutes: [Unicode.Scalar: Unicode.Scalar]) {
      self.substitutes = substitutes
    }

    func translate(_ text: String) -> String {
      guard text.unicodeScalars.contains(where: { substitutes[$0] != nil }) else { return text }
      return String(String.UnicodeScalarView(text.unicodeScalars.map { substitutes[$0] ?? $0 }))
    }
  }

  /// The node with its characters put back. Errors: where one of them began something else than a text.
  private static func plain(_ node: Node, depth: Int, _ back: Table) throws -> Node {
    let line = node.mark?.line ?? 1
    guard depth < depthLimit else {
      throw Fault(line: line, message: "nested more than \(depthLimit) levels deep")
    }
    switch node {
    case .scalar(var scalar):
      let text = back.translate(scalar.string)
      // No plain scalar begins with one of the two, nor with a question mark that stands alone.
      let isPlain = scalar.style == .plain && text != scalar.string
      if isPlain, text.first == "&" || text.first == "*" {
        throw Fault(
          line: line,
          message:
            "anchors and aliases ('\(text.prefix(20))') are not taken; a text that begins so "
            + "must stand in quotes")
      }
      if isPlain, text == "?" || text.hasPrefix("? ") {
        throw Fault(line: line, message: "keys that begin with '?' are not taken")
      }
      scalar.string = text
      return .scalar(scalar)
    case .sequence(let sequence):
      return .sequence(
        .init(
          try sequence.map { try plain($0, depth: depth + 1, back) }, sequence.tag, sequence.style,
          sequence.mark))
    case .mapping(let mapping):
      let pairs = try mapping.map { pair in
        guard pair.key.scalar != nil else {
          throw Fault(line: pair.key.mark?.line ?? line, message: "a key must be a word")
        }
        return (
          try plain(pair.key, depth: depth + 1, back), try plain(pair.value, depth: depth + 1, back)
        )
      }
      return .mapping(.init(pairs, mapping.tag, mapping.style, mapping.mark))
    case .alias:
      throw Fault(line: line, message: "aliases are not taken")
    }
  }
}

extension Node {
  /// A whole number; base 60, which YAML has, too, overflows in Yams.
  var wholeNumber: Int? { scalar?.string.contains(":") == true ? nil : int }
}
