/// A stream of draws that is a pure function of a seed, a record's index and a purpose: SplitMix64.
///
/// Only integer operations and exact floating-point ones are used, so every machine draws the same.
struct Draws {
  private var state: UInt64

  init(seed: UInt64, index: Int, purpose: UInt64) {
    state = Draws.mixed(Draws.mixed(seed ^ purpose) &+ UInt64(truncatingIfNeeded: index))
  }

  /// The finaliser of SplitMix64, a bijection that spreads every bit over all others.
  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    defer { state &+= 0x9E37_79B9_7F4A_7C15 }
    return Draws.mixed(state)
  }

  /// A whole number from 0 to `bound` - 1; `bound` is at least 1.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from 0 up to, but not including, 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// True at the given rate.
  mutating func chance(_ rate: Double) -> Bool { unit() < rate }

  mutating func pick<Elements: RandomAccessCollection>(_ elements: Elements) -> Elements.Element
  where Elements.Index == Int {
    elements[elements.startIndex + below(elements.count)]
  }
}

/// The numbers 0 ..< `count`, drawn without replacement; the deck starts over when empty.
struct Deck {
  private var order: [Int]
  private var taken = 0

  init(count: Int) { order = Array(0..<count) }

  var isUsedUp: Bool { taken >= order.count }

  mutating func draw(from draws: inout Draws) -> Int {
    if isUsedUp { taken = 0 }
    order.swapAt(taken, taken + draws.below(order.count - taken))
    taken += 1
    return order[taken - 1]
  }
}
