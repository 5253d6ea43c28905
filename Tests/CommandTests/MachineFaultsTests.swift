import Testing

/// Faults of the machine, made by the shell that starts the program: it ends with its code and a reason, and
/// the old outputs stay.
struct MachineFaultsTests {
  @Test(arguments: [
    ("ulimit -f 40", [], 74, "pool.sqlite: disk I/O error"),
    ("true", ["--out", "/proc/nowhere/dataset"], 74, "cannot be made"),
    ("true", ["--out", "raw/meta_Toys.jsonl"], 74, "is a file"),
    ("rm raw/*", [], 66, "raw"),
    ("ulimit -n 32", [], 0, ""),
    ("export TMPDIR=/nowhere HOME=/nowhere", [], 0, ""),
  ])
  func isToldAndTheOldOutputsStay(
    shell: String, more: [String], code: Int32, words: String
  ) async throws {
    let place = try Workplace.withRawRecords()
    let arguments = ["run", "--anew", "--quiet"] + Workplace.options + more
    let first = try await Command.run(["run"] + Workplace.options, in: place.path)
    #expect(first.code == 0, "\(first.errors)")
    let before = try place.read("curated/manifest.json")
    let result = try await Command.run(arguments, in: place.path, after: shell)
    #expect(result.code == code, "\(result.errors)")
    #expect(words.isEmpty ? result.errors.isEmpty : result.errors.contains(words))
    #expect(try place.read("curated/manifest.json") == before)
  }
}
