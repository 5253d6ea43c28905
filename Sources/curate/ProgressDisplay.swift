import Contracts
import Dispatch
import Engine
import RawData

/// Shows how far a run has come: on a terminal with lines that are redrawn and go away at the end,
/// elsewhere with a line every few seconds.
///
/// It has a thread of its own, since the run keeps all others busy; where the system gives none, nothing is
/// shown.
struct ProgressDisplay {
  private let start = ContinuousClock.now
  private let stop = DispatchSemaphore(value: 0)
  private let end = DispatchSemaphore(value: 0)
  private let isShown: Bool

  /// - Parameter files: by their numbers in the run.
  init(_ progress: RunProgress, _ files: [RawFile] = []) {
    let interval = StandardError.canRedraw ? 0.2 : 5
    isShown = startThread { [stop, end] in
      while stop.wait(timeout: .now() + interval) == .timedOut {
        let view = ProgressView(progress.state, files)
        if StandardError.canRedraw {
          let (width, height) = StandardError.windowSize
          StandardError.show(view.lines(width: width, height: height, StandardError.look))
        } else if view.phase != .finished {
          StandardError.say("curate: \(view.summary)")
        }
      }
      end.signal()
    }
  }

  /// Ends the display; gives the seconds since it began.
  func finish() -> Double {
    if isShown {
      stop.signal()
      // What is being shown is shown first.
      end.wait()
    }
    StandardError.endDisplay()
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
