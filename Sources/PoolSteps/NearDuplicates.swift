import Bytes
import Contracts

/// Groups items whose shingles agree: a function of the set of items, whatever order they come in.
///
/// Two items are joined if their true similarity reaches the threshold, and
/// - they share the hash of a band (a bucket), and one of them is a leader of the bucket, or
/// - one is held out and the other is not: see `HeldOutNeighbours`, whose search is exact.
///
/// Groups are what is joined, directly or through others. MinHash gives each item 16 bands of 6 hashes: a
/// pair at 0.8 shares a band with a chance of 0.99, one at 0.75, the default threshold, with 0.96, and one
/// at 0.3, as boilerplate makes them, with 0.01.
///
/// The leaders of a bucket are the 16 members with the lowest keys, hashes of their ids. So in a bucket of
/// up to 17 every pair counts; in a larger one, such as boilerplate makes, near-duplicates that are like none
/// of its leaders have to meet in another band. No item is compared more than 16 times in a bucket, and
/// none with one that is in its group already, which cannot change the groups: nearly all of many copies of
/// one text are compared once.
///
/// Memory: 4 bytes an item, 32 MB for the hashes of bands (32 bytes an item from a million on), 40 bytes an
/// item for sketches up to a million, and up to 18 bytes an item that shares a hash.
struct NearDuplicates: Sendable {
  private let candidates: [Candidates.Candidate]
  private let threshold: Double
  private let isOut: [Bool]
  private let indices: RowIndex
  private let leaderHash = StableHash(seed: 0, purpose: "leader")

  private static let bandCount = 16
  /// So many of the bands' hashes are held at a time, eight bytes each, that few items take one pass and
  /// many no more than 32 MB, or 32 bytes an item.
  private static let hashLimit = 4 << 20
  private static let leaderLimit = 16
  /// Up to so many rows have sketches, which save reading most members of a bucket that are like none of its
  /// leaders.
  private static let sketchLimit = 1 << 20

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
    var sketches: [ParitySketch] = []
    let count = [16, 8, 4].first { $0 * candidates.count <= Self.hashLimit } ?? 4
    for first in stride(from: 0, to: Self.bandCount, by: count) {
      var (bands, found) = try await read(first..<first + count, fingerprints)
      if first == 0 { sketches = found }
      while let band = bands.popLast() {
        for pair in try await pairs(in: band, groups, fingerprints, sketches) {
          groups.join(pair.leader, pair.member)
        }
        groups.flatten()
      }
    }
    let neighbours = HeldOutNeighbours(candidates, indices, threshold: threshold, isOut: isOut)
    for pair in try await neighbours.pairs(fingerprints, groups) {
      groups.join(pair.heldOut, pair.rest)
    }
    return groups
  }

  /// The hash of a band for every row of a part of the pool; 0 where no item is compared.
  private struct RowHashes: Sendable {
    let firstRow: UInt32
    let hashes: [UInt64]
  }

  /// For each band the hashes of all parts; and with the first band a sketch of every row, unless they would be
  /// too many.
  private func read(
    _ bands: Range<Int>, _ fingerprints: some FingerprintSource
  ) async throws -> (bands: [[RowHashes]], sketches: [ParitySketch]) {
    let minHash = MinHash(bands: bands)
    let makesSketches = bands.contains(0) && indices.rowEnd <= Self.sketchLimit
    let parts = try await fingerprints.mapParts { reader, rows in
      let rows = rows.clamped(to: 0..<indices.rowEnd)
      var hashes = bands.map { _ in [UInt64](repeating: 0, count: rows.count) }
      var sketches = [ParitySketch](
        repeating: ParitySketch(), count: makesSketches ? rows.count : 0)
      try reader.forEachFingerprint(ofRows: rows) { row, fingerprint in
        guard let index = indices[row], !isOut[index] else { return }
        let place = Int(row - rows.lowerBound)
        minHash.forEachBand(of: fingerprint.shingles) { band, hash in hashes[band][place] = hash }
        if makesSketches { sketches[place] = ParitySketch(fingerprint.shingles.span) }
      }
      return (hashes.map { RowHashes(firstRow: rows.lowerBound, hashes: $0) }, sketches)
    }
    var sketches: [ParitySketch] = []
    if makesSketches {
      sketches = Array(repeating: ParitySketch(), count: Int(indices.rowEnd))
      for (hashes, part) in parts {
        let first = Int(hashes.first?.firstRow ?? 0)
        sketches.replaceSubrange(first..<first + part.count, with: part)
      }
    }
    return (bands.indices.map { band in parts.map { $0.0[band - bands.lowerBound] } }, sketches)
  }

  private typealias Pair = (leader: Int, member: Int)

  /// Pairs that join groups: of the buckets of one band, which tasks share by their hashes.
  private func pairs(
    in band: [RowHashes], _ groups: UnionFind, _ fingerprints: some FingerprintSource,
    _ sketches: [ParitySketch]
  ) async throws -> [Pair] {
    let slices = fingerprints.parts.count
    return try await Array(0..<slices).mapConcurrently(slices) { slice in
      let reader = try fingerprints.makeReader()
      var pairs: [Pair] = []
      var rest = Self.shared(band, slice: slice, of: slices)[...]
      while let first = rest.first {
        let bucket = rest.prefix { $0.hash == first.hash }
        rest = rest[bucket.endIndex...]
        guard bucket.count > 1 else { continue }
        try appendPairs(
          of: bucket.compactMap { indices[$0.row] }, groups, reader, sketches, to: &pairs)
      }
      return pairs
    }.flatMap(\.self)
  }

  /// The hashes of a slice that more than one row has, with their rows, sorted. May contain false positives.
  private static func shared(
    _ band: [RowHashes], slice: Int, of slices: Int
  ) -> [(hash: UInt64, row: UInt32)] {
    func forEach(_ body: (UInt64, UInt32) -> Void) {
      for part in band {
        for (place, hash) in part.hashes.enumerated()
        where hash != 0 && Int(hash.multipliedFullWidth(by: UInt64(slices)).high) == slice {
          body(hash, part.firstRow + UInt32(place))
        }
      }
    }
    // Most hashes are one row's alone. Two bits for each of eight times as many slots tell most of them.
    var slotCount = 64
    while slotCount < 8 * band.reduce(0, { $0 + $1.hashes.count }) / slices { slotCount *= 2 }
    var slots = [UInt64](repeating: 0, count: slotCount / 32)
    func slot(_ hash: UInt64) -> (word: Int, bit: UInt64) {
      let slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
      return (slot >> 5, 1 << UInt64(slot & 31))
    }
    forEach { hash, _ in
      let (word, bit) = slot(hash)
      slots[word] |= slots[word] & bit == 0 ? bit : bit << 32
    }
    var shared: [(hash: UInt64, row: UInt32)] = []
    forEach { hash, row in
      let (word, bit) = slot(hash)
      if slots[word] & bit << 32 != 0 { shared.append((hash, row)) }
    }
    shared.sort(by: <)
    return shared
  }

  /// A leader of a bucket.
  private struct Leader {
    let index: Int
    let root: Int
    /// Once they have been read.
    var shingles: [UInt32]?
    /// Leaders of one group have the same: the place of one of them.
    var label: Int
  }

  /// Appends pairs of one bucket that join groups.
  private func appendPairs(
    of members: [Int], _ groups: UnionFind, _ reader: some FingerprintReader,
    _ sketches: [ParitySketch], to pairs: inout [Pair]
  ) throws {
    func read(_ index: Int) throws -> [UInt32] {
      try reader.shingles(ofRow: candidates[index].row)
    }
    func mayBeSimilar(_ one: Int, _ other: Int) -> Bool {
      sketches.isEmpty
        || sketches[Int(candidates[one].row)].mayBeSimilar(
          to: sketches[Int(candidates[other].row)], threshold)
    }
    let root = groups.find(members[0])
    guard members.contains(where: { groups.find($0) != root }) else { return }
    var leaders: [Leader] = []
    let first = self.leaders(of: members)
    for (place, member) in (first + members.filter { !first.contains($0) }).enumerated() {
      try Task.checkCancellation()
      let root = groups.find(member)
      // The leaders of the member's own group, as far as it is known.
      var label = leaders.first { $0.root == root }?.label
      var shingles: [UInt32]?
      for leader in leaders.indices
      where leaders[leader].label != label && mayBeSimilar(member, leaders[leader].index) {
        let own = try shingles ?? read(member)
        let others = try leaders[leader].shingles ?? read(leaders[leader].index)
        shingles = own
        leaders[leader].shingles = others
        guard Fingerprint.isSimilar(own.span, others.span, threshold) else { continue }
        pairs.append((leaders[leader].index, member))
        let found = leaders[leader].label
        if let label {
          for other in leaders.indices where leaders[other].label == found {
            leaders[other].label = label
          }
        } else {
          label = found
        }
      }
      if place < first.count {
        leaders.append(
          Leader(index: member, root: root, shingles: shingles, label: label ?? place))
      }
    }
  }

  /// The members with the lowest keys; of equal keys the first in the list.
  private func leaders(of members: [Int]) -> [Int] {
    guard members.count > Self.leaderLimit else { return members }
    var lowest: [(key: UInt64, index: Int)] = []
    for index in members {
      let entry = (key: leaderHash.key(candidates[index].idHash), index: index)
      if lowest.count == Self.leaderLimit, let last = lowest.last {
        guard entry < last else { continue }
        lowest.removeLast()
      }
      lowest.insert(entry, at: lowest.firstIndex { entry < $0 } ?? lowest.count)
    }
    return lowest.map(\.index)
  }
}
