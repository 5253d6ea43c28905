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
  /// The largest recipe that is read, in bytes.
  static let sizeLimit = 1 << 20
  /// The names of the recipes inside the program.
  static let builtInNames = ["course", "pricer"]

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
