/// What a verification found: of each kind the first case, and how many there were.
public struct Findings: Sendable {
  public struct Finding: Sendable {
    /// What is wrong, as a short stable name: `own-price`.
    public let kind: String
    /// The first case, with its place.
    public let first: String
    public fileprivate(set) var count: Int
  }

  public private(set) var all: [Finding] = []

  public var isEmpty: Bool { all.isEmpty }

  mutating func add(_ kind: String, _ description: String) {
    if let index = all.firstIndex(where: { $0.kind == kind }) {
      all[index].count += 1
    } else {
      all.append(Finding(kind: kind, first: description, count: 1))
    }
  }
}
