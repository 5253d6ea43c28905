import ArgumentParser
import Bytes
import Foundation
import Synchronization

/// The main thread waits for signals, and does little else, since its stack may be small. The command runs on
/// threads of its own.
@main
enum Main {
  private static let task = Mutex<Task<Never, Never>?>(nil)

  static func main() {
    Limits.occupyStandardStreams()
    Limits.saveAddresses()
    // A file that may not grow is an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    Interruption.install()
    guard startThread(begin) else {
      StandardError.endAtOnce(
        """
        curate: the system gives no thread: end other programs, or raise the limits of processes and of address \
        space (ulimit -u, ulimit -v)\n
        """)
      _exit(CurationError.Code.inputOutput.rawValue)
    }
    Interruption.await { task.withLock { $0?.cancel() } }
  }

  private static func begin() {
    do { try Limits.check() } catch { fail(error.description, error.code) }
    let workers = Workers()
    task.withLock { $0 = Task(executorPreference: workers) { await run() } }
    if Interruption.hasBegun { task.withLock { $0?.cancel() } }
    workers.serve()
  }

  private static func run() async -> Never {
    do {
      try checkArguments()
      var command = try Curate.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      guard fflush(nil) == 0 else { fail("the output cannot be written", .inputOutput) }
      exit(0)
    } catch let error as CurationError {
      // What has line feeds is a name that somebody gave a file.
      fail(error.description.printable, error.code)
    } catch is CancellationError {
      fail("interrupted; nothing was changed", .interrupted)
    } catch {
      let code = Curate.exitCode(for: error)
      if code.isSuccess { Curate.exit(withError: error) }
      StandardError.endDisplay()
      StandardError.say(Curate.fullMessage(for: error))
      exit(code.rawValue)
    }
  }

  /// Errors: of those that mean nothing to any command.
  private static func checkArguments() throws(CurationError) {
    // Swift's library takes them from there.
    guard let program = CommandLine.arguments.first, !program.isEmpty else {
      throw CurationError(
        .inputOutput, "the arguments cannot be read: /proc is not mounted, which curate needs")
    }
    let isEmpty = CommandLine.arguments.dropFirst().contains {
      $0.isEmpty || $0.hasPrefix("--") && $0.hasSuffix("=")
    }
    if isEmpty {
      throw CurationError(.usage, "an argument is empty; is a variable of the shell not set?")
    }
  }

  private static func fail(_ message: String, _ code: CurationError.Code) -> Never {
    StandardError.endDisplay()
    StandardError.say("curate: \(message)\(code == .interrupted ? Interruption.remark : "")")
    exit(code.rawValue)
  }
}
