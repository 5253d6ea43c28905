import Bytes
import CLibXML2
package import Contracts

/// Makes HTML the text that a browser shows of it, and leaves no tag or reference behind.
///
/// Tags are libxml2's business, references follow the HTML standard's table. Text without either
/// costs two searches for a byte, a line with tags some microseconds and a few copies of itself. A
/// line that is too long or too deeply nested for the parser only loses what stands between `<` and
/// `>`.
package struct StripHTMLStep: RecordStep {
  package static let name = "strip-html"
  package static let summary = """
    Makes the HTML of the title and of each line of the contents the text that a browser shows: \
    tags, comments, scripts and styles go, blocks and line breaks separate words, and character \
    references become characters, also those that were escaped twice. Characters that nobody sees \
    go from lines with '<' or '&'; other lines stay as they are.
    """
  package static let parameters: [any ParameterDeclaration] = []
  package static let stage = RecordStage.contents
  package static let dropReasons: [DropReason] = []

  /// Text may have been escaped more than once, and what is left of broken tags may make new ones.
  private static let rounds = 4

  package init(_ values: ParameterValues, _ resources: StepResources) throws {}

  package func apply(to item: inout Item) -> Verdict {
    strip(&item.title, with: &item.scratch)
    strip(&item.contents, with: &item.scratch)
    return .keep
  }

  /// Works on each line by itself, so that a tag that is never closed costs no other line.
  func strip(_ text: inout [UInt8], with scratch: inout [UInt8]) {
    guard text.span.mayHoldMarkup(0..<text.count) else { return }
    scratch.removeAll(keepingCapacity: true)
    scratch.reserveCapacity(text.count)
    var start = 0
    while start < text.count {
      let end =
        text.span.firstIndex(of: UInt8(ascii: "\n"), in: start..<text.count) ?? text.count
      if text.span.mayHoldMarkup(start..<end) {
        var line: [UInt8] = []
        line.append(text.span, start..<end)
        scratch += Self.text(of: line)
      } else {
        scratch.append(text.span, start..<end)
      }
      if end < text.count { scratch.append(UInt8(ascii: "\n")) }
      start = end + 1
    }
    swap(&text, &scratch)
  }

  /// Tags go before references are resolved, since these may stand for `<` and quotes. Characters that
  /// nobody sees go before both, since `normalize` would make tags of what they keep apart.
  private static func text(of html: [UInt8]) -> [UInt8] {
    var text = html
    for _ in 0..<rounds {
      InvisibleCharacter.remove(from: &text)
      let isTagged = text.span.mayHoldTag(0..<text.count)
      if isTagged {
        guard let parsed = parse(text) else { break }
        text = parsed
      }
      guard resolveReferences(in: &text) || isTagged else { return text }
    }
    return withoutMarkup(text)
  }

  /// The text between the tags; nil for what the parser does not take.
  private static func parse(_ html: [UInt8]) -> [UInt8]? {
    var isParsed = false
    let text = [UInt8](unsafeUninitializedCapacity: html.count) { buffer, count in
      isParsed = clibxml2_html_text(html, html.count, buffer.baseAddress, &count)
      if !isParsed { count = 0 }
    }
    return isParsed ? text : nil
  }

  /// Replaces character references by what they stand for; a `&` that comes out may begin another
  /// with what follows. False where there is none.
  private static func resolveReferences(in text: inout [UInt8]) -> Bool {
    guard text.span.mayHoldReference(0..<text.count) else { return false }
    var source = text
    text.removeAll(keepingCapacity: true)
    var isResolved = false
    var index = 0
    while let found = source.span.firstIndex(of: UInt8(ascii: "&"), in: index..<source.count) {
      text.append(source.span, index..<found)
      let length = text.appendReference(source.span, at: found)
      index = found + length
      if length == 0 {
        text.append(source[found])
        index += 1
        continue
      }
      isResolved = true
      if text.last == UInt8(ascii: "&") {
        text.removeLast()
        index -= 1
        source[index] = UInt8(ascii: "&")
      }
    }
    text.append(source.span, index..<source.count)
    return isResolved
  }

  /// Makes whatever could be read as tags or references a space: for what the parser does not take,
  /// and for what the rounds leave.
  private static func withoutMarkup(_ html: [UInt8]) -> [UInt8] {
    var source = html
    _ = resolveReferences(in: &source)
    InvisibleCharacter.remove(from: &source)
    let bytes = source.span
    let lastClosing = source.lastIndex(of: UInt8(ascii: ">")) ?? 0
    var text: [UInt8] = []
    text.reserveCapacity(source.count)
    var index = 0
    while index < bytes.count {
      let start = text.count
      var length = text.appendReference(bytes, at: index)
      text.removeLast(text.count - start)
      if bytes.isTagStart(at: index) {
        // A `<` that nothing closes goes alone.
        let rest = index..<max(index, lastClosing + 1)
        length = (bytes.firstIndex(of: UInt8(ascii: ">"), in: rest) ?? index) + 1 - index
      }
      if length == 0 {
        text.append(bytes[index])
      } else if text.last != UInt8(ascii: " ") {
        text.append(UInt8(ascii: " "))
      }
      index += max(length, 1)
    }
    return text
  }
}

extension [UInt8] {
  /// Appends what the character reference at `index` stands for, and returns the reference's length,
  /// 0 where there is none.
  fileprivate mutating func appendReference(_ bytes: Span<UInt8>, at index: Int) -> Int {
    guard bytes[index] == UInt8(ascii: "&") else { return 0 }
    return withUnsafeTemporaryAllocation(
      of: UInt8.self, capacity: Int(CLIBXML2_REFERENCE_BYTES)
    ) { characters in
      var count = 0
      let length = bytes.withUnsafeBufferPointer {
        clibxml2_html_reference(
          $0.baseAddress.map { $0 + index }, $0.count - index, characters.baseAddress, &count)
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: characters[..<count]))
      return length
    }
  }
}

extension Span<UInt8> {
  fileprivate func mayHoldMarkup(_ range: Range<Int>) -> Bool {
    firstIndex(of: UInt8(ascii: "<"), in: range) != nil
      || firstIndex(of: UInt8(ascii: "&"), in: range) != nil
  }

  /// Whether `<` stands before what could make it a tag.
  fileprivate func mayHoldTag(_ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while let index = firstIndex(of: UInt8(ascii: "<"), in: start..<range.upperBound) {
      if isTagStart(at: index) { return true }
      start = index + 1
    }
    return false
  }

  /// Whether `&` stands before what could make it a character reference.
  fileprivate func mayHoldReference(_ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while let index = firstIndex(of: UInt8(ascii: "&"), in: start..<range.upperBound) {
      start = index + 1
      if start < count, self[start].isASCIILetter || self[start] == UInt8(ascii: "#") {
        return true
      }
    }
    return false
  }

  fileprivate func isTagStart(at index: Int) -> Bool {
    guard self[index] == UInt8(ascii: "<"), index + 1 < count else { return false }
    switch self[index + 1] {
    case UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?"): return true
    case let next: return next.isASCIILetter
    }
  }
}
