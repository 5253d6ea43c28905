import Foundation
import Testing

/// The built program, run as a process.
struct Command {
  struct Result {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The binary beside the tests' own.
  private static let binary: URL = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    while !FileManager.default.isExecutableFile(
      atPath: folder.appendingPathComponent("curate").path),
      folder.path != "/"
    {
      folder.deleteLastPathComponent()
    }
    return folder.appendingPathComponent("curate")
  }()

  /// - Parameter shell: a command for the shell that the program is started by, such as `ulimit`.
  static func run(
    _ arguments: [String], in folder: String, after shell: String? = nil
  ) async throws -> Result {
    guard let shell else { return try await start(arguments, in: folder).finish() }
    let script = ["-c", "\(shell); exec \"$0\" \"$@\"", binary.path]
    return try await Running(URL(fileURLWithPath: "/bin/sh"), script + arguments, folder).finish()
  }

  /// The lines that a program shows in a terminal of so many columns, without colours.
  static func linesInTerminal(
    of columns: Int, _ arguments: [String], in folder: String
  ) async throws -> [String] {
    let command = "stty cols \(columns) rows 24; NO_COLOR=1 TERM=dumb '$0' $*"
    let result = try await run(
      arguments, in: folder, after: "exec script -qec \"\(command)\" /dev/null")
    return result.output.split(whereSeparator: \.isNewline).map(String.init)
  }

  static func start(_ arguments: [String], in folder: String) throws -> Running {
    try Running(binary, arguments, folder)
  }

  /// A program that has been started. Its output goes to files, which never fill up as pipes do.
  final class Running {
    private let process = Process()
    private let outputPath: String
    private let errorPath: String

    fileprivate init(_ binary: URL, _ arguments: [String], _ folder: String) throws {
      let stem = "\(NSTemporaryDirectory())curate-\(UUID().uuidString)"
      outputPath = stem + ".out"
      errorPath = stem + ".err"
      for path in [outputPath, errorPath] { try Data().write(to: URL(fileURLWithPath: path)) }
      process.executableURL = binary
      process.arguments = arguments
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
      try process.run()
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func finish() async throws -> Result {
      while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
      let texts = try [outputPath, errorPath].map { path in
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try String(contentsOfFile: path, encoding: .utf8)
      }
      return Result(code: process.terminationStatus, output: texts[0], errors: texts[1])
    }
  }
}

/// A folder for a test to run the program in, with a tokenizer of single bytes as `bytes.tiktoken`.
final class Workplace {
  let path = "\(NSTemporaryDirectory())curate-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let bytes = (0...255).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)\n" }.joined()
    try write(bytes, to: "bytes.tiktoken")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }

  /// Replaces a file by its first bytes, compressed.
  func gzip(_ name: String, keeping count: Int) throws {
    try shell("gzip -c '\(name)' | head -c \(count) > '\(name).gz' && rm '\(name)'")
  }

  /// Runs a command of the shell's in the folder.
  func shell(_ command: String) throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", command]
    shell.currentDirectoryURL = URL(fileURLWithPath: path)
    try shell.run()
    shell.waitUntilExit()
    try #require(shell.terminationStatus == 0, "\(command)")
  }

  func run(_ arguments: String...) async throws -> Command.Result {
    try await run(arguments)
  }

  func run(_ arguments: [String]) async throws -> Command.Result {
    try await Command.run(arguments, in: path)
  }
}

extension Workplace {
  /// A place with a few raw records, a recipe and a tokenizer that fit them.
  static func withRawRecords() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(recipe, to: "small.yaml")
    let lines = (0..<40).map { number in
      #"{"parent_asin": "B\#(number)", "title": "Product number \#(number)", "#
        + #""price": \#(number == 3 ? "null" : "\(number).5"), "features": ["good", "cheap"]}"#
    }
    try workplace.write((lines + ["garbage"]).joined(separator: "\n"), to: "raw/meta_Toys.jsonl")
    return workplace
  }

  /// The options of a run with them.
  static let options = [
    "--recipe", "small.yaml", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3",
  ]

  private static let recipe = """
    name: small
    seed: 1
    test-seed: 2
    train: 20
    validation: 2
    test: 2
    record-steps:
      - price
      - assemble
      - token-window: {more-than: 10, cut-to: 40}
      - prompt
    pool-steps: [hold-out: {per-thousand: 200}, balance, split]

    """
}
