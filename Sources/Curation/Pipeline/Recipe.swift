/// Which steps, in which order, with which parameters, and the seeds and sizes.
public struct Recipe: Sendable {
  public let name: String
  public let summary: String
  /// The SHA-256 of the recipe's text, in hexadecimal.
  public let sha256: String
  /// The recipe's text as it was read.
  public let text: String
  /// Seeds and sizes, which the command line may override.
  public let request: SelectionRequest
  let recordSteps: [Entry<any RecordStep.Type>]
  let poolSteps: [Entry<any PoolStep.Type>]

  /// A step as the recipe names it.
  struct Entry<StepType: Sendable>: Sendable {
    let type: StepType
    let values: ParameterValues
    /// Of the recipe's text, from 1.
    let line: Int
  }

  /// The record steps, in order. Errors: `badRecipe` where values do not go together.
  public func makeRecordSteps(_ resources: StepResources) throws -> [any RecordStep] {
    try recordSteps.map { entry in
      try located(entry.line) { try entry.type.init(entry.values, resources) }
    }
  }

  /// The pool steps, in order. Errors: `badRecipe` where values do not go together.
  public func makePoolSteps() throws -> [any PoolStep] {
    try poolSteps.map { entry in
      try located(entry.line) { try entry.type.init(entry.values) }
    }
  }

  private func located<Made>(_ line: Int, _ make: () throws -> Made) throws -> Made {
    do { return try make() } catch let fault as RecipeFault {
      throw CurationError(faultCode, "\(origin):\(line): \(fault.message)")
    }
  }

  /// Where the recipe comes from, for messages: a path, or `recipe 'course'`.
  let origin: String
  /// The code of errors where it is wrong: what is wrong in a pool is no fault of the user's recipe.
  let faultCode: CurationError.Code
}

extension Recipe {
  /// The recipes inside the program, by name.
  public static let builtIn: [String: String] = [
    "course": String(decoding: PackageResources.course_yaml, as: UTF8.self),
    "pricer": String(decoding: PackageResources.pricer_yaml, as: UTF8.self),
  ]

  /// The built-in recipe of a name, or else the recipe in a file.
  ///
  /// Errors: `noInput` where there is neither, `badRecipe` with file and line where it is wrong.
  public init(nameOrPath: String) throws {
    if let text = Self.builtIn[nameOrPath] {
      self = try RecipeReader(text, origin: "recipe '\(nameOrPath)'").recipe()
      return
    }
    guard fileExists(nameOrPath) else {
      let names = Self.builtIn.keys.sorted()
      throw CurationError(
        .noInput,
        "no recipe is named '\(nameOrPath)', and no such file exists; the recipes are "
          + names.joined(separator: ", ") + nearest(nameOrPath, in: names))
    }
    let file = try InputFile(path: nameOrPath)
    guard let bytes = try file.contents(upTo: RecipeReader.sizeLimit) else {
      throw CurationError(.badRecipe, "\(nameOrPath): too large for a recipe")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CurationError(.badRecipe, "\(nameOrPath): not UTF-8 text")
    }
    self = try RecipeReader(text, origin: nameOrPath).recipe()
  }

  /// - Parameter faultCode: the code of the error where it is wrong: in a pool, it is no fault of a recipe.
  init(text: String, origin: String, faultCode: CurationError.Code = .badRecipe) throws {
    self = try RecipeReader(text, origin: origin, faultCode: faultCode).recipe()
  }
}
