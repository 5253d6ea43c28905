/// Groups items whose shingles agree.
///
/// Two searches feed the groups. MinHash with banding proposes pairs among all items: a pair at 0.8
/// has the same band in one of 16 bands of 6 hashes with a chance of 0.99, one at 0.75, the default
/// threshold, with 0.96, and one at 0.3, as boilerplate makes them, with 0.01. Between held-out items
/// and the rest the search is exact: see `HeldOutNeighbours`. Either way a pair counts only if its
/// true similarity reaches the threshold.
///
/// Memory: about 20 bytes an item, and twice 32 MB for bands (twice 32 bytes an item from a million
/// on).
struct NearDuplicates: Sendable {
  private let candidates: [Candidates.Candidate]
  private let threshold: Double
  private let isOut: [Bool]
  private let indices: RowIndex

  private static let bandCount = 16
  /// So many of the bands' hashes are held at a time, eight bytes each, that few items take one pass and
  /// many no more than 32 MB, or 32 bytes an item.
  private static let hashLimit = 4 << 20
  /// The most groups of one bucket that an item is compared with.
  private static let comparisonLimit = 16

  init(
    _ candidates: [Candidates.Candidate], _ indices: RowIndex, threshold: Double, isOut: [Bool]
  ) {
    self.candidates = candidates
    self.indices = indices
    self.threshold = threshold
    self.isOut = isOut
  }

  /// The groups of the candidates' places in the list.
  func groups(_ fingerprints: some FingerprintSource) async throws -> UnionFind {
    var groups = UnionFind(count: candidates.count)
    let count = [16, 8, 4].first { $0 * candidates.count <= Self.hashLimit } ?? 4
    for first in stride(from: 0, to: Self.bandCount, by: count) {
      for bucket in try await buckets(first..<first + count, fingerprints) {
        for pair in try await matches(in: bucket, groups, fingerprints) {
          groups.join(pair.leader, pair.member)
        }
      }
    }
    let neighbours = HeldOutNeighbours(candidates, indices, threshold: threshold, isOut: isOut)
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
        minHash.forEachBand(of: fingerprint.shingles) { band, hash in
          hashes[band].append(UInt64(hash) << 32 | UInt64(index))
        }
      }
      return hashes
    }
    return try await Array(0..<bands.count).mapConcurrently(fingerprints.parts.count) { band in
      var bucket = parts.flatMap { $0[band] }
      bucket.sort()
      let isShared = bucket.indices.map { place in
        place > 0 && bucket[place - 1] >> 32 == bucket[place] >> 32
          || place + 1 < bucket.count && bucket[place + 1] >> 32 == bucket[place] >> 32
      }
      return zip(bucket, isShared).filter(\.1).map(\.0)
    }
  }

  /// Pairs in a bucket that are near-duplicates and in different groups.
  private func matches(
    in bucket: [UInt64], _ groups: UnionFind, _ fingerprints: some FingerprintSource
  ) async throws -> [Match] {
    var chunks: [ArraySlice<UInt64>] = []
    var rest = bucket[...]
    while !rest.isEmpty {
      var end = min(rest.startIndex + bucket.count / fingerprints.parts.count + 1, rest.endIndex)
      while end < rest.endIndex, rest[end] >> 32 == rest[end - 1] >> 32 { end += 1 }
      chunks.append(rest[..<end])
      rest = rest[end...]
    }
    return try await chunks.mapConcurrently(fingerprints.parts.count) { chunk in
      try matches(in: chunk, groups, fingerprints.makeReader())
    }.flatMap(\.self)
  }

  private typealias Match = (leader: Int, member: Int)

  /// Compares those items that share a hash with the first of each group among them.
  private func matches(
    in bucket: ArraySlice<UInt64>, _ groups: UnionFind, _ fingerprints: some FingerprintReader
  ) throws -> [Match] {
    var matches: [Match] = []
    var leaders: [(root: Int, index: Int, shingles: [UInt32])] = []
    var hash: UInt64?
    for word in bucket {
      if word >> 32 != hash { leaders = [] }
      hash = word >> 32
      let member = Int(word & 0xFFFF_FFFF)
      let root = groups.find(member)
      if leaders.contains(where: { $0.root == root }) { continue }
      let shingles = try fingerprints.shingles(ofRow: candidates[member].row)
      if let leader = leaders.first(where: {
        Fingerprint.jaccard($0.shingles, shingles) >= threshold
      }) {
        matches.append((leader.index, member))
      } else if leaders.count < Self.comparisonLimit {
        leaders.append((root, member, shingles))
      }
    }
    return matches
  }
}

/// MinHash signatures: of a set of shingles, the lowest value that each of several hash functions
/// gives, six of which make a band.
///
/// The functions are linear ones of sixteen bits, which every processor computes eight at a time; with
/// more bits bands meet no more often.
struct MinHash: Sendable {
  private static let rowsPerBand = 6

  private let multipliers: [SIMD8<Int16>]
  private let increments: [SIMD8<Int16>]
  private let bandCount: Int

  /// The hash functions of some bands, which are a multiple of four.
  init(bands: Range<Int>) {
    func values(_ purpose: String) -> [SIMD8<Int16>] {
      let hash = StableHash(seed: 0, purpose: purpose)
      let rows = bands.lowerBound * Self.rowsPerBand..<bands.upperBound * Self.rowsPerBand
      return stride(from: rows.lowerBound, to: rows.upperBound, by: 8).map { first in
        SIMD8((0..<8).map { Int16(truncatingIfNeeded: hash.key(UInt64(first + $0))) | 1 })
      }
    }
    multipliers = values("minhash-multiplier")
    increments = values("minhash-increment")
    bandCount = bands.count
  }

  /// Calls `body` with each band, counted from 0, and its hash.
  func forEachBand(of shingles: [UInt32], _ body: (Int, UInt32) -> Void) {
    withUnsafeTemporaryAllocation(of: SIMD8<Int16>.self, capacity: multipliers.count) { lowest in
      for index in multipliers.indices {
        let (multiplier, increment) = (multipliers[index], increments[index])
        var values = SIMD8<Int16>(repeating: .max)
        for shingle in shingles {
          let folded = SIMD8(repeating: Int16(truncatingIfNeeded: shingle ^ shingle >> 16))
          let hashes = folded &* multiplier &+ increment
          values.replace(with: hashes, where: hashes .< values)
        }
        lowest.initializeElement(at: index, to: values)
      }
      let rows = UnsafeRawBufferPointer(lowest)
      let size = Self.rowsPerBand * MemoryLayout<Int16>.size
      for band in 0..<bandCount {
        let part = UnsafeRawBufferPointer(rebasing: rows[band * size..<(band + 1) * size])
        body(band, UInt32(truncatingIfNeeded: StableHash.hash(part)))
      }
    }
  }
}
