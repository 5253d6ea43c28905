import Benchmark
import Foundation

@testable import Tokenization

/// Microbenchmarks of the parts of a run, over 500 sample records: divide a time by 500 for that of a
/// record. Or, with a file of texts, each ended by U+001E: the seconds that the tokenizer takes to load
/// and to encode them.
@main
enum Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    let environment = ProcessInfo.processInfo.environment
    let path = environment["CURATE_TOKENIZER"] ?? "tokenizers/llama3.model"
    if arguments.count == 3, arguments[1] == "encode" {
      return try timeEncoding(of: arguments[2], tokenizer: path)
    }
    let tokenizer = try Tokenizer(contentsOf: path)
    let records = try Records(count: 500, tokenizer: tokenizer)
    var suites = [encoding(records), inputAndOutput(records), workers(records)]
    for recipe in ["course", "pricer"] { suites.append(try steps(of: recipe, records)) }
    Benchmark.main(suites)
  }

  /// Prints the seconds that loading and encoding took, and the tokens.
  private static func timeEncoding(of textPath: String, tokenizer path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: textPath)))
    let clock = ContinuousClock()
    var loaded: Tokenizer?
    let loading = try clock.measure { loaded = try Tokenizer(contentsOf: path) }
    guard let tokenizer = loaded else { return }
    let texts = bytes.split(separator: 0x1E).map { Array($0) }
    var (count, tokens): (Int, [UInt32]) = (0, [])
    let encoding = clock.measure {
      for text in texts {
        tokens.removeAll(keepingCapacity: true)
        tokenizer.encode(text.span, into: &tokens)
        count += tokens.count
      }
    }
    print(loading / .seconds(1), encoding / .seconds(1), count)
  }
}
