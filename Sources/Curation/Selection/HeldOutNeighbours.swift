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

  init(_ candidates: [Candidates.Candidate], threshold: Double, isOut: [Bool]) {
    self.candidates = candidates
    self.threshold = threshold
    self.isOut = isOut
    indices = RowIndex(candidates)
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
      try reader.forEachFingerprint(ofRows: rows) { row, fingerprint in
        guard let index = indices[row], !isOut[index], candidates[index].part != .heldOut else {
          return
        }
        prefixes.forEachNeighbour(of: fingerprint.shingles) { pairs.append((heldOut[$0], index)) }
      }
      return pairs
    }
    return parts.flatMap(\.self)
  }
}

/// Sets of shingles, and which of them have a shingle in their prefix.
private struct PrefixIndex: Sendable {
  private let sets: [[UInt32]]
  private let threshold: Double
  /// In how many of the sets a shingle is.
  private var frequencies: [UInt32: UInt32] = [:]
  private var mayBeKnown: HashFilter
  private var setsByShingle: [UInt32: [UInt32]] = [:]

  init(_ sets: [[UInt32]], threshold: Double) {
    self.sets = sets
    self.threshold = threshold
    mayBeKnown = HashFilter(capacity: sets.reduce(0) { $0 + $1.count })
    for shingle in sets.joined() {
      frequencies[shingle, default: 0] += 1
      mayBeKnown.insert(shingle)
    }
    for (number, shingles) in sets.enumerated() {
      for shingle in prefix(of: shingles) {
        setsByShingle[shingle, default: []].append(UInt32(number))
      }
    }
  }

  /// Calls `body` with the number of each set that is similar to `shingles`.
  func forEachNeighbour(of shingles: [UInt32], _ body: (Int) -> Void) {
    var compared: Set<UInt32> = []
    for shingle in prefix(of: shingles) {
      for number in setsByShingle[shingle] ?? [] where compared.insert(number).inserted {
        if Fingerprint.jaccard(sets[Int(number)], shingles) >= threshold { body(Int(number)) }
      }
    }
  }

  /// The first shingles in the order, of those that are in any of the sets.
  private func prefix(of shingles: [UInt32]) -> [UInt32] {
    var known = shingles.compactMap { shingle in
      mayBeKnown.contains(shingle)
        ? frequencies[shingle].map { (frequency: $0, shingle: shingle) } : nil
    }
    // Unknown ones come first in the order: nothing is as rare.
    let length = prefixLength(shingles.count) - (shingles.count - known.count)
    guard length > 0 else { return [] }
    known.sort(by: <)
    return known.prefix(length).map(\.shingle)
  }

  private func prefixLength(_ count: Int) -> Int {
    // A little less than the product, lest rounding up a hair too much lose a pair.
    count - Int((threshold * Double(count) - 1e-9).rounded(.up)) + 1
  }
}

/// Tells at a glance of most hashes that they are not in a set: a bit for each, by its lowest bits.
private struct HashFilter: Sendable {
  private var bits: [UInt64]

  /// For a set of so many hashes, of which 32 bits each are looked at.
  init(capacity: Int) {
    var size = 1 << 10
    while size < capacity / 2, size < 1 << 26 { size *= 2 }
    bits = Array(repeating: 0, count: size)
  }

  mutating func insert(_ hash: UInt32) {
    bits[Int(hash >> 6) & (bits.count - 1)] |= 1 << UInt64(hash & 63)
  }

  func contains(_ hash: UInt32) -> Bool {
    bits[Int(hash >> 6) & (bits.count - 1)] >> UInt64(hash & 63) & 1 == 1
  }
}
