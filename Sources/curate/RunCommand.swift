import ArgumentParser
import Contracts
import Engine
import RawData

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Makes a dataset of raw files.",
    discussion: """
      Reads the .jsonl and .jsonl.gz files, takes every product through the recipe's steps, and \
      writes train, validation and test splits, the pool they were chosen from, and a manifest. The \
      folder changes only when all has succeeded. A file that an earlier run into the folder has \
      read, be it an interrupted one, is taken over from it if neither the file, nor the tokenizer, \
      nor the recipe's record steps, nor the program has changed since. The same files, recipe and \
      seed give the same bytes, whatever --jobs is and wherever the files lie.

      Example: curate run raw/ --out curated --seed 7
      """)

  @Argument(help: "Raw files, or folders with raw files.", completion: .file())
  var raw = ["raw"]

  @OptionGroup var out: OutOption
  @OptionGroup var recipeOptions: RecipeOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var fileOptions: FileOptions
  @OptionGroup var jobs: JobsOption

  @Option(
    help: ArgumentHelp(
      "What a damaged gzip file does: 'stop' the run, or 'skip' the rest of the file.",
      valueName: "stop|skip"))
  var onCorrupt = DamagePolicy.stop

  @Flag(help: "Write rejects.jsonl.gz: every dropped record with file, line and reason.")
  var rejects = false

  @Flag(help: "Read every file, also those that an earlier run has read and that are as they were.")
  var anew = false

  @Flag(help: "Do everything and tell the figures, but leave the folder as it is.")
  var dryRun = false

  @Flag(help: "Tell where the time went, on standard error.")
  var profile = false

  @Flag(help: "Say nothing but errors and warnings.")
  var quiet = false

  func run() async throws {
    let fileRequest = try fileOptions.request()
    let recipe = try Recipe(nameOrPath: recipeOptions.recipe)
    DatasetBuilder.recover(out.folder)
    let files = try RawFiles.find(raw, excluding: out.folder, onCorrupt)
    let builder = DatasetBuilder(
      SplitMaker(
        recipe: recipe, request: selection.request(over: recipe.request), files: fileRequest,
        jobs: jobs.count),
      try recipeOptions.loadTokenizer(), keepsRejects: rejects,
      resumes: !anew,
      profile: profile ? Profile() : nil)
    let display = quiet ? nil : ProgressDisplay(builder.progress, files)
    let manifest = try await builder.run(files, into: out.folder, isDry: dryRun)
    if let seconds = display?.finish() {
      let earlierFiles = builder.progress.state.earlierSources
      RunSummary(
        manifest,
        dryRun ? .dryRun(seconds: seconds) : .run(seconds: seconds, earlierFiles: earlierFiles),
        next: NextCommands(folder: out.folder, raw: raw, recipeOptions), reasons: recipe.reasons,
        profile: builder.profile
      ).show()
    } else {
      DatasetNotes(manifest).showReading()
      if let profile = builder.profile {
        for line in ProfileTable(profile).lines { StandardError.say(line) }
      }
    }
    DatasetNotes.showKeptAside(builder.progress, in: out.folder)
  }
}

extension DamagePolicy: ExpressibleByArgument {}
