/// Tidies spaces, brackets and commas, and takes out part numbers. The course recipe's rule 4.
public struct ScrubStep: RecordStep {
  public static let name = "scrub"
  public static let summary = """
    In title and contents each: makes every run of white space and of : [ ] " { } 【 】 one space, \
    trims the ends, closes up spaces before commas and runs of commas, and takes out part numbers: \
    long words that contain a digit.
    """
  static let partNumberLength = Parameter(
    "part-number-length", default: 7,
    "words with a digit that have at least this many characters go",
    allowed: "at least 1", where: { $0 >= 1 })
  public static let parameters: [any ParameterDeclaration] = [partNumberLength]
  public static let stage = RecordStage.contents
  public static let dropReasons: [DropReason] = []

  private let partNumberLength: Int

  public init(_ values: ParameterValues, _ resources: StepResources) throws {
    partNumberLength = values[Self.partNumberLength]
  }

  public func apply(to item: inout Item) -> Verdict {
    scrub(item.title, into: &item.scratch)
    swap(&item.title, &item.scratch)
    scrub(item.contents, into: &item.scratch)
    swap(&item.contents, &item.scratch)
    return .keep
  }

  /// All rules in one pass: a space is held back until it is known that no comma follows, a run of
  /// commas is shortened when it ends, and a word is judged when it ends.
  func scrub(_ text: [UInt8], into result: inout [UInt8]) {
    result.removeAll(keepingCapacity: true)
    result.reserveCapacity(text.count)
    var isSpacePending = false
    var commas = 0
    var wordStart = 0
    let bytes = text.span
    var index = 0
    while index < bytes.count {
      let separator = bytes.separatorLength(at: index)
      if separator > 0 {
        isSpacePending = true
        index += separator
        continue
      }
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: ",") {
        isSpacePending = false
        commas += 1
        result.append(byte)
        continue
      }
      if commas > 1 { Self.shorten(commas, in: &result) }
      commas = 0
      if isSpacePending {
        if result.count > wordStart { endWord(from: wordStart, in: &result) }
        if result.count > wordStart { result.append(UInt8(ascii: " ")) }
        wordStart = result.count
        isSpacePending = false
      }
      result.append(byte)
    }
    if commas > 1 { Self.shorten(commas, in: &result) }
    endWord(from: wordStart, in: &result)
    if result.last == UInt8(ascii: " ") { result.removeLast() }
  }

  /// Python's `replace(",,,", ",")` and then `replace(",,", ",")` on a run of commas at the end.
  private static func shorten(_ count: Int, in result: inout [UInt8]) {
    let afterThrees = count / 3 + count % 3
    result.removeLast(count - (afterThrees / 2 + afterThrees % 2))
  }

  /// Takes the word that ends here out again if it is a part number.
  private func endWord(from start: Int, in result: inout [UInt8]) {
    guard result.count - start >= partNumberLength else { return }
    var hasDigit = false
    var isASCII = true
    for index in start..<result.count {
      let byte = result[index]
      if byte >= 0x80 { isASCII = false }
      if byte &- UInt8(ascii: "0") < 10 { hasDigit = true }
    }
    let isPartNumber: Bool
    if isASCII {
      isPartNumber = hasDigit
    } else {
      let scalars = String(decoding: result[start...], as: UTF8.self).unicodeScalars
      isPartNumber = scalars.count >= partNumberLength && scalars.contains(where: Self.isDigit)
    }
    if isPartNumber { result.removeLast(result.count - start) }
  }

  /// As Python's `str.isdigit`: decimal digits of any script, superscripts, circled digits.
  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.numericType {
    case .decimal, .digit: true
    default: false
    }
  }
}
