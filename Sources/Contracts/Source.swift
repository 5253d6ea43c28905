import Bytes

/// Yields batches of lines in order. It owns decompression.
///
/// A source is read by one task at a time, though not always the same one; the runner sees to it.
package protocol Source: Sendable {
  /// The raw file's base name, as it stands in the pool, the rejects and the manifest.
  var name: String { get }
  /// The category of all products in it.
  var category: String { get }
  /// The bytes to be read from disk, as far as that is known before.
  var byteCount: Int { get }
  /// The bytes read from disk so far, at the end all of them; may be read while another task reads.
  var bytesRead: Int { get }

  /// The next batch, or nil at the end. After an error or nil the source is not read again.
  ///
  /// Errors: `noInput` where the file cannot be opened, `inputOutput` where it cannot be read or was changed meanwhile,
  /// `badData` where its compression is damaged, with the byte offset.
  func nextBatch() throws -> Batch?

  /// The SHA-256 of the bytes on disk, in hexadecimal; known once `nextBatch` has returned nil.
  var sha256: String? { get }
  /// What the source does about damage.
  var damagePolicy: DamagePolicy { get }
  /// The damage that ended the reading, where that is allowed; known once `nextBatch` has returned nil.
  var damage: Damage? { get }

  /// The SHA-256 of the bytes on disk, by reading them and nothing more. Errors: as `nextBatch`, and `CancellationError`.
  func hashBytes() throws -> String
}

/// Where a compressed file is damaged. It shows at the first byte that makes no sense, or in the check
/// sum at the end: lines in front of it may be garbled, too, and of a file that was cut short nobody
/// knows how much is missing.
package struct Damage: Codable, Equatable, Sendable {
  /// The byte of the file at which it was found.
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

/// What is to be done about a damaged file.
package enum DamagePolicy: String, CaseIterable, Sendable {
  /// The run ends with an error.
  case stop
  /// The lines that were read until then are kept, and the manifest tells of it.
  case skip
}
