import Curation
import Dispatch

/// Shows how far a run has come: on a terminal with lines that are redrawn and go away at the end,
/// elsewhere with a line every few seconds.
///
/// It has a thread of its own, since the run keeps all others busy.
struct ProgressDisplay {
  private let start = ContinuousClock.now
  private let queue = DispatchQueue(label: "progress")
  private let timer: any DispatchSourceTimer

  /// - Parameter files: by their numbers in the run.
  init(_ progress: RunProgress, _ files: [RawFile] = []) {
    timer = DispatchSource.makeTimerSource(queue: queue)
    let interval = Terminal.canRedraw ? 0.2 : 5
    timer.schedule(deadline: .now() + interval, repeating: interval)
    timer.setEventHandler { @Sendable in
      let view = ProgressView(progress.state, files)
      if Terminal.canRedraw {
        let (width, height) = Terminal.windowSize
        Terminal.show(view.lines(width: width, height: height, Terminal.look))
      } else if view.phase != .finished {
        Terminal.say("curate: \(view.summary)")
      }
    }
    timer.resume()
  }

  /// Ends the display; gives the seconds since it began.
  func finish() -> Double {
    timer.cancel()
    // What is being shown is shown first.
    queue.sync {}
    Terminal.endDisplay()
    return seconds(since: start)
  }
}

extension ProgressView {
  fileprivate init(_ state: RunProgress.State, _ files: [RawFile]) {
    phase = state.phase
    self.files = files.enumerated().map { number, file in
      let source = state.sources[number] ?? .init()
      return File(
        name: file.displayName, byteCount: file.byteCount, bytesRead: file.bytesRead,
        lines: source.lines, isFinished: source.isFinished)
    }
    earlierBytes = state.earlierBytes
    lines = state.total.read
    lineBytes = state.lineBytes
    seconds = state.readingSince.map { curate.seconds(since: $0) } ?? 0
  }
}

extension RawFile {
  /// The name without what all have.
  fileprivate var displayName: String {
    var name = name[...]
    if name.hasPrefix("meta_") { name = name.dropFirst(5) }
    for suffix in [".gz", ".jsonl"] where name.hasSuffix(suffix) {
      name = name.dropLast(suffix.count)
    }
    return String(name)
  }
}

private func seconds(since start: ContinuousClock.Instant) -> Double {
  (ContinuousClock.now - start) / .seconds(1)
}
