/// Takes the lines of a batch through the record steps. One worker a task; its buffers are reused.
struct Worker: ~Copyable {
  /// What a batch came to.
  struct Outcome: Sendable {
    var ledger = Ledger()
    var rows: PoolRows
    /// The batch's rejects as JSON lines, in gzip members; empty unless they are asked for.
    var rejects: [UInt8] = []
    var samples = RejectSamples()
  }

  private let steps: [any RecordStep]
  private let keepsRejects: Bool
  private var decoder: ProductDecoder
  private var item = Item()
  /// Rejects that are not compressed yet.
  private var rejectLines: [UInt8] = []

  /// The time that decoding and each step took, and the items they saw; empty unless asked for.
  private var times: [(nanoseconds: UInt64, count: Int)] = []

  init(steps: [any RecordStep], keepsRejects: Bool, isTimed: Bool = false) throws {
    self.steps = steps
    self.keepsRejects = keepsRejects
    decoder = try ProductDecoder()
    if isTimed { times = Array(repeating: (0, 0), count: steps.count + 1) }
  }

  /// Adds the times to a profile.
  func report(to profile: Profile) {
    for (name, time) in zip(["decode"] + steps.map { type(of: $0).name }, times) {
      profile.add(name, time.nanoseconds, count: time.count)
    }
  }

  /// Counts the time since `start`, which becomes now, for decoding (0) or a step (from 1 on).
  private mutating func lap(_ part: Int, _ start: inout UInt64) {
    guard !times.isEmpty else { return }
    let now = Profile.now()
    times[part].nanoseconds += now - start
    times[part].count += 1
    start = now
  }

  mutating func process(_ batch: Batch, of source: any Source) throws -> Outcome {
    var outcome = Outcome(rows: PoolRows(category: source.category, source: source.name))
    item.category = source.category
    try batch.forEachLine { line, range in
      outcome.ledger.read += 1
      var start = times.isEmpty ? 0 : Profile.now()
      let fault =
        batch.isTooLongLine
        ? .tooLong : decoder.decode(batch.bytes.span, range, into: &item.product)
      lap(0, &start)
      if let reason = fault {
        outcome.ledger.unreadable[reason.rawValue, default: 0] += 1
        outcome.samples.add(reason.rawValue, source.name, line: line) {
          Array(batch.bytes[range].prefix(300)).text + (range.count > 300 ? "…" : "")
        }
        try reject(source, line, step: nil, reason.rawValue, &outcome)
        return
      }
      for (index, step) in steps.enumerated() {
        let verdict = step.apply(to: &item)
        lap(index + 1, &start)
        guard case .drop(let reason) = verdict else { continue }
        outcome.ledger.dropped[reason.name, default: 0] += 1
        outcome.samples.add(reason.name, source.name, line: line) { item.product.summary }
        try reject(source, line, step: type(of: step).name, reason.name, &outcome)
        return
      }
      outcome.ledger.kept += 1
      outcome.ledger.redactions += item.redactions
      outcome.rows.append(item, line: line)
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
      item.product.appendID(to: &id)
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
