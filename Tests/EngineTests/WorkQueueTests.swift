import Synchronization
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import Engine
@testable import Tokenization

struct WorkQueueTests {
  private func batch(_ index: Int) -> Batch {
    Batch(index: index, firstLine: 1, isTooLongLine: false, bytes: [], byteCount: 0)
  }

  @Test(arguments: [1, 2, 7], [0, 1, 3, 20])
  func everyBatchOfEverySourceIsProcessedOnce(workers: Int, sources: Int) async {
    let queue = WorkQueue(sourceCount: sources)
    let batchesPerSource = 5
    let batchesRead = SharedCounts(sources)
    let finished = SharedCounts(sources)
    let processed = await withTaskGroup(of: [String].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var processed: [String] = []
          func count(_ ledger: Ledger?, _ source: Int) {
            guard let ledger else { return }
            #expect(ledger.read == batchesPerSource)
            finished.mutex.withLock { $0[source] += 1 }
          }
          while let work = await queue.next() {
            switch work {
            case .read(let source):
              let next = batchesRead.mutex.withLock { counts in
                counts[source] += 1
                return counts[source] - 1
              }
              let batch = next < batchesPerSource ? batch(next) : nil
              count(await queue.didRead(source: source, batch), source)
            case .process(let source, let batch):
              processed.append("\(source)/\(batch.index)")
              var ledger = Ledger()
              ledger.read = 1
              count(await queue.didProcess(source: source, ledger), source)
            }
          }
          return processed
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    let expected = (0..<sources).flatMap { source in
      (0..<batchesPerSource).map { "\(source)/\($0)" }
    }
    #expect(processed.sorted() == expected.sorted())
    #expect(finished.mutex.withLock { $0 } == Array(repeating: 1, count: sources))
  }

  @Test func stopEndsThoseWhoWait() async {
    let queue = WorkQueue(sourceCount: 1)
    guard case .read = await queue.next() else { return #expect(Bool(false), "a source to read") }
    let waiter = Task { await queue.next() == nil }
    await queue.stop()
    #expect(await waiter.value)
  }
}

/// How many batches of each source have been read.
private final class SharedCounts: Sendable {
  let mutex: Mutex<[Int]>

  init(_ count: Int) {
    mutex = Mutex(Array(repeating: 0, count: count))
  }
}
