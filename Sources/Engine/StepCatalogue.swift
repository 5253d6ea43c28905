import Bytes
package import Contracts
import PoolSteps
import RecordSteps

/// Every step that a recipe may name. A new step is one file, its test, and one line here.
package enum StepCatalogue {
  package static let recordSteps: [any RecordStep.Type] = [
    PriceStep.self,
    AssembleStep.self,
    StripHTMLStep.self,
    NormalizeStep.self,
    RedactPriceStep.self,
    LengthStep.self,
    ScrubStep.self,
    TokenWindowStep.self,
    PromptStep.self,
    KeepDetailsStep.self,
    FingerprintStep.self,
  ]

  package static let poolSteps: [any PoolStep.Type] = [
    HoldOutStep.self,
    DeduplicateStep.self,
    BalanceStep.self,
    EvenStep.self,
    SplitStep.self,
  ]
}
