import Bytes
import Contracts
import Synchronization

/// Hands out the work of a run, so that no worker is bound to a file: one large file keeps all workers
/// busy, and so do many small ones.
///
/// A worker processes a waiting batch if there is one, and otherwise reads the next batch of an idle
/// source. This back-pressure bounds the batches in memory to twice the number of workers.
actor WorkQueue {
  enum Work: Sendable {
    case read(source: Int)
    case process(source: Int, Batch)
  }

  /// The most sources read at once, and so roughly the most open files.
  private static let readerLimit = 32

  /// The numbers of sources that no worker is reading; the lowest goes first.
  private var idle: Set<Int>
  private var readerCount = 0
  private var batches: [(source: Int, batch: Batch)] = []
  private var waiters: [CheckedContinuation<Void, Never>] = []
  private let isStopped = Atomic<Bool>(false)
  private var states: [SourceState]

  private struct SourceState {
    /// Batches read but not yet processed.
    var openBatches = 0
    var isRead = false
    var ledger = Ledger()
    /// The ledger of all of the source's lines, once they are processed.
    var finalLedger: Ledger? { isRead && openBatches == 0 ? ledger : nil }
  }

  /// - Parameter sourceCount: sources are numbered from 0, in reading order.
  init(sourceCount: Int) {
    idle = Set(0..<sourceCount)
    states = Array(repeating: SourceState(), count: sourceCount)
  }

  /// Waits for the next work; nil if there will be no more.
  func next() async -> Work? {
    while !isStopped.load(ordering: .relaxed) {
      if !batches.isEmpty {
        let (source, batch) = batches.removeFirst()
        return .process(source: source, batch)
      }
      if readerCount < Self.readerLimit, let source = idle.min() {
        idle.remove(source)
        readerCount += 1
        return .read(source: source)
      }
      if readerCount == 0 { return nil }
      await withCheckedContinuation { waiters.append($0) }
    }
    return nil
  }

  /// Call this with the result of a read: a batch, or nil at the source's end. Returns the source's
  /// ledger if all of it is now processed.
  func didRead(source: Int, _ batch: Batch?) -> Ledger? {
    readerCount -= 1
    if let batch {
      batches.append((source, batch))
      idle.insert(source)
      states[source].openBatches += 1
    } else {
      states[source].isRead = true
    }
    wakeAll()
    return states[source].finalLedger
  }

  /// Call this with a batch's ledger once its items are stored. Returns the source's ledger if all
  /// of it is now processed.
  func didProcess(source: Int, _ ledger: Ledger) -> Ledger? {
    states[source].openBatches -= 1
    states[source].ledger += ledger
    return states[source].finalLedger
  }

  /// Stops every worker after its current work, and waiting workers at once.
  func stop() {
    stopSoon()
    wakeAll()
  }

  /// The same from any context, but waiting workers stop only after another read or with `stop`.
  nonisolated func stopSoon() { isStopped.store(true, ordering: .relaxed) }

  private func wakeAll() {
    for waiter in waiters { waiter.resume() }
    waiters = []
  }
}
