/// A byte-level byte-pair encoder and decoder: text to the numbers of tokens, and back.
///
/// It encodes any text as ordinary text: no special tokens are added, and text that spells one is
/// text like any other. It does not change after it has been loaded, and may be used from any number
/// of threads at once; copies share their memory.
///
///     let tokenizer = try Tokenizer(contentsOf: "tokenizers/llama3.model")
///     tokenizer.encode("Price is $")
package struct Tokenizer: Sendable {
  /// How the text is cut into pieces.
  package let kind: Kind
  /// The SHA-256 of the file, in lower-case hexadecimal: it names the tokenizer exactly.
  package let sha256: String
  /// The number of ordinary tokens, those that encoding can give, without special and added ones.
  package let vocabularySize: Int
  /// The number of special and other added tokens that the file names: 0 for a tiktoken file, which
  /// has none in it.
  let addedTokenCount: Int

  private let vocabulary: Vocabulary
  /// nil for a tiktoken file, whose ranks are the merges.
  private let merges: MergeTable?
  private let normalizes: Bool

  /// Loads a tiktoken file (`tokenizer.model`, `*.tiktoken`) or a Hugging Face `tokenizer.json`.
  ///
  /// A tiktoken file does not say how text is cut into pieces. The published ones of Llama 3 and 4,
  /// GPT-2, GPT-4, GPT-4o and Qwen are known by their SHA-256; for any other, `kind` says it. If `kind` is
  /// given, it counts. A `tokenizer.json` says it itself, and if `kind` is given, it must be the
  /// same.
  ///
  /// Of a `tokenizer.json`, everything that changes the tokens of a plain text is done or refused,
  /// but for one thing: text that spells an added token is ordinary text, too.
  ///
  /// - Throws: An error that says what is wrong with the file, if it cannot be read, is not of
  ///   either format, is damaged, or asks for something that is not done here.
  /// - Complexity: Linear in the size of the file: about 15 ms for 128,000 tokens of a tiktoken file,
  ///   which then take 7 MB of memory; for a `tokenizer.json` ten times as long, and twice as much.
  package init(contentsOf path: String, kind: Kind? = nil) throws(TokenizerError) {
    let file = try FileContents(path: path)
    sha256 = try file.sha256()
    if file.firstCharacter == UInt8(ascii: "{") {
      let contents = try HuggingFaceFile(file)
      self.kind = contents.kind
      vocabulary = contents.vocabulary
      merges = contents.merges
      normalizes = contents.normalizes
      vocabularySize = contents.vocabularySize
      addedTokenCount = contents.addedTokenCount
      if let kind, kind != contents.kind {
        throw TokenizerError(
          .unsupported, path,
          "The file is of the kind \(contents.kind.rawValue), and cannot be used as "
            + "\(kind.rawValue).")
      }
    } else {
      vocabulary = try TiktokenFile.vocabulary(file)
      try vocabulary.requireByteTokens(path: path)
      guard let kind = kind ?? Kind.ofPublishedFile[sha256] else {
        throw TokenizerError(
          .unsupported, path,
          "A tiktoken file does not say how text is cut into pieces, and this is none of those "
            + "known. Say its kind: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      self.kind = kind
      merges = nil
      normalizes = kind == .qwen2
      vocabularySize = vocabulary.count
      addedTokenCount = 0
    }
  }

  /// Appends the tokens of a UTF-8 text to `tokens`.
  ///
  /// - Parameters:
  ///   - text: Any bytes. One that is not part of well-formed UTF-8 counts as a symbol.
  ///   - limit: The most tokens to append: they are the first of all. What comes after the piece
  ///     that has the last of them is not encoded.
  /// - Complexity: Linear in the text, and n log n in the bytes of a single piece, such as a word.
  ///   Allocates nothing but room in `tokens`, except for pieces of more than 255 bytes, 48 bytes a
  ///   byte, and for text that has to be normalized.
  package func encode(_ text: Span<UInt8>, limit: Int = .max, into tokens: inout [UInt32]) {
    var starts: [UInt32] = []
    text.withUnsafeBufferPointer { encode($0, limit: limit, nil, into: &tokens, &starts) }
  }

  /// Finds the first tokens of a text, faster by what `memory` holds of texts that were encoded with
  /// it before.
  package func encode(
    _ encoded: inout EncodedText, limit: Int = .max, with memory: inout TokenCache
  ) {
    encoded.tokens.removeAll(keepingCapacity: true)
    encoded.starts.removeAll(keepingCapacity: true)
    let text = encoded.text
    memory.withEntries { memory in
      text.withUnsafeBufferPointer {
        encode($0, limit: limit, memory, into: &encoded.tokens, &encoded.starts)
      }
    }
  }

  /// The number of tokens of `text`, which from `start` on begins like another: between the first two
  /// words that agree and the last, the tokens are those of the other.
  package func count(
    of text: [UInt8], from start: Int, knowing encoded: EncodedText, with memory: inout TokenCache
  ) -> Int {
    // Normalized text has its words in other places.
    guard !normalizes, let (first, last) = encoded.commonWords(with: text, from: start) else {
      return count(of: text.span, with: &memory)
    }
    let head = text.span.extracting(0..<start + Int(encoded.starts[first]))
    let tail = text.span.extracting((start + Int(encoded.starts[last]))...)
    return count(of: head, with: &memory) + last - first + count(of: tail, with: &memory)
  }

  private func count(of text: Span<UInt8>, with memory: inout TokenCache) -> Int {
    guard !normalizes else {
      var tokens: [UInt32] = []
      encode(text, into: &tokens)
      return tokens.count
    }
    return memory.withEntries { memory in
      text.withUnsafeBufferPointer { text in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * text.count) { room in
          guard !text.isEmpty, let tokens = room.baseAddress else { return 0 }
          return writeTokens(of: text, limit: .max, memory, to: tokens, tokens + text.count)
        }
      }
    }
  }

  /// The tokens of a text, at most `limit` of them.
  package func encode(_ text: String, limit: Int = .max) -> [UInt32] {
    var text = text
    var (tokens, starts): ([UInt32], [UInt32]) = ([], [])
    text.withUTF8 { encode($0, limit: limit, nil, into: &tokens, &starts) }
    return tokens
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, limit: Int,
    _ memory: UnsafeMutablePointer<TokenCache.Entry>?,
    into tokens: inout [UInt32], _ starts: inout [UInt32]
  ) {
    if normalizes, let normalized = Normalization.formC.normalized(text) {
      normalized.withUnsafeBufferPointer {
        encodeNormalized($0, limit: limit, memory, into: &tokens, &starts)
      }
    } else {
      encodeNormalized(text, limit: limit, memory, into: &tokens, &starts)
    }
  }

  private func encodeNormalized(
    _ text: UnsafeBufferPointer<UInt8>, limit: Int,
    _ memory: UnsafeMutablePointer<TokenCache.Entry>?,
    into tokens: inout [UInt32], _ starts: inout [UInt32]
  ) {
    guard !text.isEmpty, limit > 0 else { return }
    let start = tokens.count
    // No token is shorter than a byte.
    tokens.append(contentsOf: repeatElement(0, count: text.count))
    starts.append(contentsOf: repeatElement(EncodedText.within, count: text.count))
    let count = tokens.withUnsafeMutableBufferPointer { tokens in
      starts.withUnsafeMutableBufferPointer { starts in
        writeTokens(
          of: text, limit: limit, memory, to: tokens.baseAddress! + start, starts.baseAddress!)
      }
    }
    tokens.removeLast(tokens.count - start - min(count, limit))
    starts.removeLast(starts.count - min(count, limit))
  }

  /// Writes tokens to `output`, where there is room for one for each byte, until there are `limit` or
  /// more, and gives their number. The text is not empty.
  private func writeTokens(
    of text: UnsafeBufferPointer<UInt8>, limit: Int,
    _ memory: UnsafeMutablePointer<TokenCache.Entry>?, to output: UnsafeMutablePointer<UInt32>,
    _ starts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let base = text.baseAddress!
    let end = base + text.count
    var count = 0
    vocabulary.withLookup { vocabulary in
      merges.withLookup { merges in
        // The pointers are valid in here, and neither scanner nor merger leaves.
        let scanner = PreTokenizer(text: base, count: text.count, kind: kind)
        var merger = BytePairMerger(text: text, vocabulary: vocabulary, merges: merges)
        var pieces = InlineArray<16, Piece>(repeating: Piece())
        var position = 0
        while position < text.count, count < limit {
          // Some pieces at a time: what memory holds of them is on its way while others are looked for.
          var found = 0
          while found < pieces.count, position < text.count {
            let isFarFromEnd = text.count - position >= 16
            let short = isFarFromEnd ? scanner.endOfShortPiece(from: position) : nil
            let next = short ?? scanner.endOfPiece(from: position)
            pieces[found] = Piece(
              start: position, count: next - position,
              entry: isFarFromEnd ? memory?.entry(of: base + position, next - position) : nil)
            position = next
            found += 1
          }
          for index in 0..<found where count < limit {
            let piece = pieces[index]
            starts[count] = UInt32(truncatingIfNeeded: piece.start)
            count += encode(piece, vocabulary, &merger, end: end, to: output + count)
          }
        }
      }
    }
    return count
  }

  /// A piece, and where in memory its tokens are, if they are.
  private struct Piece {
    var start = 0
    var count = 0
    var entry: UnsafeMutablePointer<TokenCache.Entry>?
  }

  /// Writes the tokens of a piece, and gives their number.
  @inline(__always)
  private func encode(
    _ piece: Piece, _ vocabulary: Vocabulary.Lookup, _ merger: inout BytePairMerger,
    end: UnsafePointer<UInt8>, to output: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let text = merger.text + piece.start
    if let entry = piece.entry {
      let key = TokenCache.Key(text, piece.count)
      if entry.pointee.key == key { return entry.pointee.writeTokens(to: output) }
      entry.pointee.key = key
    }
    let token = vocabulary.token(text, piece.count, end: end)
    var count = 1
    if token != Vocabulary.noToken {
      output.pointee = token
    } else {
      count = merger.merge(piece.start..<piece.start + piece.count, to: output)
    }
    piece.entry?.pointee.setTokens(output, count)
    return count
  }

  /// Appends the bytes of `tokens` to `bytes`: UTF-8 if they are the tokens of a whole text, but any
  /// part of them may begin or end within a character. A number that is no token's has no bytes.
  package func decode(_ tokens: Span<UInt32>, into bytes: inout [UInt8]) {
    for index in tokens.indices { bytes.append(contentsOf: vocabulary[tokens[index]]) }
  }

  /// Appends the bytes of its tokens to `bytes`: as `decode` does, but without a look at the tokens'
  /// bytes where these are the text's.
  package func decode(_ encoded: EncodedText, into bytes: inout [UInt8]) {
    if normalizes { return decode(encoded.tokens.span, into: &bytes) }
    let piece = encoded.starts.lastIndex { $0 != EncodedText.within } ?? 0
    let rest = encoded.tokens[piece...].reduce(0) { $0 + vocabulary[$1].count }
    bytes.append(
      contentsOf: encoded.text[..<(Int(encoded.starts.isEmpty ? 0 : encoded.starts[piece]) + rest)])
  }

  /// The bytes of a token; none for a number that is no token's.
  package func bytes(of token: UInt32) -> ArraySlice<UInt8> { vocabulary[token] }
}
