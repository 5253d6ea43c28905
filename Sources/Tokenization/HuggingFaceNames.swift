import CSimdJSON

/// The tokens of a `tokenizer.json` by their numbers: those of its model's vocabulary, and those that
/// it adds to them.
struct HuggingFaceNames {
  /// The bytes of all tokens, one after the other; a number without a token has none.
  private var bytes: [UInt8] = []
  private var starts: [UInt32] = [0]
  /// Whether a token is of the vocabulary and made of bytes, so that encoding may give it.
  private(set) var isOrdinary: [Bool]
  /// The number of the vocabulary's tokens that are not among the added ones.
  let ordinaryCount: Int
  let addedCount: Int

  private typealias Name = UnsafeBufferPointer<UInt8>

  init(_ vocabulary: JSONValue, added: JSONValue, path: String) throws(TokenizerError) {
    guard vocabulary.kind == JSON_OBJECT, vocabulary.count > 0 else {
      throw TokenizerError(.malformed, path, "The model's \"vocab\" is no object, or empty.")
    }
    var names: [Name?] = []
    func makeRoom(for name: Name, _ number: Int?) throws(TokenizerError) -> Int {
      guard let number, (0..<Vocabulary.largestCount).contains(number) else {
        throw TokenizerError(
          .malformed, path,
          "The token \(Self.quoted(name)) has no number from 0 to \(Vocabulary.largestCount - 1).")
      }
      if number >= names.count {
        names.append(contentsOf: repeatElement(nil, count: number + 1 - names.count))
      }
      return number
    }

    var members = vocabulary.members
    var count = 0
    while let (name, value) = members.next() {
      let number = try makeRoom(for: name, value.integer)
      if let other = names[number] {
        throw TokenizerError(
          .malformed, path,
          "The tokens \(Self.quoted(other)) and \(Self.quoted(name)) have the same number.")
      }
      names[number] = name
      count += 1
    }
    isOrdinary = names.map { $0 != nil }

    var addedNumbers: Set<Int> = []
    members = added.members
    while let (_, token) = members.next() {
      let name = token["content"].string
      let number = try makeRoom(for: name, token["id"].integer)
      guard addedNumbers.insert(number).inserted else { continue }
      if names[number] == nil { names[number] = name } else { count -= 1 }
    }
    addedCount = addedNumbers.count
    ordinaryCount = count

    isOrdinary.append(contentsOf: repeatElement(false, count: names.count - isOrdinary.count))
    starts.reserveCapacity(names.count + 1)
    for (number, name) in names.enumerated() {
      if let name {
        // What is not spelled as bytes stands for itself, as in Hugging Face's decoder.
        let isSpelled = isOrdinary[number] && ByteToUnicode.append(bytesOf: name[...], to: &bytes)
        if !isSpelled {
          isOrdinary[number] = false
          bytes.removeLast(bytes.count - Int(starts[number]))
          bytes.append(contentsOf: name)
        }
      }
      starts.append(UInt32(bytes.count))
    }
  }

  /// The vocabulary, of which those tokens can be looked up that `isIncluded`.
  func vocabulary(
    path: String, isIncluded: (Int) -> Bool
  ) throws(TokenizerError) -> Vocabulary {
    do throws(Vocabulary.RepeatedToken) {
      return try Vocabulary(bytes: bytes, starts: starts, isOrdinary: isIncluded)
    } catch {
      throw TokenizerError(
        .malformed, path, "The tokens \(error.first) and \(error.second) have the same name.")
    }
  }

  private static func quoted(_ name: Name) -> String {
    "\"\(String(decoding: name, as: UTF8.self))\""
  }
}
