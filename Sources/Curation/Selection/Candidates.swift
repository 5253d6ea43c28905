/// The pool by its keys: 24 bytes an item, in the pool's canonical order.
public struct Candidates: Sendable {
  public struct Candidate: Sendable {
    /// See `StableHash`.
    public let idHash: UInt64
    /// The row in the pool's table.
    public let row: UInt32
    /// The price in whole dollars, a half going to the even neighbour.
    public let dollars: Int32
    /// Index into `categories`.
    public let category: UInt32
    public var part: Part
  }

  /// Where a candidate stands. Steps take those out of `all` that end nowhere.
  public enum Part: Hashable, Sendable {
    /// May become anything, unless something is held out: then it may only become train.
    case open
    /// May become test or validation, never train.
    case heldOut
    case split(Split)
  }

  public var all: [Candidate]
  public let categories: [String]
  /// Whether a step has held a part out, be it empty.
  public var holdsOut = false

  /// What the step that was applied last has to tell people.
  public internal(set) var remark: String?

  /// Items that somebody asks about, by their rows.
  var watched: Set<UInt32> = []
  /// Why those of them that were left out were.
  var reasons: [UInt32: String] = [:]
  /// The rows of each watched item's duplicates and near-duplicates, and of theirs, its own among them.
  var families: [UInt32: [UInt32]] = [:]

  public init(all: [Candidate], categories: [String]) {
    self.all = all
    self.categories = categories
  }

  /// Takes those out whose places are marked. `reason` is asked for those that are watched.
  mutating func removeAll(_ isMarked: [Bool], for reason: (Int, Candidate) -> String) {
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
  mutating func report(
    target: Int, of slots: String, reached: Int, short: [(count: Int, name: String)]
  ) {
    let worst = short.sorted(by: <).prefix(3).map { "\($0.name) with \($0.count)" }
    remark =
      "target \(target) for each of \(slots): reached by \(reached), short \(short.count)"
      + (worst.isEmpty ? "" : ", shortest \(worst.joined(separator: ", "))")
  }

  /// The rows of one part, in order.
  public func rows(of part: Part) -> [UInt32] {
    all.lazy.filter { $0.part == part }.map(\.row)
  }
}

/// What a run asks of the selection.
public struct SelectionRequest: Codable, Equatable, Sendable {
  /// Chooses and orders train, and everything when nothing is held out.
  public var seed: UInt64
  /// Chooses what is held out, and validation and test of it.
  public var testSeed: UInt64
  /// Rows wanted; there may be fewer.
  public var train: Int
  public var validation: Int
  public var test: Int

  /// The rows wanted of what is not held out.
  func openSize(_ holdsOut: Bool) -> Int {
    if holdsOut { return train }
    // No pool is nearly as large, and sums stay far from an overflow.
    return [train, validation, test].reduce(0) { $0 + min($1, 1 << 32) }
  }
}

extension [Candidates.Candidate] {
  /// Sorted by a key; candidates with equal keys stay in order.
  func sorted(byKey key: (Candidates.Candidate) -> UInt64) -> [Candidates.Candidate] {
    var order = indices.map { (key: key(self[$0]), position: UInt32(truncatingIfNeeded: $0)) }
    order.sort(by: <)
    return order.map { self[Int($0.position)] }
  }
}
