import ArgumentParser
import Curation
import Dispatch
import Foundation
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

      Exit codes: 0 all went well, 64 wrong usage, 65 bad data, 66 no input, 74 a fault of the disk or \
      file system, 78 a bad recipe, 130 interrupted.
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

@main
enum Main {
  static func main() async {
    let task = Task {
      var command = try Curate.parseAsRoot()
      if var command = command as? AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    }
    // A file that may not grow is an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    // The first signal ends the work in order, the second at once.
    let signals = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { @Sendable in
        if task.isCancelled {
          Terminal.endDisplayIfPossible()
          _exit(CurationError.Code.interrupted.rawValue)
        }
        task.cancel()
      }
      source.resume()
      return source
    }
    defer { for signal in signals { signal.cancel() } }
    do {
      try await task.value
      guard fflush(nil) == 0 else { fail("the output cannot be written", .inputOutput) }
    } catch let error as CurationError {
      fail(error.description, error.code)
    } catch is CancellationError {
      fail("interrupted; nothing was changed", .interrupted)
    } catch {
      let code = Curate.exitCode(for: error)
      if code.isSuccess { Curate.exit(withError: error) }
      Terminal.endDisplay()
      Terminal.say(Curate.fullMessage(for: error))
      exit(code.rawValue)
    }
  }

  private static func fail(_ message: String, _ code: CurationError.Code) -> Never {
    Terminal.endDisplay()
    Terminal.say("curate: \(message)")
    exit(code.rawValue)
  }
}
