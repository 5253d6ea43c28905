import Bytes
import Contracts

/// Finds those of many sets of shingles that are similar to one, exactly, by prefixes and positions (Xiao and
/// others, "Efficient similarity joins for near-duplicate detection").
///
/// Shingles have one order for all sets: the rarest among held-out items first. Of two sets with a Jaccard
/// similarity of at least t, the first |x| - ⌈t·|x|⌉ + 1 members of each, in that order, have one in common. At the
/// first that they have in common, what follows in either must be enough for the similarity. So a shingle
/// of boilerplate, which comes late in the order, proposes only sets that are much shorter.
///
/// Sets whose items are in one group, where that is large, are skipped together for an item of this group.
struct HeldOutIndex: Sendable {
  private let threshold: Double
  /// The sets are numbered: those of small groups come first, then those of each large one, and among these the
  /// smaller sets first. By their numbers:
  private var items: [Int] = []
  private var roots: [Int] = []
  private var sizes: [UInt32] = []
  private var starts: [Int] = []
  private var shingles: [UInt32] = []
  private var sketches: [ParitySketch] = []
  /// Where the small groups and each large one begin, and the number of sets.
  private var blocks: [Int] = [0]
  /// By its root, a number of each group.
  private var numberOfRoot: [Int: Int] = [:]
  private let order: RarityOrder
  private var postings: [Posting] = []
  /// Where the postings of shingles with the same highest bits begin.
  private var slots: [UInt32] = []
  private var slotShift = 0

  /// A shingle in a set's prefix. Those of a shingle are in the order of numbers, beside those of a few others.
  private struct Posting {
    var shingle: UInt32
    var number: UInt32
    /// The largest set that may be similar to this one, if the shingle is the first that they have in common.
    var largest: UInt32
  }

  /// The sets of a group that has as many are skipped together.
  private static let largeGroup = 32

  /// Takes as many held-out items from the front of `heldOut` as the limit allows, one at least.
  init(
    taking heldOut: inout ArraySlice<Int>, _ candidates: [Candidates.Candidate],
    _ groups: UnionFind, _ reader: some FingerprintReader, threshold: Double, shingleLimit: Int
  ) throws {
    self.threshold = threshold
    // Room, which takes memory once it is filled, and is not copied to make more.
    shingles.reserveCapacity(min(shingleLimit, 256 * heldOut.count))
    var sets: [(item: Int, root: Int, start: Int, size: Int)] = []
    while let item = heldOut.first, sets.isEmpty || shingles.count < shingleLimit {
      try Task.checkCancellation()
      heldOut.removeFirst()
      let start = shingles.count
      shingles += try reader.shingles(ofRow: candidates[item].row)
      sets.append((item, groups.find(item), start, shingles.count - start))
    }
    order = RarityOrder(shingles)

    var counts: [Int: Int] = [:]
    for set in sets { counts[set.root, default: 0] += 1 }
    /// The group, if it is large.
    func block(_ root: Int) -> Int { counts[root, default: 0] < Self.largeGroup ? -1 : root }
    sets.sort { (block($0.root), $0.size, $0.item) < (block($1.root), $1.size, $1.item) }
    var last = -1
    for (number, set) in sets.enumerated() {
      if block(set.root) != last { blocks.append(number) }
      last = block(set.root)
      items.append(set.item)
      roots.append(set.root)
      sizes.append(UInt32(set.size))
      starts.append(set.start)
      sketches.append(ParitySketch(shingles.span.extracting(set.start..<set.start + set.size)))
      numberOfRoot[set.root] = number
    }
    blocks.append(sets.count)
    try index()
  }

  private mutating func index() throws {
    var bits = 8
    while 1 << bits < shingles.count / 4 { bits += 1 }
    slotShift = 32 - bits
    slots = Array(repeating: 0, count: (1 << bits) + 1)
    try forEachPosting { slots[Int($0.shingle >> slotShift) + 1] += 1 }
    for slot in slots.indices.dropFirst() { slots[slot] += slots[slot - 1] }
    var next = slots
    postings = Array(
      repeating: Posting(shingle: 0, number: 0, largest: 0), count: Int(slots.last ?? 0))
    try forEachPosting {
      let slot = Int($0.shingle >> slotShift)
      postings[Int(next[slot])] = $0
      next[slot] += 1
    }
  }

  private func forEachPosting(_ body: (Posting) -> Void) throws {
    var known: [UInt32] = []
    for number in items.indices {
      try Task.checkCancellation()
      let size = Int(sizes[number])
      _ = order.sort(
        shingles.span.extracting(range(number)), to: &known, limit: prefixLength(size))
      for (place, shingle) in known.enumerated() {
        body(
          Posting(
            shingle: shingle, number: UInt32(number),
            largest: UInt32(clamping: largestSize(size, from: place))))
      }
    }
  }

  /// Where the shingles of a set are.
  private func range(_ number: Int) -> Range<Int> {
    starts[number]..<starts[number] + Int(sizes[number])
  }

  private func prefixLength(_ size: Int) -> Int {
    size - Int((threshold * Double(size) - 1e-6).rounded(.up)) + 1
  }

  /// The size of the largest set that may be similar to one of `size`, if they have nothing in common before `place`
  /// in the order.
  private func largestSize(_ size: Int, from place: Int) -> Int {
    Int(Double(size - place) * (1 + threshold) / threshold - Double(size) + 1e-6)
  }

  /// The numbers of the sets of these sizes in a block.
  private func numbers(inBlock block: Int, sizes range: ClosedRange<UInt32>) -> Range<Int> {
    func first(_ isReached: (UInt32) -> Bool) -> Int {
      partitionPoint(blocks[block], blocks[block + 1]) { isReached(sizes[$0]) }
    }
    return first { $0 >= range.lowerBound }..<first { $0 > range.upperBound }
  }

  /// Searches for one set after the other. One task at a time.
  struct Search {
    private let index: HeldOutIndex
    /// Sets by their numbers, joined where their items are, or are found to be.
    private var joined: UnionFind
    /// The search in which each set was compared last.
    private var compared: [UInt32]
    private var searchCount: UInt32 = 0
    private var known: [UInt32] = []
    /// Of the set, once it is needed.
    private var sketch: ParitySketch?
    /// The place of the set's group in `joined`, if it has held-out items.
    private var own: Int?

    init(_ index: HeldOutIndex) {
      self.index = index
      joined = UnionFind(count: index.items.count)
      for (number, root) in index.roots.enumerated() {
        joined.join(index.numberOfRoot[root] ?? number, number)
      }
      compared = Array(repeating: 0, count: index.items.count)
    }

    /// Appends held-out items that are similar to the shingles of an item, whose group has `root`: all but those that
    /// are joined with it already, or with one that was appended.
    mutating func appendNeighbours(of shingles: [UInt32], root: () -> Int, to found: inout [Int]) {
      let size = shingles.count
      let unknown = index.order.sort(shingles.span, to: &known, limit: index.prefixLength(size))
      guard !known.isEmpty else { return }
      searchCount &+= 1
      sketch = nil
      own = index.numberOfRoot[root()].map { joined.root(of: $0) }
      let least = UInt32((index.threshold * Double(size) - 1e-6).rounded(.up))
      for place in known.indices {
        let largest = index.largestSize(size, from: unknown + place)
        guard largest >= least else { break }
        appendNeighbours(of: shingles, by: known[place], sizes: least...UInt32(largest), to: &found)
      }
    }

    /// Appends those that have a shingle in their prefix.
    private mutating func appendNeighbours(
      of shingles: [UInt32], by shingle: UInt32, sizes: ClosedRange<UInt32>, to found: inout [Int]
    ) {
      let slot = Int(shingle >> index.slotShift)
      var next = Int(index.slots[slot])
      let end = Int(index.slots[slot + 1])
      // In a long list, by the block.
      while end - next > HeldOutIndex.largeGroup {
        let number = Int(index.postings[next].number)
        let block = partitionPoint(0, index.blocks.count) { index.blocks[$0] > number } - 1
        func place(ofNumber number: Int) -> Int {
          partitionPoint(next, end) { index.postings[$0].number >= number }
        }
        if block == 0 || own == nil || joined.root(of: index.blocks[block]) != own {
          let numbers = index.numbers(inBlock: block, sizes: sizes)
          let last = place(ofNumber: numbers.upperBound)
          for posting in place(ofNumber: numbers.lowerBound)..<last {
            appendNeighbour(of: shingles, index.postings[posting], shingle, sizes, to: &found)
          }
        }
        next = place(ofNumber: index.blocks[block + 1])
      }
      while next < end {
        appendNeighbour(of: shingles, index.postings[next], shingle, sizes, to: &found)
        next += 1
      }
    }

    @inline(__always)
    private mutating func appendNeighbour(
      of shingles: [UInt32], _ posting: Posting, _ shingle: UInt32, _ sizes: ClosedRange<UInt32>,
      to found: inout [Int]
    ) {
      let number = Int(posting.number)
      guard posting.shingle == shingle, posting.largest >= shingles.count,
        sizes.contains(index.sizes[number]), compared[number] != searchCount
      else { return }
      compared[number] = searchCount
      let group = joined.root(of: number)
      guard group != own else { return }
      let sketch = sketch ?? ParitySketch(shingles.span)
      self.sketch = sketch
      guard sketch.mayBeSimilar(to: index.sketches[number], index.threshold),
        Fingerprint.isSimilar(
          index.shingles.span.extracting(index.range(number)), shingles.span, index.threshold)
      else { return }
      found.append(index.items[number])
      if let own { joined.join(own, group) }
      own = joined.root(of: number)
    }
  }
}

/// The first number from which on a condition holds; `end` where there is none.
private func partitionPoint(_ start: Int, _ end: Int, _ holds: (Int) -> Bool) -> Int {
  var (low, high) = (start, end)
  while low < high {
    let middle = (low + high) / 2
    if holds(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
