import Bytes
import Contracts
import Glibc
import ItemPool

/// The first half of a run: takes sources through the record steps into the pool, in parallel.
struct PoolBuilder {
  /// The sources to read, by their numbers in the run.
  package let sources: [Int: any Source]
  package let steps: [any RecordStep]
  package let pool: PoolWriter
  package let keepsRejects: Bool
  package let jobs: Int
  package let progress: RunProgress
  package let profile: Profile?

  /// Reads everything and records each finished source in the pool.
  package func run() async throws {
    // The largest source first, since one source is read by one task at a time.
    let order = sources.keys.sorted {
      (-(sources[$0]?.byteCount ?? 0), $0) < (-(sources[$1]?.byteCount ?? 0), $1)
    }
    let queue = WorkQueue(sourceCount: sources.count)
    try await withTaskCancellationHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<jobs {
          group.addTask { try await work(queue, order) }
        }
        do { for try await () in group {} } catch {
          await queue.stop()
          throw error
        }
        try Task.checkCancellation()
      }
    } onCancel: {
      queue.stopSoon()
    }
  }

  /// The loop of one task, until there is no more work.
  private func work(_ queue: WorkQueue, _ order: [Int]) async throws {
    var worker = try Worker(steps: steps, keepsRejects: keepsRejects, isTimed: profile != nil)
    while let work = await queue.next() {
      switch work {
      case .read(let place):
        guard let source = sources[order[place]] else { break }
        let batch = try profile.measure("read") { try source.nextBatch() }
        let ledger = await queue.didRead(source: place, batch)
        if let ledger { try await finish(source, order[place], ledger) }
      case .process(let place, let batch):
        let number = order[place]
        guard let source = sources[number] else { break }
        let outcome = try worker.process(batch, of: source)
        progress.update {
          $0.total += outcome.ledger
          $0.lineBytes += batch.byteCount
          $0.sources[number, default: .init()].lines += outcome.ledger.read
        }
        await pool.append(outcome.samples, source: number)
        if !outcome.rejects.isEmpty {
          try await pool.append(outcome.rejects, source: number, batch: batch.index)
        }
        if !outcome.rows.rows.isEmpty {
          try await profile.measure("pool") {
            try await pool.append(outcome.rows)
          }
        }
        let ledger = await queue.didProcess(source: place, outcome.ledger)
        if let ledger { try await finish(source, number, ledger) }
      }
    }
    if let profile { worker.report(to: profile) }
  }

  private func finish(_ source: any Source, _ number: Int, _ ledger: Ledger) async throws {
    progress.update { $0.sources[number, default: .init()].isFinished = true }
    try await pool.complete(
      number,
      // The bytes read and hashed; the file's size may have differed when it was found.
      InputSummary(
        name: source.name, bytes: source.bytesRead, sha256: source.sha256 ?? "", lines: ledger,
        damage: source.damage))
  }
}
