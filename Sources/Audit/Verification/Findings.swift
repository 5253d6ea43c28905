import Bytes

/// What a verification found: of each kind the first case, and how many there were.
package struct Findings: Sendable {
  package struct Finding: Sendable {
    /// What is wrong, as a short stable name: `own-price`.
    package let kind: String
    /// The first case, with its place.
    package let first: String
    package fileprivate(set) var count: Int
  }

  package private(set) var all: [Finding] = []

  package var isEmpty: Bool { all.isEmpty }

  package mutating func add(_ kind: String, _ description: String) {
    if let index = all.firstIndex(where: { $0.kind == kind }) {
      all[index].count += 1
    } else {
      all.append(Finding(kind: kind, first: description, count: 1))
    }
  }
}
