/// A vocabulary in tiktoken's format: a line for every token, its bytes in base64, a space, and its
/// rank in decimal, which is its number. The ranks begin with 0, leave none out and are in order.
enum TiktokenFile {
  /// Cost: one pass over the file, and no allocation but the vocabulary's.
  static func vocabulary(_ file: FileContents) throws(TokenizerError) -> Vocabulary {
    let text = file.bytes.span
    let values = base64Values()
    var starts: [UInt32] = [0]
    starts.reserveCapacity(text.count / 12)
    var position = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
      while position < text.count, starts.count <= Vocabulary.largestCount,
        let end = readLine(
          text, from: position, rank: starts.count - 1, values: values.span, into: buffer,
          at: &count)
      {
        starts.append(UInt32(count))
        position = end
      }
    }
    guard starts.count > 1 else {
      throw TokenizerError(
        .notATokenizer, file.path, line: 1,
        "Expected a tiktoken file (on each line a token in base64, a space and its rank) or a "
          + "Hugging Face tokenizer.json.")
    }
    guard position == text.count else {
      throw TokenizerError(
        .malformed, file.path, line: starts.count,
        "Expected a token in base64, a space and the rank \(starts.count - 1). "
          + "The file is damaged: fetch it again.")
    }
    do throws(Vocabulary.RepeatedToken) {
      return try Vocabulary(bytes: bytes, starts: starts)
    } catch {
      throw TokenizerError(
        .malformed, file.path, line: error.second + 1,
        "This token stands on line \(error.first + 1), too. The file is damaged: fetch it again.")
    }
  }

  /// Reads the line at `start`, with the rank `expected`, and returns where the next one begins, or
  /// nil if it is no such line. Appends the token's bytes to `tokens`, of which `count` are in use:
  /// they are fewer than the line's, so that a buffer of the text's size has room for all.
  private static func readLine(
    _ text: Span<UInt8>, from start: Int, rank expected: Int, values: Span<UInt8>,
    into tokens: UnsafeMutableBufferPointer<UInt8>, at count: inout Int
  ) -> Int? {
    var position = start
    var bits: UInt32 = 0
    var digits = 0
    while position < text.count, case let value = values[Int(text[position])], value < 64 {
      bits = bits << 6 | UInt32(value)
      digits += 1
      position += 1
      if digits & 3 == 0 {
        tokens[count] = UInt8(truncatingIfNeeded: bits >> 16)
        tokens[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
        tokens[count + 2] = UInt8(truncatingIfNeeded: bits)
        count += 3
      }
    }
    let endOfDigits = position
    while position < text.count, text[position] == UInt8(ascii: "=") { position += 1 }
    switch (digits & 3, position - endOfDigits) {
    case (0, 0) where digits > 0: break
    case (2, 2):
      tokens[count] = UInt8(truncatingIfNeeded: bits >> 4)
      count += 1
    case (3, 1):
      tokens[count] = UInt8(truncatingIfNeeded: bits >> 10)
      tokens[count + 1] = UInt8(truncatingIfNeeded: bits >> 2)
      count += 2
    default: return nil
    }

    guard position < text.count, text[position] == UInt8(ascii: " ") else { return nil }
    position += 1
    let startOfRank = position
    var rank = 0
    while position < text.count, rank <= expected,
      case let digit = text[position] &- UInt8(ascii: "0"), digit < 10
    {
      rank = rank * 10 + Int(digit)
      position += 1
    }
    guard position > startOfRank, rank == expected else { return nil }

    if position < text.count, text[position] == UInt8(ascii: "\r") { position += 1 }
    if position < text.count, text[position] != UInt8(ascii: "\n") { return nil }
    return min(position + 1, text.count)
  }

  /// The value of each base64 digit; 255 for every other byte.
  private static func base64Values() -> [UInt8] {
    var values = [UInt8](repeating: 255, count: 256)
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, digit) in digits.utf8.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }
}
