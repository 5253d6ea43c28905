import Bytes

/// Provides the fingerprints of a pool's items to several tasks at once.
package protocol FingerprintSource: Sendable {
  associatedtype Reader: FingerprintReader

  /// A reader for one task.
  func makeReader() throws -> Reader
  /// The rows of all items, cut into one range per task that may read at once.
  var parts: [Range<UInt32>] { get }
}

/// Reads fingerprints. Used by one task at a time.
package protocol FingerprintReader {
  /// Calls `body` with the row and the fingerprint of every item in `rows`, in row order.
  func forEachFingerprint(
    ofRows rows: Range<UInt32>, _ body: (UInt32, Fingerprint) throws -> Void) throws
  /// Calls `body` with every item's row and the hashes of its title and its text.
  func forEachTitleAndText(_ body: (UInt32, UInt64, UInt64) throws -> Void) throws
  /// The shingles of the item in a row.
  func shingles(ofRow row: UInt32) throws -> [UInt32]
}

extension FingerprintReader {
  package func forEachTitleAndText(_ body: (UInt32, UInt64, UInt64) throws -> Void) throws {
    try forEachFingerprint(ofRows: 0..<UInt32.max) { try body($0, $1.title, $1.text) }
  }
}

extension FingerprintSource {
  /// The results of `body` for each part, in order. Parts are read concurrently.
  package func mapParts<Result: Sendable>(
    _ body: @escaping @Sendable (Reader, Range<UInt32>) throws -> Result
  ) async throws -> [Result] {
    try await parts.mapConcurrently(parts.count) { try body(makeReader(), $0) }
  }
}

extension Array where Element: Sendable {
  /// The results of `body` for each element, in order. At most `limit` calls run at once.
  package func mapConcurrently<Result: Sendable>(
    _ limit: Int, _ body: @escaping @Sendable (Element) throws -> Result
  ) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var results = [Result?](repeating: nil, count: count)
      for (place, element) in enumerated() {
        if place >= limit, let (place, result) = try await group.next() { results[place] = result }
        group.addTask {
          try Task.checkCancellation()
          return (place, try body(element))
        }
      }
      while let (place, result) = try await group.next() { results[place] = result }
      return results.compactMap(\.self)
    }
  }
}
