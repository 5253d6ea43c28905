import ArgumentParser
import Contracts
import Engine
import Tokenization

/// The command line. Each command is thin over the library.
struct Curate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curate",
    abstract: "Turns gzipped product metadata into a fine-tuning dataset for price prediction.",
    discussion: """
      Put meta_NAME.jsonl.gz files into raw/ and run 'curate run': the dataset is then in curated/. \
      Without such files, 'curate synthesize' makes some.

      Example: curate synthesize raw --items 20000

      Example: curate run

      Example: curate inspect --random

      Exit codes: 0 all went well, 64 wrong usage, 65 bad data, 66 no input, 74 a fault of the \
      machine, such as a full disk, or an output folder that another run or another's files occupy, \
      78 a bad recipe, 130 interrupted.
      """,
    version: version,
    subcommands: [
      RunCommand.self, SplitCommand.self, InspectCommand.self, StepsCommand.self,
      VerifyCommand.self, EvaluateCommand.self, TokenizerCommand.self, SynthesizeCommand.self,
    ])

  /// The program's version, and the SHA-256 of the recipes in it and of the tokenizer they mean.
  private static let version: String = {
    let recipes = Recipe.builtIn.keys.sorted().compactMap { name in
      (try? Recipe(nameOrPath: name)).map { "recipe \(name) \($0.sha256)" }
    }
    let tokenizers = Tokenizer.Kind.ofPublishedFile.filter { $0.value == .llama3 }.keys
      .map { "tokenizer llama3 \($0)" }
    return (["curate \(curateVersion)"] + recipes + tokenizers).joined(separator: "\n")
  }()
}
