/// Reads the character at `position` in UTF-8 of `count` bytes, as the Unicode Standard's table 3-7
/// has it. A byte that begins no well-formed character is one of its own: 0x110000 plus the byte.
@inline(__always)
func scalar(
  in text: UnsafePointer<UInt8>, at position: Int, count: Int
) -> (scalar: UInt32, end: Int) {
  let lead = UInt32(text[position])
  if lead < 0x80 { return (lead, position + 1) }
  if lead >= 0xC2, position + 1 < count, case let second = UInt32(text[position + 1]) ^ 0x80,
    second < 0x40
  {
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, position + 2) }
    if position + 2 < count, case let third = UInt32(text[position + 2]) ^ 0x80, third < 0x40 {
      if lead < 0xF0 {
        let scalar = (lead & 0x0F) << 12 | second << 6 | third
        if scalar >= 0x800, scalar >> 11 != 0x1B { return (scalar, position + 3) }
      } else if lead < 0xF5, position + 3 < count,
        case let fourth = UInt32(text[position + 3]) ^ 0x80, fourth < 0x40
      {
        let scalar = (lead & 0x07) << 18 | second << 12 | third << 6 | fourth
        if scalar >= 0x10000, scalar < 0x110000 { return (scalar, position + 4) }
      }
    }
  }
  return (0x110000 + lead, position + 1)
}

/// Appends what `scalar(in:at:count:)` reads as `scalar`.
func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
  func append(_ value: UInt32) { bytes.append(UInt8(truncatingIfNeeded: value)) }
  func continuation(_ shift: UInt32) { append(0x80 | scalar >> shift & 0x3F) }
  switch scalar {
  case ..<0x80, 0x110000...:
    append(scalar)
  case ..<0x800:
    append(0xC0 | scalar >> 6)
    continuation(0)
  case ..<0x10000:
    append(0xE0 | scalar >> 12)
    continuation(6)
    continuation(0)
  default:
    append(0xF0 | scalar >> 18)
    continuation(12)
    continuation(6)
    continuation(0)
  }
}
