/// By what `deduplicate` compares items: hashes of their words, which are runs of letters and digits in
/// lower case, so that punctuation and layout make no difference.
public struct Fingerprint: Equatable, Sendable {
  /// Of the title's words; 0 for a title without any.
  public var title: UInt64 = 0
  /// Of the text's words.
  public var text: UInt64 = 0
  /// The hashes of all runs of so many consecutive words (shingles), each once, in ascending order.
  public var shingles: [UInt32] = []

  public init() {}

  /// - Parameters:
  ///   - text: the title, a line feed, and the contents, as the prompt has them.
  ///   - shingleWords: the words in a shingle; a shorter text is one shingle.
  public init(text: Span<UInt8>, shingleWords: Int) {
    let titleEnd = text.firstIndex(of: UInt8(ascii: "\n"), in: 0..<text.count) ?? text.count
    self.init(title: text.extracting(0..<titleEnd), text: text, shingleWords: shingleWords)
  }

  init(title: Span<UInt8>, text: Span<UInt8>, shingleWords: Int) {
    let titleWords = Self.words(title)
    self.title = titleWords.isEmpty ? 0 : Self.hash(titleWords[...])
    let words = Self.words(text)
    self.text = Self.hash(words[...])
    let last = max(0, words.count - shingleWords)
    shingles = (0...last).map {
      UInt32(truncatingIfNeeded: Self.hash(words[$0..<min($0 + shingleWords, words.count)]))
    }
    shingles.sort()
    var kept = 0
    for index in shingles.indices where index == 0 || shingles[index] != shingles[index - 1] {
      shingles[kept] = shingles[index]
      kept += 1
    }
    shingles.removeLast(shingles.count - kept)
  }

  /// The share of shingles that two ascending lists have in common, of all that are in either.
  static func jaccard(_ first: [UInt32], _ second: [UInt32]) -> Double {
    var (left, right, common) = (0, 0, 0)
    while left < first.count, right < second.count {
      if first[left] == second[right] {
        common += 1
        left += 1
        right += 1
      } else if first[left] < second[right] {
        left += 1
      } else {
        right += 1
      }
    }
    let all = first.count + second.count - common
    return all == 0 ? 1 : Double(common) / Double(all)
  }

  /// The hashes of a text's words. ASCII letters are taken in lower case; every byte of a character
  /// beyond ASCII counts as a letter.
  private static func words(_ text: Span<UInt8>) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(text.count / 4)
    // In lower case, and with a zero for what is no part of a word.
    let letters = [UInt8](unsafeUninitializedCapacity: text.count) { letters, count in
      letterOfByte.withUnsafeBufferPointer { letterOfByte in
        for index in text.indices { letters[index] = letterOfByte[Int(text[unchecked: index])] }
      }
      count = text.count
    }
    letters.withUnsafeBytes { letters in
      var start = 0
      for index in 0...letters.count where index == letters.count || letters[index] == 0 {
        if index > start {
          words.append(StableHash.hash(UnsafeRawBufferPointer(rebasing: letters[start..<index])))
        }
        start = index + 1
      }
    }
    return words
  }

  private static let letterOfByte: [UInt8] = (0...255).map { (byte: UInt8) in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: byte
    default: 0
    }
  }

  private static func hash(_ words: ArraySlice<UInt64>) -> UInt64 {
    words.withUnsafeBytes { StableHash.hash($0) }
  }
}
