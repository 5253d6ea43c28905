import CSimdJSON

/// A byte-level byte-pair tokenizer in Hugging Face's `tokenizer.json`.
///
/// The file can ask for much more than this library does. What does not change the tokens of a plain
/// text is passed over; everything else that is not known here is an error that names it.
struct HuggingFaceFile {
  let kind: Tokenizer.Kind
  let vocabulary: Vocabulary
  let merges: MergeTable
  let normalizes: Bool
  let vocabularySize: Int
  let addedTokenCount: Int

  /// Cost: that of some hundred thousand lookups of names and pairs, about 20 ns a byte.
  init(_ file: FileContents) throws(TokenizerError) {
    var reason: UnsafePointer<CChar>?
    guard let tree = json_tree_parse(file.bytes, file.bytes.count, &reason) else {
      throw TokenizerError(
        .malformed, file.path, "Not JSON: \(reason.map { String(cString: $0) } ?? "")")
    }
    defer { json_tree_free(tree) }  // Every JSONValue is used up by then.
    let root = JSONValue(json_tree_root(tree))
    guard case let model = root["model"], model.kind == JSON_OBJECT else {
      throw TokenizerError(
        .notATokenizer, file.path, "JSON, but not a tokenizer.json: it has no \"model\".")
    }
    let settings = HuggingFaceSettings(path: file.path)
    normalizes = try settings.check(root)
    kind = try settings.kind(root["pre_tokenizer"])
    let ignoresMerges = try settings.checkModel(model)

    let names = try HuggingFaceNames(model["vocab"], added: root["added_tokens"], path: file.path)
    let every = try names.vocabulary(path: file.path) { names.isOrdinary[$0] }
    try every.requireByteTokens(path: file.path)
    let merges = try HuggingFaceFile.merges(model["merges"], every, path: file.path)
    self.merges = merges
    vocabularySize = names.ordinaryCount
    addedTokenCount = names.addedCount

    // A piece that is a token is that token at once only if its bytes would merge to it.
    let whole = ignoresMerges ? nil : HuggingFaceFile.wholeTokens(every, merges)
    if let whole, zip(whole, names.isOrdinary).contains(where: { !$0 && $1 }) {
      vocabulary = try names.vocabulary(path: file.path) { names.isOrdinary[$0] && whole[$0] }
    } else {
      vocabulary = every
    }
  }

  /// Reads the merges, strings `"a b"` or pairs `["a", "b"]`, first things first.
  private static func merges(
    _ list: JSONValue, _ vocabulary: Vocabulary, path: String
  ) throws(TokenizerError) -> MergeTable {
    func malformed(_ rank: Int, _ what: String) -> TokenizerError {
      TokenizerError(.malformed, path, "Merge \(rank + 1) \(what).")
    }
    guard list.kind == JSON_ARRAY, list.count < Vocabulary.largestCount - 1 else {
      throw TokenizerError(
        .malformed, path, "The model's \"merges\" are no list, or too long a one.")
    }
    var table = MergeTable(count: list.count)
    var members = list.members
    var bytes: [UInt8] = []
    var rank = 0
    while let (_, merge) = members.next() {
      bytes.removeAll(keepingCapacity: true)
      var middle = 0
      var isReadable = true
      if merge.kind == JSON_STRING {
        let parts = merge.string.split(
          separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2 else {
          throw malformed(rank, "is not two tokens with a space between")
        }
        isReadable = ByteToUnicode.append(bytesOf: parts[0], to: &bytes)
        middle = bytes.count
        isReadable = isReadable && ByteToUnicode.append(bytesOf: parts[1], to: &bytes)
      } else {
        var parts = merge.members
        guard merge.kind == JSON_ARRAY, merge.count == 2, let left = parts.next()?.value,
          let right = parts.next()?.value
        else { throw malformed(rank, "is not a pair of tokens") }
        isReadable = ByteToUnicode.append(bytesOf: left.string[...], to: &bytes)
        middle = bytes.count
        isReadable = isReadable && ByteToUnicode.append(bytesOf: right.string[...], to: &bytes)
      }
      let tokens = vocabulary.withLookup { lookup in
        bytes.withUnsafeBufferPointer { bytes -> (UInt32, UInt32, UInt32)? in
          guard isReadable, middle > 0, middle < bytes.count, let base = bytes.baseAddress else {
            return nil
          }
          let end = base + bytes.count
          return (
            lookup.token(base, middle, end: end),
            lookup.token(base + middle, bytes.count - middle, end: end),
            lookup.token(base, bytes.count, end: end)
          )
        }
      }
      guard let (left, right, merged) = tokens, left != Vocabulary.noToken,
        right != Vocabulary.noToken, merged != Vocabulary.noToken
      else {
        throw malformed(rank, "is of tokens, or makes one, that the vocabulary does not have")
      }
      guard table.insert(left, right, rank: UInt32(rank), token: merged) else {
        throw malformed(rank, "stands in the list twice")
      }
      rank += 1
    }
    return table
  }

  /// Of each token, whether its bytes merge to it.
  private static func wholeTokens(_ vocabulary: Vocabulary, _ merges: MergeTable) -> [Bool] {
    vocabulary.withLookup { lookup in
      merges.withLookup { merges in
        vocabulary.bytes.withUnsafeBufferPointer { text in
          var merger = BytePairMerger(text: text, vocabulary: lookup, merges: merges)
          var tokens: [UInt32] = []
          return (0..<vocabulary.count).map { token in
            let range = Int(vocabulary.starts[token])..<Int(vocabulary.starts[token + 1])
            guard !range.isEmpty else { return false }
            let missing = max(0, range.count - tokens.count)
            tokens.append(contentsOf: repeatElement(0, count: missing))
            let count = tokens.withUnsafeMutableBufferPointer {
              merger.merge(range, to: $0.baseAddress!)
            }
            return count == 1 && tokens[0] == UInt32(token)
          }
        }
      }
    }
  }
}
