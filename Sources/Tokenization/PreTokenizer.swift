/// Cuts a text into the pieces that byte pairs are merged within, as a family's regular expression
/// does: scanners written by hand, one character ahead of the text, that give for every text, well
/// formed or not, what the backtracking engine gives.
///
/// The pointers are those of the text being encoded and of the shared table of classes; the
/// encoder that makes the scanner keeps the text in place for as long as it uses it. Every access
/// to `text` is at a position below `count`.
struct PreTokenizer {
  let text: UnsafePointer<UInt8>
  let count: Int
  let kind: Tokenizer.Kind
  let classes = CharacterClassTable.shared

  /// The end of the piece that begins at `start`, which is below `count`.
  @inline(__always)
  func endOfPiece(from start: Int) -> Int {
    switch kind {
    case .llama3: endOfPieceByLetters(from: start, digits: 3, endsInSpaces: false)
    case .qwen2: endOfPieceByLetters(from: start, digits: 1, endsInSpaces: false)
    case .gpt4: endOfPieceByLetters(from: start, digits: 3, endsInSpaces: true)
    case .gpt4o: endOfPieceByCase(from: start)
    case .gpt2: endOfPieceByRuns(from: start)
    }
  }

  /// The end of the piece, if it is one of the usual: fewer than sixteen bytes of ASCII, letters with or
  /// without a space or a symbol in front, or one symbol. Nil for any other. Sixteen bytes from
  /// `start` on can be read.
  @inline(__always)
  func endOfShortPiece(from start: Int) -> Int? {
    // GPT-4o's words end where capitals begin.
    if kind == .gpt4o { return nil }
    let bytes = UnsafeRawPointer(text + start)
    let low = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    let high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    // The first byte is one of the letters, or in front of them.
    let lowEnds = Self.othersThanLetters(low) & ~0xFF
    let highEnds = Self.othersThanLetters(high)
    guard lowEnds | highEnds != 0 else { return nil }
    let count =
      lowEnds != 0
      ? lowEnds.trailingZeroBitCount >> 3 : 8 + highEnds.trailingZeroBitCount >> 3
    let next = text[start + count]
    // What is not ASCII may be a letter, too.
    guard next < 0x80 else { return nil }
    switch text[start] {
    case 0x41...0x5A, 0x61...0x7A: return start + count
    case space: return count > 1 ? start + count : nil
    // GPT-2's words have nothing but a space in front.
    case apostrophe: return nil
    case _ where kind == .gpt2: return nil
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E:
      return count > 1 || next == space ? start + count : nil
    default: return nil
    }
  }

  /// The highest bit of each of eight bytes that is no ASCII letter.
  @inline(__always)
  private static func othersThanLetters(_ bytes: UInt64) -> UInt64 {
    let each: UInt64 = 0x0101_0101_0101_0101
    let highest = each &* 0x80
    let lowercase = (bytes | (each &* 0x20)) & ~highest
    // Adding makes the highest bit that of the comparison with `a`, and with what is behind `z`.
    let isFromA = lowercase &+ (each &* (0x80 - 0x61))
    let isBehindZ = lowercase &+ (each &* (0x80 - 0x7B))
    return ~(isFromA & ~isBehindZ & ~bytes) & highest
  }

  /// GPT-4, Llama 3, Qwen 2: letters with one leading symbol or space, few digits, symbols with
  /// line breaks. `endsInSpaces`: spaces that end the text are one piece, line breaks or not.
  @inline(__always)
  private func endOfPieceByLetters(from start: Int, digits: Int, endsInSpaces: Bool) -> Int {
    let (first, second) = character(at: start)
    if first.contains(.other), text[start] == apostrophe,
      let end = endOfContraction(from: start)
    {
      return end
    }
    if !first.isDisjoint(with: .letter) { return endOfRun(of: .letter, from: second) }
    if first == .number { return endOfNumber(from: start, digits: digits) }
    if second < count {
      let (next, third) = character(at: second)
      if !next.isDisjoint(with: .letter), !first.contains(.lineBreak) {
        return endOfRun(of: .letter, from: third)
      }
      if !next.isDisjoint(with: .symbol), text[start] == space {
        return endOfRun(of: .lineBreak, from: endOfRun(of: .symbol, from: third))
      }
    }
    if first.contains(.space) {
      return endOfSpaces(from: start, breaksEndPiece: true, endsInSpaces: endsInSpaces)
    }
    return endOfRun(of: .lineBreak, from: endOfRun(of: .symbol, from: second))
  }

  /// GPT-4o: words in upper, then lower case, with their marks and the contraction after them.
  private func endOfPieceByCase(from start: Int) -> Int {
    let (first, second) = character(at: start)
    if first == .number { return endOfNumber(from: start, digits: 3) }
    let mayPrecedeWord = first.isDisjoint(with: [.upper, .lower, .caseless, .lineBreak])
    let word =
      (mayPrecedeWord ? endOfWordByCase(from: second) : nil) ?? endOfWordByCase(from: start)
      ?? (mayPrecedeWord ? endOfUpperCase(from: second) : nil) ?? endOfUpperCase(from: start)
    if let word {
      let isContracted = word < count && text[word] == apostrophe
      return (isContracted ? endOfContraction(from: word) : nil) ?? word
    }
    if text[start] == space, second < count {
      let (next, third) = character(at: second)
      if !next.isDisjoint(with: .symbol) { return endOfSymbolsAndSlashes(from: third) }
    }
    if first.contains(.space) {
      return endOfSpaces(from: start, breaksEndPiece: true, endsInSpaces: false)
    }
    return endOfSymbolsAndSlashes(from: second)
  }

  /// The match of `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`. Letters without
  /// case and marks are in both classes: where no lower case follows, the engine steps back to the
  /// last of them, and the match ends behind it.
  private func endOfWordByCase(from start: Int) -> Int? {
    var position = start
    var endOfCaseless: Int?
    while position < count {
      let (next, end) = character(at: position)
      if next == .lower {
        return endOfRun(of: [.lower, .caseless, .mark], from: end)
      }
      if next.isDisjoint(with: [.upper, .caseless, .mark]) { break }
      if next != .upper { endOfCaseless = end }
      position = end
    }
    return endOfCaseless
  }

  /// The match of `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*` where
  /// `endOfWordByCase` has none, so that there is nothing but upper case.
  private func endOfUpperCase(from start: Int) -> Int? {
    let end = endOfRun(of: .upper, from: start)
    return end > start ? end : nil
  }

  private func endOfSymbolsAndSlashes(from start: Int) -> Int {
    var position = endOfRun(of: .symbol, from: start)
    while position < count {
      let isLineBreak = classes.ofByte[Int(text[position])].contains(.lineBreak)
      if !isLineBreak && text[position] != slash { break }
      position += 1
    }
    return position
  }

  /// GPT-2: runs of letters, of numbers, of symbols, each with one leading space.
  private func endOfPieceByRuns(from start: Int) -> Int {
    if text[start] == apostrophe, let end = endOfContraction(from: start, inCapitals: false) {
      return end
    }
    let (first, second) = character(at: start)
    var run = first
    var position = second
    if text[start] == space, second < count {
      (run, position) = character(at: second)
    }
    for wanted in [CharacterClass.letter, .number, .symbol] where !run.isDisjoint(with: wanted) {
      return endOfRun(of: wanted, from: position)
    }
    return endOfSpaces(from: start, breaksEndPiece: false, endsInSpaces: true)
  }
}

extension PreTokenizer {
  private var apostrophe: UInt8 { 0x27 }
  private var slash: UInt8 { 0x2F }
  private var space: UInt8 { 0x20 }

  /// The class of the character at `position`, below `count`, and where it ends.
  @inline(__always)
  private func character(at position: Int) -> (CharacterClass, end: Int) {
    let ofByte = classes.ofByte[Int(text[position])]
    return ofByte.isEmpty ? longCharacter(at: position) : (ofByte, position + 1)
  }

  private func longCharacter(at position: Int) -> (CharacterClass, end: Int) {
    let (scalar, end) = scalar(in: text, at: position, count: count)
    return (classes.ofScalar[Int(scalar)], end)
  }

  /// The end of the longest run of characters of the classes `wanted`, from `start`.
  @inline(__always)
  private func endOfRun(of wanted: CharacterClass, from start: Int) -> Int {
    var position = start
    while position < count {
      let ofByte = classes.ofByte[Int(text[position])]
      if !ofByte.isDisjoint(with: wanted) {
        position += 1
      } else if ofByte.isEmpty {
        let (next, end) = longCharacter(at: position)
        if next.isDisjoint(with: wanted) { break }
        position = end
      } else {
        break
      }
    }
    return position
  }

  private func endOfNumber(from start: Int, digits: Int) -> Int {
    var position = start
    for _ in 0..<digits where position < count {
      let (next, end) = character(at: position)
      if next != .number { break }
      position = end
    }
    return position
  }

  /// The match of `'s|'t|'re|'ve|'m|'ll|'d` at the apostrophe at `start`. Regardless of case, U+017F,
  /// the long s, is an s, too.
  private func endOfContraction(from start: Int, inCapitals: Bool = true) -> Int? {
    func letter(_ index: Int) -> UInt8 {
      guard start + index < count else { return 0 }
      let byte = text[start + index]
      return inCapitals && byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
    switch (letter(1), letter(2)) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
      (UInt8(ascii: "d"), _):
      return start + 2
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start + 3
    case (0xC5, 0xBF) where inCapitals:
      return start + 3
    default:
      return nil
    }
  }

  /// The piece of a run of spaces at `start`: to its last line break, if breaks end pieces; else to
  /// the end of the text; else all but the last space, which belongs to what follows; else the one
  /// space. `endsInSpaces`: to the end of the text comes first.
  private func endOfSpaces(from start: Int, breaksEndPiece: Bool, endsInSpaces: Bool) -> Int {
    var position = start
    var last = start
    var endOfBreaks: Int?
    while position < count {
      let (next, end) = character(at: position)
      if !next.contains(.space) { break }
      last = position
      position = end
      if next.contains(.lineBreak) { endOfBreaks = end }
    }
    if endsInSpaces && position == count { return position }
    if breaksEndPiece, let endOfBreaks { return endOfBreaks }
    return position == count || last == start ? position : last
  }
}
