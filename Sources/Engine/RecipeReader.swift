import Bytes
package import Contracts
import PoolSteps
import RecordSteps
package import Yams

/// Reads a recipe's YAML strictly: rejects unknown names, reporting the line and the nearest known
/// name.
struct RecipeReader {
  private let text: String
  private let origin: String
  private let faultCode: CurationError.Code

  /// - Parameter faultCode: the error code if the recipe is invalid.
  init(_ text: String, origin: String, faultCode: CurationError.Code = .badRecipe) {
    self.text = text
    self.origin = origin
    self.faultCode = faultCode
  }

  private static let keys = [
    "name", "summary", "seed", "test-seed", "train", "validation", "test", "record-steps",
    "pool-steps",
  ]

  func recipe() throws -> Recipe {
    guard text.utf8.count <= Recipe.sizeLimit else { throw error(1, "too large for a recipe") }
    let fields = try fields(of: try root(), known: Self.keys, what: "key")
    func count(_ key: String) throws -> Int {
      guard let node = fields[key] else { throw error(1, "'\(key)' is missing") }
      guard let count = node.wholeNumber, count >= 0 else {
        throw error(node, "'\(key)' must be a whole number, 0 or more")
      }
      return count
    }
    func seed(_ key: String) throws -> UInt64 {
      guard let node = fields[key] else { throw error(1, "'\(key)' is missing") }
      guard let seed = node.string.flatMap({ UInt64($0) }) else {
        throw error(node, "'\(key)' must be a whole number, 0 or more")
      }
      return seed
    }
    guard let name = fields["name"]?.string, !name.isEmpty else {
      throw error(1, "'name' is missing")
    }
    let recordSteps = try entries(
      fields["record-steps"], "record-steps", StepCatalogue.recordSteps, nameOf: { $0.name },
      parametersOf: { $0.parameters })
    let poolSteps = try entries(
      fields["pool-steps"], "pool-steps", StepCatalogue.poolSteps, nameOf: { $0.name },
      parametersOf: { $0.parameters })
    try checkOrder(recordSteps)
    try checkOrder(poolSteps)
    if let step = poolSteps.first(where: { $0.type.name == DeduplicateStep.name }),
      !recordSteps.contains(where: { $0.type.stage == .fingerprint })
    {
      throw error(
        step.line, "'\(DeduplicateStep.name)' needs the record step '\(FingerprintStep.name)'")
    }
    try checkPrefix(recordSteps)
    return Recipe(
      name: name, summary: fields["summary"]?.string ?? "",
      sha256: SHA256.hash(of: Array(text.utf8)), text: text,
      request: SelectionRequest(
        seed: try seed("seed"), testSeed: try seed("test-seed"),
        train: try count("train"), validation: try count("validation"), test: try count("test")),
      recordSteps: recordSteps, poolSteps: poolSteps, origin: origin, faultCode: faultCode)
  }

  private func root() throws -> Node {
    do {
      guard let node = try PlainYAML.root(of: text) else { throw error(1, "the recipe is empty") }
      return node
    } catch let fault as PlainYAML.Fault {
      throw error(fault.line, fault.message)
    } catch let problem as YamlError {
      // For these, Yams reports an unrelated error.
      let hint =
        text.contains(/(^|\s)([&*]\w|\?\s)/)
        ? " (anchors, aliases and keys that begin with '?' are not taken)" : ""
      switch problem {
      case .scanner(_, let message, let mark, _), .parser(_, let message, let mark, _),
        .composer(_, let message, let mark, _):
        throw error(mark.line, "not YAML: \(message)\(hint)")
      case .reader(let message, let offset, _, _):
        let line = text.utf8.prefix(offset ?? 0).count { $0 == UInt8(ascii: "\n") } + 1
        throw error(line, "not YAML: \(message)")
      case .duplicatedKeysInMapping(_, let context):
        throw error(context.mark.line, "a key stands twice here")
      default: throw error(1, "not YAML: \(problem)")
      }
    }
  }

  /// The steps of a list whose elements are a name, or a name with parameters.
  private func entries<StepType: Sendable>(
    _ node: Node?, _ key: String, _ types: [StepType], nameOf: (StepType) -> String,
    parametersOf: (StepType) -> [any ParameterDeclaration]
  ) throws -> [Recipe.Entry<StepType>] {
    guard let node, let list = node.sequence, !list.isEmpty else {
      throw error(node, "'\(key)' must be a list of steps")
    }
    return try list.map { element in
      let (nameNode, valuesNode) = try nameAndValues(element, key)
      let name = nameNode.string ?? ""
      guard let type = types.first(where: { nameOf($0) == name }) else {
        throw error(
          nameNode, "'\(name)' is no step of '\(key)'" + nearest(name, in: types.map(nameOf)))
      }
      return Recipe.Entry(
        type: type, values: try values(valuesNode, parametersOf(type), of: name),
        line: line(of: nameNode))
    }
  }

  private func nameAndValues(_ element: Node, _ key: String) throws -> (Node, Node?) {
    if element.scalar != nil { return (element, nil) }
    guard let mapping = element.mapping, mapping.count == 1, let pair = mapping.first else {
      throw error(element, "each of '\(key)' is a step's name, or 'name: {its parameters}'")
    }
    return (pair.key, pair.value)
  }

  private func values(
    _ node: Node?, _ parameters: [any ParameterDeclaration], of step: String
  ) throws -> ParameterValues {
    // `- step:` with nothing after it is the step with its defaults.
    guard let node, node.scalar?.string != "" else { return ParameterValues([:]) }
    let fields = try fields(
      of: node, known: parameters.map(\.name), what: "parameter of '\(step)'")
    var values: [String: ParameterValue] = [:]
    for parameter in parameters {
      guard let node = fields[parameter.name] else { continue }
      guard let value = ParameterValue(node) else {
        throw error(node, "'\(parameter.name)' must be \(parameter.typeName)")
      }
      if let objection = parameter.objection(to: value) { throw error(node, objection) }
      values[parameter.name] = value
    }
    return ParameterValues(values)
  }

  private func fields(of node: Node, known: [String], what: String) throws -> [String: Node] {
    guard let mapping = node.mapping else { throw error(node, "names with values are expected") }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard known.contains(name) else {
        throw error(key, "'\(name)' is no \(what)" + nearest(name, in: known))
      }
      fields[name] = value
    }
    return fields
  }

  /// Record steps must be in stage order, without omitting a required stage. Only contents steps may
  /// be repeated.
  private func checkOrder(_ steps: [Recipe.Entry<any RecordStep.Type>]) throws {
    try checkStandOnce(steps.filter { $0.type.stage != .contents }) { $0.name }
    var latest = steps[0]
    for step in steps {
      guard step.type.lastStage >= latest.type.stage else {
        throw error(
          step.line, "the step '\(step.type.name)' must stand before '\(latest.type.name)'")
      }
      if step.type.stage > latest.type.stage { latest = step }
    }
    for stage in RecordStage.allCases where stage.isRequired {
      guard !steps.contains(where: { $0.type.stage == stage }) else { continue }
      let names = StepCatalogue.recordSteps.filter { $0.stage == stage }.map { "'\($0.name)'" }
      throw error(steps[0].line, "the step \(names.joined(separator: " or ")) is missing")
    }
  }

  /// `split` must come last, and `hold-out`, if present, first.
  private func checkOrder(_ steps: [Recipe.Entry<any PoolStep.Type>]) throws {
    try checkStandOnce(steps) { $0.name }
    let names = steps.map { $0.type.name }
    guard names.last == SplitStep.name else {
      throw error(steps[steps.count - 1].line, "the last pool step must be '\(SplitStep.name)'")
    }
    if let place = names.firstIndex(of: HoldOutStep.name), place > 0 {
      throw error(
        steps[place].line, "the step '\(HoldOutStep.name)' must stand before '\(names[0])'")
    }
  }

  /// `redact-price` must remove the same answer prefix that `prompt` writes.
  private func checkPrefix(_ steps: [Recipe.Entry<any RecordStep.Type>]) throws {
    let written = steps.first { $0.type is PromptStep.Type }?.values[PromptStep.prefix]
    for step in steps where step.type is RedactPriceStep.Type {
      guard step.values[RedactPriceStep.prefix] != written else { continue }
      throw error(
        step.line,
        "the 'prefix' of '\(RedactPriceStep.name)' must be that of '\(PromptStep.name)'")
    }
  }

  private func checkStandOnce<StepType>(
    _ steps: [Recipe.Entry<StepType>], nameOf: (StepType) -> String
  ) throws {
    var seen: Set<String> = []
    for step in steps where !seen.insert(nameOf(step.type)).inserted {
      throw error(step.line, "the step '\(nameOf(step.type))' stands twice")
    }
  }

  private func line(of node: Node?) -> Int { node?.mark?.line ?? 1 }

  private func error(_ node: Node?, _ message: String) -> CurationError {
    error(line(of: node), message)
  }

  private func error(_ line: Int, _ message: String) -> CurationError {
    CurationError(faultCode, "\(origin):\(line): \(message)")
  }
}

extension ParameterValue {
  package init?(_ node: Node) {
    switch node {
    case .scalar(let scalar):
      // Only a plain scalar may be a number: "374" in quotes is a text.
      if scalar.style == .plain, let integer = node.wholeNumber {
        self = .integer(integer)
      } else if scalar.style == .plain, let number = node.float, number.isFinite {
        self = .number(number)
      } else {
        self = .text(scalar.string)
      }
    case .sequence(let sequence):
      let texts = sequence.compactMap { $0.scalar?.string }
      guard texts.count == sequence.count else { return nil }
      self = .texts(texts)
    case .mapping(let mapping):
      var weights: [String: Int] = [:]
      for (key, value) in mapping {
        guard let name = key.string, let weight = value.wholeNumber else { return nil }
        weights[name] = weight
      }
      self = .weights(weights)
    case .alias: return nil
    }
  }
}
