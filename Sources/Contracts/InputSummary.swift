import Bytes

/// A raw file that was read, and what became of its lines.
package struct InputSummary: Codable, Equatable, Sendable {
  package let name: String
  package let bytes: Int
  package let sha256: String
  package let lines: Ledger
  /// Where the file is damaged; set only in runs that skip damage.
  package let damage: Damage?

  package init(name: String, bytes: Int, sha256: String, lines: Ledger, damage: Damage?) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
    self.lines = lines
    self.damage = damage
  }
}

/// The tokenizer that made the rows.
package struct TokenizerSummary: Codable, Equatable, Sendable {
  package let kind: String
  package let sha256: String

  package init(kind: String, sha256: String) {
    self.kind = kind
    self.sha256 = sha256
  }
}

extension InputSummary {
  /// Whether these values are plausible for a file that a run has read.
  package var isPossible: Bool {
    let places = [bytes, damage?.offset ?? 0, damage?.lostBytes ?? 0]
    // The longest file name on Linux.
    return name.utf8.count <= 255 && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
      && sha256.utf8.count <= 64 && damage?.message.utf8.count ?? 0 <= 1000
      && places.sum(within: 1 << 52) && lines.isPossible
  }
}

extension Ledger {
  /// Larger than any run counts, yet the sums over a million files do not overflow.
  static let largestSum = 1 << 43

  /// Whether no count is negative and sums cannot overflow.
  package var isPossible: Bool {
    ([read, kept, redactions] + dropped.values + unreadable.values).sum(within: Self.largestSum)
  }
}

extension [Int] {
  /// Whether no value is negative and their sum is at most `limit`.
  package func sum(within limit: Int) -> Bool {
    var left = limit
    return allSatisfy { number in
      guard 0...left ~= number else { return false }
      left -= number
      return true
    }
  }
}
