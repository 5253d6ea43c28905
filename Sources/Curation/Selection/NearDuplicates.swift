/// Groups items whose shingles agree.
///
/// Two searches feed the groups. MinHash with banding proposes pairs among all items: a pair at 0.8
/// has the same band in one of 16 bands of 6 hashes with a chance of 0.99, one at 0.75, the default
/// threshold, with 0.96, and one at 0.3, as boilerplate makes them, with 0.01. Between held-out items
/// and the rest the search is exact: see `HeldOutNeighbours`. Either way a pair counts only if its
/// true similarity reaches the threshold.
///
/// Memory: about 20 bytes an item, and twice 16 MB for bands (twice 32 bytes an item from half a
/// million on).
struct NearDuplicates: Sendable {
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
  func groups(_ fingerprints: some FingerprintSource) async throws -> UnionFind {
    var groups = UnionFind(count: candidates.count)
    let count = [16, 8, 4].first { $0 * candidates.count <= Self.hashLimit } ?? 4
    for first in stride(from: 0, to: Self.bandCount, by: count) {
      let reader = try fingerprints.makeReader()
      for bucket in try await buckets(first..<first + count, fingerprints) {
        try join(bucket, &groups, reader)
      }
    }
    let neighbours = HeldOutNeighbours(candidates, threshold: threshold, isOut: isOut)
    for pair in try await neighbours.pairs(fingerprints) { groups.join(pair.heldOut, pair.rest) }
    return groups
  }

  /// For each band the items that share its hash with another, sorted by it: one word an item, the
  /// hash above, and the item's place below.
  private func buckets(
    _ bands: Range<Int>, _ fingerprints: some FingerprintSource
  ) async throws -> [[UInt64]] {
    let minHash = MinHash(bands: bands)
    let parts = try await fingerprints.mapParts { reader, rows in
      var hashes = [[UInt64]](repeating: [], count: bands.count)
      try reader.forEachFingerprint(ofRows: rows) { row, fingerprint in
        guard let index = indices[row], !isOut[index] else { return }
        for (band, hash) in minHash.bandHashes(of: fingerprint.shingles).enumerated() {
          hashes[band].append(UInt64(hash) << 32 | UInt64(index))
        }
      }
      return hashes
    }
    return try await Array(0..<bands.count).mapConcurrently { band in
      var bucket = parts.flatMap { $0[band] }
      bucket.sort()
      let isShared = bucket.indices.map { place in
        place > 0 && bucket[place - 1] >> 32 == bucket[place] >> 32
          || place + 1 < bucket.count && bucket[place + 1] >> 32 == bucket[place] >> 32
      }
      return zip(bucket, isShared).filter(\.1).map(\.0)
    }
  }

  /// Joins those items with the same hash that are near-duplicates of the first of a group of theirs.
  private func join(
    _ bucket: [UInt64], _ groups: inout UnionFind, _ fingerprints: some FingerprintReader
  ) throws {
    var leaders: [(index: Int, shingles: [UInt32])] = []
    var hash: UInt64?
    for word in bucket {
      if word >> 32 != hash { leaders = [] }
      hash = word >> 32
      let member = Int(word & 0xFFFF_FFFF)
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
}

/// MinHash signatures: of a set of shingles, the lowest value that each of several hash functions
/// gives, six of which make a band.
struct MinHash: Sendable {
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
