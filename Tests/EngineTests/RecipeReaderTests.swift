import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import Engine
@testable import PoolSteps
@testable import RecordSteps

struct RecipeReaderTests {
  private static let head = """
    name: mine
    seed: 1
    test-seed: 2
    train: 10
    validation: 3
    test: 4

    """
  private static let poolSteps = "pool-steps: [split]\n"

  private func read(_ text: String) throws -> Recipe {
    try RecipeReader(text, origin: "mine.yaml").recipe()
  }

  @Test(arguments: Recipe.builtIn.keys.sorted())
  func builtInRecipesAreWhole(name: String) throws {
    let recipe = try Recipe(nameOrPath: name)
    #expect(recipe.name == name)
    #expect(!recipe.summary.isEmpty)
    _ = try recipe.makeRecordSteps(StepResources(tokenizer: try byteTokenizer()))
    _ = try recipe.makePoolSteps()
  }

  @Test func readsWhatItSays() throws {
    let recipe = try read(
      Self.head + """
        record-steps:
          - price: {minimum: 2, maximum: 3.5}
          - assemble:
          - token-window
          - prompt: {question: "374", prefix: How many?}
        pool-steps:
          - balance:
              weights: {Automotive: 2}
          - split
        """)
    #expect(
      recipe.request == SelectionRequest(seed: 1, testSeed: 2, train: 10, validation: 3, test: 4))
    let prices = recipe.recordSteps[0].values
    #expect(prices[PriceStep.minimum] == 2 && prices[PriceStep.maximum] == 3.5)
    #expect(recipe.recordSteps[2].values[TokenWindowStep.cutTo] == 160)
    #expect(recipe.recordSteps[3].values[PromptStep.question] == "374")
    #expect(recipe.poolSteps[0].values[BalanceStep.weights] == ["Automotive": 2])
    #expect(recipe.recordSteps.map(\.line) == [8, 9, 10, 11])
  }

  @Test(arguments: [
    ("sead: 1\n", ":1: 'sead' is no key; did you mean 'seed'?"),
    (
      "record-steps:\n  - prise\n",
      ":2: 'prise' is no step of 'record-steps'; did you mean 'price'?"
    ),
    (
      "record-steps:\n  - price: {minimun: 1}\n",
      ":2: 'minimun' is no parameter of 'price'; did you mean 'minimum'?"
    ),
    ("record-steps:\n  - price:\n      minimum: low\n", ":3: 'minimum' must be a number"),
    ("record-steps:\n  - length: {more-than: -1}\n", ":2: 'more-than' must be 0 or more"),
    ("record-steps:\n  - prompt: {question: 374}\n", ":2: 'question' must be a text"),
    ("record-steps:\n  - price\n  - price\n", ":3: the step 'price' stands twice"),
    (
      "record-steps:\n  - assemble\n  - price\n",
      ":3: the step 'price' must stand before 'assemble'"
    ),
    ("record-steps:\n  - price\n  - assemble\n  - prompt\n", "the step 'token-window' is missing"),
    (
      "record-steps: [price, assemble, redact-price, token-window, prompt: {prefix: It costs $}]\n",
      ":1: the 'prefix' of 'redact-price' must be that of 'prompt'"
    ),
    ("record-steps: price\n", ":1: 'record-steps' must be a list of steps"),
    ("record-steps: [\n", "not YAML"), ("record-steps:\n  - [price]\n", ":2: each of"),
    ("", "'record-steps' must be a list"),
  ])
  func refusesRecordSteps(text: String, message: String) throws {
    try expectFault(text + Self.poolSteps + Self.head, message)
  }

  @Test(arguments: [
    ("pool-steps: [balance, balance, split]", "the step 'balance' stands twice"),
    ("pool-steps: [split, balance]", "the last pool step must be 'split'"),
    ("pool-steps: [balance, hold-out, split]", "the step 'hold-out' must stand before 'balance'"),
    ("pool-steps: [{balance: {weights: {Toys: 0}}}, split]", "whole numbers between 1 and 1000"),
    ("pool-steps: [{hold-out: {per-thousand: 1000}}, split]", "between 1 and 999"),
  ])
  func refusesPoolSteps(text: String, message: String) throws {
    let recordSteps = "record-steps: [price, assemble, token-window, prompt]\n"
    try expectFault(Self.head + recordSteps + text, message)
  }

  @Test(arguments: ["seed: -1", "train: many", "test: 1.5", "name: ''"])
  func refusesBadHeads(line: String) throws {
    let key = line.prefix { $0 != ":" }
    let head = Self.head.split(separator: "\n").filter { !$0.hasPrefix("\(key):") }
      .joined(separator: "\n")
    let steps = "\nrecord-steps: [price, assemble, token-window, prompt]\n" + Self.poolSteps
    try expectFault("\(line)\n" + head + steps, ":1: '\(key)'")
  }

  /// Yams would be at it for ever, or overflow.
  @Test(arguments: [
    ("a: &a [x, x]\nb: [*a, *a]\n", ":1: anchors and aliases ('&a [x, x]') are not taken"),
    ("name: *x\n", ":1: anchors and aliases ('*x') are not taken"),
    ("x: 1\n? *x\n: 2\n", "are not taken"), ("? [a, b]\n", ":1: keys that begin with '?'"),
    ("{[a]: b}\n", ":1: a key must be a word"),
    (
      "a: \(String(repeating: "[", count: 500))\(String(repeating: "]", count: 500))\n",
      ":1: nested"
    ),
    ("\(String(repeating: "- ", count: 800))x\n", ":1: nested more than 16 levels deep"),
    ("train: 9999999999999999:59\n", ":1: 'train' must be a whole number"),
    ("name: a\0b\n", ":1: not YAML: control characters"),
    ("# \(String(repeating: "x", count: 1 << 20))\n", ":1: too large for a recipe"),
  ])
  func refusesWhatStandsForMore(text: String, message: String) throws {
    let head = text.hasPrefix("train") ? Self.head.replacing("train: 10\n", with: "") : ""
    let steps = "record-steps: [price, assemble, token-window, prompt]\n" + Self.poolSteps
    try expectFault(text + (head.isEmpty ? "" : head + steps), message)
  }

  /// The characters that such things begin with may stand in any text.
  @Test func keepsTextsAsTheyAre() throws {
    let recipe = try read(
      Self.head + """
        summary: "*a &b ?"  # *c &d
        record-steps:
          - price
          - assemble: {omit-details: [Batteries Included?, '*x', R&D, a *b, "? c"]}
          - token-window
          - prompt: {question: "&How *much*? \u{E000}"}
        pool-steps: [split]
        """)
    #expect(recipe.summary == "*a &b ?")
    #expect(
      recipe.recordSteps[1].values[Parameter<[String]>("omit-details", default: [], "")]
        == ["Batteries Included?", "*x", "R&D", "a *b", "? c"])
    #expect(recipe.recordSteps[3].values[PromptStep.question] == "&How *much*? \u{E000}")
  }

  @Test func valuesThatDoNotGoTogetherAreToldWithTheirLine() throws {
    let recipe = try read(
      Self.head + """
        record-steps:
          - price
          - assemble
          - token-window: {more-than: 9, cut-to: 8}
          - prompt
        pool-steps: [split]
        """)
    let error = #expect(throws: CurationError.self) {
      try recipe.makeRecordSteps(StepResources(tokenizer: try byteTokenizer()))
    }
    #expect(error?.code == .badRecipe)
    #expect(error?.description.hasPrefix("mine.yaml:10: 'more-than' (9)") == true)
  }

  @Test func namesNeitherBuiltInNorAFile() throws {
    let error = #expect(throws: CurationError.self) { try Recipe(nameOrPath: "corse") }
    #expect(error?.code == .noInput)
    #expect(error?.description.contains("did you mean 'course'?") == true)
  }

  private func expectFault(_ text: String, _ message: String) throws {
    let error = #expect(throws: CurationError.self) { try read(text) }
    #expect(error?.code == .badRecipe)
    let description = error?.description ?? ""
    #expect(description.hasPrefix("mine.yaml:") && description.contains(message), "\(description)")
  }
}
