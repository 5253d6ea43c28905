import Bytes

/// A value as written in a recipe.
package enum ParameterValue: Equatable, Sendable {
  case integer(Int)
  case number(Double)
  case text(String)
  case texts([String])
  case weights([String: Int])
}

/// The types that a parameter may have.
package protocol ParameterType: Sendable {
  /// For messages: `a whole number`.
  static var typeName: String { get }
  init?(_ value: ParameterValue)
  var parameterValue: ParameterValue { get }
}

/// A parameter as a step declares it, whatever its type.
package protocol ParameterDeclaration: Sendable {
  var name: String { get }
  var summary: String { get }
  var defaultValue: ParameterValue { get }
  var typeName: String { get }
  /// Why `value` is invalid, or nil if it is valid.
  func objection(to value: ParameterValue) -> String?
}

/// One parameter of a step: its name in recipes, its default and what it means.
package struct Parameter<Value: ParameterType>: ParameterDeclaration {
  package let name: String
  package let summary: String
  let fallback: Value
  private let isAllowed: @Sendable (Value) -> Bool
  private let allowed: String

  /// - Parameters:
  ///   - allowed: the allowed values, in words that follow "must be".
  ///   - isAllowed: whether a value is allowed.
  package init(
    _ name: String, default fallback: Value, _ summary: String, allowed: String = "",
    where isAllowed: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) {
    self.name = name
    self.fallback = fallback
    self.summary = summary
    self.allowed = allowed
    self.isAllowed = isAllowed
  }

  package var defaultValue: ParameterValue { fallback.parameterValue }

  package var typeName: String { Value.typeName }

  package func objection(to value: ParameterValue) -> String? {
    guard let value = Value(value) else { return "'\(name)' must be \(Value.typeName)" }
    return isAllowed(value) ? nil : "'\(name)' must be \(allowed)"
  }
}

/// The values that a recipe sets for one step.
package struct ParameterValues: Sendable {
  private let given: [String: ParameterValue]

  package init(_ given: [String: ParameterValue]) {
    self.given = given
  }

  /// As a recipe would write them, sorted by name.
  package var description: String {
    given.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
  }

  /// The recipe's value, or the parameter's default.
  package subscript<Value>(_ parameter: Parameter<Value>) -> Value {
    given[parameter.name].flatMap { Value($0) } ?? parameter.fallback
  }
}

/// What is wrong with the values of a step. The recipe reader adds the location.
package struct RecipeFault: Error {
  package let message: String

  package init(_ message: String) {
    self.message = message
  }
}

extension Int: ParameterType {
  package static var typeName: String { "a whole number" }

  package init?(_ value: ParameterValue) {
    guard case .integer(let integer) = value else { return nil }
    self = integer
  }

  package var parameterValue: ParameterValue { .integer(self) }
}

extension Double: ParameterType {
  package static var typeName: String { "a number" }

  package init?(_ value: ParameterValue) {
    switch value {
    case .integer(let integer): self = Double(integer)
    case .number(let number): self = number
    default: return nil
    }
  }

  package var parameterValue: ParameterValue { .number(self) }
}

extension String: ParameterType {
  package static var typeName: String { "a text" }

  /// An unquoted number is not accepted as text: quote it.
  package init?(_ value: ParameterValue) {
    guard case .text(let text) = value else { return nil }
    self = text
  }

  package var parameterValue: ParameterValue { .text(self) }
}

extension [String]: ParameterType {
  package static var typeName: String { "a list of texts" }

  package init?(_ value: ParameterValue) {
    guard case .texts(let texts) = value else { return nil }
    self = texts
  }

  package var parameterValue: ParameterValue { .texts(self) }
}

extension [String: Int]: ParameterType {
  package static var typeName: String { "names with whole numbers" }

  package init?(_ value: ParameterValue) {
    guard case .weights(let weights) = value else { return nil }
    self = weights
  }

  package var parameterValue: ParameterValue { .weights(self) }
}

extension ParameterValue: CustomStringConvertible {
  /// As a recipe would write it.
  package var description: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .text(let text): text.debugDescription
    case .texts(let texts): "[" + texts.map(\.debugDescription).joined(separator: ", ") + "]"
    case .weights(let weights):
      "{"
        + weights.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        .joined(separator: ", ") + "}"
    }
  }
}
