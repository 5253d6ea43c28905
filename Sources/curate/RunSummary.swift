import Curation

/// Tells what a run or a split made, on standard error.
struct RunSummary {
  private let manifest: Manifest
  /// Where the dataset is; nil after a dry run.
  private let folder: String?

  init(_ manifest: Manifest, folder: String?) {
    self.manifest = manifest
    self.folder = folder
  }

  func showRun(seconds: Double, _ state: RunProgress.State) {
    let total = manifest.total
    row("files", state.earlierSources, "of \(manifest.inputs.count) taken over from an earlier run")
    for input in manifest.inputs {
      let lost = input.lines.unreadable.values.reduce(0, +)
      row(
        "file", input.lines.read,
        "lines of \(input.name): \(grouped(input.lines.kept)) kept"
          + (lost > 0 ? ", \(grouped(lost)) unreadable" : ""))
    }
    row(
      "read", total.read,
      "lines of \(manifest.inputs.count == 1 ? "one file" : "\(manifest.inputs.count) files")")
    for reason in UnreadableReason.allCases {
      row("unreadable", total.unreadable[reason.rawValue], "\(reason.rawValue): \(reason.summary)")
    }
    for reason in StepCatalogue.recordSteps.flatMap({ $0.dropReasons }) {
      row("dropped", total.dropped[reason.name], "\(reason.name): \(reason.summary)")
    }
    row("kept", total.kept, "items in the pool")
    row("redacted", total.redactions, "mentions of their own price in these")
    showSplits()
    let rate = grouped(Int(Double(state.total.read) / max(seconds, 0.001)))
    let isPart = state.earlierSources > 0
    Terminal.say("\(isPart ? "" : "\(rate) records/s, ")\(tenths(seconds)) s")
  }

  /// Warns of files that were not read to their end, and of a dataset without rows, even where nothing
  /// else is said.
  func showWarnings() {
    for input in manifest.inputs {
      guard let damage = input.damage else { continue }
      let read = input.lines.read
      let lost =
        damage.lostBytes > 0
        ? "\(grouped(damage.lostBytes)) of \(grouped(input.bytes)) bytes are"
        : "all that the file lacks is"
      Terminal.say(
        "WARNING: \(input.name): \(damage.message). Before that, \(grouped(read)) lines were read"
          + (read > 0 ? ", the last of which may be garbled" : "") + "; \(lost) LOST.")
    }
    if manifest.total.kept == 0, manifest.total.read > 0 {
      Terminal.say(
        "WARNING: not one of \(grouped(manifest.total.read)) lines was kept: is this product metadata?"
      )
    }
  }

  func showSplits() {
    for result in manifest.selection where result.itemsIn > result.itemsOut || result.remark != nil
    {
      row(
        result.step, result.itemsOut,
        result.itemsIn == result.itemsOut
          ? "items; none left out" : "items; \(grouped(result.itemsIn - result.itemsOut)) left out",
        showsZero: true)
      if let remark = result.remark { Terminal.say("             \(remark)") }
    }
    for split in SplitMaker.splits {
      let rows = manifest.rows(of: split.name)
      let wanted = wanted(split.part)
      let shortfall =
        rows < wanted
        ? "\(grouped(wanted)) were asked for; there are no more after the steps above" : ""
      row(split.name, wanted == 0 ? nil : rows, shortfall, showsZero: true)
    }
    Terminal.say(
      folder.map { "The dataset is in \($0)/; its figures and hashes are in \($0)/manifest.json." }
        ?? "This was a dry run: nothing was written.")
  }

  private func wanted(_ part: Candidates.Part) -> Int {
    switch part {
    case .train: manifest.request.train
    case .validation: manifest.request.validation
    case .test: manifest.request.test
    case .open, .heldOut: 0
    }
  }

  private func row(_ label: String, _ count: Int?, _ remark: String, showsZero: Bool = false) {
    guard let count, count > 0 || showsZero else { return }
    let padding = String(repeating: " ", count: max(0, 12 - grouped(count).count))
    let name = label + String(repeating: " ", count: max(0, 11 - label.count))
    Terminal.say("\(name)\(padding)\(grouped(count))\(remark.isEmpty ? "" : "  \(remark)")")
  }

  private func tenths(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}
