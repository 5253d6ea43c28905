import Foundation
import Testing

struct SynthesizeCommandTests {
  @Test func theSameSeedGivesTheSameBytes() async throws {
    let place = try Workplace()
    for folder in ["first", "second"] {
      let result = try await place.run("synthesize", folder, "--items", "300", "--seed", "7")
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.split(separator: "\n").count == 8)
    }
    for name in try place.names(in: "first") {
      let (first, second) = try (
        Data(contentsOf: URL(fileURLWithPath: "\(place.path)/first/\(name)")),
        Data(contentsOf: URL(fileURLWithPath: "\(place.path)/second/\(name)"))
      )
      #expect(first == second && !first.isEmpty)
    }
    let again = try await place.run("synthesize", "first", "--items", "1")
    #expect(again.code == 74 && again.errors.contains("--force"))
    _ = try await place.run("synthesize", "third", "--items", "300", "--seed", "8")
    let name = try #require(try place.names(in: "third").first)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: "\(place.path)/third/\(name)"))
        != Data(contentsOf: URL(fileURLWithPath: "\(place.path)/first/\(name)")))
  }
}

struct StepsCommandTests {
  @Test func listsEveryStepWithItsParameters() async throws {
    let result = try await Workplace().run("steps")
    #expect(result.code == 0)
    for words in [
      "RECORD STEPS", "POOL STEPS", "token-window", "cut-to: 160", "drops too-few-tokens",
      "balance",
      "whole-from: 240", "hold-out", "split",
    ] {
      #expect(result.output.contains(words), "\(words)")
    }
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func listsOneStep() async throws {
    let result = try await Workplace().run("steps", "scrub")
    #expect(result.output.hasPrefix("scrub\n") && !result.output.contains("balance"))
  }

  @Test func printsARecipeThatRunsAsAFile() async throws {
    let place = try Workplace()
    let recipe = try await place.run("steps", "--recipe", "pricer").output
    try place.write(recipe.replacing("name: pricer", with: "name: mine"), to: "mine.yaml")
    _ = try await place.run("synthesize", "raw", "--items", "200")
    let result = try await place.run(
      "run", "--recipe", "mine.yaml", "--tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try place.read("curated/manifest.json").contains("\"mine\""))
  }
}

struct TokenizerCommandTests {
  @Test func tellsSizeHashKindAndNumbers() async throws {
    let result = try await Workplace().run(
      "tokenizer", "bytes.tiktoken", "--tokenizer-kind", "llama3")
    #expect(result.code == 0, "\(result.errors)")
    for words in ["tokens   256", "kind     llama3", "sha256   ", "a token a digit"] {
      #expect(result.output.contains(words), "\(words)")
    }
  }
}

struct VersionTests {
  @Test func namesRecipesAndTokenizer() async throws {
    let result = try await Workplace().run("--version")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 4 && lines[0].hasPrefix("curate "))
    let names = ["recipe course", "recipe pricer", "tokenizer llama3"]
    for (line, name) in zip(lines.dropFirst(), names) {
      #expect(line.hasPrefix("\(name) ") && line.count == name.count + 65, "\(line)")
    }
  }
}
