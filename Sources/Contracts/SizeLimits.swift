import Bytes

/// How long lines and values may be, in bytes.
package enum SizeLimits {
  /// Of a raw file.
  package static let line = 4 << 20
  /// A text or blob of the pool. No step makes more than three times as much of a line.
  package static let value = 16 << 20
  /// Of a split. What is escaped in JSON is twice as long, at most.
  package static let row = 2 * value
}
