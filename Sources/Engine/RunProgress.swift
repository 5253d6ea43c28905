import Bytes
package import Contracts
import DatasetFiles
import Synchronization

/// The progress of a run, for display; may be read at any time during the run.
package final class RunProgress: Sendable {
  /// What the run is doing. `resuming` occurs only if it resumes an earlier run.
  package enum Phase: Sendable {
    case resuming, reading, indexing, selecting, writing, finished
  }

  /// The progress of a source.
  package struct SourceState: Sendable {
    /// Lines that went through the record steps, in this run or an earlier one.
    package var lines = 0
    /// Whether all of its lines did.
    package var isFinished = false

    package init(lines: Int = 0, isFinished: Bool = false) {
      self.lines = lines
      self.isFinished = isFinished
    }
  }

  package struct State: Sendable {
    package var phase = Phase.reading
    /// When reading began.
    package var readingSince: ContinuousClock.Instant?
    /// Of the lines that this run has read.
    package var total = Ledger()
    /// Bytes of lines, decompressed.
    package var lineBytes = 0
    /// By their numbers in the run; sources not yet started are missing.
    package var sources: [Int: SourceState] = [:]
    /// Finished sources that an earlier run had read.
    package var earlierSources = 0
    /// Their bytes on disk.
    package var earlierBytes = 0
    /// The user's files that had the name of a new output, and their new names.
    package var keptAside: [(name: String, newName: String)] = []
  }

  private let mutex = Mutex(State())

  package init() {}

  package var state: State { mutex.withLock { $0 } }

  package func update(_ change: (inout State) -> Void) { mutex.withLock { change(&$0) } }
}
