import Bytes
package import Contracts

/// Takes out duplicates and near-duplicates, and keeps train clear of what is held out.
///
/// Nothing here depends on `--seed`: which copy stays is decided by the test seed.
package struct DeduplicateStep: PoolStep {
  package static let name = "deduplicate"
  package static let summary = """
    Of items with the same id, the same title or the same text, one stays. Items whose shingles \
    agree by a threshold (Jaccard) form groups, of which a few stay; of a group that reaches into \
    the held-out part, only held-out items stay. Groups are found by MinHash with banding and \
    verified by the true figure; where more than 17 items share a band, each is compared with 16 \
    of them, chosen by their ids. The search between held-out items and the rest is exact.
    """
  package static let threshold = Parameter(
    "threshold", default: 0.75, "from this Jaccard similarity on, two items are near-duplicates",
    allowed: "between 0.5 and 1", where: { 0.5...1 ~= $0 })
  package static let copies = Parameter(
    "copies", default: 3, "how many items of a group of near-duplicates stay",
    allowed: "at least 1", where: { $0 >= 1 })
  package static let parameters: [any ParameterDeclaration] = [threshold, copies]

  private let threshold: Double
  private let copies: Int

  package init(_ values: ParameterValues) throws {
    threshold = values[Self.threshold]
    copies = values[Self.copies]
  }

  package func apply(
    to candidates: inout Candidates, _ request: SelectionRequest,
    _ fingerprints: some FingerprintSource
  ) async throws {
    let hash = StableHash(seed: request.testSeed, purpose: "deduplicate")
    let order = SurvivalOrder(candidates: candidates.all, hash: hash)
    var isOut = [Bool](repeating: false, count: candidates.all.count)
    let indices = RowIndex(order.candidates)
    let exact = try dropExact(order, indices, &isOut, fingerprints.makeReader())
    let isExact = candidates.watched.isEmpty ? [] : isOut
    var groups = try await NearDuplicates(
      order.candidates, indices, threshold: threshold, isOut: isOut
    ).groups(fingerprints)
    let near = dropNear(order, &isOut, &groups)
    if !candidates.watched.isEmpty {
      candidates.families = try groups.families(
        ofRows: candidates.watched, among: order.candidates, indices, fingerprints.makeReader())
    }
    candidates.removeAll(isOut) { index, _ in
      if isExact[index] { return "an item that stays has the same id, title or text" }
      return near.likeHeldOut.contains(index)
        ? "it is a near-duplicate of an item that is held out"
        : "it is one of a group of near-duplicates, of which \(copies) may stay"
    }
    candidates.remark =
      "\(grouped(exact.ids)) with the id of another, \(grouped(exact.titles)) with its title, "
      + "\(grouped(exact.texts)) with its text; of \(grouped(near.groups)) groups of near-duplicates, "
      + "\(grouped(near.surplus)) beyond the \(grouped(copies)) that may stay of each, and "
      + "\(grouped(near.likeHeldOut.count)) like held-out items"
  }

  /// Of the items that agree in id, in title, or in text, the first in the order stays.
  private func dropExact(
    _ order: SurvivalOrder, _ indices: RowIndex, _ isOut: inout [Bool],
    _ fingerprints: some FingerprintReader
  ) throws -> (ids: Int, titles: Int, texts: Int) {
    let ids = order.dropAllButFirst(of: order.candidates.map(\.idHash), 1, &isOut)
    var titles = [UInt64](repeating: 0, count: order.candidates.count)
    var texts = titles
    try fingerprints.forEachTitleAndText { row, title, text in
      guard let index = indices[row] else { return }
      titles[index] = title
      texts[index] = text
    }
    let sameTitle = order.dropAllButFirst(of: titles, 1, &isOut)
    return (ids, sameTitle, order.dropAllButFirst(of: texts, 1, &isOut))
  }

  /// Gives the number of groups, how many items are out since their group has others, and which are since it
  /// has held-out ones.
  private func dropNear(
    _ order: SurvivalOrder, _ isOut: inout [Bool], _ groups: inout UnionFind
  ) -> (groups: Int, surplus: Int, likeHeldOut: [Int]) {
    // Groups are numbered from 1, since 0 stands for an item without a fellow.
    var roots = [UInt64](repeating: 0, count: order.candidates.count)
    for index in roots.indices where !isOut[index] {
      let root = groups.root(of: index)
      if root != index {
        roots[index] = UInt64(root) + 1
        roots[root] = UInt64(root) + 1
      }
    }
    var isHeldOut: Set<UInt64> = []
    for index in roots.indices where !isOut[index] && roots[index] != 0 {
      if order.candidates[index].part == .heldOut { isHeldOut.insert(roots[index]) }
    }
    let groupCount = Set(roots).subtracting([0]).count
    var likeHeldOut: [Int] = []
    for index in roots.indices
    where isHeldOut.contains(roots[index]) && order.candidates[index].part != .heldOut {
      isOut[index] = true
      likeHeldOut.append(index)
    }
    return (groupCount, order.dropAllButFirst(of: roots, copies, &isOut), likeHeldOut)
  }
}

/// Which of several items stays: held-out ones first, then by key, then as they come.
struct SurvivalOrder {
  let candidates: [Candidates.Candidate]
  private let hash: StableHash

  init(candidates: [Candidates.Candidate], hash: StableHash) {
    self.candidates = candidates
    self.hash = hash
  }

  /// Marks, of the items with equal hashes, all but the first `count` in the order. The hash 0 is
  /// nobody's, and items that are out already do not count. Gives the number of those marked.
  func dropAllButFirst(of hashes: [UInt64], _ count: Int, _ isOut: inout [Bool]) -> Int {
    var dropped = 0
    let marked: [(hash: UInt64, index: UInt32)] = hashes.indices.compactMap {
      isOut[$0] || hashes[$0] == 0 ? nil : (hashes[$0], UInt32($0))
    }.sorted(by: <)
    var rest = marked[...]
    while let first = rest.first {
      let equal = rest.prefix { $0.hash == first.hash }
      if equal.count > count {
        for index in equal.map({ Int($0.index) }).sorted(by: isBefore).dropFirst(count) {
          isOut[index] = true
          dropped += 1
        }
      }
      rest = rest[equal.endIndex...]
    }
    return dropped
  }

  private func isBefore(_ first: Int, _ second: Int) -> Bool {
    func rank(_ index: Int) -> (Int, UInt64, Int) {
      let candidate = candidates[index]
      return (candidate.part == .heldOut ? 0 : 1, hash.key(candidate.idHash), index)
    }
    return rank(first) < rank(second)
  }
}

/// Where the candidate of a row stands in the list.
package struct RowIndex: Sendable {
  private var indices: [UInt32]

  package init(_ candidates: [Candidates.Candidate]) {
    indices = Array(repeating: .max, count: Int(candidates.lazy.map(\.row).max() ?? 0) + 1)
    for (index, candidate) in candidates.enumerated() {
      indices[Int(candidate.row)] = UInt32(index)
    }
  }

  /// One more than the highest row.
  var rowEnd: UInt32 { UInt32(indices.count) }

  /// Nil for a row that is no candidate's.
  package subscript(row: UInt32) -> Int? {
    guard row < indices.count, indices[Int(row)] != .max else { return nil }
    return Int(indices[Int(row)])
  }
}
