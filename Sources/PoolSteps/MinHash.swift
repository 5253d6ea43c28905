import Bytes

/// MinHash signatures: of a set of shingles, the lowest value that each of several hash functions
/// gives, six of which make a band.
///
/// The functions are linear ones of sixteen bits, which every processor computes eight at a time; with
/// more bits bands meet no more often. A band's hash has 64 bits, so that a billion strangers do not meet by
/// chance.
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
  func forEachBand(of shingles: [UInt32], _ body: (Int, UInt64) -> Void) {
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
        body(band, StableHash.hash(part))
      }
    }
  }
}
