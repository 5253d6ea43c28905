import CGlibc
public import Glibc

extension Span<UInt8> {
  /// The first place of `byte` in `range`, found by the C library's vectorised search.
  @inlinable package func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    withUnsafeBytes { bytes in
      guard !range.isEmpty, let base = bytes.baseAddress,
        let found = memchr(base + range.lowerBound, Int32(byte), range.count)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Whether the bytes in `range` are those of `text`.
  @inlinable package func holds(_ text: [UInt8], at range: Range<Int>) -> Bool {
    guard text.count == range.count else { return false }
    for index in text.indices where text[index] != self[range.lowerBound + index] { return false }
    return true
  }
}

extension [UInt8] {
  /// Appends bytes of another array, without the detour over a slice.
  @inlinable package mutating func append(_ source: Span<UInt8>, _ range: Range<Int>) {
    source.withUnsafeBytes { append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  @inlinable package mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Extends the array with zeros to at least `size`.
  package mutating func makeRoom(_ size: Int) {
    if count < size { append(contentsOf: repeatElement(0, count: size - count)) }
  }

  /// The number of code points in the UTF-8: one for each byte that is not a continuation byte.
  package var codePointCount: Int { span.codePointCount(in: 0..<count) }

  /// Cuts the array to its first `limit` code points.
  package mutating func cut(toCodePoints limit: Int) {
    guard count > limit else { return }
    // `limit` bytes hold at most `limit` code points.
    var index = limit
    var seen = span.codePointCount(in: 0..<limit)
    while index < count {
      if self[index] & 0xC0 != 0x80 {
        if seen == limit { break }
        seen += 1
      }
      index += 1
    }
    removeLast(count - index)
  }
}

extension Span<UInt8> {
  package func codePointCount(in range: Range<Int>) -> Int {
    withUnsafeBytes { Bytes.codePointCount(of: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}

/// A text to be searched for repeatedly.
///
/// The search looks for its rarest kind of byte with the C library's vectorised search, whereas
/// memmem examines each byte.
package struct BytePattern: Sendable {
  package let bytes: [UInt8]
  private let anchor: Int

  /// - Parameter text: at least one byte.
  package init(_ text: String) {
    bytes = Array(text.utf8)
    anchor =
      bytes.firstIndex { byte in
        let isLowercase = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        return !isLowercase && byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\"")
      } ?? 0
  }

  /// The first occurrence that begins at `start` or later.
  package func firstIndex(in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = text.baseAddress else { return nil }
    var position = start + anchor
    while position < text.count,
      let found = memchr(base + position, Int32(bytes[anchor]), text.count - position)
    {
      let first = UnsafeRawPointer(found) - base - anchor
      guard first + bytes.count <= text.count else { return nil }
      if memcmp(base + first, bytes, bytes.count) == 0 { return first }
      position = first + anchor + 1
    }
    return nil
  }
}

extension [UInt8] {
  /// Replaces every occurrence of a pattern, from the left and without rescanning replacements, like
  /// Python's `str.replace`. The replacement must not be longer than the pattern. Costs one search
  /// if nothing matches.
  package mutating func replace(_ pattern: BytePattern, with replacement: [UInt8]) {
    precondition(replacement.count <= pattern.bytes.count)
    let removed = withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      var (read, written) = (0, 0)
      while let found = pattern.firstIndex(in: UnsafeRawBufferPointer(bytes), from: read) {
        if written < read { memmove(base + written, base + read, found - read) }
        written += found - read
        memcpy(base + written, replacement, replacement.count)
        written += replacement.count
        read = found + pattern.bytes.count
      }
      if written < read { memmove(base + written, base + read, bytes.count - read) }
      return read - written
    }
    if removed > 0 { removeLast(removed) }
  }
}

extension [UInt8] {
  /// As text, for people.
  package var text: String { String(decoding: self, as: UTF8.self) }
}

/// The number of code points in well-formed UTF-8: all bytes but continuation bytes (10xxxxxx).
package func codePointCount(of utf8: UnsafeRawBufferPointer) -> Int {
  let ones: UInt64 = 0x0101_0101_0101_0101
  var following = 0
  let wordCount = utf8.count / 8
  for place in 0..<wordCount {
    let word = utf8.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)
    // One bit per continuation byte; the product's highest byte is their sum.
    following += Int(((word >> 7 & ~(word >> 6) & ones) &* ones) >> 56)
  }
  for byte in utf8[(8 * wordCount)...] where byte & 0xC0 == 0x80 { following += 1 }
  return utf8.count - following
}
