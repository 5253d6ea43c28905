/// Takes the lines of a batch through the record steps. One worker a task; its buffers are reused.
struct Worker: ~Copyable {
  /// What a batch came to.
  struct Outcome: Sendable {
    var ledger = Ledger()
    var rows = PoolRows()
    /// The batch's rejects as JSON lines; empty unless they are asked for.
    var rejects: [UInt8] = []
  }

  private let steps: [any RecordStep]
  private let keepsRejects: Bool
  private var decoder: ProductDecoder
  private var item = Item()

  init(steps: [any RecordStep], keepsRejects: Bool) throws {
    self.steps = steps
    self.keepsRejects = keepsRejects
    decoder = try ProductDecoder()
  }

  mutating func process(_ batch: Batch, of source: any Source) -> Outcome {
    var outcome = Outcome()
    item.category = source.category
    batch.forEachLine { line, range in
      outcome.ledger.read += 1
      if let reason = batch.isTooLongLine
        ? .tooLong : decoder.decode(batch.bytes.span, range, into: &item.product)
      {
        outcome.ledger.unreadable[reason.rawValue, default: 0] += 1
        reject(source, line, step: nil, reason.rawValue, to: &outcome)
        return
      }
      for step in steps {
        guard case .drop(let reason) = step.apply(to: &item) else { continue }
        outcome.ledger.dropped[reason.name, default: 0] += 1
        reject(source, line, step: type(of: step).name, reason.name, to: &outcome)
        return
      }
      outcome.ledger.kept += 1
      outcome.rows.append(item, line: line)
    }
    return outcome
  }

  private func reject(
    _ source: any Source, _ line: Int, step: String?, _ reason: String, to outcome: inout Outcome
  ) {
    guard keepsRejects else { return }
    outcome.rejects.append(#"{"source": "#)
    outcome.rejects.appendJSON(Array(source.name.utf8))
    outcome.rejects.append(contentsOf: #", "line": \#(line)"#.utf8)
    if let step {
      var id: [UInt8] = []
      item.product.appendID(to: &id)
      outcome.rejects.append(#", "id": "#)
      outcome.rejects.appendJSON(id)
      outcome.rejects.append(contentsOf: #", "step": "\#(step)""#.utf8)
    }
    outcome.rejects.append(contentsOf: #", "reason": "\#(reason)"}"#.utf8)
    outcome.rejects.append(UInt8(ascii: "\n"))
  }
}
