/// Unicode's normalization form C, as the Unicode Standard's annex 15 has it, over UTF-8.
///
/// Most text has no character that the form may change, and is found so in one look at each. Of what
/// is left, only the runs of such characters, and what stands before each, are normalized.
struct Normalization {
  private var decompositions: [UInt32: (first: UInt32, second: UInt32)] = [:]
  private var compositions: [UInt64: UInt32] = [:]
  private var combiningClasses: [UInt32: UInt8] = [:]
  /// A bit for each code point, and for bytes that are not UTF-8: whether the form may change it, or
  /// join it to what precedes.
  private var doubtful = [UInt64](repeating: 0, count: 0x110100 / 64)

  static let formC = Normalization()

  private init() {
    let mask: UInt64 = 1 << 21 - 1
    for entry in canonicalDecompositions {
      let (composed, first, second) = (entry & mask, entry >> 21 & mask, entry >> 43)
      decompositions[UInt32(composed)] = (UInt32(first), UInt32(second))
      if entry >> 42 & 1 == 1 { compositions[first << 32 | second] = UInt32(composed) }
    }
    for (range, next) in zip(combiningClassRanges, combiningClassRanges.dropFirst()) {
      guard range & 0xFF > 0 else { continue }
      for scalar in range >> 8..<next >> 8 { combiningClasses[scalar] = UInt8(range & 0xFF) }
    }
    for index in stride(from: 0, to: normalizationQuickCheckBounds.count, by: 2) {
      let bounds = normalizationQuickCheckBounds
      for scalar in bounds[index]..<bounds[index + 1] {
        doubtful[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63)
      }
    }
  }

  /// The text in form C; nil if it is so already. Bytes that are not UTF-8 stay as they are.
  func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    // The first character that the form may change is U+0300, and begins with this byte.
    guard let base = text.baseAddress, text.contains(where: { $0 >= 0xCC }) else { return nil }
    var result: [UInt8] = []
    var copied = 0
    var starter = 0
    var position = 0
    while position < text.count {
      var (scalar, end) = scalar(in: base, at: position, count: text.count)
      guard isDoubtful(scalar) else {
        starter = position
        position = end
        continue
      }
      repeat {
        position = end
        guard position < text.count else { break }
        (scalar, end) = Tokenization.scalar(in: base, at: position, count: text.count)
      } while isDoubtful(scalar)
      result.append(contentsOf: text[copied..<starter])
      normalize(UnsafeBufferPointer(rebasing: text[starter..<position]), into: &result)
      copied = position
      starter = position
    }
    guard copied > 0 else { return nil }
    result.append(contentsOf: text[copied...])
    return result
  }

  private func isDoubtful(_ scalar: UInt32) -> Bool {
    doubtful[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1
  }

  private func normalize(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    guard let base = text.baseAddress else { return }
    var scalars: [(scalar: UInt32, combiningClass: UInt8)] = []
    var position = 0
    while position < text.count {
      let (scalar, end) = scalar(in: base, at: position, count: text.count)
      decompose(scalar, into: &scalars)
      position = end
    }
    orderMarks(of: &scalars)
    for scalar in compose(scalars) { append(scalar, to: &result) }
  }

  /// Appends the characters of the full decomposition. Hangul syllables stay whole: they compose no
  /// less so.
  private func decompose(
    _ scalar: UInt32, into scalars: inout [(scalar: UInt32, combiningClass: UInt8)]
  ) {
    if let (first, second) = decompositions[scalar] {
      decompose(first, into: &scalars)
      if second != 0 { decompose(second, into: &scalars) }
      return
    }
    scalars.append((scalar, combiningClasses[scalar] ?? 0))
  }

  /// Sorts each run of marks by class; marks of one class stay in order.
  private func orderMarks(of scalars: inout [(scalar: UInt32, combiningClass: UInt8)]) {
    var start = 0
    while start < scalars.count {
      var end = start
      while end < scalars.count, scalars[end].combiningClass > 0 { end += 1 }
      if end - start > 1 {
        let marks = scalars[start..<end].enumerated().sorted {
          ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
        }
        scalars.replaceSubrange(start..<end, with: marks.map(\.element))
      }
      start = end + 1
    }
  }

  private func compose(_ scalars: [(scalar: UInt32, combiningClass: UInt8)]) -> [UInt32] {
    var result: [UInt32] = []
    var starter: Int?
    var lastClass: UInt8 = 0
    for (scalar, combiningClass) in scalars {
      // Joins the last starter, unless one of its class or a higher one stands between.
      if let starter, lastClass == 0 || lastClass < combiningClass,
        let composed = composition(result[starter], scalar)
      {
        result[starter] = composed
        continue
      }
      if combiningClass == 0 { starter = result.count }
      lastClass = combiningClass
      result.append(scalar)
    }
    return result
  }

  private func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first &- 0x1100 < 19, second &- 0x1161 < 21 {
      return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
    }
    if first &- 0xAC00 < 11172, (first - 0xAC00) % 28 == 0, second &- 0x11A8 < 27 {
      return first + (second - 0x11A7)
    }
    return compositions[UInt64(first) << 32 | UInt64(second)]
  }
}
