import Bytes
package import Contracts

/// Takes the item's own price out of its text, and the prompt's lead to the answer.
///
/// A model that finds the price in the text learns to copy, not to estimate; text with `Price is $`
/// in its middle looks as if the answer began there. The course recipe has no such rule. What counts
/// as the price is `OwnPrice`'s; other amounts stay.
///
/// Works on title and contents, or behind `token-window` on the text: what the steps between take
/// out or cut off may leave a price that was none.
///
/// Costs a scan for digits where there is nothing to take out, a second one for the prefix where the
/// prefix's last sign occurs; a copy and the same again where something was taken out.
package struct RedactPriceStep: RecordStep {
  package static let name = "redact-price"
  package static let summary = """
    Takes the item's own price out of title and contents, in whatever form and with the label in \
    front of it: $374.41, 374.41, $374, USD 374.41, 374 dollars, MSRP: $374.41; whole numbers \
    without a mark stay, as do measures and other amounts. Also breaks up the prefix of the answer. \
    May stand behind 'token-window' as well, for what the steps between bring about.
    """
  package static let prefix = Parameter(
    "prefix", default: "Price is $",
    "what stands before the answer in the prompt, and so nowhere else",
    allowed: "more than spaces, colons, quotes and brackets", where: { !words(of: $0).isEmpty })
  package static let parameters: [any ParameterDeclaration] = [prefix]
  package static let stage = RecordStage.contents
  package static let lastStage = RecordStage.text
  package static let dropReasons: [DropReason] = []

  /// The prefix in lower case, without what stands between its words.
  private let prefix: [[UInt8]]

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    prefix = Self.words(of: values[Self.prefix])
  }

  package func apply(to item: inout Item) -> Verdict {
    let price = OwnPrice(dollars: item.price)
    let isText = !item.text.isEmpty
    if isText { item.setTitleAndContentsFromText() }
    item.redactions += redact(price, in: &item.title, by: &item.scratch)
    item.redactions += redact(price, in: &item.contents, by: &item.scratch)
    if isText { item.setTextFromTitleAndContents() }
    return .keep
  }

  /// More passes than any text needs that was not made to need them.
  private static let passes = 32

  /// Repeats until nothing is found, since what was apart may have become a price or a prefix. Of a
  /// text that yields more and more, only what is in front of the next one stays.
  private func redact(
    _ price: OwnPrice?, in text: inout [UInt8], by scratch: inout [UInt8]
  ) -> Int {
    var (total, pass) = (0, 0)
    func next(_ text: Span<UInt8>, _ start: Int) -> Range<Int>? {
      price?.firstMention(in: text, from: start)
    }
    while true {
      var found = takeOut(of: &text, by: &scratch, next)
      if found == 0 { found = takeOut(of: &text, by: &scratch, firstPrefix) }
      if found == 0 { return total }
      total += found
      pass += 1
      if pass >= Self.passes, let rest = next(text.span, 0) ?? firstPrefix(in: text.span, from: 0) {
        text.removeLast(text.count - rest.lowerBound)
      }
    }
  }

  /// Takes out what `next` finds, from the left, and gives how often it did.
  private func takeOut(
    of text: inout [UInt8], by scratch: inout [UInt8],
    _ next: (Span<UInt8>, Int) -> Range<Int>?
  ) -> Int {
    var count = 0
    var copied = 0
    while let range = next(text.span, copied) {
      if count == 0 { scratch.removeAll(keepingCapacity: true) }
      count += 1
      scratch.append(text.span, copied..<range.lowerBound)
      copied = Self.closeUp(&scratch, text.span, after: range.upperBound)
    }
    if count > 0 {
      scratch.append(text.span, copied..<text.count)
      swap(&text, &scratch)
    }
    return count
  }

  /// Lets the text read on over a gap: trims `result`, which ends before it, and gives where the
  /// rest goes on.
  private static func closeUp(
    _ result: inout [UInt8], _ text: Span<UInt8>, after end: Int
  ) -> Int {
    var end = end
    let next = end < text.count ? text[end] : UInt8(ascii: "\n")
    if next == UInt8(ascii: ")"), result.last == UInt8(ascii: "(") {
      result.removeLast()
      return closeUp(&result, text, after: end + 1)
    }
    switch next {
    case UInt8(ascii: "\n"):
      // A title's "Gift Card - $25" has lost what its dash led to.
      trimEnd(of: &result, " -,")
    case UInt8(ascii: ","), UInt8(ascii: "."):
      trimEnd(of: &result, " ")
      if result.last == UInt8(ascii: ",") || result.last == UInt8(ascii: ".") { end += 1 }
    case UInt8(ascii: " "), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ")"):
      trimEnd(of: &result, " ")
    default:
      if next.mayBeInWord, result.last?.mayBeInWord == true { result.append(UInt8(ascii: " ")) }
    }
    if result.isEmpty || result.last == UInt8(ascii: "\n") {
      while end < text.count, [UInt8(ascii: " "), UInt8(ascii: "\n")].contains(text[end]) {
        end += 1
      }
    }
    return end
  }

  private static func trimEnd(of bytes: inout [UInt8], _ characters: StaticString) {
    characters.withUTF8Buffer { characters in
      while let last = bytes.last, characters.contains(last) { bytes.removeLast() }
    }
  }

  /// What to take out of the first prefix, whatever separators stand between its words: of
  /// `Price is $` the verb, since the sign may belong to another amount; of a prefix without a sign
  /// all.
  private func firstPrefix(in text: Span<UInt8>, from start: Int) -> Range<Int>? {
    guard let first = prefix.first?.first, let last = prefix.last?.last else { return nil }
    // Most texts have no dollar sign.
    let mayEnd = last.isASCIILetter || text.firstIndex(of: last, in: start..<text.count) != nil
    guard mayEnd else { return nil }
    for index in start..<text.count where Self.lowercase(text[index]) == first {
      if let range = prefixRange(in: text, at: index) { return range }
    }
    return nil
  }

  private func prefixRange(in text: Span<UInt8>, at start: Int) -> Range<Int>? {
    var (lastWord, wordBefore) = (start, start)
    var index = start
    for (number, word) in prefix.enumerated() {
      if number > 0 {
        let next = text.skippingSeparators(after: index)
        if next == index { return nil }
        (wordBefore, lastWord) = (lastWord, next)
        index = next
      }
      for byte in word {
        guard index < text.count, Self.lowercase(text[index]) == byte else { return nil }
        index += 1
      }
    }
    let endsInSign = prefix.count > 1 && prefix.last == [UInt8(ascii: "$")]
    return endsInSign ? wordBefore..<lastWord : start..<index
  }

  private static func words(of prefix: String) -> [[UInt8]] {
    let bytes = prefix.utf8.map(lowercase)
    let span = bytes.span
    var words: [[UInt8]] = [[]]
    var index = 0
    while index < span.count {
      let length = span.separatorLength(at: index)
      if length == 0 {
        words[words.count - 1].append(span[index])
      } else if words.last != [] {
        words.append([])
      }
      index += max(length, 1)
    }
    return words.filter { !$0.isEmpty }
  }

  /// Of ASCII letters; other letters are compared as they are.
  private static func lowercase(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}

extension UInt8 {
  /// Whether it is, or may be part of, a letter, a digit, or a mark that joins what is before it.
  fileprivate var mayBeInWord: Bool { isASCIIWord || self >= 0x80 }
}
