/// Groups items whose shingles agree.
///
/// Two searches feed the groups. MinHash with banding proposes pairs among all items: a pair at 0.8
/// has the same band in one of 16 bands of 6 hashes with a chance of 0.99, one at 0.75, the default
/// threshold, with 0.96, and one at 0.3, as boilerplate makes them, with 0.01. Between held-out items and the rest the
/// search is exact, by prefix filtering: of two sets with a Jaccard similarity of at least t, the
/// first |x| − ⌈t·|x|⌉ + 1 members of each, in one order for all, have one in common. The order
/// begins with what is rarest among held-out items, so that boilerplate proposes nobody. Either way a
/// pair counts only if its true similarity reaches the threshold.
///
/// Memory: about 20 bytes an item, 16 MB for bands (32 bytes an item from half a million on), and 35 a
/// shingle of the held-out items.
struct NearDuplicates {
  private let candidates: [Candidates.Candidate]
  private let threshold: Double
  private let isOut: [Bool]
  private let indices: RowIndex

  private static let bandCount = 16
  /// So many of the bands' hashes are held at a time, eight bytes each, that few items take one pass and
  /// many no more than 16 MB, or 32 bytes an item.
  private static let hashLimit = 2 << 20
  /// The most groups of one bucket that an item is compared with.
  private static let comparisonLimit = 16

  init(_ candidates: [Candidates.Candidate], threshold: Double, isOut: [Bool]) {
    self.candidates = candidates
    self.threshold = threshold
    self.isOut = isOut
    indices = RowIndex(candidates)
  }

  /// The groups of the candidates' places in the list.
  func groups(_ fingerprints: some FingerprintSource) throws -> UnionFind {
    var groups = UnionFind(count: candidates.count)
    let count = [16, 8, 4].first { $0 * candidates.count <= Self.hashLimit } ?? 4
    for first in stride(from: 0, to: Self.bandCount, by: count) {
      try joinByBands(first..<first + count, &groups, fingerprints)
    }
    try forEachPairWithHeldOut(fingerprints) { groups.join($0, $1) }
    return groups
  }

  private func joinByBands(
    _ bands: Range<Int>, _ groups: inout UnionFind, _ fingerprints: some FingerprintSource
  ) throws {
    let minHash = MinHash(bands: bands)
    var buckets = [[UInt64]](repeating: [], count: bands.count)
    try fingerprints.forEachFingerprint { row, fingerprint in
      guard let index = indices[row], !isOut[index] else { return }
      for (band, hash) in minHash.bandHashes(of: fingerprint.shingles).enumerated() {
        // One word an item: the band's hash above, the item's place below.
        buckets[band].append(UInt64(hash) << 32 | UInt64(index))
      }
    }
    for var bucket in buckets {
      bucket.sort()
      var start = 0
      while start < bucket.count {
        var end = start + 1
        while end < bucket.count, bucket[end] >> 32 == bucket[start] >> 32 { end += 1 }
        if end - start > 1 {
          let members = bucket[start..<end].map { Int($0 & 0xFFFF_FFFF) }
          try join(members, &groups, fingerprints)
        }
        start = end
      }
    }
  }

  /// Joins those members of a bucket that are near-duplicates of the first of a group in it.
  private func join(
    _ members: [Int], _ groups: inout UnionFind, _ fingerprints: some FingerprintSource
  ) throws {
    var leaders: [(index: Int, shingles: [UInt32])] = []
    for member in members {
      let root = groups.root(of: member)
      var isKnown = false
      for leader in leaders where groups.root(of: leader.index) == root { isKnown = true }
      if isKnown { continue }
      let shingles = try fingerprints.shingles(ofRow: candidates[member].row)
      let match = leaders.first { Fingerprint.jaccard($0.shingles, shingles) >= threshold }
      if let match {
        groups.join(match.index, member)
      } else if leaders.count < Self.comparisonLimit {
        leaders.append((member, shingles))
      }
    }
  }

  /// Calls `body` with the places of every held-out item and every near-duplicate of it in the rest.
  func forEachPairWithHeldOut(
    _ fingerprints: some FingerprintSource, _ body: (_ heldOut: Int, _ rest: Int) throws -> Void
  ) throws {
    let heldOut = candidates.indices.filter { candidates[$0].part == .heldOut && !isOut[$0] }
    guard !heldOut.isEmpty else { return }
    let sets = try heldOut.map { try fingerprints.shingles(ofRow: candidates[$0].row) }
    var frequencies: [UInt32: UInt32] = [:]
    var mayBeKnown = HashFilter(capacity: sets.reduce(0) { $0 + $1.count })
    for shingles in sets {
      for shingle in shingles {
        frequencies[shingle, default: 0] += 1
        mayBeKnown.insert(shingle)
      }
    }
    /// The first shingles in the order, of those that stand in any held-out item.
    func prefix(of shingles: [UInt32]) -> [UInt32] {
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
    var byShingle: [UInt32: [UInt32]] = [:]
    for (number, shingles) in sets.enumerated() {
      for shingle in prefix(of: shingles) { byShingle[shingle, default: []].append(UInt32(number)) }
    }
    try fingerprints.forEachFingerprint { row, fingerprint in
      guard let index = indices[row], !isOut[index], candidates[index].part != .heldOut else {
        return
      }
      var compared: Set<UInt32> = []
      for shingle in prefix(of: fingerprint.shingles) {
        for number in byShingle[shingle] ?? [] where compared.insert(number).inserted {
          if Fingerprint.jaccard(sets[Int(number)], fingerprint.shingles) >= threshold {
            try body(heldOut[Int(number)], index)
          }
        }
      }
    }
  }

  private func prefixLength(_ count: Int) -> Int {
    // A little less than the product, lest rounding up a hair too much lose a pair.
    count - Int((threshold * Double(count) - 1e-9).rounded(.up)) + 1
  }
}

/// Tells at a glance of most hashes that they are not in a set: a bit for each, by its lowest bits.
private struct HashFilter {
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

/// MinHash signatures: of a set of shingles, the lowest value that each of several hash functions
/// gives, six of which make a band.
struct MinHash {
  private static let rowsPerBand = 6

  private let multipliers: [SIMD8<UInt32>]
  private let increments: [SIMD8<UInt32>]
  private let bandCount: Int

  /// The hash functions of some bands, which are a multiple of four.
  init(bands: Range<Int>) {
    func values(_ purpose: String) -> [SIMD8<UInt32>] {
      let hash = StableHash(seed: 0, purpose: purpose)
      let rows = bands.lowerBound * Self.rowsPerBand..<bands.upperBound * Self.rowsPerBand
      return stride(from: rows.lowerBound, to: rows.upperBound, by: 8).map { first in
        SIMD8((0..<8).map { UInt32(truncatingIfNeeded: hash.key(UInt64(first + $0))) | 1 })
      }
    }
    multipliers = values("minhash-multiplier")
    increments = values("minhash-increment")
    bandCount = bands.count
  }

  /// A hash a band.
  func bandHashes(of shingles: [UInt32]) -> [UInt32] {
    var lowest: [UInt32] = []
    lowest.reserveCapacity(multipliers.count * 8)
    for (multiplier, increment) in zip(multipliers, increments) {
      var values = SIMD8<UInt32>(repeating: .max)
      for shingle in shingles {
        let mixed = SIMD8(repeating: shingle) &* multiplier &+ increment
        values.replace(with: mixed, where: mixed .< values)
      }
      for lane in values.indices { lowest.append(values[lane]) }
    }
    return (0..<bandCount).map { band in
      let rows = lowest[(band * Self.rowsPerBand)..<((band + 1) * Self.rowsPerBand)]
      let hash = rows.withUnsafeBytes { StableHash.hash($0) }
      return UInt32(truncatingIfNeeded: hash)
    }
  }
}
