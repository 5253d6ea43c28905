import Testing

@testable import Curation

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
    func bands(_ shingles: [UInt32]) -> Set<[UInt32]> {
      var bands: Set<[UInt32]> = []
      hash.forEachBand(of: shingles) { bands.insert([UInt32($0), $1]) }
      return bands
    }
    let meetings = (0..<1000).filter { _ in
      let shingles = (0..<2 * count).map { _ in UInt32.random(in: 0...(.max), using: &random) }
      let other = shingles[..<common] + shingles[count..<(2 * count - common)]
      return !bands(Array(shingles[..<count])).isDisjoint(with: bands(Array(other)))
    }
    #expect(expected.contains(Double(meetings.count) / 1000), "\(meetings.count)")
  }
}
