import Bytes
package import Tokenization

/// The metadata that every step declares.
package protocol Step: Sendable {
  /// The step's name in recipes: `token-window`.
  static var name: String { get }
  /// What it does, in a sentence or two.
  static var summary: String { get }
  /// What a recipe may set.
  static var parameters: [any ParameterDeclaration] { get }
}

/// What record steps share that is not in recipes.
package struct StepResources: Sendable {
  package let tokenizer: Tokenizer

  package init(tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
  }
}

/// Judges or rewrites one item.
///
/// Pure: the verdict and the resulting item depend only on the item, so workers may process items
/// in any order. Counting, timing and reporting are the runner's job.
package protocol RecordStep: Step {
  /// What the step works on; a recipe's steps are ordered by stage.
  static var stage: RecordStage { get }
  /// The last stage that the step may be in, if it can be in more than one.
  static var lastStage: RecordStage { get }
  /// Every reason for which the step may drop an item.
  static var dropReasons: [DropReason] { get }

  /// Makes a step from a recipe's values. Throws `RecipeFault` if they conflict.
  init(_ values: ParameterValues, _ resources: StepResources) throws

  /// What the recipe's values require of an item so that it is not dropped for a reason, for
  /// messages: `more than 300 are wanted`; empty if that does not depend on values.
  static func requirement(_ reason: DropReason, _ values: ParameterValues) -> String

  func apply(to item: inout Item) -> Verdict

  /// What the step measured of an item that it drops, for messages; empty if it measures nothing.
  func measure(of item: borrowing Item) -> String
}

extension RecordStep {
  package static var lastStage: RecordStage { stage }

  package static func requirement(_ reason: DropReason, _ values: ParameterValues) -> String { "" }

  package func measure(of item: borrowing Item) -> String { "" }
}

/// The stages of processing an item, in order.
package enum RecordStage: Int, Comparable, CaseIterable, Sendable {
  /// Reads the price of the raw record.
  case price
  /// Makes the title and the contents from the raw record.
  case assembly
  /// Judges or rewrites title and contents.
  case contents
  /// Makes the text from title and contents.
  case text
  /// Makes prompt and answer from text and price.
  case prompt
  /// Keeps what the pool stores besides prompt and answer.
  case details
  /// Makes the fingerprint by which pool steps compare items.
  case fingerprint

  package static func < (left: RecordStage, right: RecordStage) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Whether a recipe must have a step of this stage, since later stages need what it makes.
  package var isRequired: Bool { ![.contents, .details, .fingerprint].contains(self) }
}

/// Sees the whole pool by its keys: marks, chooses or orders candidates.
///
/// The result depends only on the set of candidates, the seeds and the sizes. Candidates come in
/// the pool's canonical order, which breaks ties between equal keys.
package protocol PoolStep: Step {
  /// Makes a step from a recipe's values. Throws `RecipeFault` if they conflict.
  init(_ values: ParameterValues) throws

  /// - Parameter fingerprints: those of all items in the pool, if its recipe makes any.
  func apply(
    to candidates: inout Candidates, _ request: SelectionRequest,
    _ fingerprints: some FingerprintSource
  ) async throws
}
