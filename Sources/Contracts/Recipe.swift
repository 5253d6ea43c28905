package import Bytes

/// Which steps, in which order, with which parameters, and the seeds and sizes.
package struct Recipe: Sendable {
  package let name: String
  package let summary: String
  /// The SHA-256 of the recipe's text, in hexadecimal.
  package let sha256: String
  /// The recipe's text as it was read.
  package let text: String
  /// Seeds and sizes, which the command line may override.
  package let request: SelectionRequest
  /// The largest recipe that is read, in bytes.
  package static let sizeLimit = 1 << 20
  /// The names of the recipes inside the program.
  package static let builtInNames = ["course", "pricer"]

  package let recordSteps: [Entry<any RecordStep.Type>]
  package let poolSteps: [Entry<any PoolStep.Type>]

  /// A step as the recipe names it.
  package struct Entry<StepType: Sendable>: Sendable {
    package let type: StepType
    package let values: ParameterValues
    /// Of the recipe's text, from 1.
    package let line: Int

    package init(type: StepType, values: ParameterValues, line: Int) {
      self.type = type
      self.values = values
      self.line = line
    }
  }

  /// The record steps, in order. Errors: `badRecipe` if values conflict.
  package func makeRecordSteps(_ resources: StepResources) throws -> [any RecordStep] {
    try recordSteps.map { entry in
      try located(entry.line) { try entry.type.init(entry.values, resources) }
    }
  }

  /// The pool steps, in order. Errors: `badRecipe` if values conflict.
  package func makePoolSteps() throws -> [any PoolStep] {
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
  package let origin: String
  /// The error code if it is invalid: a fault in a pool's recipe is not the user's.
  package let faultCode: CurationError.Code

  package init(
    name: String, summary: String, sha256: String, text: String, request: SelectionRequest,
    recordSteps: [Entry<any RecordStep.Type>], poolSteps: [Entry<any PoolStep.Type>],
    origin: String, faultCode: CurationError.Code
  ) {
    self.name = name
    self.summary = summary
    self.sha256 = sha256
    self.text = text
    self.request = request
    self.recordSteps = recordSteps
    self.poolSteps = poolSteps
    self.origin = origin
    self.faultCode = faultCode
  }
}

extension Recipe {
  /// Every reason for losing a record under this recipe, and what the recipe requires instead.
  package var reasons: [(name: String, summary: String)] {
    UnreadableReason.allCases.map { ($0.rawValue, $0.summary) }
      + recordSteps.flatMap { step in
        step.type.dropReasons.map { reason in
          let requirement = step.type.requirement(reason, step.values)
          return (reason.name, reason.summary + (requirement.isEmpty ? "" : "; \(requirement)"))
        }
      }
  }
}
