import Bytes
package import Contracts

/// Orders the sample and splits it: rule 8 of the course (docs/course.md).
package struct SplitStep: PoolStep {
  package static let name = "split"
  package static let summary = """
    Shuffles. Without a held-out part, the first items are train, the next test, the next \
    validation, as many as are asked for. With one, train comes from the rest alone, test from one \
    half of the held-out part, and validation from the other.
    """
  package static let parameters: [any ParameterDeclaration] = []

  package init(_ values: ParameterValues) throws {}

  package func apply(
    to candidates: inout Candidates, _ request: SelectionRequest, _: some FingerprintSource
  ) {
    let shuffle = StableHash(seed: request.seed, purpose: "shuffle")
    // Of those that stay nobody asks why.
    for candidate in candidates.all where candidates.watched.contains(candidate.row) {
      candidates.reasons[candidate.row] =
        "as many rows as were asked for come before it in the shuffle"
    }
    let open = candidates.all.filter { $0.part == .open }.sorted(byKey: { shuffle.key($0.idHash) })
    guard candidates.holdsOut else {
      candidates.all = Self.deal(
        open, [(.train, request.train), (.test, request.test), (.validation, request.validation)])
      return
    }
    // Each half of the held-out part serves one split, so that neither's size moves the other.
    let testShuffle = StableHash(seed: request.testSeed, purpose: "shuffle")
    let heldOut = candidates.all.filter { $0.part == .heldOut }
      .sorted(byKey: { testShuffle.key($0.idHash) })
    let half = TestHalf(seed: request.testSeed)
    candidates.all =
      Self.deal(open, [(.train, request.train)])
      + Self.deal(heldOut.filter(half.contains), [(.test, request.test)])
      + Self.deal(heldOut.filter { !half.contains($0) }, [(.validation, request.validation)])
  }

  private static func deal(
    _ shuffled: [Candidates.Candidate], _ hands: [(split: Split, count: Int)]
  ) -> [Candidates.Candidate] {
    var rest = shuffled[...]
    return hands.flatMap { hand in
      let taken = rest.prefix(hand.count).map { candidate in
        var candidate = candidate
        candidate.part = .split(hand.split)
        return candidate
      }
      rest = rest.dropFirst(hand.count)
      return taken
    }
  }
}

/// The half of the held-out part that is for test; the other is for validation.
struct TestHalf {
  private let hash: StableHash

  init(seed: UInt64) {
    hash = StableHash(seed: seed, purpose: "test-half")
  }

  func contains(_ candidate: Candidates.Candidate) -> Bool {
    hash.key(candidate.idHash) < 1 << 63
  }
}
