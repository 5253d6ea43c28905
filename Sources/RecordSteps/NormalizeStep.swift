import Bytes
package import Contracts
import Tokenization

/// Leaves only characters that a reader sees, in one normal form.
package struct NormalizeStep: RecordStep {
  package static let name = "normalize"
  package static let summary = """
    In title and contents: takes out control, zero-width, soft-hyphen, byte-order and replacement \
    characters, makes every kind of space one space and runs of them one, puts what is left into \
    Unicode's normalization form C, and takes out lines of the contents that are empty or repeat an \
    earlier one.
    """
  package static let parameters: [any ParameterDeclaration] = []
  package static let stage = RecordStage.contents
  package static let dropReasons: [DropReason] = []

  package init(_ values: ParameterValues, _ resources: StepResources) throws {}

  package func apply(to item: inout Item) -> Verdict {
    Self.clean(item.title, into: &item.scratch)
    Self.dropRepeatedLines(item.scratch, into: &item.title)
    Self.clean(item.contents, into: &item.scratch)
    Self.dropRepeatedLines(item.scratch, into: &item.contents)
    return .keep
  }

  /// Everything but the lines. Costs one pass, and a second where there are characters from U+0300 up
  /// that composition may touch.
  static func clean(_ text: [UInt8], into result: inout [UInt8]) {
    // What comes out is never longer than what goes in, and is written in blocks.
    result.makeRoom(text.count + 16)
    let count = result.withUnsafeMutableBufferPointer { clean(text.span, into: $0) }
    result.removeLast(result.count - count)
    if let composed = UnicodeForm.composed(result.span) { result = composed }
  }

  private static func clean(
    _ text: Span<UInt8>, into result: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var (index, count) = (0, 0)
    var isSpacePending = false
    while index < text.count {
      let byte = text[unchecked: index]
      if byte == UInt8(ascii: " ") {
        isSpacePending = true
        index += 1
        continue
      }
      let (kind, length) =
        0x21..<0x7F ~= byte ? (.visible, 1) : InvisibleCharacter.classify(text, at: index)
      switch kind {
      case .visible:
        if isSpacePending, count > 0, result[count - 1] != UInt8(ascii: "\n") {
          result[count] = UInt8(ascii: " ")
          count += 1
        }
        isSpacePending = false
        for offset in 0..<length { result[count + offset] = text[unchecked: index + offset] }
        count += length
        index += length
        // Most text is words of visible ASCII, which need no second thought.
        var place = 16
        while place == 16, index < text.count {
          let block = text.block(at: index)
          place = (block.isIn(0x00...0x20) .| block.isIn(0x7F...0xFF)).firstPlace
          result.write(block, at: count)
          count += place
          index += place
        }
        continue
      case .space: isSpacePending = true
      case .lineFeed:
        isSpacePending = false
        result[count] = UInt8(ascii: "\n")
        count += 1
      case .nothing: break
      }
      index += length
    }
    return count
  }

  private static func dropRepeatedLines(_ text: [UInt8], into result: inout [UInt8]) {
    result.removeAll(keepingCapacity: true)
    var seen: Set<UInt64> = []
    let bytes = text.span
    var start = 0
    while start < bytes.count {
      let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: start..<bytes.count) ?? bytes.count
      let hash = text.withUnsafeBytes {
        StableHash.hash(UnsafeRawBufferPointer(rebasing: $0[start..<end]))
      }
      if end > start, seen.insert(hash).inserted {
        result.append(bytes, start..<min(end + 1, bytes.count))
      }
      start = end + 1
    }
  }
}

/// What a character is to a reader, for those that are not simply seen.
enum InvisibleCharacter {
  case visible, space, lineFeed, nothing

  /// The class of the character at `index` and its length in bytes. The text is UTF-8; a byte that is
  /// not part of it counts as nothing.
  static func classify(_ text: Span<UInt8>, at index: Int) -> (InvisibleCharacter, length: Int) {
    let lead = text[index]
    switch lead {
    case 0x0A: return (.lineFeed, 1)
    case 0x09, 0x0B...0x0D, 0x1C...0x20: return (.space, 1)
    case 0x21..<0x7F: return (.visible, 1)
    case 0x00..<0x80: return (.nothing, 1)
    default: break
    }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard lead >= 0xC2, index + length <= text.count else { return (.nothing, 1) }
    var scalar = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(text[index + offset] & 0x3F) }
    return (kind(of: scalar), length)
  }

  /// Takes out the characters that count as nothing.
  static func remove(from text: inout [UInt8]) {
    // Visible ASCII and the usual spaces, which most text is.
    guard text.contains(where: { $0 < 0x09 || 0x0E..<0x20 ~= $0 || $0 >= 0x7F }) else { return }
    let source = text
    let bytes = source.span
    var (index, count) = (0, 0)
    while index < bytes.count {
      let (kind, length) = classify(bytes, at: index)
      if kind != .nothing {
        for offset in 0..<length { text[count + offset] = bytes[index + offset] }
        count += length
      }
      index += length
    }
    text.removeLast(text.count - count)
  }

  private static func kind(of scalar: UInt32) -> InvisibleCharacter {
    switch scalar {
    // Unicode's White_Space beyond ASCII.
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F, 0x205F, 0x3000: .space
    // Controls (Cc), and the soft hyphen.
    case 0x80...0x9F, 0xAD: .nothing
    // Joiners, marks of direction, invisible operators, fillers: Default_Ignorable_Code_Point.
    case 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
      0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
      0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      .nothing
    // U+FFFC stands for an object, U+FFFD for a character that was lost.
    case 0xFFFC...0xFFFF: .nothing
    default: .visible
    }
  }
}
