import ArgumentParser
import Curation

struct StepsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps",
    abstract: "Lists every step that a recipe may have, with its parameters and reasons.",
    discussion: "Example: curate steps token-window")

  @Argument(help: "A step's name; all steps without one.")
  var step: String?

  @Option(
    help: ArgumentHelp("Print a built-in recipe instead, to start one's own.", valueName: "name"))
  var recipe: String?

  func run() throws {
    if let recipe {
      print(try Recipe(nameOrPath: recipe).text, terminator: "")
      return
    }
    let steps: [any Step.Type] = StepCatalogue.recordSteps + StepCatalogue.poolSteps
    let chosen = steps.filter { step == nil || $0.name == step }
    guard !chosen.isEmpty else {
      let names = steps.map { $0.name }.joined(separator: ", ")
      throw CurationError(.usage, "no step is named '\(step ?? "")'; the steps are \(names)")
    }
    if step == nil { print("RECORD STEPS judge or rewrite one item.\n") }
    for type in chosen {
      if step == nil, type.name == StepCatalogue.poolSteps.first?.name {
        print("POOL STEPS see all items of the pool.\n")
      }
      describe(type)
    }
  }

  private func describe(_ step: any Step.Type) {
    print("\(step.name)")
    print(wrapped(step.summary, indent: "  "))
    for parameter in step.parameters {
      print("  \(parameter.name): \(parameter.defaultValue)")
      print(wrapped("\(parameter.summary) (\(parameter.typeName))", indent: "      "))
    }
    for reason in (step as? any RecordStep.Type)?.dropReasons ?? [] {
      print(wrapped("drops \(reason.name): \(reason.summary)", indent: "  "))
    }
    print()
  }

  private func wrapped(_ text: String, indent: String, width: Int = 80) -> String {
    var lines: [String] = []
    var line = indent
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > width, line != indent {
        lines.append(line)
        line = indent
      }
      line += (line == indent ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
