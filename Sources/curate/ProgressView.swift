import Bytes
import DatasetFiles
import Engine
import Tokenization

/// What there is to tell of a run at one moment.
struct ProgressView {
  struct File {
    var name: String
    var byteCount: Int
    var bytesRead = 0
    var lines = 0
    var isFinished = false
  }

  var phase = RunProgress.Phase.reading
  var files: [File] = []
  /// Bytes of files that an earlier run has read.
  var earlierBytes = 0
  /// Lines that this run has read, and their bytes.
  var lines = 0
  var lineBytes = 0
  /// Since reading began.
  var seconds = 0.0

  /// Everything in one line.
  var summary: String { phaseName ?? parts(waiting: 0).joined(separator: ", ") }

  /// Lines that fit into a window, and leave a row and a column of it free: one a file, and one for the
  /// whole. Where there are more files than rows, those that are being read.
  func lines(width: Int, height: Int, _ look: StandardError.Look) -> [String] {
    if phase == .finished { return [] }
    let (width, room) = (max(1, width - 1), max(0, height - 2))
    let shown =
      files.count <= room
      ? files : Array(files.lazy.filter { $0.bytesRead > 0 && !$0.isFinished }.prefix(room))
    let layout = Layout(shown, width: width, look)
    let waiting =
      shown.count < files.count ? files.count { $0.bytesRead == 0 && !$0.isFinished } : 0
    return shown.map(layout.line) + [whole(width, waiting: waiting)]
  }

  private var phaseName: String? {
    switch phase {
    case .resuming: "taking over what an earlier run has read"
    case .reading: nil
    case .indexing: "indexing the pool"
    case .selecting: "selecting"
    case .writing: "writing"
    case .finished: ""
    }
  }

  private func whole(_ width: Int, waiting: Int) -> String {
    if let phaseName { return phaseName.cut(to: width) }
    var parts = parts(waiting: waiting)
    // What is least missed goes first.
    for index in [3, 2, 1] where parts.joined(separator: ", ").count > width {
      if index < parts.count { parts.remove(at: index) }
    }
    return parts.joined(separator: ", ").cut(to: width)
  }

  private func parts(waiting: Int) -> [String] {
    let total = files.reduce(-earlierBytes) { $0 + $1.byteCount }
    let read = files.reduce(0) { $0 + $1.bytesRead }
    let share = total > 0 ? min(1, Double(read) / Double(total)) : 1
    let finished = files.count { $0.isFinished }
    let rate = 1 / max(seconds, 0.001)
    var parts = [
      "\(Int(share * 100)) %",
      "\(finished) of \(files.count) file\(files.count == 1 ? "" : "s")"
        + (waiting > 0 ? " (\(waiting) waiting)" : ""),
      "\(grouped(Int(Double(lines) * rate))) records/s",
      "\(grouped(Int(Double(lineBytes) * rate / 1e6))) MB/s",
    ]
    if 0.01..<1 ~= share, seconds >= 1 {
      parts.append(Self.clock(max(1, Int(seconds / share - seconds))) + " left")
    }
    return parts
  }

  /// `1:20`, `1:02:05`.
  private static func clock(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (minutes, hours) = (seconds / 60, seconds / 3600)
    return (hours > 0 ? "\(hours):\(two(minutes % 60))" : "\(minutes)") + ":\(two(seconds % 60))"
  }
}

/// The columns of the lines about files: name, bar, state, and lines so far. In a narrow window the
/// last go first.
private struct Layout {
  private let nameWidth: Int
  private let barWidth: Int
  private let linesWidth: Int
  private let width: Int
  private let look: StandardError.Look

  private static let stateWidth = 7

  init(_ files: [ProgressView.File], width: Int, _ look: StandardError.Look) {
    self.width = width
    self.look = look
    let longest = files.map(\.name.printable.displayWidth).max() ?? 0
    nameWidth = min(longest, 30, max(8, width * 2 / 5))
    let lines = files.map { Self.count($0).count }.max() ?? 0
    let room = width - nameWidth - 1 - Self.stateWidth
    let hasLines = room >= 2 + 8 + 2 + lines
    linesWidth = hasLines ? lines : 0
    let left = room - 2 - (hasLines ? 2 + lines : 0)
    barWidth = left < 4 ? 0 : min(20, left)
  }

  func line(_ file: ProgressView.File) -> String {
    let (state, share) = Self.state(of: file)
    let name = file.name.printable.cut(to: nameWidth).padded(to: nameWidth)
    let bar = barWidth > 0 ? "  " + bar(share) : ""
    let tail = " " + state.rightAligned(to: Self.stateWidth)
    guard width >= nameWidth + 1 + Self.stateWidth else { return name.cut(to: width) }
    return name + bar + tail
      + (linesWidth > 0 ? "  " + Self.count(file).rightAligned(to: linesWidth) : "")
  }

  private func bar(_ share: Double) -> String {
    let full = Int(share * Double(barWidth))
    let done = String(repeating: look.hasBlocks ? "█" : "#", count: full)
    let rest = String(repeating: look.hasBlocks ? "░" : "-", count: barWidth - full)
    return look.isColoured ? "\u{1B}[32m\(done)\u{1B}[0m\u{1B}[2m\(rest)\u{1B}[0m" : done + rest
  }

  private static func state(of file: ProgressView.File) -> (words: String, share: Double) {
    if file.isFinished { return ("done", 1) }
    if file.bytesRead == 0 { return ("waiting", 0) }
    let share = Double(file.bytesRead) / Double(max(1, file.byteCount))
    return ("\(Int(min(1, share) * 100)) %", min(1, share))
  }

  private static func count(_ file: ProgressView.File) -> String {
    file.lines == 0 ? "" : file.lines == 1 ? "1 line" : "\(grouped(file.lines)) lines"
  }
}
