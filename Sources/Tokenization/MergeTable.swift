/// The merges of a `tokenizer.json`: which token two neighbours make, and before which other merges.
/// An open-addressed table by the two tokens' numbers, a third empty.
struct MergeTable: Sendable {
  private var slots: [Slot]
  private let shift: UInt64

  struct Slot: Sendable {
    /// The left token's number in the upper half, the right one's in the lower.
    var pair: UInt64
    /// The place in the file's list; `UInt32.max` in an empty slot.
    var rank: UInt32
    /// `Vocabulary.noToken` in an empty slot.
    var token: UInt32
  }

  init(count: Int) {
    var size = 1024
    while size < count + count / 2 { size *= 2 }
    slots = Array(repeating: Slot(pair: 0, rank: .max, token: Vocabulary.noToken), count: size)
    shift = UInt64(64 - size.trailingZeroBitCount)
  }

  /// Adds a merge, one of not more than the initializer was told. Returns false if the two tokens
  /// have one already.
  mutating func insert(_ left: UInt32, _ right: UInt32, rank: UInt32, token: UInt32) -> Bool {
    let free = withLookup { $0.slot(of: left, right) }
    guard slots[free].rank == .max else { return false }
    slots[free] = Slot(pair: UInt64(left) << 32 | UInt64(right), rank: rank, token: token)
    return true
  }

  /// Calls `body` with the means to look up; they must not leave it.
  @inline(__always)
  func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
    slots.withUnsafeBufferPointer { slots in  // Never empty.
      body(Lookup(slots: slots.baseAddress!, mask: slots.count - 1, shift: shift))
    }
  }

  /// The table, which outlives it. Positions are cut to its size, a power of two.
  struct Lookup {
    let slots: UnsafePointer<Slot>
    let mask: Int
    let shift: UInt64

    @inline(__always)
    func merge(_ left: UInt32, _ right: UInt32) -> (rank: UInt32, token: UInt32) {
      let found = slots[slot(of: left, right)]
      return (found.rank, found.token)
    }

    /// Where the pair is, or the empty slot where it would be.
    @inline(__always)
    func slot(of left: UInt32, _ right: UInt32) -> Int {
      let pair = UInt64(left) << 32 | UInt64(right)
      let spread = (pair ^ pair >> 29) &* 0x9E37_79B9_7F4A_7C15
      var position = Int(truncatingIfNeeded: spread >> shift)
      while slots[position].rank != .max, slots[position].pair != pair {
        position = (position + 1) & mask
      }
      return position
    }
  }
}

extension MergeTable? {
  /// Calls `body` with the means to look up, if there is a table; they must not leave it.
  @inline(__always)
  func withLookup<Result>(_ body: (MergeTable.Lookup?) -> Result) -> Result {
    if let table = self { table.withLookup(body) } else { body(nil) }
  }
}
