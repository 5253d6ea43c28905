/// Orders the sample and deals it out. The course recipe's rule 8.
public struct SplitStep: PoolStep {
  public static let name = "split"
  public static let summary = """
    Shuffles. Without a held-out part, the first items are train, the next test, the next \
    validation, as many as are asked for. With one, train comes from the rest alone, and test and \
    validation from the held-out part; if that is too small for both, they share it in proportion.
    """
  public static let parameters: [any ParameterDeclaration] = []

  public init(_ values: ParameterValues) throws {}

  public func apply(to candidates: inout Candidates, _ request: SelectionRequest) {
    let shuffle = StableHash(seed: request.seed, purpose: "shuffle")
    let open = candidates.all.filter { $0.part == .open }.sorted(byKey: { shuffle.key($0.idHash) })
    guard candidates.heldOutShare > 0 else {
      candidates.all = Self.deal(
        open, [(.train, request.train), (.test, request.test), (.validation, request.validation)])
      return
    }
    let testShuffle = StableHash(seed: request.testSeed, purpose: "shuffle")
    let heldOut = candidates.all.filter { $0.part == .heldOut }
      .sorted(byKey: { testShuffle.key($0.idHash) })
    var (test, validation) = (request.test, request.validation)
    if test + validation > heldOut.count {
      // Rounded up, so that a pool of one held-out item has it in test.
      let share = Double(test) / Double(test + validation)
      test = min(test, Int((Double(heldOut.count) * share).rounded(.up)))
      validation = heldOut.count - test
    }
    candidates.all =
      Self.deal(open, [(.train, request.train)])
      + Self.deal(heldOut, [(.test, test), (.validation, validation)])
  }

  private static func deal(
    _ shuffled: [Candidates.Candidate], _ hands: [(part: Candidates.Part, count: Int)]
  ) -> [Candidates.Candidate] {
    var rest = shuffled[...]
    return hands.flatMap { hand in
      let taken = rest.prefix(hand.count).map { candidate in
        var candidate = candidate
        candidate.part = hand.part
        return candidate
      }
      rest = rest.dropFirst(hand.count)
      return taken
    }
  }
}
