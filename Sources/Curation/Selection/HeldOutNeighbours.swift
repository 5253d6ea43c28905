/// Finds every near-duplicate that held-out items have in the rest.
///
/// The search is exact, by prefix filtering: of two sets with a Jaccard similarity of at least t, the
/// first |x| − ⌈t·|x|⌉ + 1 members of each, in one order for all, have one in common. The order
/// begins with what is rarest among held-out items, so that boilerplate proposes nobody.
///
/// Memory: about 35 bytes a shingle of the held-out items.
struct HeldOutNeighbours: Sendable {
  /// Places of a held-out item and of one of the rest in the list of candidates.
  typealias Pair = (heldOut: Int, rest: Int)

  private let candidates: [Candidates.Candidate]
  private let threshold: Double
  private let isOut: [Bool]
  private let indices: RowIndex

  init(
    _ candidates: [Candidates.Candidate], _ indices: RowIndex, threshold: Double, isOut: [Bool]
  ) {
    self.candidates = candidates
    self.indices = indices
    self.threshold = threshold
    self.isOut = isOut
  }

  /// All pairs at the threshold or above it.
  func pairs(_ fingerprints: some FingerprintSource) async throws -> [Pair] {
    let heldOut = candidates.indices.filter { candidates[$0].part == .heldOut && !isOut[$0] }
    guard !heldOut.isEmpty else { return [] }
    let reader = try fingerprints.makeReader()
    let sets = try heldOut.map { try reader.shingles(ofRow: candidates[$0].row) }
    let prefixes = PrefixIndex(sets, threshold: threshold)
    let parts = try await fingerprints.mapParts { reader, rows in
      var pairs: [Pair] = []
      // The row that each was compared with last, as a row may find it by several shingles.
      var compared = [UInt32](repeating: .max, count: heldOut.count)
      var known: [UInt32] = []
      try reader.forEachFingerprint(ofRows: rows) { row, fingerprint in
        guard let index = indices[row], !isOut[index], candidates[index].part != .heldOut else {
          return
        }
        prefixes.forEachCandidate(of: fingerprint.shingles, &known) { number in
          guard compared[number] != row else { return }
          compared[number] = row
          if Fingerprint.jaccard(sets[number], fingerprint.shingles) >= threshold {
            pairs.append((heldOut[number], index))
          }
        }
      }
      return pairs
    }
    return parts.flatMap(\.self)
  }
}

/// Which sets of shingles have a shingle in their prefix.
private struct PrefixIndex: Sendable {
  private let threshold: Double
  private let ranks: RankTable
  /// By rank, the numbers of the sets that have the shingle in their prefix.
  private var setsByRank: [[UInt32]]

  init(_ sets: [[UInt32]], threshold: Double) {
    self.threshold = threshold
    ranks = RankTable(sets)
    setsByRank = Array(repeating: [], count: ranks.count)
    var known: [UInt32] = []
    for (number, shingles) in sets.enumerated() {
      for rank in prefix(of: shingles, &known) { setsByRank[Int(rank)].append(UInt32(number)) }
    }
  }

  /// Calls `body` with the number of each set that may be similar to `shingles`, perhaps more than
  /// once. `known` is room.
  func forEachCandidate(of shingles: [UInt32], _ known: inout [UInt32], _ body: (Int) -> Void) {
    for rank in prefix(of: shingles, &known) {
      for number in setsByRank[Int(rank)] { body(Int(number)) }
    }
  }

  /// The ranks of the first shingles in the order, of those that are in any of the sets.
  private func prefix(of shingles: [UInt32], _ known: inout [UInt32]) -> ArraySlice<UInt32> {
    // A little less than the product, lest rounding up a hair too much lose a pair.
    let least = Int((threshold * Double(shingles.count) - 1e-9).rounded(.up))
    var length = shingles.count - least + 1
    known.removeAll(keepingCapacity: true)
    for shingle in shingles {
      if let rank = ranks[shingle] {
        known.append(rank)
      } else {
        // Unknown ones come first in the order, since nothing is as rare. Most often they are all of it.
        length -= 1
        if length == 0 { return [] }
      }
    }
    known.radixSort()
    return known.prefix(length)
  }
}

/// The places of shingles in the order of how many sets they are in, the rarest first: a table with
/// open addressing, as shingles are hashes already.
private struct RankTable: Sendable {
  let count: Int
  /// The shingle above, one more than its rank below; 0 where there is none.
  private var slots: [UInt64]

  init(_ sets: [[UInt32]]) {
    var frequencies: [UInt32: UInt32] = [:]
    for shingle in sets.joined() { frequencies[shingle, default: 0] += 1 }
    count = frequencies.count
    var size = 1024
    while size < 2 * count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    let order = frequencies.map { UInt64($0.value) << 32 | UInt64($0.key) }.sorted()
    for (rank, entry) in order.enumerated() {
      let shingle = UInt32(truncatingIfNeeded: entry)
      slots[place(of: shingle)] = UInt64(shingle) << 32 | UInt64(rank + 1)
    }
  }

  subscript(shingle: UInt32) -> UInt32? {
    let slot = slots[place(of: shingle)]
    return slot == 0 ? nil : UInt32(truncatingIfNeeded: slot) - 1
  }

  /// Where the shingle is, or would be.
  private func place(of shingle: UInt32) -> Int {
    let mask = slots.count - 1
    var place = Int(shingle) & mask
    while slots[place] != 0, slots[place] >> 32 != shingle { place = (place + 1) & mask }
    return place
  }
}
