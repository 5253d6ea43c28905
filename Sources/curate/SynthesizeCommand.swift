import ArgumentParser
import Bytes
import Foundation
import Synthesis

struct SynthesizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Writes sample raw files: invented products in the shape of the real data.",
    discussion: """
      One file for each of eight categories. The same seed gives the same bytes. Files that are there \
      already are replaced with --force only.

      Example: curate synthesize sample --items 20000 --seed 1
      """)

  @Argument(help: "The folder to write to.", completion: .directory)
  var folder: String

  @Option(help: "The lines in all files together.")
  var items = 20_000

  @Option(help: "Another seed gives other products.")
  var seed: UInt64 = 1

  @Flag(help: "Replace files of the same names.")
  var force = false

  func validate() throws {
    guard items >= 0 else { throw ValidationError("--items must be 0 or more, not \(items)") }
  }

  func run() async throws {
    let paths = try await SampleFiles(seed: seed).write(items, to: folder, isForced: force)
    for path in paths { print(StandardOutput.isTerminal ? path.printable : path) }
  }
}
