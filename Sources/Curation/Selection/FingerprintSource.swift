/// Gives the fingerprints of a pool's items.
public protocol FingerprintSource {
  /// Calls `body` with every item's row and fingerprint, in no particular order.
  func forEachFingerprint(_ body: (UInt32, Fingerprint) throws -> Void) throws
  /// The shingles of the item in a row.
  func shingles(ofRow row: UInt32) throws -> [UInt32]
}
