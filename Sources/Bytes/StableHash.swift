import CXXHash

/// The hash behind every random choice: XXH3, 64 bits, of the xxHash family.
///
/// A choice is a comparison of keys, and a key is a function of a seed, a purpose and an item's id:
///
///     purposeSeed = XXH3_64(purpose, seed: seed)
///     idHash      = XXH3_64(id, seed: 0)
///     key         = XXH3_64(idHash as 8 bytes, little-endian, seed: purposeSeed)
///
/// where texts are their UTF-8 bytes. Another program that has XXH3 makes the same keys, and with
/// them the same splits, from the pool.
package struct StableHash: Sendable {
  private let purposeSeed: UInt64

  package init(seed: UInt64, purpose: String) {
    purposeSeed = Self.hash(Array(purpose.utf8), seed: seed)
  }

  /// The key of the item whose id has `idHash`.
  package func key(_ idHash: UInt64) -> UInt64 {
    withUnsafeBytes(of: idHash.littleEndian) {
      xxh3_64($0.baseAddress, $0.count, purposeSeed)
    }
  }

  /// XXH3, 64 bits, of some bytes.
  package static func hash(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { hash($0, seed: seed) }
  }

  package static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    xxh3_64(bytes.baseAddress, bytes.count, seed)
  }
}
