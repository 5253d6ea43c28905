import Bytes
import Contracts

/// Tells most sets apart that are not similar, without a look at them.
///
/// Of a set, for each of 256 bits whether an odd number of members falls on it: two sets differ in as many members as
/// their sketches differ in bits, or in more (Mitzenmacher and others, "Efficient estimation for high similarities
/// using odd sketches").
struct ParitySketch: Sendable {
  private var count: UInt32 = 0
  private var bits = InlineArray<4, UInt64>(repeating: 0)

  /// Of no set.
  init() {}

  init(_ set: Span<UInt32>) {
    count = UInt32(clamping: set.count)
    for index in set.indices {
      let place = Int(set[index] & 255)
      bits[place >> 6] ^= 1 << UInt64(place & 63)
    }
  }

  /// False only if the similarity of the two sets is below the threshold.
  func mayBeSimilar(to other: Self, _ threshold: Double) -> Bool {
    var difference = 0
    for word in bits.indices { difference += (bits[word] ^ other.bits[word]).nonzeroBitCount }
    let (count, otherCount) = (Int(count), Int(other.count))
    let most =
      count + otherCount - 2 * Fingerprint.leastCommon(count, otherCount, threshold)
    return difference <= most
  }
}
