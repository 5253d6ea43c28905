/// What the patterns of pre-tokenizers tell apart in a character. Every character is in exactly
/// one class, a line break in two.
struct CharacterClass: OptionSet {
  let rawValue: UInt8

  /// Upper and title case: `\p{Lu}`, `\p{Lt}`.
  static let upper = CharacterClass(rawValue: 1)
  /// `\p{Ll}`
  static let lower = CharacterClass(rawValue: 2)
  /// Letters without case: `\p{Lm}`, `\p{Lo}`.
  static let caseless = CharacterClass(rawValue: 4)
  /// `\p{M}`
  static let mark = CharacterClass(rawValue: 8)
  /// `\p{N}`
  static let number = CharacterClass(rawValue: 16)
  /// `\s`: the property White_Space.
  static let space = CharacterClass(rawValue: 32)
  /// `[\r\n]`, which are spaces, too.
  static let lineBreak = CharacterClass(rawValue: 64)
  /// Everything else, bytes that are no UTF-8 among it.
  static let other = CharacterClass(rawValue: 128)

  /// `\p{L}`
  static let letter: CharacterClass = [.upper, .lower, .caseless]
  /// `[^\s\p{L}\p{N}]`
  static let symbol: CharacterClass = [.mark, .other]
}

/// The class of every byte and code point, for lookup.
struct CharacterClassTable {
  /// By byte: the class of an ASCII character, and nothing for a byte of a longer character.
  let ofByte: UnsafePointer<CharacterClass>
  /// By code point, and by what `scalar(in:at:count:)` gives for a byte that is not UTF-8.
  let ofScalar: UnsafePointer<CharacterClass>

  // Safe to share: written once, by the initializer of this constant, before it is visible, then
  // only read; never freed, as it lives as long as the process. 1.1 MB, filled in a millisecond.
  nonisolated(unsafe) static let shared = CharacterClassTable()

  private init() {
    let scalars = UnsafeMutablePointer<CharacterClass>.allocate(capacity: 0x110100)
    let classes: [CharacterClass] = [.other, .upper, .lower, .caseless, .mark, .number, .space]
    for (index, range) in characterClassRanges.enumerated() {
      let first = Int(range >> 3)
      let isLast = index + 1 == characterClassRanges.count
      let end = isLast ? 0x110000 : Int(characterClassRanges[index + 1] >> 3)
      let number = Int(range & 7)
      if number < classes.count {
        (scalars + first).initialize(repeating: classes[number], count: end - first)
      } else {  // Upper and lower case in turn, as in Latin Extended-A.
        for scalar in first..<end {
          (scalars + scalar).initialize(to: (scalar - first).isMultiple(of: 2) ? .upper : .lower)
        }
      }
    }
    (scalars + 0x110000).initialize(repeating: .other, count: 0x100)
    for lineBreak in [0x0A, 0x0D] { scalars[lineBreak] = [.space, .lineBreak] }
    let bytes = UnsafeMutablePointer<CharacterClass>.allocate(capacity: 256)
    bytes.initialize(repeating: [], count: 256)
    bytes.update(from: scalars, count: 128)
    ofByte = UnsafePointer(bytes)
    ofScalar = UnsafePointer(scalars)
  }
}
