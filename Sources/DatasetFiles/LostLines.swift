import Bytes
package import Contracts

/// The lines that did not become items, by reason, the most frequent first.
package struct LostLines {
  package struct Loss {
    package let reason: String
    package let summary: String
    package let count: Int
    package let isUnreadable: Bool
  }

  package let all: [Loss]

  /// - Parameter reasons: those for which lines may be lost, as far as they are told.
  package init(_ ledger: Ledger, _ reasons: [(name: String, summary: String)] = []) {
    let summaries = Dictionary(reasons, uniquingKeysWith: { first, _ in first })
    func losses(_ counts: [String: Int], isUnreadable: Bool) -> [Loss] {
      counts.map { reason, count in
        Loss(
          reason: reason, summary: summaries[reason] ?? "", count: count, isUnreadable: isUnreadable
        )
      }
    }
    all =
      (losses(ledger.dropped, isUnreadable: false)
      + losses(ledger.unreadable, isUnreadable: true)).filter { $0.count > 0 }
      .sorted { (-$0.count, $0.reason) < (-$1.count, $1.reason) }
  }
}
