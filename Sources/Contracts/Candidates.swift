import Bytes

/// The pool by its keys: 24 bytes an item, in the pool's canonical order.
package struct Candidates: Sendable {
  package struct Candidate: Sendable {
    /// See `StableHash`.
    package let idHash: UInt64
    /// The row in the pool's table.
    package let row: UInt32
    /// The price in whole dollars, a half going to the even neighbour.
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

  /// Where a candidate stands. Steps take those out of `all` that end nowhere.
  package enum Part: Hashable, Sendable {
    /// May become anything, unless something is held out: then it may only become train.
    case open
    /// May become test or validation, never train.
    case heldOut
    case split(Split)
  }

  package var all: [Candidate]
  package let categories: [String]
  /// Whether a step has held a part out, be it empty.
  package var holdsOut = false

  /// What the step that was applied last has to tell people.
  package var remark: String?

  /// Items that somebody asks about, by their rows.
  package var watched: Set<UInt32> = []
  /// Why those of them that were left out were.
  package var reasons: [UInt32: String] = [:]
  /// The rows of each watched item's duplicates and near-duplicates, and of theirs, its own among them.
  package var families: [UInt32: [UInt32]] = [:]

  package init(all: [Candidate], categories: [String]) {
    self.all = all
    self.categories = categories
  }

  /// Takes those out whose places are marked. `reason` is asked for those that are watched.
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

  /// Tells how far an even choice came: what every slot or cell was to give, and which could not.
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

/// What a run asks of the selection.
package struct SelectionRequest: Codable, Equatable, Sendable {
  /// Chooses and orders train, and everything when nothing is held out.
  package var seed: UInt64
  /// Chooses what is held out, and validation and test of it.
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

  /// The rows wanted of what is not held out.
  package func openSize(_ holdsOut: Bool) -> Int {
    if holdsOut { return train }
    // No pool is nearly as large, and sums stay far from an overflow.
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
