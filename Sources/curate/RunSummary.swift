import Bytes
import Contracts
import DatasetFiles
import Engine
import Tokenization

/// Tells what a run or a split made, on standard error: what there is now, what became of every line and
/// every item, what to mind, and what to do next.
struct RunSummary {
  /// What was done.
  enum Work {
    /// - Parameters:
    ///   - seconds: how long it took.
    ///   - earlierFiles: those that were taken over from an earlier run.
    case run(seconds: Double, earlierFiles: Int)
    case dryRun(seconds: Double)
    case split
  }

  private let manifest: Manifest
  private let work: Work
  private let next: NextCommands
  private let reasons: [(name: String, summary: String)]
  private let profile: Profile?
  private let width = StandardError.textWidth

  /// - Parameter reasons: those for which lines may be lost, as far as they are told.
  init(
    _ manifest: Manifest, _ work: Work, next: NextCommands,
    reasons: [(name: String, summary: String)] = [], profile: Profile? = nil
  ) {
    self.manifest = manifest
    self.work = work
    self.next = next
    self.reasons = reasons
    self.profile = profile
  }

  func show() {
    for line in lines() { StandardError.say(line) }
  }

  /// In lines that are no wider than the width, as far as names and commands allow.
  func lines() -> [String] {
    let notes = DatasetNotes(manifest)
    var blocks = [head, ledger]
    if case .split = work {
      blocks.append(notes.ofSelection)
    } else {
      blocks += [files, notes.ofReading + notes.ofSelection]
    }
    if let profile { blocks.append(ProfileTable(profile).lines) }
    if case .dryRun = work {
      blocks.append(["next: the same command without --dry-run"])
    } else {
      blocks.append(next.lines(for: manifest, width: width))
    }
    return Array(blocks.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var head: [String] {
    let rows =
      wantedSplits.map { "\(grouped($0.rows)) \($0.split.name)" }.joined(separator: ", ") + " rows"
    let formats = manifest.files?.formats ?? []
    let also = formats.isEmpty ? "" : " (also as \(formats.joined(separator: " and ")))"
    let read = manifest.total.read
    let files = counted(manifest.inputs.count, "file")
    let text =
      switch work {
      case .run(let seconds, let earlier):
        "\(next.folder)/: \(rows)\(also) of \(counted(read, "line")) in \(files)"
          + (earlier == 0
            ? ", \(grouped(Int(Double(read) / max(seconds, 0.001)))) records/s"
            : earlier < manifest.inputs.count
              ? ", \(grouped(earlier)) of them from an earlier run" : " of an earlier run")
          + ", \(tenths(seconds))"
      case .dryRun(let seconds):
        "dry run, nothing was written: \(rows)\(also) of \(counted(read, "line")) in \(files), "
          + tenths(seconds)
      case .split:
        "\(next.folder)/: \(rows)\(also) of \(counted(manifest.pool.items, "item")) in the pool, "
          + "seed \(manifest.request.seed)"
      }
    return wrapped(text, indent: 2, width: width)
  }

  /// What became of every line that was read, and of every item of the pool: each number is what the
  /// ones above it leave.
  private var ledger: [String] {
    let total = manifest.total
    var lines: [String] = []
    if case .split = work {
      lines += row("pool", total.kept, nil, "items")
    } else {
      lines += row("read", total.read, nil, "lines of \(counted(manifest.inputs.count, "file"))")
      for loss in LostLines(total, reasons).all {
        lines += row(
          loss.isUnreadable ? "unreadable" : "dropped", -loss.count, total.read,
          "\(loss.reason): \(loss.summary)")
      }
      lines += row(
        "kept", total.kept, total.read,
        "items in the pool, 100 % from here on"
          + (total.redactions == 0
            ? ""
            : "; \(counted(total.redactions, "mention")) of their own price taken out of their texts")
      )
    }
    guard total.kept > 0 else { return lines }
    for result in manifest.selection where result.itemsIn > result.itemsOut || result.remark != nil
    {
      lines += row(
        result.step, result.itemsOut - result.itemsIn, total.kept,
        result.remark ?? "left out, since no more were asked for")
    }
    let splits = wantedSplits.map { split in
      "\(grouped(split.rows)) \(split.split.name)"
        + (split.rows < split.wanted ? " (of \(grouped(split.wanted)) asked for)" : "")
    }
    lines += row(
      "chosen", manifest.selection.last?.itemsOut ?? 0, total.kept, splits.joined(separator: ", "))
    return lines
  }

  /// The files, where there are few, or else those with something unusual. Of one file all is told.
  private var files: [String] {
    let inputs = manifest.inputs
    guard inputs.count > 1 else { return [] }
    let isFew = inputs.count <= 4
    let told = inputs.filter { isFew || $0.isUnusual }
    return told.prefix(10).flatMap { input in
      let unreadable = input.lines.unreadable.values.reduce(0, +)
      return wrapped(
        "\(input.name.printable): \(counted(input.lines.read, "line")), "
          + "\(grouped(input.lines.kept)) kept"
          + (unreadable > 0 ? ", \(grouped(unreadable)) unreadable" : "")
          + (input.damage == nil ? "" : ", damaged"), indent: 2, width: width)
    } + (told.count > 10 ? ["and \(grouped(told.count - 10)) more such files"] : [])
  }

  private var wantedSplits: [SplitSize] { SplitSize.all(of: manifest).filter { $0.wanted > 0 } }

  private func row(_ label: String, _ count: Int, _ whole: Int?, _ text: String) -> [String] {
    let share = whole.map { percent(abs(count), of: $0) } ?? ""
    let lead =
      label.padded(to: 12) + grouped(count).rightAligned(to: 11) + share.rightAligned(to: 9)
    // Beside the numbers a narrow window has no room.
    return width >= 60
      ? wrapped(text, lead: lead + "  ", width: width)
      : [lead] + wrapped(text, lead: "  ", width: width)
  }

  private func tenths(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10) s" }
}

extension InputSummary {
  /// Whether a person would want to look at it: it is damaged, or nothing of it was kept, or more than
  /// one line in a hundred is unreadable.
  fileprivate var isUnusual: Bool {
    damage != nil || lines.kept == 0
      || lines.unreadable.values.reduce(0, +) * 100 > lines.read
  }
}
