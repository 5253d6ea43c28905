/// Unicode's normalization forms, for text that other programs will compare.
package enum UnicodeForm {
  /// The text in normalization form C; nil where it is in that form already, which costs one look at
  /// each character from U+0300 up.
  package static func composed(_ text: Span<UInt8>) -> [UInt8]? {
    text.withUnsafeBufferPointer { Normalization.formC.normalized($0) }
  }
}
