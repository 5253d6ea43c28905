/// Every step that a recipe may name. A new step is one file, its test, and one line here.
public enum StepCatalogue {
  public static let recordSteps: [any RecordStep.Type] = [
    PriceStep.self,
    AssembleStep.self,
    LengthStep.self,
    ScrubStep.self,
    TokenWindowStep.self,
    PromptStep.self,
  ]

  public static let poolSteps: [any PoolStep.Type] = [
    HoldOutStep.self,
    BalanceStep.self,
    SplitStep.self,
  ]
}
