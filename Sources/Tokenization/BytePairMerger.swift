/// Merges the bytes of a piece to tokens: of all neighbours that have a merge, always those whose
/// merge comes first, and of these the leftmost, until no neighbours have one.
///
/// The pointers are those of the text being encoded and of the tokenizer's tables; the encoder that
/// makes the merger keeps both in place for as long as it uses it.
struct BytePairMerger {
  let text: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  let vocabulary: Vocabulary.Lookup
  /// The merges of a `tokenizer.json`. Without, two tokens merge if their bytes together are a token,
  /// in the order of its number: in a tiktoken file, that is its rank.
  let merges: MergeTable.Lookup?

  /// The tokens of a short piece, by the position where they begin in it.
  private struct ShortPiece {
    /// What comes first is smallest: the rank of the merge with the next token, and in the lower eight
    /// bits the position. `none` where there is no merge, or no token begins any more.
    private var merges = InlineArray<256, Int32>(repeating: none)
    /// The tokens that the merges make.
    var merged = InlineArray<256, UInt32>(repeating: 0)
    var tokens = InlineArray<256, UInt32>(repeating: 0)
    var next = InlineArray<256, UInt8>(repeating: 0)
    var previous = InlineArray<256, UInt8>(repeating: 0)

    static let none = Int32.max
    static let longest = 255

    /// The first of every sixteen places, and a bit for each of these that must be looked for again.
    private var firsts = InlineArray<16, Int32>(repeating: none)
    private var changed: UInt32 = 0

    @inline(__always)
    mutating func setMerge(_ position: Int, _ merge: Int32) {
      merges[position] = merge
      changed |= 1 &<< UInt32(truncatingIfNeeded: position >> 4)
    }

    /// The first of the merges at the positions below `count`, and up to the next multiple of sixteen,
    /// where there must be none.
    @inline(__always)
    mutating func firstMerge(count: Int) -> Int32 {
      // Not checked below: `count` is at most `longest`, so that there are all these places.
      while changed != 0 {
        let group = changed.trailingZeroBitCount
        changed &= changed &- 1
        var first = Self.none
        for place in 0..<16 { first = min(first, merges[unchecked: group << 4 + place]) }
        firsts[unchecked: group] = first
      }
      var first = firsts[0]
      for group in 1..<max((count + 15) >> 4, 1) { first = min(first, firsts[unchecked: group]) }
      return first
    }
  }

  private var piece = ShortPiece()

  init(
    text: UnsafeBufferPointer<UInt8>, vocabulary: Vocabulary.Lookup, merges: MergeTable.Lookup?
  ) {
    self.text = text.baseAddress!
    self.end = text.baseAddress! + text.count
    self.vocabulary = vocabulary
    self.merges = merges
  }

  /// Writes the tokens of the bytes in `range` to `output`, where there is room for one for each byte,
  /// and gives their number.
  mutating func merge(_ range: Range<Int>, to output: UnsafeMutablePointer<UInt32>) -> Int {
    if range.count <= ShortPiece.longest {
      mergeShort(text + range.lowerBound, range.count, to: output)
    } else {
      mergeLong(text + range.lowerBound, range.count, to: output)
    }
  }

  /// The token that `left` and `right`, together the `count` bytes at `start`, become, and its rank;
  /// `noToken` if none.
  @inline(__always)
  private func merge(
    _ left: UInt32, _ right: UInt32, _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> (rank: UInt32, token: UInt32) {
    if let merges { return merges.merge(left, right) }
    let token =
      count == 2
      ? vocabulary.token(ofPair: start) : vocabulary.token(start, count, end: end)
    return (token, token)
  }

  /// Looks for the first merge among all: quadratic, and fastest for the few bytes of a word.
  private mutating func mergeShort(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, to output: UnsafeMutablePointer<UInt32>
  ) -> Int {
    for position in 0..<count {
      piece.tokens[position] = vocabulary.token(ofByte: bytes[position])
      piece.next[position] = UInt8(truncatingIfNeeded: position + 1)
      piece.previous[position] = UInt8(truncatingIfNeeded: position &- 1)
    }
    for position in 0..<count - 1 { updateShort(position, position + 2, bytes) }
    for position in count - 1..<(count + 15) & ~15 { piece.setMerge(position, ShortPiece.none) }
    while true {
      let first = piece.firstMerge(count: count)
      if first == ShortPiece.none { break }
      let position = Int(first & 0xFF)
      let middle = Int(piece.next[position])
      let end = Int(piece.next[middle])
      piece.tokens[position] = piece.merged[position]
      piece.next[position] = UInt8(truncatingIfNeeded: end)
      piece.setMerge(middle, ShortPiece.none)
      if end < count {
        piece.previous[end] = UInt8(truncatingIfNeeded: position)
        updateShort(position, Int(piece.next[end]), bytes)
      } else {
        piece.setMerge(position, ShortPiece.none)
      }
      if position > 0 { updateShort(Int(piece.previous[position]), end, bytes) }
    }
    var (position, written) = (0, 0)
    while position < count {
      output[written] = piece.tokens[position]
      written += 1
      position = Int(piece.next[position])
    }
    return written
  }

  /// Finds the merge of the token at `position` with the next one, which ends at `end`.
  @inline(__always)
  private mutating func updateShort(_ position: Int, _ end: Int, _ bytes: UnsafePointer<UInt8>) {
    let (rank, token) = merge(
      piece.tokens[position], piece.tokens[Int(piece.next[position])], bytes + position,
      end - position)
    piece.merged[position] = token
    piece.setMerge(
      position,
      token == Vocabulary.noToken ? ShortPiece.none : Int32(rank << 8 | UInt32(position)))
  }

  /// Keeps the first merge at the root of a tree: n log n steps. Allocates 48 bytes a byte.
  private func mergeLong(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, to output: UnsafeMutablePointer<UInt32>
  ) -> Int {
    // By the position where a token begins: the token, where the next one begins, where the one
    // before it does, and what it becomes with the next one.
    var parts = (0..<count).map { vocabulary.token(ofByte: bytes[$0]) }
    var next = Array(1...count)
    var previous = Array(-1..<count - 1)
    var merged = [UInt32](repeating: 0, count: count)
    // The rank of the merge in the upper 24 bits, the position in the lower 40.
    var merges = MinimumTree(count: count)

    func update(_ position: Int) {
      let middle = next[position]
      guard middle < count else { return merges.remove(position) }
      let (rank, token) = merge(
        parts[position], parts[middle], bytes + position, next[middle] - position)
      if token == Vocabulary.noToken { return merges.remove(position) }
      merged[position] = token
      merges.set(position, UInt64(rank) << 40 | UInt64(position))
    }

    for position in 0..<count { update(position) }
    while let first = merges.smallest {
      let position = Int(first & (1 << 40 - 1))
      let middle = next[position]
      parts[position] = merged[position]
      next[position] = next[middle]
      if next[middle] < count { previous[next[middle]] = position }
      merges.remove(middle)
      update(position)
      if position > 0 { update(previous[position]) }
    }
    var (position, written) = (0, 0)
    while position < count {
      output[written] = parts[position]
      written += 1
      position = next[position]
    }
    return written
  }
}

/// Numbers at fixed places, of which the smallest is known: a tree in which every node is the
/// smaller of its two children.
private struct MinimumTree {
  private var nodes: [UInt64]
  private let firstLeaf: Int

  /// `count` places without a number.
  init(count: Int) {
    nodes = Array(repeating: .max, count: 2 * count)
    firstLeaf = count
  }

  var smallest: UInt64? { nodes[1] == .max ? nil : nodes[1] }

  mutating func remove(_ place: Int) { set(place, .max) }

  mutating func set(_ place: Int, _ value: UInt64) {
    var node = firstLeaf + place
    nodes[node] = value
    while node > 1 {
      let smaller = min(nodes[node], nodes[node ^ 1])
      node /= 2
      if nodes[node] == smaller { break }
      nodes[node] = smaller
    }
  }
}
