import Bytes
import Contracts
import Synchronization

/// Hands out the work of a run, so that no worker is bound to a file: one large file keeps all workers
/// busy, and so do many small ones.
///
/// A worker processes a batch where one waits, and else reads the next batch of a source that nobody
/// reads. That bounds the batches in memory by twice the number of workers, whatever is faster.
actor WorkQueue {
  package enum Work: Sendable {
    case read(source: Int)
    case process(source: Int, Batch)
  }

  /// The most sources that are read at a time, and so about the most open files.
  private static let readerLimit = 32

  /// Sources that nobody reads, by their numbers; the lowest goes first.
  private var idle: Set<Int>
  private var readerCount = 0
  private var batches: [(source: Int, batch: Batch)] = []
  private var waiters: [CheckedContinuation<Void, Never>] = []
  private let isStopped = Atomic<Bool>(false)
  private var states: [SourceState]

  private struct SourceState {
    /// Batches that were read and are not processed.
    var openBatches = 0
    var isRead = false
    var ledger = Ledger()
    /// What all of the source's lines came to, once they are processed.
    var finalLedger: Ledger? { isRead && openBatches == 0 ? ledger : nil }
  }

  /// - Parameter sourceCount: sources are numbered from 0, the one to be read first in front.
  init(sourceCount: Int) {
    idle = Set(0..<sourceCount)
    states = Array(repeating: SourceState(), count: sourceCount)
  }

  /// The next work, when there is some; nil when there will be none.
  package func next() async -> Work? {
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

  /// To be called with what a reading gave: a batch, or nil at the source's end. Gives the source's
  /// ledger, if all of it is processed now.
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

  /// To be called with what the lines of a batch came to, once its items are where they are to be.
  /// Gives the source's ledger, if all of it is processed now.
  func didProcess(source: Int, _ ledger: Ledger) -> Ledger? {
    states[source].openBatches -= 1
    states[source].ledger += ledger
    return states[source].finalLedger
  }

  /// Lets every worker end after what it is doing, and those that wait at once.
  package func stop() {
    stopSoon()
    wakeAll()
  }

  /// The same from anywhere; but those that wait end when something else has been read, or with `stop`.
  nonisolated func stopSoon() { isStopped.store(true, ordering: .relaxed) }

  private func wakeAll() {
    for waiter in waiters { waiter.resume() }
    waiters = []
  }
}
