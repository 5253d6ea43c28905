import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import Engine

struct StepCatalogueTests {
  private static let steps: [any Step.Type] =
    StepCatalogue.recordSteps + StepCatalogue.poolSteps

  @Test func namesAreUnique() {
    let names = Self.steps.map { $0.name }
    #expect(Set(names).count == names.count)
    let reasons = StepCatalogue.recordSteps.flatMap { $0.dropReasons }.map(\.name)
    #expect(Set(reasons).count == reasons.count)
  }

  @Test func everythingIsDocumentedAndDefaultsAreAllowed() {
    for step in Self.steps {
      // Sentences.
      #expect(step.summary.contains(/^[A-Z].* .*\.$/), "\(step.name)")
      for parameter in step.parameters {
        // Completes "NAME is".
        #expect(
          parameter.summary.contains(/^[^A-Z ].* .*[^.]$/), "\(step.name) \(parameter.name)")
        #expect(parameter.objection(to: parameter.defaultValue) == nil)
      }
    }
  }
}
