import Synchronization
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps
@testable import Tokenization

struct NearDuplicatesTests {
  /// How often two sets of 80 shingles share a band, for a Jaccard similarity: as the documentation of
  /// `NearDuplicates` says.
  @Test(arguments: [(0.8, 0.97...1.0), (0.75, 0.92...1.0), (0.3, 0...0.04)])
  func bandsMeetAsOftenAsIsSaid(similarity: Double, expected: ClosedRange<Double>) {
    var random = SeededGenerator(state: 11)
    let hash = MinHash(bands: 0..<16)
    let count = 80
    // Of two sets of n with c in common the similarity is c / (2n - c).
    let common = Int((similarity * 2 * Double(count) / (1 + similarity)).rounded())
    func bands(_ shingles: [UInt32]) -> Set<[UInt64]> {
      var bands: Set<[UInt64]> = []
      hash.forEachBand(of: shingles) { bands.insert([UInt64($0), $1]) }
      return bands
    }
    let meetings = (0..<1000).filter { _ in
      let shingles = (0..<2 * count).map { _ in UInt32.random(in: 0...(.max), using: &random) }
      let other = shingles[..<common] + shingles[count..<(2 * count - common)]
      return !bands(Array(shingles[..<count])).isDisjoint(with: bands(Array(other)))
    }
    #expect(expected.contains(Double(meetings.count) / 1000), "\(meetings.count)")
  }

  /// Families of near-duplicates, chains whose ends differ, and strangers that share boilerplate, more of them than a
  /// bucket has leaders; one in `heldOutEvery` is held out.
  @Test(arguments: [(seed: 1, threshold: 0.75, heldOutEvery: 9), (2, 0.5, 3), (3, 0.9, 1000)])
  func groupsAreThoseOfTheRule(seed: UInt64, threshold: Double, heldOutEvery: Int) async throws {
    let pool = SetPool(ofNearDuplicates: seed, heldOutEvery: heldOutEvery)
    let expected = groupsByTheRule(pool, threshold: threshold)
    #expect(Set(expected.values).count < pool.candidates.count - 40)
    #expect(try await groups(of: pool, threshold: threshold) == expected)
  }

  @Test func neitherRowsNorTheListNorTasksMakeADifference() async throws {
    let pool = SetPool(ofNearDuplicates: 4, heldOutEvery: 9)
    let expected = try await groups(of: pool, threshold: 0.75)
    var random = SeededGenerator(state: 5)
    for tasks in 1...4 {
      var shuffled = pool.withShuffledRows(&random)
      shuffled.candidates.shuffle(using: &random)
      shuffled.fingerprints.parts = (0..<tasks).map {
        UInt32(pool.end * $0 / tasks)..<UInt32(pool.end * ($0 + 1) / tasks)
      }
      #expect(try await groups(of: shuffled, threshold: 0.75) == expected)
    }
  }

  @Test func whatIsOutJoinsNothing() async throws {
    let pool = SetPool(ofNearDuplicates: 6, heldOutEvery: 9)
    let isOut = pool.candidates.indices.map { $0 % 3 == 0 }
    let rest = SetPool(
      candidates: zip(pool.candidates, isOut).filter { !$0.1 }.map(\.0),
      fingerprints: pool.fingerprints)
    let all = try await groups(of: pool, threshold: 0.75, isOut: isOut)
    let alone = Set(zip(pool.candidates, isOut).filter(\.1).map(\.0.idHash))
    #expect(alone.allSatisfy { all[$0] == $0 })
    let left = all.filter { !alone.contains($0.key) }
    #expect(try await groups(of: rest, threshold: 0.75) == left)
  }

  /// Copies are read about once, and strangers no more often than they share a bucket.
  @Test func manyCopiesAreReadOnce() async throws {
    var random = SeededGenerator(state: 7)
    let base = SetPool.set(60, &random)
    let pool = SetPool(
      (0..<500).map { _ in SetPool.changed(base, by: 2, &random) }, heldOutEvery: 10)
    let source = WatchedFingerprints(held: pool.fingerprints)
    let search = NearDuplicates(
      pool.candidates, RowIndex(pool.candidates), threshold: 0.75,
      isOut: pool.candidates.map { _ in false })
    var groups = try await search.groups(source)
    #expect(Set(pool.candidates.indices.map { groups.root(of: $0) }).count == 1)
    #expect(source.reads.withLock(\.self) < 2 * pool.candidates.count)
  }

  @Test(arguments: [0, 20, 150])
  func endsWhenItIsCancelled(reads: Int) async throws {
    let pool = SetPool(ofNearDuplicates: 8, heldOutEvery: 3)
    let source = WatchedFingerprints(held: pool.fingerprints, cancelsAfter: reads)
    let search = NearDuplicates(
      pool.candidates, RowIndex(pool.candidates), threshold: 0.75,
      isOut: pool.candidates.map { _ in false })
    await #expect(throws: CancellationError.self) { try await search.groups(source) }
    // Two more for each of three tasks.
    #expect(source.reads.withLock(\.self) <= reads + 6)
  }

  /// By each item's hash the lowest in its group.
  private func groups(
    of pool: SetPool, threshold: Double, isOut: [Bool]? = nil
  ) async throws -> [UInt64: UInt64] {
    let groups = try await NearDuplicates(
      pool.candidates, RowIndex(pool.candidates), threshold: threshold,
      isOut: isOut ?? pool.candidates.map { _ in false }
    ).groups(pool.fingerprints)
    return pool.lowestInGroup(groups)
  }

  /// The same by what the documentation of `NearDuplicates` says, and nothing else.
  private func groupsByTheRule(_ pool: SetPool, threshold: Double) -> [UInt64: UInt64] {
    var groups = UnionFind(count: pool.candidates.count)
    func joinIfSimilar(_ first: Int, _ second: Int) {
      if Fingerprint.jaccard(pool.set(first), pool.set(second)) >= threshold {
        groups.join(first, second)
      }
    }
    var buckets: [[UInt64]: [Int]] = [:]
    for index in pool.candidates.indices {
      MinHash(bands: 0..<16).forEachBand(of: pool.set(index)) {
        buckets[[UInt64($0), $1], default: []].append(index)
      }
    }
    #expect(buckets.values.contains { $0.count > 40 })
    let hash = StableHash(seed: 0, purpose: "leader")
    for bucket in buckets.values {
      let members = bucket.sorted {
        hash.key(pool.candidates[$0].idHash) < hash.key(pool.candidates[$1].idHash)
      }
      for leader in members.prefix(16) {
        for member in members { joinIfSimilar(leader, member) }
      }
    }
    for first in pool.candidates.indices where pool.candidates[first].part == .heldOut {
      for second in pool.candidates.indices where pool.candidates[second].part != .heldOut {
        joinIfSimilar(first, second)
      }
    }
    return pool.lowestInGroup(groups)
  }
}

/// Fingerprints that count how often shingles are asked for, and cancel the task that asks too often.
private final class WatchedFingerprints: FingerprintSource, FingerprintReader {
  let reads = Mutex(0)
  private let held: HeldFingerprints
  private let limit: Int

  init(held: HeldFingerprints, cancelsAfter limit: Int = .max) {
    self.held = held
    self.limit = limit
  }

  func makeReader() -> WatchedFingerprints { self }

  var parts: [Range<UInt32>] { held.parts }

  func forEachFingerprint(
    ofRows rows: Range<UInt32>, _ body: (UInt32, Fingerprint) throws -> Void
  ) throws {
    try held.forEachFingerprint(ofRows: rows, body)
  }

  func shingles(ofRow row: UInt32) throws -> [UInt32] {
    let count = reads.withLock { reads in
      reads += 1
      return reads
    }
    if count > limit { withUnsafeCurrentTask { $0?.cancel() } }
    return try held.shingles(ofRow: row)
  }
}
