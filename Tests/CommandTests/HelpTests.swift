import ArgumentParser
import Testing

@testable import curate

struct HelpTests {
  private static let commands =
    [[]] + Curate.configuration.subcommands.map { [$0.configuration.commandName ?? ""] }

  /// Examples are lines of their own, which begin with `Example: curate`.
  @Test(arguments: commands)
  func everyExampleParses(command: [String]) async throws {
    let help = try await Workplace().run(command + ["--help"])
    #expect(help.code == 0)
    let lines = help.output.split(separator: "\n").map(String.init)
    let wide = lines.filter { $0.count > 80 && !$0.hasPrefix("USAGE: ") }
    #expect(wide.isEmpty)
    let examples = lines.compactMap { line in
      line.firstRange(of: "Example: curate ").map { line[$0.upperBound...].split(separator: " ") }
    }
    #expect(!examples.isEmpty, "\(command) has no example")
    for example in examples.map({ $0.map(String.init) }) {
      #expect(throws: Never.self, "\(example)") { try Curate.parseAsRoot(example) }
      #expect(command.isEmpty || example.first == command.first, "\(example) at \(command)")
    }
  }

  @Test func defaultsOfTheRecipeAreTold() async throws {
    let help = try await Workplace().run(["run", "--help"]).output
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for value in ["42", "400000", "2000"] {
      #expect(help.contains("the recipe's, \(value) in pricer"), "\(value)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionKnowsRecipesAndSteps(shell: String) async throws {
    let script = try await Workplace().run(["--generate-completion-script", shell])
    #expect(script.code == 0)
    for word in ["token-window", "course", "llama3", "--on-corrupt"] {
      #expect(script.output.contains(word.drop { $0 == "-" }), "\(word)")
    }
  }
}
