import Foundation
import Synchronization
import Testing

/// What a machine or a shell may give too little of: the program works with it, or says what is short.
struct ShortMachineFaultsTests {
  /// Numbers of threads bind nobody who is root, and count those of the user's other programs.
  static func asUser(_ number: Int, threads: Int) -> String {
    "exec timeout -s KILL 60 setpriv --reuid=\(number) --regid=\(number) --clear-groups "
      + "prlimit --nproc=\(threads) \"$0\" \"$@\""
  }

  private static let userCount = Atomic<Int>(0)

  /// Another one each time, and for each process that tests.
  private static func nextUser() -> Int {
    100_000 + Int(getpid()) * 64 + userCount.add(1, ordering: .relaxed).oldValue
  }

  static func canBeUsers() async -> Bool {
    let arguments = ["--version"]
    let result = try? await Command.run(
      arguments, in: "/", after: asUser(nextUser(), threads: 50))
    return geteuid() == 0 && result?.code == 0
  }

  /// Where sanitizers keep their books, addresses are no measure.
  static let isPlain = !CommandLine.arguments[0].contains("/sanitize-")

  @Test(
    .enabled("needs root and setpriv") { await canBeUsers() },
    arguments: [
      (["steps"], 1, 74), (["steps"], 2, 0), (["split", "--seed", "4"], 2, 0),
      (["run", "--anew", "--quiet"] + Workplace.options, 2, 0),
      (["split", "--seed", "4"], 3, 0), (["inspect", "B8"], 2, 0),
      (["evaluate", "--guesses", "guesses.csv"], 3, 0), (["synthesize", "sample"], 2, 0),
    ])
  func fewThreadsAreEnough(arguments: [String], threads: Int, code: Int32) async throws {
    let place = try Workplace.withRawRecords()
    let run = try await Command.run(["run", "--quiet"] + Workplace.options, in: place.path)
    #expect(run.code == 0, "\(run.errors)")
    let tests = try place.read("curated/test.jsonl").matches(of: /"id": ?"(B[0-9]+)"/).map(\.1)
    try place.write("id,guess\n" + tests.map { "\($0),5\n" }.joined(), to: "guesses.csv")
    let user = Self.nextUser()
    try place.shell("chown -R \(user):\(user) .")
    let options = arguments[0] == "inspect" ? Array(Workplace.options.dropFirst(2)) : []
    let result = try await Command.run(
      arguments + options, in: place.path, after: Self.asUser(user, threads: threads))
    #expect(result.code == code, "\(result.errors)")
    #expect(code == 0 || result.errors.contains("the system gives no thread"))
  }

  @Test(arguments: [
    ("ulimit -n 12", 74, "12 files may be open at a time, and 16 must be"),
    ("ulimit -S -n 12", 0, ""), ("ulimit -n 16", 0, ""), ("ulimit -s 32", 0, ""),
  ])
  func isToldOrEnough(shell: String, code: Int32, words: String) async throws {
    let place = try Workplace.withRawRecords()
    let result = try await Command.run(
      ["run", "--quiet"] + Workplace.options, in: place.path, after: shell)
    #expect(result.code == code, "\(result.errors)")
    #expect(words.isEmpty ? result.errors.isEmpty : result.errors.contains(words))
  }

  /// With so little the libraries are just loaded, or not even that.
  @Test(.enabled(if: isPlain))
  func littleMemoryIsTold() async throws {
    let place = try Workplace.withRawRecords()
    let result = try await Command.run(
      ["run", "--quiet"] + Workplace.options, in: place.path,
      after: "ulimit -v 150000; exec timeout -s KILL 60 \"$0\" \"$@\"")
    #expect([74, 127].contains(result.code), "\(result.errors)")
    #expect(result.code == 127 || result.errors.contains("ulimit -v"), "\(result.errors)")
  }

  @Test(.enabled("needs to unmount") { await canUnmount() })
  func aMissingProcIsTold() async throws {
    let place = try Workplace()
    let result = try await Command.run(
      ["steps"], in: place.path,
      after: Self.withoutProc + "; exec \"$1\" steps' \"$0\" \"$0\"; exit")
    #expect(result.code == 74 && result.errors.contains("/proc"), "\(result.output)")
  }

  static let withoutProc = "unshare -m sh -c 'umount -l /proc"

  static func canUnmount() async -> Bool {
    let result = try? await Command.run([], in: "/", after: withoutProc + "'; exit")
    return result?.code == 0
  }

  /// What is opened next must not get the number of a stream, into which messages are written.
  @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
  func closedStreamsHarmNothing(streams: String) async throws {
    let place = try Workplace.withRawRecords()
    func run(_ arguments: [String]) async throws -> Int32 {
      try await Command.run(arguments, in: place.path, after: "exec \(streams)").code
    }
    #expect(try await run(["run"] + Workplace.options) == 0)
    #expect(try await run(["split", "--seed", "9"]) == 0)
    let tokenizer = Array(Workplace.options.dropFirst(2))
    let verified = try await place.run(["verify"] + tokenizer)
    #expect(verified.code == 0, "\(verified.output)")
    // What is to be printed and cannot be is an error.
    #expect(try await run(["steps"]) == (streams.contains(">&- ") || streams == ">&-" ? 74 : 0))
    #expect(try await run(["evaluate", "--guesses", "-"]) != 0)
  }

  @Test(arguments: [
    ["run", ""], ["run", "--out", ""], ["run", "--out="], ["verify", ""],
    ["evaluate", "--guesses", "-", "--page", ""],
  ])
  func emptyArgumentsAreRefused(arguments: [String]) async throws {
    let result = try await Workplace.withRawRecords().run(arguments)
    #expect(result.code == 64 && result.errors.contains("an argument is empty"), "\(result.errors)")
  }

  @Test(arguments: [["run", "no\nwhere"], ["run", "--recipe", "\u{1B}[31mno\nwhere"]])
  func messagesStayInTheirLine(arguments: [String]) async throws {
    let result = try await Workplace.withRawRecords().run(arguments)
    #expect(result.code == 66)
    #expect(result.errors.split(separator: "\n").count == 1 && !result.errors.contains("\u{1B}"))
  }
}
