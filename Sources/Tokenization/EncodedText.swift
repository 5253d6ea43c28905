/// A text with its tokens, and where its words begin: what `Tokenizer.count` needs of a text to count
/// those of another that begins alike. Reuse one, and nothing is allocated.
package struct EncodedText: Sendable {
  /// UTF-8.
  package var text: [UInt8] = []
  /// The first tokens of the text.
  package internal(set) var tokens: [UInt32] = []
  /// For each token, where it begins in the text if a piece begins with it, and else `within`.
  var starts: [UInt32] = []

  static let within = UInt32.max

  package init() {}

  /// Tokens at which a word begins behind another, in ASCII letters and with one space between them,
  /// in the part where `other`, from `start` on, is the same text. Such a word is a piece whatever
  /// else the text holds.
  func commonWords(with other: [UInt8], from start: Int) -> (first: Int, last: Int)? {
    let common = other.withUnsafeBytes { other in
      text.withUnsafeBytes {
        $0.commonCount(with: UnsafeRawBufferPointer(rebasing: other[start...]))
      }
    }
    func isWord(_ token: Int) -> Bool {
      guard 1..<max(common, 2) - 1 ~= Int(starts[token]) else { return false }
      let place = Int(starts[token])
      return text[place] == UInt8(ascii: " ") && text[place - 1].isASCIILetter
        && text[place + 1].isASCIILetter
    }
    guard let first = tokens.indices.first(where: isWord),
      let last = tokens.indices.last(where: isWord), first < last
    else { return nil }
    return (first, last)
  }
}

extension UnsafeRawBufferPointer {
  /// How many bytes at the beginning are those of `other`.
  fileprivate func commonCount(with other: UnsafeRawBufferPointer) -> Int {
    let limit = Swift.min(count, other.count)
    var position = 0
    while position + 8 <= limit {
      let ours = loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let theirs = other.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let difference = UInt64(littleEndian: ours ^ theirs)
      if difference != 0 { return position + difference.trailingZeroBitCount >> 3 }
      position += 8
    }
    while position < limit, self[position] == other[position] { position += 1 }
    return position
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
}
