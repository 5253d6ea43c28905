import ArgumentParser
import Engine

struct SplitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Makes new splits from the pool, without the raw files.",
    discussion: """
      The recipe is the one that the pool was made with, and what is not given here is as it was \
      last. With the default recipe the test split stays as it is whatever --seed and --train are.

      Example: curate split --seed 7 --train 20000
      """)

  @OptionGroup var out: OutOption
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var fileOptions: FileOptions
  @OptionGroup var jobs: JobsOption

  @Flag(help: "Say nothing but errors and warnings.")
  var quiet = false

  func run() async throws {
    let progress = RunProgress()
    let display = quiet ? nil : ProgressDisplay(progress)
    let manifest = try await SplitMaker.remake(out.folder, jobs: jobs.count, progress: progress) {
      $0.request = selection.request(over: $0.request)
      $0.files = try fileOptions.request(over: $0.files)
    }
    if display?.finish() != nil {
      RunSummary(manifest, .split, next: NextCommands(folder: out.folder)).show()
    }
    DatasetNotes.showKeptAside(progress, in: out.folder)
  }
}
