import Bytes
package import Contracts
import PoolSteps
import RecordSteps
import Tokenization

/// The bounds that a recipe sets to every row.
struct RowRules {
  private let tokenizer: Tokenizer
  private let prices: ClosedRange<Double>
  private let tokens: ClosedRange<Int>
  private let question: String
  private let prefix: String
  private let redaction: (any RecordStep)?
  private let shingleWords: Int

  init(_ recipe: Recipe, _ tokenizer: Tokenizer) throws {
    self.tokenizer = tokenizer
    // Which refuse bounds that no value can be between.
    redaction = try recipe.makeRecordSteps(StepResources(tokenizer: tokenizer))
      .first { $0 is RedactPriceStep }
    func values(_ name: String) -> ParameterValues {
      recipe.recordSteps.first { $0.type.name == name }?.values ?? ParameterValues([:])
    }
    let (price, window) = (values(PriceStep.name), values(TokenWindowStep.name))
    prices = price[PriceStep.minimum]...price[PriceStep.maximum]
    // The last steps change a text that was cut by a token or two; one that was cut elsewhere is far
    // off.
    let (least, most) = (window[TokenWindowStep.moreThan], window[TokenWindowStep.cutTo])
    let slack = most / 20
    tokens = (least - slack)...(most > .max - slack ? .max : most + slack)
    shingleWords = values(FingerprintStep.name)[FingerprintStep.shingleWords]
    question = recipe.promptWords.question + "\n\n"
    prefix = "\n\n" + recipe.promptWords.prefix
  }

  /// What breaks a rule in a row.
  func problems(of row: DatasetRow) -> [(kind: String, problem: String)] {
    var problems: [(String, String)] = []
    if !prices.contains(row.price) {
      problems.append(("price-out-of-range", "its price is \(row.price)"))
    }
    if row.completion != "\(Int(clampingWhole: row.price)).00" {
      problems.append(
        ("wrong-answer", "'\(row.completion.prefix(20))' for a price of \(row.price)"))
    }
    guard let text = text(of: row) else {
      return problems + [("wrong-prompt", "the prompt does not begin or end as the recipe has it")]
    }
    let count = tokenizer.encode(text).count
    if !tokens.contains(count) {
      problems.append(
        ("token-window", "its text has \(count) tokens; \(tokens) are about right"))
    }
    if holdsOwnPrice(text, row.price) {
      problems.append(("own-price", "its text holds its own price, \(row.price)"))
    }
    return problems
  }

  func tokenCount(of row: DatasetRow) -> Int {
    tokenizer.encode(row.prompt + row.completion).count
  }

  /// By its text; of a prompt that is not the recipe's, by all of it.
  func fingerprint(of row: DatasetRow) -> Fingerprint {
    let text = Array((text(of: row) ?? row.prompt).utf8)
    return Fingerprint(text: text.span, shingleWords: shingleWords)
  }

  /// What stands between the question and the prefix.
  private func text(of row: DatasetRow) -> String? {
    guard row.prompt.hasPrefix(question), row.prompt.hasSuffix(prefix) else { return nil }
    let text = row.prompt.utf8.dropFirst(question.utf8.count).dropLast(prefix.utf8.count)
    return String(text)
  }

  private func holdsOwnPrice(_ text: String, _ price: Double) -> Bool {
    guard let redaction else { return false }
    var item = Item()
    item.text = Array(text.utf8)
    item.price = price
    _ = redaction.apply(to: &item)
    return item.redactions > 0
  }
}

extension Recipe {
  /// The similarity from which on its dataset may hold no pair across the splits; nil where it says
  /// nothing of duplicates.
  package var nearDuplicateThreshold: Double? {
    poolSteps.first { $0.type.name == DeduplicateStep.name }?.values[DeduplicateStep.threshold]
  }
}
