/// How long lines and values may be, in bytes.
public enum SizeLimits {
  /// Of a raw file.
  public static let line = 4 << 20
  /// A text or blob of the pool. No step makes more than three times as much of a line.
  public static let value = 16 << 20
  /// Of a split. What is escaped in JSON is twice as long, at most.
  public static let row = 2 * value
}
