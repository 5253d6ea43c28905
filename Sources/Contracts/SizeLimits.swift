import Bytes

/// How long lines and values may be, in bytes.
package enum SizeLimits {
  /// Of a raw file.
  package static let line = 4 << 20
  /// A text or blob of the pool. No step's output is more than three times the line's size.
  package static let value = 16 << 20
  /// Of a split. JSON escaping at most doubles the length.
  package static let row = 2 * value
}
