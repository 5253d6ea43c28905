import ArgumentParser
import Bytes
import Contracts
import Engine

struct StepsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps",
    abstract: "Lists every step that a recipe may have, with its parameters and reasons.",
    discussion: """
      Example: curate steps token-window

      Example: curate steps --recipe pricer
      """)

  @Argument(
    help: "A step's name; all steps without one.",
    completion: .list(steps.map { $0.name }))
  var step: String?

  @Option(
    help: ArgumentHelp("Print a built-in recipe instead, to start one's own.", valueName: "name"),
    completion: .list(Recipe.builtIn.keys.sorted()))
  var recipe: String?

  private static let steps: [any Step.Type] = StepCatalogue.recordSteps + StepCatalogue.poolSteps

  func run() throws {
    if let recipe {
      print(try Recipe(nameOrPath: recipe).text, terminator: "")
      return
    }
    let chosen = Self.steps.filter { step == nil || $0.name == step }
    guard !chosen.isEmpty else {
      let names = Self.steps.map { $0.name }.joined(separator: ", ")
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
    say(step.summary, indent: "  ")
    for parameter in step.parameters {
      print("  \(parameter.name): \(parameter.defaultValue)")
      say("\(parameter.summary) (\(parameter.typeName))", indent: "      ")
    }
    for reason in (step as? any RecordStep.Type)?.dropReasons ?? [] {
      say("drops \(reason.name): \(reason.summary)", indent: "  ")
    }
    print()
  }

  private func say(_ text: String, indent: String) {
    print(wrapped(text, lead: indent, width: min(80, StandardOutput.width)).joined(separator: "\n"))
  }
}
