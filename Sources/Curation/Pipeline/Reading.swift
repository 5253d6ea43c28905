/// The first half of a run: takes all sources through the record steps into the pool, in parallel.
struct Reading {
  let sources: [any Source]
  let steps: [any RecordStep]
  let pool: PoolWriter
  let rejects: RejectsWriter?
  let jobs: Int
  let progress: RunProgress
  let profile: Profile?

  /// Reads everything. The ledgers are those of the sources, in their order.
  func run() async throws -> [Ledger] {
    // The largest source first, since one source is read by one task at a time.
    let order = sources.indices.sorted { sources[$0].byteCount > sources[$1].byteCount }
    let queue = WorkQueue(sourceCount: sources.count)
    return try await withTaskCancellationHandler {
      try await withThrowingTaskGroup(of: [Ledger].self) { group in
        for _ in 0..<jobs {
          group.addTask { try await work(queue, order) }
        }
        var total = [Ledger](repeating: Ledger(), count: sources.count)
        do {
          for try await ledgers in group {
            for (index, ledger) in ledgers.enumerated() { total[index] += ledger }
          }
        } catch {
          await queue.stop()
          throw error
        }
        try Task.checkCancellation()
        return total
      }
    } onCancel: {
      Task { await queue.stop() }
    }
  }

  /// What one task does, until there is no more work. Gives what it counted, by source.
  private func work(_ queue: WorkQueue, _ order: [Int]) async throws -> [Ledger] {
    var worker = try Worker(
      steps: steps, keepsRejects: rejects != nil, isTimed: profile != nil)
    var ledgers = [Ledger](repeating: Ledger(), count: sources.count)
    while let work = await queue.next() {
      switch work {
      case .read(let number):
        let batch = try profile.measure("read") { try sources[order[number]].nextBatch() }
        if batch == nil { progress.update { $0.finishedSources += 1 } }
        await queue.didRead(source: number, batch)
      case .process(let number, let batch):
        let index = order[number]
        let source = sources[index]
        let outcome = try worker.process(batch, of: source)
        ledgers[index] += outcome.ledger
        progress.update {
          $0.total += outcome.ledger
          $0.lineBytes += batch.byteCount
        }
        if !outcome.rejects.isEmpty {
          try await rejects?.append(outcome.rejects, source: index, batch: batch.index)
        }
        if !outcome.rows.rows.isEmpty {
          try await profile.measure("pool") {
            try await pool.append(outcome.rows, category: source.category, source: source.name)
          }
        }
      }
    }
    if let profile { worker.report(to: profile) }
    return ledgers
  }
}
