import Bytes

/// Yields batches of lines in order. It owns decompression.
///
/// The runner ensures that one task at a time reads a source, though not always the same task.
package protocol Source: Sendable {
  /// The raw file's base name, as it stands in the pool, the rejects and the manifest.
  var name: String { get }
  /// The category of all products in it.
  var category: String { get }
  /// The bytes to read from disk, as far as known in advance.
  var byteCount: Int { get }
  /// The bytes read from disk so far. Safe to query while another task reads the source.
  var bytesRead: Int { get }

  /// The next batch, or nil at the end. After an error or nil the source is not read again.
  ///
  /// Errors: `noInput` if the file cannot be opened, `inputOutput` if it cannot be read or changed
  /// while being read, `badData` with the byte offset if its compression is damaged.
  func nextBatch() throws -> Batch?

  /// The SHA-256 of the bytes on disk, in hexadecimal; known once `nextBatch` has returned nil.
  var sha256: String? { get }
  /// What the source does about damage.
  var damagePolicy: DamagePolicy { get }
  /// The damage that ended reading, if the policy allows it; known once `nextBatch` has returned nil.
  var damage: Damage? { get }

  /// Hashes the bytes on disk with SHA-256, without decompressing them. Errors: as `nextBatch`, and
  /// `CancellationError`.
  func hashBytes() throws -> String
}

/// Where a compressed file is damaged. Damage is detected at the first invalid byte or by the
/// checksum at the end, so earlier lines may be garbled, too. How much is missing from a truncated
/// file is unknown.
package struct Damage: Codable, Equatable, Sendable {
  /// The byte offset in the file at which it was found.
  package let offset: Int
  /// The compressed bytes from there to the end of the file, which were not read.
  package let lostBytes: Int
  package let message: String

  package init(offset: Int, lostBytes: Int, message: String) {
    self.offset = offset
    self.lostBytes = lostBytes
    self.message = message
  }
}

/// How to handle a damaged file.
package enum DamagePolicy: String, CaseIterable, Sendable {
  /// The run ends with an error.
  case stop
  /// Lines read before the damage are kept, and the manifest records it.
  case skip
}
