import ArgumentParser
import Bytes
import Tokenization

struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer",
    abstract: "Tells a tokenizer's size, hash and kind, and how it spells prices.",
    discussion: "Example: curate tokenizer tokenizers/llama3.model")

  @Argument(help: "A tiktoken file or a Hugging Face tokenizer.json.", completion: .file())
  var file: String

  @OptionGroup var kind: TokenizerKindOption

  func run() throws {
    let tokenizer = try kind.load(file)
    print("tokens   \(grouped(tokenizer.vocabularySize))")
    print("kind     \(tokenizer.kind.rawValue), as \(tokenizer.kind.description) has it")
    print("sha256   \(tokenizer.sha256)")
    print("numbers  \(spelling(tokenizer))")
  }

  /// How the numbers 0 to 999 are spelled: this decides whether a price is one guess or three.
  private func spelling(_ tokenizer: Tokenizer) -> String {
    let counts = (0...999).map { tokenizer.encode(String($0)).count }
    if counts.allSatisfy({ $0 == 1 }) { return "each of 0 to 999 is one token" }
    if (0...999).allSatisfy({ counts[$0] == String($0).count }) { return "a token a digit" }
    return (1...3).map { count in "\(counts.filter { $0 == count }.count) of 0 to 999 in \(count)" }
      .joined(separator: ", ") + " tokens"
  }
}
