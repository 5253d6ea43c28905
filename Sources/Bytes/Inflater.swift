/// Decompresses gzip members one at a time. The conforming type owns and frees the state of a C
/// library.
package protocol MemberDecoder: ~Copyable {
  init() throws
  /// Makes ready for the next member.
  mutating func reset()
  /// Decompresses until the member ends or one of the buffers is used up. The input is empty only
  /// if there will be no more.
  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodedPart
}

/// What one call of a decoder did.
package struct DecodedPart {
  package enum Outcome {
    case goesOn, memberEnded
    case damaged(String)
  }

  package let consumed: Int
  package let produced: Int
  package let outcome: Outcome
}

/// Decompresses a gzip file, which may have any number of members.
///
/// Use: feed compressed bytes to `inflate` until `isAtMemberEnd` holds when the file ends.
package struct Inflater<Decoder: MemberDecoder & ~Copyable>: ~Copyable {
  private var decoder: Decoder
  /// Whether the bytes given so far end where a member ends: a file may only end here.
  package private(set) var isAtMemberEnd = true
  /// Compressed bytes consumed, over all members.
  package private(set) var consumed = 0

  package init() throws {
    decoder = try Decoder()
  }

  /// What one call of `inflate` did.
  package struct Progress {
    package let consumed: Int
    package let produced: Int
    /// The library's message if it found damage; then nothing more can be read.
    package let damage: String?
  }

  /// Outputs what the library still holds if the file ends in the middle of a member.
  package mutating func drain(into output: UnsafeMutableRawBufferPointer) -> Int {
    guard !isAtMemberEnd, !output.isEmpty else { return 0 }
    let part = decoder.decode(UnsafeRawBufferPointer(start: nil, count: 0), into: output)
    if case .memberEnded = part.outcome { isAtMemberEnd = true }
    return part.produced
  }

  /// Decompresses from `input` to `output` until one of them is used up.
  package mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Progress {
    var consumedNow = 0
    var produced = 0
    while consumedNow < input.count, produced < output.count {
      if isAtMemberEnd {
        // Some programs fill the last block with zeros, which gzip ignores, too.
        if consumed > 0, input[consumedNow] == 0 {
          consumedNow += 1
          consumed += 1
          continue
        }
        guard input[consumedNow] == 0x1F else {
          return Progress(
            consumed: consumedNow, produced: produced, damage: "no gzip data begins here")
        }
        decoder.reset()
        isAtMemberEnd = false
      }
      let part = decoder.decode(
        UnsafeRawBufferPointer(rebasing: input[consumedNow...]),
        into: UnsafeMutableRawBufferPointer(rebasing: output[produced...]))
      consumedNow += part.consumed
      consumed += part.consumed
      produced += part.produced
      switch part.outcome {
      case .goesOn: continue
      case .memberEnded: isAtMemberEnd = true
      case .damaged(let message):
        return Progress(consumed: consumedNow, produced: produced, damage: message)
      }
    }
    return Progress(consumed: consumedNow, produced: produced, damage: nil)
  }
}
