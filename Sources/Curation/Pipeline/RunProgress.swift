import Synchronization

/// How far a run has come, for whoever shows it; may be read at any time while the run goes on.
public final class RunProgress: Sendable {
  /// What the run is doing.
  public enum Phase: Sendable {
    case reading, indexing, selecting, writing, finished
  }

  public struct State: Sendable {
    public var phase = Phase.reading
    /// Of the lines that this run has read.
    public var total = Ledger()
    /// Bytes of lines, decompressed.
    public var lineBytes = 0
    /// Sources read to their end.
    public var finishedSources = 0
    /// Of these, sources that an earlier run had read.
    public var earlierSources = 0
    /// Their bytes on disk.
    public var earlierBytes = 0
  }

  private let mutex = Mutex(State())

  public init() {}

  public var state: State { mutex.withLock { $0 } }

  func update(_ change: (inout State) -> Void) { mutex.withLock { change(&$0) } }
}
