import Bytes

/// The pool's keys, 24 bytes per item, in the pool's canonical order.
package struct Candidates: Sendable {
  package struct Candidate: Sendable {
    /// See `StableHash`.
    package let idHash: UInt64
    /// The row in the pool's table.
    package let row: UInt32
    /// The price in whole dollars, rounded half to even.
    package let dollars: Int32
    /// Index into `categories`.
    package let category: UInt32
    package var part: Part

    package init(idHash: UInt64, row: UInt32, dollars: Int32, category: UInt32, part: Part) {
      self.idHash = idHash
      self.row = row
      self.dollars = dollars
      self.category = category
      self.part = part
    }
  }

  /// A candidate's assignment. Steps remove candidates that are not chosen from `all`.
  package enum Part: Hashable, Sendable {
    /// May go into any split, or into train only if there is a held-out set.
    case open
    /// May go into test or validation, never into train.
    case heldOut
    case split(Split)
  }

  package var all: [Candidate]
  package let categories: [String]
  /// Whether a step has made a held-out set, even an empty one.
  package var holdsOut = false

  /// A message for the user from the step applied last.
  package var remark: String?

  /// The rows of the items whose fate is to be explained.
  package var watched: Set<UInt32> = []
  /// Why watched items were left out, by row.
  package var reasons: [UInt32: String] = [:]
  /// For each watched item, the rows of its duplicates and near-duplicates, theirs in turn, and
  /// its own.
  package var families: [UInt32: [UInt32]] = [:]

  package init(all: [Candidate], categories: [String]) {
    self.all = all
    self.categories = categories
  }

  /// Removes candidates at marked indices. Calls `reason` for the watched ones.
  package mutating func removeAll(_ isMarked: [Bool], for reason: (Int, Candidate) -> String) {
    if !watched.isEmpty {
      for index in all.indices where isMarked[index] && watched.contains(all[index].row) {
        reasons[all[index].row] = reason(index, all[index])
      }
    }
    var index = -1
    all.removeAll { _ in
      index += 1
      return isMarked[index]
    }
  }

  /// Sets the remark on a balanced choice: the target for each slot or cell, and which fell short.
  package mutating func report(
    target: Int, of slots: String, reached: Int, short: [(count: Int, name: String)]
  ) {
    let worst = short.sorted(by: <).prefix(3).map { "\($0.name) with \($0.count)" }
    remark =
      "target \(target) for each of \(slots): reached by \(reached), short \(short.count)"
      + (worst.isEmpty ? "" : ", shortest \(worst.joined(separator: ", "))")
  }

  /// The rows of one part, in order.
  package func rows(of part: Part) -> [UInt32] {
    all.lazy.filter { $0.part == part }.map(\.row)
  }
}

/// The seeds and sizes of a selection.
package struct SelectionRequest: Codable, Equatable, Sendable {
  /// Chooses and orders train, or all splits if nothing is held out.
  package var seed: UInt64
  /// Chooses the held-out set, and validation and test from it.
  package var testSeed: UInt64
  /// Rows wanted; there may be fewer.
  package var train: Int
  package var validation: Int
  package var test: Int

  package init(seed: UInt64, testSeed: UInt64, train: Int, validation: Int, test: Int) {
    self.seed = seed
    self.testSeed = testSeed
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// The number of rows wanted from outside the held-out set.
  package func openSize(_ holdsOut: Bool) -> Int {
    if holdsOut { return train }
    // Far larger than any pool, and the sum cannot overflow.
    return [train, validation, test].reduce(0) { $0 + min($1, 1 << 32) }
  }
}

extension [Candidates.Candidate] {
  /// Sorted by a key; candidates with equal keys stay in order.
  package func sorted(byKey key: (Candidates.Candidate) -> UInt64) -> [Candidates.Candidate] {
    var order = indices.map { (key: key(self[$0]), position: UInt32(truncatingIfNeeded: $0)) }
    order.sort(by: <)
    return order.map { self[Int($0.position)] }
  }
}
