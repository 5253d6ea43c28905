import Bytes

/// What `deduplicate` compares: hashes of an item's words. Words are lower-case runs of letters and
/// digits, so punctuation and layout make no difference.
package struct Fingerprint: Equatable, Sendable {
  /// The hash of the title's words; 0 if it has none.
  package var title: UInt64 = 0
  /// The hash of all words.
  package var text: UInt64 = 0
  /// The distinct hashes of the shingles (runs of consecutive words), in ascending order.
  package var shingles: [UInt32] = []

  package init() {}

  /// - Parameters:
  ///   - text: the title, a line feed, and the contents, as the prompt has them.
  ///   - shingleWords: the words per shingle; a shorter text is one shingle.
  package init(text: Span<UInt8>, shingleWords: Int) {
    var words: [UInt64] = []
    words.reserveCapacity(text.count / 4)
    let titleEnd = text.firstIndex(of: UInt8(ascii: "\n"), in: 0..<text.count) ?? text.count
    Self.appendWords(of: text.extracting(0..<titleEnd), to: &words)
    title = words.isEmpty ? 0 : Self.hash(of: words)
    Self.appendWords(of: text.extracting(titleEnd...), to: &words)
    self.text = Self.hash(of: words)
    shingles = Self.shingles(of: words, shingleWords)
    shingles.radixSort()
    unite()
  }

  /// Removes repeated shingles.
  private mutating func unite() {
    var kept = 0
    for index in shingles.indices where index == 0 || shingles[index] != shingles[index - 1] {
      shingles[kept] = shingles[index]
      kept += 1
    }
    shingles.removeLast(shingles.count - kept)
  }

  /// The Jaccard similarity of the two sets of shingles.
  package func similarity(to other: Fingerprint) -> Double {
    Self.jaccard(shingles, other.shingles)
  }

  /// The Jaccard similarity of two ascending lists: the size of the intersection over the union.
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

  /// Whether the similarity of two ascending lists reaches a threshold. Stops as soon as it
  /// cannot.
  package static func isSimilar(
    _ first: Span<UInt32>, _ second: Span<UInt32>, _ threshold: Double
  ) -> Bool {
    let least = leastCommon(first.count, second.count, threshold)
    let (leftSpare, rightSpare) = (first.count - least, second.count - least)
    guard leftSpare >= 0, rightSpare >= 0 else { return false }
    var (left, right, common) = (0, 0, 0)
    while left < first.count, right < second.count {
      let (one, other) = (first[left], second[right])
      left += one <= other ? 1 : 0
      right += other <= one ? 1 : 0
      common += one == other ? 1 : 0
      if left - common > leftSpare || right - common > rightSpare { return false }
    }
    let all = first.count + second.count - common
    return all == 0 || Double(common) / Double(all) >= threshold
  }

  /// The fewest shingles that two lists of these sizes share if their similarity reaches the
  /// threshold: c / (a + b - c) >= t.
  package static func leastCommon(_ first: Int, _ second: Int, _ threshold: Double) -> Int {
    // Slightly less than the product, so that a rounding error cannot lose a pair.
    Int((threshold / (1 + threshold) * Double(first + second) - 1e-6).rounded(.up))
  }

  /// Appends the hashes of a text's words. ASCII letters are folded to lower case; every byte of a
  /// non-ASCII character counts as a letter.
  private static func appendWords(of text: Span<UInt8>, to words: inout [UInt64]) {
    let places = ByteBlock(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    var hash: UInt64 = 0
    var isInWord = false
    var index = 0
    while index < text.count {
      let block = text.block(at: index)
      let isCapital = block.isIn(UInt8(ascii: "A")...UInt8(ascii: "Z"))
      let letters = block | ByteBlock.all(0x20).keeping(isCapital)
      let isLetter =
        letters.isIn(UInt8(ascii: "a")...UInt8(ascii: "z")) .| block.isDigit
        .| block.isIn(0x80...0xFF)
      let count = (.!isLetter).firstPlace
      if count > 0 {
        let part = letters.keeping(places .< .all(UInt8(count)))
        let halves = unsafeBitCast(part, to: SIMD2<UInt64>.self)
        hash = mix(hash ^ UInt64(littleEndian: halves[0]))
        hash = mix(hash ^ UInt64(littleEndian: halves[1]))
        isInWord = true
      }
      if count < 16, isInWord {
        words.append(hash)
        (hash, isInWord) = (0, false)
      }
      // After a word, skip one separator with it; before a word, skip all separators.
      index += count > 0 ? min(count + 1, 16) : isLetter.firstPlace
    }
    if isInWord { words.append(hash) }
  }

  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The hash of some words: a polynomial in their hashes, so that shingles can use a rolling hash
  /// (Rabin–Karp).
  private static func hash(of words: [UInt64]) -> UInt64 {
    mix(words.reduce(0) { $0 &* factor &+ $1 })
  }

  /// A hash for each run of `count` words, or one for all words if there are fewer.
  private static func shingles(of words: [UInt64], _ count: Int) -> [UInt32] {
    guard words.count > count else { return [UInt32(truncatingIfNeeded: hash(of: words))] }
    let weightOfFirst = (1..<count).reduce(1 as UInt64) { weight, _ in weight &* factor }
    var sum = words[..<count].reduce(0) { $0 &* factor &+ $1 }
    return [UInt32](unsafeUninitializedCapacity: words.count - count + 1) { shingles, filled in
      shingles.initializeElement(at: 0, to: UInt32(truncatingIfNeeded: mix(sum)))
      for next in count..<words.count {
        sum = (sum &- words[next - count] &* weightOfFirst) &* factor &+ words[next]
        shingles.initializeElement(
          at: next - count + 1, to: UInt32(truncatingIfNeeded: mix(sum)))
      }
      filled = words.count - count + 1
    }
  }

  private static func mix(_ hash: UInt64) -> UInt64 {
    let product = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return product ^ product >> 32
  }
}
