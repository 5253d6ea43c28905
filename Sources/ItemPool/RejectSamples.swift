import Bytes
package import Contracts

/// A dozen records of each reason for which some were dropped or unreadable, chosen by a hash of their lines'
/// numbers, so that neither workers nor batches change the choice.
package struct RejectSamples: Codable, Equatable, Sendable {
  package struct Sample: Codable, Equatable, Sendable {
    package let key: UInt64
    package let source: String
    package let line: Int
    /// What people know the record by; of a line that is no product, its beginning.
    package let text: String
  }

  /// By the reason's name, those with the lowest keys, in the order of their keys.
  package private(set) var byReason: [String: [Sample]] = [:]

  private static let limit = 12

  package init() {}

  /// Counts a record in. `text` is asked for only if the record is among the chosen.
  package mutating func add(
    _ reason: String, _ source: String, line: Int, text: () -> String
  ) {
    let key = withUnsafeBytes(of: line) { StableHash.hash($0) }
    if let last = byReason[reason]?.last, byReason[reason]?.count == Self.limit, key >= last.key {
      return
    }
    insert(Sample(key: key, source: source, line: line, text: text()), reason)
  }

  package static func += (left: inout RejectSamples, right: RejectSamples) {
    for (reason, samples) in right.byReason {
      for sample in samples { left.insert(sample, reason) }
    }
  }

  private mutating func insert(_ sample: Sample, _ reason: String) {
    var samples = byReason[reason] ?? []
    let place = samples.firstIndex { (sample.key, sample.text) < ($0.key, $0.text) }
    samples.insert(sample, at: place ?? samples.count)
    byReason[reason] = Array(samples.prefix(Self.limit))
  }
}

extension Product {
  /// Title and price as the raw record has them, for people.
  package var summary: String {
    func beginning(_ field: Field, _ count: Int) -> String {
      let bytes = json[range(of: field)]
      if bytes.isEmpty { return "(missing)" }
      return Array(bytes.prefix(count)).text + (bytes.count > count ? "…" : "")
    }
    return "\(beginning(.title, 300)), price \(beginning(.price, 60))"
  }
}
