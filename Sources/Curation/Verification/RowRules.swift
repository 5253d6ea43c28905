import Tokenization

/// The bounds that a recipe sets to every row.
struct RowRules {
  private let tokenizer: Tokenizer
  private let prices: ClosedRange<Double>
  private let tokenLimit: Int
  private let question: String
  private let prefix: String
  private let redaction: (any RecordStep)?

  init(_ recipe: Recipe, _ tokenizer: Tokenizer) throws {
    self.tokenizer = tokenizer
    func values(_ name: String) -> ParameterValues {
      recipe.recordSteps.first { $0.type.name == name }?.values ?? ParameterValues([:])
    }
    let (price, window) = (values(PriceStep.name), values(TokenWindowStep.name))
    prices = price[PriceStep.minimum]...price[PriceStep.maximum]
    tokenLimit = window[TokenWindowStep.cutTo]
    question = values(PromptStep.name)[PromptStep.question] + "\n\n"
    prefix = "\n\n" + values(PromptStep.name)[PromptStep.prefix]
    redaction = try recipe.makeRecordSteps(StepResources(tokenizer: tokenizer))
      .first { $0 is RedactPriceStep }
  }

  /// What breaks a rule in a row.
  func problems(of row: DatasetRow) -> [(kind: String, problem: String)] {
    var problems: [(String, String)] = []
    if !prices.contains(row.price) {
      problems.append(("price-out-of-range", "its price is \(row.price)"))
    }
    if row.completion != "\(Int(clampingWhole: row.price)).00" {
      problems.append(("wrong-answer", "'\(row.completion)' for a price of \(row.price)"))
    }
    guard row.prompt.hasPrefix(question), row.prompt.hasSuffix(prefix) else {
      return problems + [("wrong-prompt", "the prompt does not begin or end as the recipe has it")]
    }
    let text = String(row.prompt.dropFirst(question.count).dropLast(prefix.count))
    // Closing up spaces changes tokens a little; a text that was cut elsewhere is far off.
    let tokens = tokenizer.encode(text).count
    if tokens > tokenLimit + tokenLimit / 20 {
      problems.append(
        ("token-window", "its text has \(tokens) tokens; the window is \(tokenLimit)"))
    }
    if holdsOwnPrice(row) {
      problems.append(("own-price", "its text holds its own price, \(row.price)"))
    }
    return problems
  }

  func tokenCount(of row: DatasetRow) -> Int {
    tokenizer.encode(row.prompt + row.completion).count
  }

  private func holdsOwnPrice(_ row: DatasetRow) -> Bool {
    guard let redaction else { return false }
    var item = Item()
    (item.title, item.contents) = row.text
    item.price = row.price
    _ = redaction.apply(to: &item)
    return item.redactions > 0
  }
}

extension Recipe {
  /// The similarity from which on its dataset may hold no pair across the splits; nil where it says
  /// nothing of duplicates.
  var nearDuplicateThreshold: Double? {
    poolSteps.first { $0.type.name == DeduplicateStep.name }?.values[DeduplicateStep.threshold]
  }
}
