import Foundation
import Testing

/// Pipes in the place of files, readers that go away, and signals.
struct StreamTests {
  /// Runs what a shell makes of `script`, in which `"$0" "$@"` is the command.
  private func run(
    _ arguments: [String], in place: Workplace, by script: String
  ) async throws -> Command.Result {
    try await Command.run(arguments, in: place.path, after: "\(script); exit")
  }

  private func makeDataset() async throws -> Workplace {
    let place = try Workplace.withRawRecords()
    let result = try await Command.run(["run", "--quiet"] + Workplace.options, in: place.path)
    #expect(result.code == 0, "\(result.errors)")
    let ids = try place.read("curated/test.jsonl").matches(of: /"id": ?"(B[0-9]+)"/).map(\.1)
    try place.write("id,guess\n" + ids.map { "\($0),5\n" }.joined(), to: "guesses.csv")
    return place
  }

  @Test func aRunGoesOnWithoutAReaderOfItsMessages() async throws {
    let place = try Workplace.withRawRecords()
    let script = #"{ sleep 0.2; "$0" "$@" 2>&1 >/dev/null; echo $? >code; } | true"#
    _ = try await run(["run"] + Workplace.options, in: place, by: script)
    #expect(try place.read("code") == "0\n")
    #expect(try place.names(in: "curated").contains("manifest.json"))
  }

  @Test func withoutAReaderOfItsOutputACommandEndsQuietly() async throws {
    let place = try Workplace()
    let script = #"{ sleep 0.2; "$0" "$@" 2>errors; echo $? >code; } | true"#
    _ = try await run(["steps"], in: place, by: script)
    #expect(try place.read("code") == "\(128 + SIGPIPE)\n")
    #expect(try place.read("errors") == "")
  }

  @Test func recipeItemsAndGuessesMayComeFromPipes() async throws {
    let place = try await makeDataset()
    let manifest = try place.read("curated/manifest.json")
    let recipe =
      ["run", "--anew", "--quiet", "--recipe", "/dev/stdin"] + Workplace.options.dropFirst(2)
    let made = try await run(recipe, in: place, by: #"cat small.yaml | "$0" "$@""#)
    #expect(made.code == 0, "\(made.errors)")
    #expect(try place.read("curated/manifest.json") == manifest)
    for (arguments, file) in [
      (["--guesses", "/dev/stdin"], "guesses.csv"), (["--guesses", "-"], "guesses.csv"),
      (["--guesses", "guesses.csv", "--test", "/dev/stdin"], "curated/test.jsonl"),
    ] {
      let result = try await run(
        ["evaluate", "--json"] + arguments, in: place, by: #"cat \#(file) | "$0" "$@""#)
      #expect(result.code == 0 && result.output.contains("mean_error"), "\(result.errors)")
    }
    let tokenizer = try await run(
      ["tokenizer", "/dev/stdin"], in: place, by: #"cat bytes.tiktoken | "$0" "$@""#)
    #expect(tokenizer.code == 66 && tokenizer.errors.contains("a pipe"), "\(tokenizer.errors)")
    let endless = try await run(
      ["run", "--recipe", "/dev/zero"], in: place, by: #""$0" "$@""#)
    #expect(endless.code == 78 && endless.errors.contains("too large"), "\(endless.errors)")
  }

  /// Nobody ever writes to the pipe.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ["run", "--recipe", "pipe"], ["evaluate", "--guesses", "pipe"],
      ["evaluate", "--guesses", "guesses.csv", "--test", "pipe"],
    ], [SIGINT, SIGTERM])
  func waitingEndsWithASignal(arguments: [String], signal: Int32) async throws {
    let place = try Workplace.withRawRecords()
    try place.write("id,guess\nB1,3\n", to: "guesses.csv")
    try place.shell("mkfifo pipe")
    let running = try Command.start(arguments, in: place.path)
    try await Task.sleep(for: .milliseconds(300))
    // Twice, as `timeout` does.
    running.signal(signal)
    running.signal(signal)
    let result = try await running.finish()
    #expect(result.code == 130 && result.errors.contains("nothing was changed"), "\(result.errors)")
  }

  /// Nobody ever reads from the pipe, and opening it cannot be broken off.
  @Test(.timeLimit(.minutes(1))) func whatIsStuckEndsWithTheSecondSignal() async throws {
    let place = try await makeDataset()
    try place.shell("mkfifo pipe")
    let running = try Command.start(
      ["evaluate", "--guesses", "guesses.csv", "--page", "pipe"], in: place.path)
    try await Task.sleep(for: .milliseconds(500))
    running.signal(SIGTERM)
    try await Task.sleep(for: .milliseconds(500))
    running.signal(SIGTERM)
    let result = try await running.finish()
    #expect(result.code == 130 && result.errors == "curate: interrupted\n", "\(result.errors)")
  }
}
