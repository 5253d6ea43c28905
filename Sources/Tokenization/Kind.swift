extension Tokenizer {
  /// A family of tokenizers: the regular expression that cuts a text into pieces before byte pairs
  /// are merged. The patterns are those of tiktoken 0.14 and of the models' own repositories, with
  /// the classes of Unicode 16.0.
  package enum Kind: String, Sendable, CaseIterable {
    /// GPT-2 (`r50k_base`).
    case gpt2
    /// GPT-4 (`cl100k_base`).
    case gpt4
    /// GPT-4o (`o200k_base`), and Llama 4.
    case gpt4o
    /// Llama 3, 3.1, 3.2 and 3.3.
    case llama3
    /// Qwen 1 to 3. Its tiktoken file means text in Unicode's normalization form C.
    case qwen2

    /// The family's name, for people.
    package var description: String {
      switch self {
      case .gpt2: "GPT-2"
      case .gpt4: "GPT-4"
      case .gpt4o: "GPT-4o"
      case .llama3: "Llama 3"
      case .qwen2: "Qwen 2"
      }
    }

    /// The patterns that a `tokenizer.json` may have for this family: all mean the same.
    var patterns: [String] {
      switch self {
      case .gpt2:
        [
          #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
          #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
          #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#,
        ]
      case .gpt4:
        [
          #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+|"#
            + #" ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#
        ]
      case .gpt4o:
        [
          #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
            + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#
            + #"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
            + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#
            + #"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
        ]
      case .llama3: [Self.patternByLetters(digits: #"\p{N}{1,3}"#)]
      case .qwen2: [Self.patternByLetters(digits: #"\p{N}"#)]
      }
    }

    private static func patternByLetters(digits: String) -> String {
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + digits
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    /// A tiktoken file has no pattern in it: the published files are known by their SHA-256.
    package static let ofPublishedFile: [String: Kind] = [
      "82e9d31979e92ab929cd544440f129d9ecd797b69e327f80f17e1c50d5551b55": .llama3,
      "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7": .gpt4,
      "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d": .gpt4o,
      "d0bdbaf59b0762c8c807617e2d8ea51420eb1b1de266df2495be755c8e0ed6ed": .gpt4o,
      "b2b1b8dfb5cc5f024bafc373121c6aba3f66f9a5a0269e243470a1de16a33186": .qwen2,
      "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930": .gpt2,
    ]
  }
}
