import Bytes
import Contracts
import ItemPool

/// Takes the lines of a batch through the record steps. One per task; its buffers are reused.
struct Worker: ~Copyable {
  /// The result of a batch.
  struct Outcome: Sendable {
    var ledger = Ledger()
    var rows: PoolRows
    /// The batch's rejects as JSON lines, in gzip members; empty unless they are asked for.
    var rejects: [UInt8] = []
    var samples = RejectSamples()
  }

  private let keepsRejects: Bool
  private var pipeline: RecordPipeline
  private var timer: StepTimer
  /// Rejects that are not compressed yet.
  private var rejectLines: [UInt8] = []

  init(steps: [any RecordStep], keepsRejects: Bool, isTimed: Bool = false) throws {
    self.keepsRejects = keepsRejects
    pipeline = try RecordPipeline(steps: steps)
    timer = StepTimer(stepCount: steps.count, isOn: isTimed)
  }

  /// Adds the times to a profile.
  func report(to profile: Profile) {
    for (name, time) in zip(["decode"] + pipeline.steps.map { type(of: $0).name }, timer.parts) {
      profile.add(name, time.nanoseconds, count: time.count)
    }
  }

  mutating func process(_ batch: Batch, of source: any Source) throws -> Outcome {
    var outcome = Outcome(rows: PoolRows(category: source.category, source: source.name))
    pipeline.enter(category: source.category)
    try batch.forEachLine { line, range in
      outcome.ledger.read += 1
      switch pipeline.take(batch.bytes.span, range, isTooLong: batch.isTooLongLine, &timer) {
      case .unreadable(let reason):
        outcome.ledger.unreadable[reason.rawValue, default: 0] += 1
        outcome.samples.add(reason.rawValue, source.name, line: line) {
          Array(batch.bytes[range].prefix(300)).text + (range.count > 300 ? "…" : "")
        }
        try reject(source, line, step: nil, reason.rawValue, &outcome)
      case .dropped(let step, let reason):
        outcome.ledger.dropped[reason.name, default: 0] += 1
        outcome.samples.add(reason.name, source.name, line: line) { pipeline.item.product.summary }
        try reject(source, line, step: type(of: pipeline.steps[step]).name, reason.name, &outcome)
      case .kept:
        outcome.ledger.kept += 1
        outcome.ledger.redactions += pipeline.item.redactions
        outcome.rows.append(pipeline.item, line: line)
      }
    }
    try compressRejects(&outcome)
    return outcome
  }

  private mutating func reject(
    _ source: any Source, _ line: Int, step: String?, _ reason: String, _ outcome: inout Outcome
  ) throws {
    guard keepsRejects else { return }
    rejectLines.append(#"{"source": "#)
    rejectLines.appendJSON(Array(source.name.utf8))
    rejectLines.append(contentsOf: #", "line": \#(line)"#.utf8)
    if let step {
      var id: [UInt8] = []
      pipeline.item.product.appendID(to: &id)
      rejectLines.append(#", "id": "#)
      rejectLines.appendJSON(id)
      rejectLines.append(contentsOf: #", "step": "\#(step)""#.utf8)
    }
    rejectLines.append(contentsOf: #", "reason": "\#(reason)"}"#.utf8)
    rejectLines.append(UInt8(ascii: "\n"))
    // A batch of empty lines has a hundred times its own size in rejects.
    if rejectLines.count >= 1 << 20 { try compressRejects(&outcome) }
  }

  private mutating func compressRejects(_ outcome: inout Outcome) throws {
    guard !rejectLines.isEmpty else { return }
    outcome.rejects += try gzipMember(rejectLines)
    rejectLines.removeAll(keepingCapacity: true)
  }
}
