import Bytes
import Contracts

/// Tells most sets apart that are not similar, without a look at them.
///
/// Of a set, for each of 256 bits whether an odd number of members falls on it: two sets differ in as many members as
/// their sketches differ in bits, or in more (Mitzenmacher and others, "Efficient estimation for high similarities
/// using odd sketches").
struct ParitySketch: Sendable {
  private let count: Int
  private var bits = SIMD4<UInt64>()

  init(_ set: Span<UInt32>) {
    count = set.count
    for index in set.indices {
      let place = Int(set[index] & 255)
      bits[place >> 6] ^= 1 << UInt64(place & 63)
    }
  }

  /// False only if the similarity of the two sets is below the threshold.
  func mayBeSimilar(to other: Self, _ threshold: Double) -> Bool {
    let different = bits ^ other.bits
    let difference = (0..<4).reduce(0) { $0 + different[$1].nonzeroBitCount }
    let most =
      count + other.count - 2 * Fingerprint.leastCommon(count, other.count, threshold)
    return difference <= most
  }
}
