import Bytes
package import Contracts
import Tokenization

/// Filters and truncates the text by tokens: rule 5 of the course (docs/course.md).
package struct TokenWindowStep: RecordStep {
  package static let name = "token-window"
  package static let summary = """
    Makes the text of title, line feed and contents; keeps items whose text has more than a number \
    of tokens, cuts longer ones, and closes up spaces before punctuation in what is left, as \
    transformers' clean_up_tokenization does.
    """
  package static let moreThan = Parameter(
    "more-than", default: 150, "the text must have more tokens than this",
    allowed: "0 or more", where: { $0 >= 0 })
  package static let cutTo = Parameter(
    "cut-to", default: 160, "the tokens kept of the text",
    allowed: "at least 1", where: { $0 >= 1 })
  static let tornEnd = Parameter(
    "torn-end", default: "replace",
    "what becomes of a character or number that the cut tears: U+FFFD for the character, or both go",
    allowed: "'replace' or 'drop'", where: { ["replace", "drop"].contains($0) })
  package static let parameters: [any ParameterDeclaration] = [moreThan, cutTo, tornEnd]
  package static let stage = RecordStage.text

  static let tooFewTokens = DropReason("too-few-tokens", "the text has too few tokens")
  package static let dropReasons = [tooFewTokens]

  private let moreThan: Int
  private let cutTo: Int
  private let dropsTornEnd: Bool
  private let tokenizer: Tokenizer

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    moreThan = values[Self.moreThan]
    cutTo = values[Self.cutTo]
    dropsTornEnd = values[Self.tornEnd] == "drop"
    tokenizer = resources.tokenizer
    guard moreThan < cutTo else {
      throw RecipeFault("'more-than' (\(moreThan)) must be below 'cut-to' (\(cutTo))")
    }
  }

  package func apply(to item: inout Item) -> Verdict {
    item.setTextFromTitleAndContents()
    swap(&item.text, &item.window.text)
    item.text.removeAll(keepingCapacity: true)
    tokenizer.encode(&item.window, limit: cutTo, with: &item.words)
    guard item.window.tokens.count > moreThan else { return .drop(Self.tooFewTokens) }
    tokenizer.decode(item.window, into: &item.text)
    item.text.endWhole(isReplacing: !dropsTornEnd)
    if dropsTornEnd, item.text.count < item.window.text.count {
      item.text.dropNumber(before: item.window.text[item.text.count])
    }
    Self.closeUp(&item.text)
    return .keep
  }

  package static func requirement(_ reason: DropReason, _ values: ParameterValues) -> String {
    "more than \(grouped(values[moreThan])) are wanted"
  }

  package func measure(of item: borrowing Item) -> String {
    "it has \(grouped(item.window.tokens.count))"
  }

  /// The replacements of transformers' `clean_up_tokenization`, in its order.
  private static let replacements: [(pattern: BytePattern, replacement: [UInt8])] = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
    (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ].map { (BytePattern($0.0), Array($0.1.utf8)) }

  static func closeUp(_ text: inout [UInt8]) {
    for (pattern, replacement) in replacements { text.replace(pattern, with: replacement) }
  }
}

extension [UInt8] {
  /// Makes a character that the cut between two tokens has torn U+FFFD, or takes it out. What was
  /// well-formed UTF-8 before the cut can only be ill-formed at its end.
  fileprivate mutating func endWhole(isReplacing: Bool) {
    guard let lead = suffix(3).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return }
    let length = self[lead] < 0xC0 ? 1 : self[lead] < 0xE0 ? 2 : self[lead] < 0xF0 ? 3 : 4
    guard count - lead < length else { return }
    replaceSubrange(lead..., with: isReplacing ? [0xEF, 0xBF, 0xBD] : [])
  }

  /// Takes out a number at the end that went on in `next`: its beginning would be another number,
  /// and might be the price.
  fileprivate mutating func dropNumber(before next: UInt8) {
    func isPoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }
    guard next.isASCIIDigit || isPoint(next) else { return }
    while let byte = self.last, byte.isASCIIDigit || isPoint(byte) { removeLast() }
  }
}
