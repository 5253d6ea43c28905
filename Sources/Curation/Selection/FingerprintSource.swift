/// Gives the fingerprints of a pool's items.
public protocol FingerprintSource {
  /// Calls `body` with every item's row and fingerprint, in no particular order.
  func forEachFingerprint(_ body: (UInt32, Fingerprint) throws -> Void) throws
  /// Calls `body` with every item's row and the hashes of its title and its text.
  func forEachTitleAndText(_ body: (UInt32, UInt64, UInt64) throws -> Void) throws
  /// The shingles of the item in a row.
  func shingles(ofRow row: UInt32) throws -> [UInt32]
}

extension FingerprintSource {
  public func forEachTitleAndText(_ body: (UInt32, UInt64, UInt64) throws -> Void) throws {
    try forEachFingerprint { try body($0, $1.title, $1.text) }
  }
}
