import CPrefetch

/// Words that were encoded before, with their tokens, so that they need not be looked up and merged
/// again: in a language, few words make most of a text.
///
/// It changes nothing but the speed of `Tokenizer.encode`: half the time. One task at a time, and one
/// tokenizer; for each thread its own. Holds the latest of the words that share a place, and 1 MB.
package struct TokenCache: Sendable {
  private var entries: [Entry]

  /// Words of more bytes are not remembered, nor those of more tokens than an entry holds.
  static let longest = 15
  private static let bits = 15

  struct Entry: Sendable {
    var key = Key(low: 0, high: 0)
    var tokens: InlineArray<3, UInt32> = [0, 0, 0]
    /// How many of `tokens` are the word's.
    var count: UInt32 = 0

    /// Forgets the key where there are too many.
    @inline(__always)
    mutating func setTokens(_ first: UnsafePointer<UInt32>, _ count: Int) {
      guard count <= tokens.count else {
        key = Key(low: 0, high: 0)
        return
      }
      self.count = UInt32(truncatingIfNeeded: count)
      for index in 0..<count { tokens[index] = first[index] }
    }

    /// Writes the tokens, and gives their number.
    @inline(__always)
    func writeTokens(to output: UnsafeMutablePointer<UInt32>) -> Int {
      // Nearly always one. There are never more than fit: `setTokens` sees to it.
      output[0] = tokens[0]
      for index in 1..<max(Int(count), 1) { output[index] = tokens[unchecked: index] }
      return Int(count)
    }
  }

  /// The bytes of a word, and their number in the highest byte; of no word all bits are 0.
  struct Key: Equatable, Sendable {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    init(low: UInt64, high: UInt64) {
      (self.low, self.high) = (low, high)
    }

    /// The key of the `count` bytes at `text`, at most `longest`, where sixteen can be read.
    @inline(__always)
    init(_ text: UnsafePointer<UInt8>, _ count: Int) {
      let bytes = UnsafeRawPointer(text)
      let low = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
      let high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      let length = UInt64(truncatingIfNeeded: count)
      // A shift by 64 or more gives 0.
      let lowMask = UInt64.max >> (64 - min(length, 8) * 8)
      let highMask = (UInt64(1) << ((max(length, 8) - 8) * 8)) - 1
      self.init(low: low & lowMask, high: high & highMask | length << 56)
    }

    @inline(__always)
    var place: Int {
      let mixed = (low ^ high &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
      return Int(truncatingIfNeeded: mixed >> (64 - UInt64(TokenCache.bits)))
    }
  }

  package init() {
    entries = Array(repeating: Entry(), count: 1 << Self.bits)
  }

  /// Calls `body` with the entries, by the places of their keys.
  @inline(__always)
  mutating func withEntries<Result>(
    _ body: (UnsafeMutablePointer<Entry>) -> Result
  ) -> Result {
    // Never empty.
    entries.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
  }
}

extension UnsafeMutablePointer<TokenCache.Entry> {
  /// The place of the `count` bytes at `text`, where sixteen can be read; nil for a word that is too
  /// long. Asks the processor for it.
  @inline(__always)
  func entry(of text: UnsafePointer<UInt8>, _ count: Int) -> UnsafeMutablePointer<TokenCache.Entry>?
  {
    guard count <= TokenCache.longest else { return nil }
    let entry = self + TokenCache.Key(text, count).place
    prefetch(entry)
    return entry
  }
}
