import Synchronization

/// How far a run has come, for whoever shows it; may be read at any time while the run goes on.
public final class RunProgress: Sendable {
  /// What the run is doing. It takes over only where an earlier run has left something.
  public enum Phase: Sendable {
    case takingOver, reading, indexing, selecting, writing, finished
  }

  /// How far a source has come.
  public struct SourceState: Sendable {
    /// Lines that went through the record steps, be it in an earlier run.
    public var lines = 0
    /// Whether all of its lines did.
    public var isFinished = false

    public init(lines: Int = 0, isFinished: Bool = false) {
      self.lines = lines
      self.isFinished = isFinished
    }
  }

  public struct State: Sendable {
    public var phase = Phase.reading
    /// When reading began.
    public var readingSince: ContinuousClock.Instant?
    /// Of the lines that this run has read.
    public var total = Ledger()
    /// Bytes of lines, decompressed.
    public var lineBytes = 0
    /// By their numbers in the run; those that nothing was done of are missing.
    public var sources: [Int: SourceState] = [:]
    /// Sources read to their end that an earlier run had read.
    public var earlierSources = 0
    /// Their bytes on disk.
    public var earlierBytes = 0
    /// The user's files that had the name of a new output, and what they are called now.
    public var keptAside: [(name: String, newName: String)] = []
  }

  private let mutex = Mutex(State())

  public init() {}

  public var state: State { mutex.withLock { $0 } }

  func update(_ change: (inout State) -> Void) { mutex.withLock { change(&$0) } }
}
