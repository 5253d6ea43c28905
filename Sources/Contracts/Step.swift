import Bytes
import Tokenization

/// What every step of a recipe tells about itself.
package protocol Step: Sendable {
  /// The step's name in recipes: `token-window`.
  static var name: String { get }
  /// What it does, in a sentence or two.
  static var summary: String { get }
  /// What a recipe may set.
  static var parameters: [any ParameterDeclaration] { get }
}

/// What record steps share and recipes do not hold.
package struct StepResources: Sendable {
  package let tokenizer: Tokenizer

  package init(tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
  }
}

/// Judges or rewrites one item.
///
/// Pure: the verdict and the item made depend on the item alone, so any worker may apply any step to
/// any item in any order. The runner counts, times and reports; a step does none of that.
package protocol RecordStep: Step {
  /// What the step works on; a recipe's steps stand in the order of their stages.
  static var stage: RecordStage { get }
  /// The last stage in which the step may stand, where it can work on more than one.
  static var lastStage: RecordStage { get }
  /// Every reason for which the step may drop an item.
  static var dropReasons: [DropReason] { get }

  /// Makes a step from a recipe's values. Throws `RecipeFault` when they do not go together.
  init(_ values: ParameterValues, _ resources: StepResources) throws

  /// What the recipe's values want of an item that is not to be dropped for a reason, for people: `more than
  /// 300 are wanted`; empty where that is no matter of values.
  static func wish(_ reason: DropReason, _ values: ParameterValues) -> String

  func apply(to item: inout Item) -> Verdict

  /// What the step has measured of an item that it drops, for people; empty where it measures nothing.
  func measure(of item: borrowing Item) -> String
}

extension RecordStep {
  package static var lastStage: RecordStage { stage }

  package static func wish(_ reason: DropReason, _ values: ParameterValues) -> String { "" }

  package func measure(of item: borrowing Item) -> String { "" }
}

/// The stages of an item's way, in order.
package enum RecordStage: Int, Comparable, CaseIterable, Sendable {
  /// Reads the price of the raw record.
  case price
  /// Makes the title and the contents of the raw record.
  case assembly
  /// Judges or rewrites title and contents.
  case contents
  /// Makes the text of title and contents.
  case text
  /// Makes prompt and answer of text and price.
  case prompt
  /// Keeps what the pool is to hold beside prompt and answer.
  case details
  /// Makes what pool steps compare items by.
  case fingerprint

  package static func < (left: RecordStage, right: RecordStage) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Whether a recipe must have a step of this stage, since later stages need what it makes.
  package var isRequired: Bool { ![.contents, .details, .fingerprint].contains(self) }
}

/// Sees the whole pool by its keys: marks, chooses or orders candidates.
///
/// The result depends on the set of candidates, the seeds and the sizes alone. Candidates come in
/// the pool's canonical order, which breaks ties between equal keys.
package protocol PoolStep: Step {
  /// Makes a step from a recipe's values. Throws `RecipeFault` when they do not go together.
  init(_ values: ParameterValues) throws

  /// - Parameter fingerprints: those of all items in the pool, if its recipe makes any.
  func apply(
    to candidates: inout Candidates, _ request: SelectionRequest,
    _ fingerprints: some FingerprintSource
  ) async throws
}
