import Curation
import Foundation

/// Shows on a terminal how far a run has come, on one line that is rewritten: the whole, and each file
/// that is being read. Elsewhere it is silent.
struct ProgressDisplay {
  private let progress: RunProgress
  private let files: [RawFile]
  private let start = ContinuousClock.now
  private let task: Task<Void, Never>?

  init(_ progress: RunProgress, _ files: [RawFile]) {
    self.progress = progress
    self.files = files
    let start = start
    task =
      Terminal.isInteractive
      ? Task {
        while !Task.isCancelled {
          Terminal.show(Self.line(progress.state, files, since: start))
          try? await Task.sleep(for: .milliseconds(200))
        }
      } : nil
  }

  /// Ends the display; gives the seconds since it began.
  func finish() async -> Double {
    task?.cancel()
    await task?.value
    Terminal.clearLine()
    return Self.seconds(since: start)
  }

  private static func line(
    _ state: RunProgress.State, _ files: [RawFile], since start: ContinuousClock.Instant
  ) -> String {
    switch state.phase {
    case .reading: break
    case .indexing: return "indexing the pool"
    case .selecting: return "selecting from the pool"
    case .writing: return "writing the splits"
    case .finished: return ""
    }
    let total = files.reduce(-state.earlierBytes) { $0 + $1.byteCount }
    let read = files.reduce(0) { $0 + $1.bytesRead }
    let seconds = max(seconds(since: start), 0.001)
    let share = total == 0 ? 0 : Double(read) / Double(total)
    let current = files.filter { $0.bytesRead > 0 && $0.bytesRead < $0.byteCount }
      .map { "\($0.category) \($0.bytesRead * 100 / $0.byteCount) %" }
    var parts = [
      "\(Int(share * 100)) %",
      "\(state.finishedSources) of \(files.count) files",
      "\(grouped(Int(Double(state.total.read) / seconds))) records/s",
      "\(Int(Double(state.lineBytes) / seconds / 1e6)) MB/s",
    ]
    if share > 0.01 {
      let left = Duration.seconds(seconds / share - seconds)
      parts.append(left.formatted(.time(pattern: .minuteSecond)) + " left")
    }
    return parts.joined(separator: " · ") + "  " + current.joined(separator: ", ")
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let elapsed = (ContinuousClock.now - start).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }
}
