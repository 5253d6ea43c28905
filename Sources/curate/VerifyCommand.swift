import ArgumentParser
import Audit
import Bytes
import DatasetFiles

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks a finished dataset: every hash, count and row.",
    discussion: """
      Checks that files are those of the manifest, that counts reconcile, that every row keeps the \
      recipe's bounds, that nothing stands twice or on both sides of the splits, and that the splits \
      are what the seed gives. Raw files are not looked at: what the manifest says of them is \
      believed. Names the first offender of each kind, and exits with 65 if there is \
      one.

      Example: curate verify curated
      """)

  @Argument(help: "The dataset's folder.", completion: .directory)
  var folder = "curated"

  @Option(
    help: ArgumentHelp("The tokenizer that the dataset was made with.", valueName: "file"),
    completion: .file())
  var tokenizer = RecipeOptions.usualTokenizer

  @OptionGroup var kind: TokenizerKindOption

  func run() async throws {
    let tokenizer = try kind.load(tokenizer)
    let (findings, manifest) = try await reading(folder) {
      var verifier = try Verifier(folder: folder, tokenizer: tokenizer)
      return (try await verifier.verify(), try Manifest(folder: folder))
    }
    for finding in findings.all {
      let others = finding.count > 1 ? " (and \(grouped(finding.count - 1)) more)" : ""
      print("\(finding.kind): \(finding.first)\(others)".printable)
    }
    guard findings.isEmpty else {
      throw CurationError(.badData, "\(folder): not a dataset to trust")
    }
    print("\(folder.printable): all checks passed")
    // What it is, it is; and that may be incomplete.
    DatasetNotes(manifest).showReading()
  }
}
