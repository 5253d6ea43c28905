/// A byte-level byte-pair encoder and decoder: text to the numbers of tokens, and back.
///
/// It encodes any text as ordinary text: no special tokens are added, and text that spells one is
/// text like any other. It does not change after it has been loaded, and may be used from any number
/// of threads at once; copies share their memory.
///
///     let tokenizer = try Tokenizer(contentsOf: "tokenizers/llama3.model")
///     tokenizer.encode("Price is $")
public struct Tokenizer: Sendable {
  /// How the text is cut into pieces.
  public let kind: Kind
  /// The SHA-256 of the file, in lower-case hexadecimal: it names the tokenizer exactly.
  public let sha256: String
  /// The number of ordinary tokens, those that encoding can give, without special and added ones.
  public let vocabularySize: Int
  /// The number of special and other added tokens that the file names: 0 for a tiktoken file, which
  /// has none in it.
  public let addedTokenCount: Int

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
  public init(contentsOf path: String, kind: Kind? = nil) throws(TokenizerError) {
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
  public func encode(_ text: Span<UInt8>, limit: Int = .max, into tokens: inout [UInt32]) {
    text.withUnsafeBufferPointer { encode($0, limit: limit, nil, into: &tokens) }
  }

  /// As `encode`, faster by what `memory` holds of texts that were encoded with it before.
  public func encode(
    _ text: Span<UInt8>, limit: Int = .max, with memory: inout WordMemory,
    into tokens: inout [UInt32]
  ) {
    memory.withEntries { memory in
      text.withUnsafeBufferPointer { encode($0, limit: limit, memory, into: &tokens) }
    }
  }

  /// The tokens of a text, at most `limit` of them.
  public func encode(_ text: String, limit: Int = .max) -> [UInt32] {
    var text = text
    var tokens: [UInt32] = []
    text.withUTF8 { encode($0, limit: limit, nil, into: &tokens) }
    return tokens
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, limit: Int,
    _ memory: UnsafeMutablePointer<WordMemory.Entry>?,
    into tokens: inout [UInt32]
  ) {
    if normalizes, let normalized = Normalization.formC.normalized(text) {
      normalized.withUnsafeBufferPointer {
        encodeNormalized($0, limit: limit, memory, into: &tokens)
      }
    } else {
      encodeNormalized(text, limit: limit, memory, into: &tokens)
    }
  }

  private func encodeNormalized(
    _ text: UnsafeBufferPointer<UInt8>, limit: Int,
    _ memory: UnsafeMutablePointer<WordMemory.Entry>?,
    into tokens: inout [UInt32]
  ) {
    guard let base = text.baseAddress, limit > 0 else { return }
    let end = base + text.count
    let last = limit < .max - tokens.count ? tokens.count + limit : .max
    vocabulary.withLookup { vocabulary in
      merges.withLookup { merges in
        // The pointers are valid in here, and neither scanner nor merger leaves.
        let scanner = PreTokenizer(text: base, count: text.count, kind: kind)
        var merger = BytePairMerger(text: text, vocabulary: vocabulary, merges: merges)
        var position = 0
        while position < text.count, tokens.count < last {
          let next = scanner.endOfPiece(from: position)
          defer { position = next }
          var entry: UnsafeMutablePointer<WordMemory.Entry>?
          let isShort = next - position <= WordMemory.longest && text.count - position >= 16
          if let memory, isShort {
            let key = WordMemory.Key(base + position, next - position)
            let found = memory + key.place
            if found.pointee.key == key {
              for index in 0..<Int(found.pointee.count) {
                tokens.append(found.pointee.tokens[unchecked: index])
              }
              continue
            }
            found.pointee.key = key
            entry = found
          }
          let tokenCount = tokens.count
          let token = vocabulary.token(base + position, next - position, end: end)
          if token != Vocabulary.noToken {
            tokens.append(token)
          } else {
            merger.merge(position..<next, into: &tokens)
          }
          entry?.pointee.setTokens(tokens[tokenCount...])
        }
      }
    }
    if tokens.count > last { tokens.removeLast(tokens.count - last) }
  }

  /// Appends the bytes of `tokens` to `bytes`: UTF-8 if they are the tokens of a whole text, but any
  /// part of them may begin or end within a character. A number that is no token's has no bytes.
  public func decode(_ tokens: Span<UInt32>, into bytes: inout [UInt8]) {
    for index in tokens.indices { bytes.append(contentsOf: vocabulary[tokens[index]]) }
  }

  /// Appends the bytes of the first tokens of `text` to `bytes`: as `decode` does, but without a look
  /// at the tokens' bytes where these are the text's.
  public func decode(_ tokens: [UInt32], of text: [UInt8], into bytes: inout [UInt8]) {
    if normalizes { return decode(tokens.span, into: &bytes) }
    bytes.append(contentsOf: text[..<byteCount(of: tokens)])
  }

  /// How many bytes tokens stand for.
  public func byteCount(of tokens: [UInt32]) -> Int {
    tokens.reduce(0) { $0 + vocabulary[$1].count }
  }

  /// The bytes of a token; none for a number that is no token's.
  public func bytes(of token: UInt32) -> ArraySlice<UInt8> { vocabulary[token] }
}
