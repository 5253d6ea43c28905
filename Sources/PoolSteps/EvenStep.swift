import Bytes
package import Contracts

/// Gives every category and price band equal weight, as far as the pool allows.
package struct EvenStep: PoolStep {
  package static let name = "even"
  package static let summary = """
    Another way than 'balance': sorts items into cells by category and price band, and leaves every \
    cell equally many, give or take one, so that they fill train; a cell with fewer is taken whole, \
    and the others make up for it. Held-out cells are evened out likewise, for test and for validation.
    """
  package static let bands = Parameter(
    "bands", default: ["5", "10", "20", "50", "100", "200", "500"],
    "the prices in whole dollars at which a new band begins, ascending",
    allowed: "ascending whole numbers above 0",
    where: { bands in
      let numbers = bands.compactMap { Int32($0) }
      return numbers.count == bands.count && numbers == Array(Set(numbers)).sorted()
        && numbers.allSatisfy { $0 > 0 }
    })
  package static let parameters: [any ParameterDeclaration] = [bands]

  private let bands: [Int32]

  package init(_ values: ParameterValues) throws {
    bands = values[Self.bands].compactMap { Int32($0) }
  }

  package func apply(
    to candidates: inout Candidates, _ request: SelectionRequest, _: some FingerprintSource
  ) {
    let open = StableHash(seed: request.seed, purpose: "even")
    let heldOut = StableHash(seed: request.testSeed, purpose: "even")
    let half = TestHalf(seed: request.testSeed)
    var cells: [Cell: (open: [Int], test: [Int], validation: [Int])] = [:]
    for (index, candidate) in candidates.all.enumerated() {
      let cell = cell(of: candidate)
      if candidate.part == .open {
        cells[cell, default: ([], [], [])].open.append(index)
      } else if half.contains(candidate) {
        cells[cell, default: ([], [], [])].test.append(index)
      } else {
        cells[cell, default: ([], [], [])].validation.append(index)
      }
    }
    var isLeftOut = [Bool](repeating: false, count: candidates.all.count)
    /// Leaves the cells evenly many members, and gives how many each.
    func even(_ members: (Cell) -> [Int], _ target: Int, by hash: StableHash) -> Int {
      let ordered = cells.keys.map { cell in
        (key: hash.key(cell.hash(candidates.categories)), members: members(cell))
      }.sorted { $0.key < $1.key }
      var (limit, rest) = Self.limit(of: ordered.map(\.members.count), target: target)
      for (_, members) in ordered where members.count > limit {
        let drawn = members.map { (key: hash.key(candidates.all[$0].idHash), index: $0) }
          .sorted(by: <)
        for (_, index) in drawn.dropFirst(limit + min(rest, 1)) { isLeftOut[index] = true }
        rest = max(0, rest - 1)
      }
      return limit
    }
    let limit = even({ cells[$0]?.open ?? [] }, request.openSize(candidates.holdsOut), by: open)
    // No split's choice may move with the size of another.
    _ = even({ cells[$0]?.test ?? [] }, request.test, by: heldOut)
    _ = even({ cells[$0]?.validation ?? [] }, request.validation, by: heldOut)
    let categories = candidates.categories
    candidates.removeAll(isLeftOut) { _, candidate in
      let cell = cell(of: candidate)
      let members =
        candidate.part == .open
        ? cells[cell]?.open : half.contains(candidate) ? cells[cell]?.test : cells[cell]?.validation
      return "it was not drawn: its cell, \(name(of: cell, categories)), has "
        + "\(grouped(members?.count ?? 0)) items for the same split, more than it gives"
    }
    let short = cells.filter { $0.value.open.count < limit }
      .map { (count: $0.value.open.count, name: name(of: $0.key, candidates.categories)) }
    candidates.report(
      target: limit, of: "\(cells.count) cells", reached: cells.count - short.count, short: short)
  }

  /// The most items a cell may give so that all together give no more than the target, and how many
  /// are then left to reach it, for which one cell each gives one more.
  package static func limit(of counts: [Int], target: Int) -> (limit: Int, rest: Int) {
    var (rest, cells) = (target, counts.count)
    for count in counts.sorted() {
      // Whether all cells that are left can give as much as this one has.
      let (needed, overflows) = count.multipliedReportingOverflow(by: cells)
      if overflows || needed > rest { return (rest / cells, rest % cells) }
      rest -= count
      cells -= 1
    }
    return (counts.max() ?? 0, 0)
  }

  private func cell(of candidate: Candidates.Candidate) -> Cell {
    let band = bands.firstIndex { candidate.dollars < $0 } ?? bands.count
    return Cell(category: candidate.category, band: band)
  }

  private func name(of cell: Cell, _ categories: [String]) -> String {
    let lowest = cell.band == 0 ? 0 : bands[cell.band - 1]
    return "\(categories[Int(cell.category)]) from $\(lowest)"
  }

  private struct Cell: Hashable {
    let category: UInt32
    let band: Int

    func hash(_ categories: [String]) -> UInt64 {
      StableHash.hash(Array("\(categories[Int(category)])\n\(band)".utf8))
    }
  }
}
