import Bytes
package import Contracts
import RawData

/// The single path of a line: decodes it, then applies a recipe's record steps until one drops it.
/// Shared by `run`, `inspect`, the search for rejects and the fuzzers.
///
/// Each task has its own; its buffers are reused from line to line.
package struct RecordPipeline: ~Copyable {
  /// Where a line ended.
  package enum End {
    case unreadable(UnreadableReason)
    /// By the step at a place in `steps`.
    case dropped(step: Int, DropReason)
    case kept
  }

  package let steps: [any RecordStep]
  private var decoder: ProductDecoder
  /// The item as the last applied step left it.
  package private(set) var item = Item()

  /// Errors: `inputOutput` if out of memory.
  package init(steps: [any RecordStep]) throws {
    self.steps = steps
    decoder = try ProductDecoder()
  }

  /// Sets the category of the lines that follow.
  package mutating func enter(category: String) { item.category = category }

  /// Processes the line at `range` of `bytes`, which must include simdjson's padding after it.
  package mutating func take(
    _ bytes: Span<UInt8>, _ range: Range<Int>, isTooLong: Bool,
    _ observer: inout some PipelineObserver
  ) -> End {
    observer.begins()
    let fault = isTooLong ? .tooLong : decoder.decode(bytes, range, into: &item.product)
    observer.decoded(item, fault)
    if let fault { return .unreadable(fault) }
    for (place, step) in steps.enumerated() {
      let verdict = step.apply(to: &item)
      observer.applied(place, step, verdict, to: item)
      if case .drop(let reason) = verdict { return .dropped(step: place, reason) }
    }
    return .kept
  }
}

/// Observes the processing of a line.
package protocol PipelineObserver {
  mutating func begins()
  /// - Parameter fault: why the line could not be decoded, if it could not.
  mutating func decoded(_ item: borrowing Item, _ fault: UnreadableReason?)
  /// - Parameter place: the step's, from 0.
  mutating func applied(
    _ place: Int, _ step: any RecordStep, _ verdict: Verdict, to item: borrowing Item)
}

/// Watches nothing.
package struct NoObserver: PipelineObserver {
  package init() {}

  package func begins() {}
  package func decoded(_ item: borrowing Item, _ fault: UnreadableReason?) {}
  package func applied(
    _ place: Int, _ step: any RecordStep, _ verdict: Verdict, to item: borrowing Item
  ) {}
}

/// Times decoding and each step, if requested.
struct StepTimer: PipelineObserver {
  /// Decoding at 0, the steps from 1 on; empty if nothing is timed.
  private(set) var parts: [(nanoseconds: UInt64, count: Int)]
  private var start: UInt64 = 0

  init(stepCount: Int, isOn: Bool) {
    parts = isOn ? Array(repeating: (0, 0), count: stepCount + 1) : []
  }

  mutating func begins() { if !parts.isEmpty { start = Profile.now() } }

  mutating func decoded(_ item: borrowing Item, _ fault: UnreadableReason?) { lap(0) }

  mutating func applied(
    _ place: Int, _ step: any RecordStep, _ verdict: Verdict, to item: borrowing Item
  ) { lap(place + 1) }

  private mutating func lap(_ part: Int) {
    guard !parts.isEmpty else { return }
    let now = Profile.now()
    parts[part].nanoseconds += now - start
    parts[part].count += 1
    start = now
  }
}
