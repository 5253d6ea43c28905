/// The tokens: the bytes of each, and the token of given bytes.
///
/// One array holds the bytes of all tokens one after the other, in the order of their numbers; one
/// open-addressed table finds a token by its bytes. A key of up to eight bytes is kept in the table
/// itself; of a longer one, a hash is, and the bytes are compared. 128,000 tokens take 7 MB.
struct Vocabulary: Sendable {
  /// A token's number is below this, so that a rank can share 31 bits with a place among 256.
  static let largestCount = 1 << 23

  /// The bytes of all tokens, one after the other.
  let bytes: [UInt8]
  /// Where each token begins in `bytes`, and where the last one ends.
  let starts: [UInt32]
  /// The tokens of the 256 bytes, then those of every two bytes, by the first plus 256 times the
  /// second; `noToken` where there is none. Merging begins with these, and finds them here at once.
  private var shortest: [UInt32]
  private var slots: [Slot]
  /// A bit of many for each token, by its hash. Most of what is looked up in merging is no token,
  /// and this, of 128 KB, says so nearly always without going to memory for a slot.
  private var filter: [UInt64]

  /// No token has this number.
  static let noToken = UInt32.max

  struct Slot: Sendable {
    var key: UInt64
    var token: UInt32
    /// The number of bytes; 0 in an empty slot.
    var length: UInt32
  }

  /// Two tokens have the same bytes.
  struct RepeatedToken: Error {
    let first: Int
    let second: Int
  }

  /// - Parameters:
  ///   - bytes: The bytes of all tokens, fewer than 4 GB.
  ///   - starts: Where each token begins, ascending, and where the last one ends.
  ///   - isOrdinary: Whether the token can be looked up by its bytes. One without bytes never is.
  init(
    bytes: [UInt8], starts: [UInt32], isOrdinary: (Int) -> Bool = { _ in true }
  ) throws(RepeatedToken) {
    var size = 1024
    while size < 2 * starts.count { size *= 2 }
    self.bytes = bytes
    self.starts = starts
    slots = Array(repeating: Slot(key: 0, token: 0, length: 0), count: size)
    filter = Array(repeating: 0, count: 1 << (Lookup.filterBits - 6))
    shortest = Array(repeating: Self.noToken, count: 256 + 256 * 256)
    guard let repeated = enterTokens(isOrdinary) else { return }
    throw repeated
  }

  /// Fills `slots` and `shortest`, up to a token whose bytes another one has.
  private mutating func enterTokens(_ isOrdinary: (Int) -> Bool) -> RepeatedToken? {
    let count = self.count
    return slots.withUnsafeMutableBufferPointer { slots in
      shortest.withUnsafeMutableBufferPointer { shortest in
        filter.withUnsafeMutableBufferPointer { filter in
          bytes.withUnsafeBufferPointer { bytes in
            starts.withUnsafeBufferPointer { starts in
              // Where `bytes` is empty, there is no token to enter.
              guard let base = bytes.baseAddress else { return nil }
              let lookup = Lookup(
                bytes: base, starts: starts.baseAddress!, slots: slots.baseAddress!,
                size: slots.count, shortest: shortest.baseAddress!, filter: filter.baseAddress!)
              for token in 0..<count {
                let start = base + Int(starts[token])
                let length = Int(starts[token + 1] - starts[token])
                guard length > 0, isOrdinary(token) else { continue }
                let key = Vocabulary.key(start, length, end: base + bytes.count)
                let spread = Lookup.spread(key, length)
                let slot = lookup.slot(of: start, length, key: key, spread: spread)
                guard slots[slot].length == 0 else {
                  return RepeatedToken(first: Int(slots[slot].token), second: token)
                }
                slots[slot] = Slot(key: key, token: UInt32(token), length: UInt32(length))
                let bit = Lookup.filterBit(spread)
                filter[bit >> 6] |= 1 << UInt64(bit & 63)
                if length == 1 { shortest[Int(key)] = UInt32(token) }
                if length == 2 { shortest[256 + Int(key)] = UInt32(token) }
              }
              return nil
            }
          }
        }
      }
    }
  }

  /// The number of tokens, those that cannot be looked up among them.
  var count: Int { starts.count - 1 }

  /// The bytes of a token; none for a number that is no token's.
  subscript(token: UInt32) -> ArraySlice<UInt8> {
    guard token < count else { return [] }
    return bytes[Int(starts[Int(token)])..<Int(starts[Int(token) + 1])]
  }

  /// Throws if a byte has no token: then texts with it could not be encoded.
  func requireByteTokens(path: String) throws(TokenizerError) {
    guard let byte = shortest[..<256].firstIndex(of: Self.noToken) else { return }
    throw TokenizerError(
      .malformed, path,
      "There is no token for the byte \(byte); a byte-level vocabulary has one for each.")
  }

  /// Calls `body` with the means to look up, which must not leave it. There must be byte tokens.
  @inline(__always)
  func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { starts in
        slots.withUnsafeBufferPointer { slots in
          shortest.withUnsafeBufferPointer { shortest in
            filter.withUnsafeBufferPointer { filter in
              // None is empty, as there is a token for every byte.
              body(
                Lookup(
                  bytes: bytes.baseAddress!, starts: starts.baseAddress!,
                  slots: slots.baseAddress!, size: slots.count, shortest: shortest.baseAddress!,
                  filter: filter.baseAddress!))
            }
          }
        }
      }
    }
  }
}

extension Vocabulary {
  /// The tables of a vocabulary, which outlives it. Positions in `slots` are cut to its size, a power
  /// of two; a slot's token is below the vocabulary's count.
  struct Lookup {
    private let bytes: UnsafePointer<UInt8>
    private let starts: UnsafePointer<UInt32>
    private let slots: UnsafePointer<Slot>
    private let mask: Int
    private let shift: UInt64
    private let shortest: UnsafePointer<UInt32>
    private let filter: UnsafePointer<UInt64>

    init(
      bytes: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, slots: UnsafePointer<Slot>,
      size: Int, shortest: UnsafePointer<UInt32>, filter: UnsafePointer<UInt64>
    ) {
      self.bytes = bytes
      self.starts = starts
      self.slots = slots
      mask = size - 1
      shift = UInt64(64 - size.trailingZeroBitCount)
      self.shortest = shortest
      self.filter = filter
    }

    /// The token of a byte: a vocabulary that texts are encoded with has one for each.
    @inline(__always)
    func token(ofByte byte: UInt8) -> UInt32 { shortest[Int(byte)] }

    /// The token of the two bytes at `text`, or `noToken`.
    @inline(__always)
    func token(ofPair text: UnsafePointer<UInt8>) -> UInt32 {
      shortest[256 + Int(text[0]) + Int(text[1]) << 8]
    }

    /// The token of the `count` bytes at `text`, at least one, in memory that can be read to `end`;
    /// or `noToken`.
    @inline(__always)
    func token(_ text: UnsafePointer<UInt8>, _ count: Int, end: UnsafePointer<UInt8>) -> UInt32 {
      let key = Vocabulary.key(text, count, end: end)
      let spread = Self.spread(key, count)
      let bit = Self.filterBit(spread)
      guard filter[bit >> 6] >> UInt64(bit & 63) & 1 == 1 else { return noToken }
      let found = slots[slot(of: text, count, key: key, spread: spread)]
      return found.length == 0 ? noToken : found.token
    }

    /// A hash of which the upper bits are the best.
    @inline(__always)
    static func spread(_ key: UInt64, _ count: Int) -> UInt64 {
      (key ^ UInt64(truncatingIfNeeded: count) << 56) &* 0x9E37_79B9_7F4A_7C15
    }

    static let filterBits = 20

    @inline(__always)
    static func filterBit(_ spread: UInt64) -> Int {
      Int(truncatingIfNeeded: spread &>> UInt64(64 - filterBits))
    }

    /// Where the bytes are, or the empty slot where they would be: the table is half empty.
    @inline(__always)
    func slot(of text: UnsafePointer<UInt8>, _ count: Int, key: UInt64, spread: UInt64) -> Int {
      var position = Int(truncatingIfNeeded: spread &>> shift)
      while true {
        let slot = slots[position]
        if slot.length == 0 { return position }
        if slot.key == key, slot.length == count, count <= 8 || hasBytes(slot.token, text, count) {
          return position
        }
        position = (position &+ 1) & mask
      }
    }

    /// Whether the token, of `count` bytes, more than eight, is those at `text`.
    @inline(__always)
    private func hasBytes(_ token: UInt32, _ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
      let start = bytes + Int(starts[Int(token)])
      var offset = 0
      while offset < count - 8 {
        if Vocabulary.word(start + offset) != Vocabulary.word(text + offset) { return false }
        offset += 8
      }
      return Vocabulary.word(start + (count - 8)) == Vocabulary.word(text + (count - 8))
    }
  }

  /// Up to eight bytes themselves, or a hash of more.
  @inline(__always)
  static func key(
    _ text: UnsafePointer<UInt8>, _ count: Int, end: UnsafePointer<UInt8>
  ) -> UInt64 {
    if count <= 8 {
      if end - text >= 8 {
        return word(text) & UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
      }
      var key: UInt64 = 0
      for index in 0..<count { key |= UInt64(text[index]) << UInt64(8 * index) }
      return key
    }
    var hash = UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset < count - 8 {
      hash = mix(hash ^ word(text + offset))
      offset += 8
    }
    return mix(hash ^ word(text + (count - 8)))
  }

  /// The eight bytes at `text`.
  @inline(__always)
  fileprivate static func word(_ text: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* 0x9FB2_1C65_1E98_DF25
    return product ^ product >> 32
  }
}
