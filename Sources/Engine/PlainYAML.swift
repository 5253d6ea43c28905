import Bytes
import Yams

/// Reads YAML without anchors, aliases and complex keys.
///
/// Yams expands aliases and compares complex keys in full while parsing, so a few hundred bytes can
/// keep it busy forever. This type therefore replaces the three characters that introduce them
/// before parsing, and restores them in the resulting texts. (libyaml limits a key in brackets to
/// 1024 characters and nesting to a thousand levels.)
enum PlainYAML {
  struct Fault: Error {
    let line: Int
    let message: String
  }

  private static let depthLimit = 16

  /// Nil for an empty text. Errors: `Fault`, and Yams's.
  static func root(of text: String) throws -> Node? {
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

  /// The node with its characters restored. Errors: if one of them did not begin a text.
  private static func plain(_ node: Node, depth: Int, _ back: Table) throws -> Node {
    let line = node.mark?.line ?? 1
    guard depth < depthLimit else {
      throw Fault(line: line, message: "nested more than \(depthLimit) levels deep")
    }
    switch node {
    case .scalar(var scalar):
      let text = back.translate(scalar.string)
      // No plain scalar begins with `&` or `*`, nor with a question mark on its own.
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
  /// A whole number, except in YAML's base 60, which overflows in Yams.
  var wholeNumber: Int? { scalar?.string.contains(":") == true ? nil : int }
}
