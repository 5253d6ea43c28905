import Bytes
package import Contracts

/// Tidies spaces, brackets and commas, and removes part numbers: rule 4 of the course
/// (docs/course.md).
package struct ScrubStep: RecordStep {
  package static let name = "scrub"
  package static let summary = """
    In title and contents each: makes every run of white space and of : [ ] " { } 【 】 one space, \
    trims the ends, closes up spaces before commas and runs of commas, and takes out part numbers: \
    long words that contain a digit.
    """
  static let partNumberLength = Parameter(
    "part-number-length", default: 7,
    "words with a digit that have at least this many characters go",
    allowed: "at least 1", where: { $0 >= 1 })
  package static let parameters: [any ParameterDeclaration] = [partNumberLength]
  package static let stage = RecordStage.contents
  package static let dropReasons: [DropReason] = []

  private let partNumberLength: Int

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    partNumberLength = values[Self.partNumberLength]
  }

  package func apply(to item: inout Item) -> Verdict {
    scrub(item.title, into: &item.scratch)
    swap(&item.title, &item.scratch)
    scrub(item.contents, into: &item.scratch)
    swap(&item.contents, &item.scratch)
    return .keep
  }

  /// All rules in one pass: a space is held back until it is known that no comma follows, a run of
  /// commas is shortened when it ends, and a word is judged when it ends.
  func scrub(_ text: [UInt8], into result: inout [UInt8]) {
    // What comes out is never longer than what goes in, and is written in blocks.
    result.makeRoom(text.count + 16)
    let count = result.withUnsafeMutableBufferPointer { result in
      ScrubbedByte.ofByte.withUnsafeBufferPointer { scrub(text.span, $0, into: result) }
    }
    result.removeLast(result.count - count)
  }

  private func scrub(
    _ text: Span<UInt8>, _ classes: UnsafeBufferPointer<ScrubbedByte>,
    into result: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var count = 0
    var word = Word()
    var isSpacePending = false
    var commas = 0
    var index = 0
    while index < text.count {
      let stop = classes[Int(text[index])].contains(.stop)
      let separator = stop ? text.separatorLength(at: index) : 0
      if separator > 0 {
        isSpacePending = true
        index += separator
        continue
      }
      if text[index] == UInt8(ascii: ",") {
        isSpacePending = false
        commas += 1
        result[count] = UInt8(ascii: ",")
        count += 1
        index += 1
        continue
      }
      if commas > 1 { count -= Self.surplus(ofCommas: commas) }
      commas = 0
      if isSpacePending {
        end(word, in: result, &count)
        if count > word.start {
          result[count] = UInt8(ascii: " ")
          count += 1
        }
        word = Word(start: count)
        isSpacePending = false
      }
      word.classes.formUnion(classes[Int(text[index])])
      result[count] = text[index]
      count += 1
      index += 1
      // What follows, up to the next that may be something else.
      var place = 16
      while place == 16, index < text.count {
        let block = text.block(at: index)
        place = min(Self.mayStop(block).firstPlace, text.count - index)
        result.write(block, at: count)
        if block.isDigit.firstPlace < place { word.classes.insert(.digit) }
        if block.isIn(0x80...0xFF).firstPlace < place { word.classes.insert(.nonASCII) }
        count += place
        index += place
      }
    }
    if commas > 1 { count -= Self.surplus(ofCommas: commas) }
    end(word, in: result, &count)
    return count > 0 && result[count - 1] == UInt8(ascii: " ") ? count - 1 : count
  }

  /// Marks all bytes of the class `stop`, and some more.
  @inline(__always)
  private static func mayStop(_ block: ByteBlock) -> ByteMarks {
    let folded = block | .all(0x20)
    return block.isIn(0x00...0x22) .| block.isByte(UInt8(ascii: ","))
      .| block.isByte(UInt8(ascii: ":")) .| folded.isByte(UInt8(ascii: "{"))
      .| folded.isByte(UInt8(ascii: "}")) .| block.isIn(0xC2...0xE3)
  }

  /// A word of the result: where it begins, and what is in it.
  private struct Word {
    var start = 0
    var classes: ScrubbedByte = []
  }

  /// How many fewer Python's `replace(",,,", ",")` and then `replace(",,", ",")` leave of so many
  /// commas.
  private static func surplus(ofCommas count: Int) -> Int {
    let afterThrees = count / 3 + count % 3
    return count - (afterThrees / 2 + afterThrees % 2)
  }

  /// Takes the word that ends at `count` out again if it is a part number.
  private func end(
    _ word: Word, in result: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
  ) {
    // Test the class first: it is rarely true, while word length is hard to branch-predict.
    guard !word.classes.isDisjoint(with: [.digit, .nonASCII]),
      count - word.start >= partNumberLength
    else { return }
    let isPartNumber: Bool
    if word.classes.contains(.nonASCII) {
      let bytes = UnsafeBufferPointer(rebasing: result[word.start..<count])
      let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
      isPartNumber = scalars.count >= partNumberLength && scalars.contains(where: Self.isDigit)
    } else {
      isPartNumber = word.classes.contains(.digit)
    }
    if isPartNumber { count = word.start }
  }

  /// As Python's `str.isdigit`: decimal digits of any script, superscripts, circled digits.
  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.numericType {
    case .decimal, .digit: true
    default: false
    }
  }
}

/// What a byte is to `scrub`.
private struct ScrubbedByte: OptionSet {
  let rawValue: UInt8

  static let digit = ScrubbedByte(rawValue: 1)
  static let nonASCII = ScrubbedByte(rawValue: 2)
  /// A separator, the first byte of some, or a comma.
  static let stop = ScrubbedByte(rawValue: 4)

  /// For all 256 bytes.
  static let ofByte: [ScrubbedByte] = (0...255).map { (byte: UInt8) in
    var classes: ScrubbedByte = byte >= 0x80 ? .nonASCII : []
    if byte.isASCIIDigit { classes.insert(.digit) }
    if byte.mayBeginSeparator || byte == UInt8(ascii: ",") { classes.insert(.stop) }
    return classes
  }
}
