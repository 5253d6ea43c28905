import Bytes

/// Sets of numbers that are joined two at a time.
package struct UnionFind: Sendable {
  private var parents: [UInt32]

  /// So many sets of one number each, from 0.
  package init(count: Int) {
    parents = (0..<UInt32(count)).map { $0 }
  }

  /// The number that stands for the set of `number`.
  package mutating func root(of number: Int) -> Int {
    var current = number
    while Int(parents[current]) != current {
      parents[current] = parents[Int(parents[current])]
      current = Int(parents[current])
    }
    return current
  }

  /// Makes the way from every number to its root one step, so that `find` is quick.
  mutating func flatten() {
    // A parent is lower than its child, and has been dealt with.
    for number in parents.indices { parents[number] = parents[Int(parents[number])] }
  }

  /// The same as `root`, without shortening the way for those who ask again.
  package func find(_ number: Int) -> Int {
    var current = number
    while Int(parents[current]) != current { current = Int(parents[current]) }
    return current
  }

  /// Joins the sets of two numbers; the lower root stands for both.
  mutating func join(_ first: Int, _ second: Int) {
    let (first, second) = (root(of: first), root(of: second))
    parents[max(first, second)] = UInt32(min(first, second))
  }
}
