import Bytes
package import Contracts

/// Candidates in canonical order with made-up ids; the row is the place in the list, from 1.
package func makeCandidates(
  _ items: [(dollars: Int, category: String)], holdsOut: Bool = false
) -> Candidates {
  let categories = Set(items.map(\.category)).sorted()
  let all = items.enumerated().map { index, item in
    Candidates.Candidate(
      idHash: StableHash.hash(Array("B\(index)".utf8)), row: UInt32(index + 1),
      dollars: Int32(item.dollars),
      category: UInt32(categories.firstIndex(of: item.category) ?? 0), part: .open)
  }
  var candidates = Candidates(all: all, categories: categories)
  candidates.holdsOut = holdsOut
  return candidates
}

package func makeRequest(
  seed: UInt64 = 1, testSeed: UInt64 = 2, train: Int = 1000, validation: Int = 0, test: Int = 0
) -> SelectionRequest {
  SelectionRequest(
    seed: seed, testSeed: testSeed, train: train, validation: validation, test: test)
}

/// Fingerprints by row, held in memory.
package struct HeldFingerprints: FingerprintSource, FingerprintReader {
  package var fingerprints: [UInt32: Fingerprint] = [:]

  package init(fingerprints: [UInt32: Fingerprint] = [:]) {
    self.fingerprints = fingerprints
  }

  package func makeReader() -> Self { self }

  package var parts: [Range<UInt32>] = [0..<7, 7..<30, 30..<UInt32.max]

  package func forEachFingerprint(
    ofRows rows: Range<UInt32>, _ body: (UInt32, Fingerprint) throws -> Void
  ) throws {
    for (row, fingerprint) in fingerprints.sorted(by: { $0.key < $1.key })
    where rows.contains(row) {
      try body(row, fingerprint)
    }
  }

  package func shingles(ofRow row: UInt32) throws -> [UInt32] { fingerprints[row]?.shingles ?? [] }
}
