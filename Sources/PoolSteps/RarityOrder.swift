import Bytes

/// An order of shingles: first those that none of some sets has, then the rarer before the commoner.
///
/// Shingles are counted in a table by some of their bits, at most 65,535 times, and counts are told apart to an
/// eighth. So shingles may share a place and the order may be a little off, but it is one order for all sets.
///
/// Memory: two to four bytes a shingle of the sets.
struct RarityOrder: Sendable {
  private var counts: [UInt16]

  /// - Parameter shingles: those of all sets, one set behind the other.
  init(_ shingles: [UInt32]) {
    var size = 1024
    while size < shingles.count { size *= 2 }
    counts = Array(repeating: 0, count: size)
    for shingle in shingles where counts[place(of: shingle)] < .max {
      counts[place(of: shingle)] += 1
    }
  }

  /// Puts those of an ascending list's first `limit` shingles in the order which some of the sets have, or seem to
  /// have, into `known`; gives the number of the others, which come before them.
  func sort(_ shingles: Span<UInt32>, to known: inout [UInt32], limit: Int) -> Int {
    known.removeAll(keepingCapacity: true)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: shingles.count) { classes in
      var sizes = InlineArray<128, Int>(repeating: 0)
      for index in shingles.indices {
        let found = Self.class(of: counts[place(of: shingles[index])])
        classes.initializeElement(at: index, to: found)
        sizes[Int(found)] += 1
        // Most often unknown ones are all of it.
        if sizes[0] == limit { return limit }
      }
      let unknown = sizes[0]
      var next = -unknown
      for found in sizes.indices { (sizes[found], next) = (next, next + sizes[found]) }
      known.append(contentsOf: repeatElement(0, count: shingles.count - unknown))
      for index in shingles.indices where classes[index] > 0 {
        let found = Int(classes[index])
        known[sizes[found]] = shingles[index]
        sizes[found] += 1
      }
      known.removeLast(max(0, shingles.count - limit))
      return unknown
    }
  }

  private func place(of shingle: UInt32) -> Int { Int(shingle) & (counts.count - 1) }

  /// Up to 15 the count itself; above, its highest four bits and where they stand.
  private static func `class`(of count: UInt16) -> UInt8 {
    guard count > 15 else { return UInt8(count) }
    let exponent = 15 - count.leadingZeroBitCount
    return UInt8(16 + (exponent - 4) * 8 + Int(count >> UInt16(exponent - 3) & 7))
  }
}
