import TestSupport
import Testing

@testable import Bytes
@testable import Contracts

struct SelectionTraceTests {
  /// Ten items of $5, one of $2000; the steps leave some out, and each says why.
  @Test(arguments: [
    ("balance: {limit: 4}", 1, 10, "it was not drawn: 10 items cost $5, more than the slot takes"),
    ("balance: {limit: 4}", 11, 11, "its price rounds to $2000, outside of $1 to $999"),
    (
      "even: {bands: [\"10\"]}", 1, 10,
      "it was not drawn: its cell, A from $0, has 10 items for the same split, more than it gives"
    ),
    ("split", 1, 11, "as many rows as were asked for come before it in the shuffle"),
  ])
  func tellsWhyAStepLeftAnItemOut(
    step: String, first: UInt32, last: UInt32, reason: String
  ) async throws {
    var candidates = makeCandidates(Array(repeating: (5, "A"), count: 10) + [(2000, "A")])
    candidates.watched = Set(1...11)
    let recipe = try smallRecipe(
      recordSteps: ["price", "assemble", "token-window", "prompt"],
      poolSteps: step == "split" ? [step] : [step, "split"])
    try await recipe.makePoolSteps()[0].apply(
      to: &candidates, makeRequest(train: 4), HeldFingerprints())
    let stay = Set(candidates.all.map(\.row))
    let out = (first...last).filter { !stay.contains($0) }
    #expect(!out.isEmpty)
    for row in out { #expect(candidates.reasons[row] == reason) }
  }
}
