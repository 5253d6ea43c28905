import CSimdJSON

/// What a `tokenizer.json` asks for besides vocabulary and merges: accepted where this library does
/// it or where it does not change the tokens of a plain text, refused by name otherwise.
struct HuggingFaceSettings {
  let path: String

  /// Checks all but the model and the pre-tokenizer; returns whether text is normalized to form C.
  func check(_ root: JSONValue) throws(TokenizerError) -> Bool {
    try checkNames(
      of: root, in: "the file",
      known: [
        "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
        "post_processor", "decoder", "model",
      ])
    for name in ["truncation", "padding"] where !root[name].isMissing {
      throw unsupported("\"\(name)\"")
    }
    // Post-processors only add special tokens, and offsets.
    let processors = ["ByteLevel", "TemplateProcessing", "RobertaProcessing", "BertProcessing"]
    for processor in steps(root["post_processor"], "processors") {
      let type = processor["type"].text
      if !processors.contains(type) { throw unsupported("the post-processor \"\(type)\"") }
    }
    for decoder in steps(root["decoder"], "decoders") where decoder["type"].text != "ByteLevel" {
      throw unsupported("the decoder \"\(decoder["type"].text)\"")
    }
    let normalizers = steps(root["normalizer"], "normalizers")
    for normalizer in normalizers where normalizer["type"].text != "NFC" {
      throw unsupported("the normalizer \"\(normalizer["type"].text)\"")
    }
    return !normalizers.isEmpty
  }

  /// The family whose pattern the pre-tokenizer has.
  func kind(_ preTokenizer: JSONValue) throws(TokenizerError) -> Tokenizer.Kind {
    let steps = steps(preTokenizer, "pretokenizers")
    for step in steps where !["Split", "ByteLevel"].contains(step["type"].text) {
      throw unsupported("the pre-tokenizer \"\(step["type"].text)\"")
    }
    guard let byteLevel = steps.last, byteLevel["type"].text == "ByteLevel", steps.count <= 2 else {
      throw unsupported("a pre-tokenizer other than one \"Split\", then \"ByteLevel\"")
    }
    // Both are true unless they are said to be false.
    if byteLevel["add_prefix_space"].boolean != false { throw unsupported("\"add_prefix_space\"") }
    let splits = byteLevel["use_regex"].boolean != false
    if steps.count == 1, splits { return .gpt2 }
    guard steps.count == 2, !splits, case let split = steps[0], split["type"].text == "Split" else {
      throw unsupported("a \"Split\" and the pattern of \"ByteLevel\" (\"use_regex\") together")
    }

    // The pieces are what matches; as all of a text does, these two are the same.
    let behavior = split["behavior"].text
    let isInverted = split["invert"].boolean == true
    guard
      (behavior, isInverted) == ("Isolated", false) || (behavior, isInverted) == ("Removed", true)
    else { throw unsupported("the behavior \"\(behavior)\" of \"Split\"") }
    let pattern = split["pattern"]["Regex"].text
    for kind in Tokenizer.Kind.allCases where kind.patterns.contains(withEscapedBreaks(pattern)) {
      return kind
    }
    throw unsupported("the pattern \(pattern.isEmpty ? "of \"Split\"" : pattern)")
  }

  /// Checks the model's settings; returns whether a piece that is a token is not merged.
  func checkModel(_ model: JSONValue) throws(TokenizerError) -> Bool {
    // Files of before 2020 have no type.
    guard model["type"].isMissing || model["type"].text == "BPE" else {
      throw unsupported("the model \"\(model["type"].text)\"")
    }
    try checkNames(
      of: model, in: "the model",
      known: [
        "type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix",
        "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges",
      ])
    if !model["dropout"].isMissing { throw unsupported("\"dropout\"") }
    for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
      let affix = model[name]
      if !affix.isMissing, affix.kind != JSON_STRING || !affix.string.isEmpty {
        throw unsupported("\"\(name)\"")
      }
    }
    // "unk_token" and "fuse_unk" never come to use: every byte has a token.
    if model["byte_fallback"].boolean == true { throw unsupported("\"byte_fallback\"") }
    return model["ignore_merges"].boolean == true
  }

  /// The steps that a normalizer, pre-tokenizer and so on has: none if missing, several if it is a
  /// sequence, in which they are under `name`; sequences in sequences are left as they are.
  private func steps(_ value: JSONValue, _ name: String) -> [JSONValue] {
    if value.isMissing { return [] }
    guard value["type"].text == "Sequence" else { return [value] }
    var steps: [JSONValue] = []
    var members = value[name].members
    while let (_, step) = members.next() { steps.append(step) }
    return steps
  }

  private func checkNames(
    of object: JSONValue, in place: String, known: [String]
  ) throws(TokenizerError) {
    var members = object.members
    while let (name, _) = members.next() {
      let name = String(decoding: name, as: UTF8.self)
      if !known.contains(name) { throw unsupported("\"\(name)\" in \(place)") }
    }
  }

  /// Some files have line breaks themselves in the pattern, where others have `\r\n`.
  private func withEscapedBreaks(_ pattern: String) -> String {
    pattern.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\r": result += #"\r"#
      case "\n": result += #"\n"#
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  private func unsupported(_ what: String) -> TokenizerError {
    TokenizerError(
      .unsupported, path, "This library does not support \(what), so that tokens would differ.")
  }
}
