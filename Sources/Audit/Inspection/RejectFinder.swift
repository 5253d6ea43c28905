import Bytes
package import Contracts
package import DatasetFiles
import Engine
import PoolSteps
package import RawData

/// Finds the records that ended for a reason before they reached the pool, by taking raw files through the
/// record steps again.
package struct RejectFinder {
  private let files: [RawFile]
  private let inspector: Inspector
  /// What is known of the files, by their names.
  private let inputs: [String: [InputSummary]]

  /// The name of every reason that a record may have.
  package static let reasons =
    UnreadableReason.allCases.map(\.rawValue)
    + StepCatalogue.recordSteps.flatMap { $0.dropReasons }.map(\.name)

  /// - Parameter manifest: what is known of the files already, which may save reading some.
  package init(_ files: [RawFile], _ inspector: Inspector, _ manifest: Manifest?) {
    self.files = files
    self.inspector = inspector
    inputs = Dictionary(grouping: manifest?.inputs ?? [], by: \.name)
  }

  /// The reasons of a record step, or the one reason, that has a name; empty where none has.
  package static func reasons(named name: String) -> Set<String> {
    let step = StepCatalogue.recordSteps.first { $0.name == name }
    return Set(step?.dropReasons.map(\.name) ?? reasons.filter { $0 == name })
  }

  /// How many records ended for one of some reasons; nil where not all files are those of the manifest.
  package func count(for reasons: Set<String>) -> Int? {
    let counts = files.map { knownCount(of: reasons, in: $0) }
    return counts.contains(nil) ? nil : counts.compactMap(\.self).reduce(0, +)
  }

  /// Calls `body` with the records that ended for some reasons, in the order of files and lines: with `count` of
  /// them at the most, after the first `skip`. Costs taking the files up to the last of them through the
  /// steps, in one task. Gives how many there were.
  package func forEachRecord(
    for reasons: Set<String>, skip: Int, count: Int, _ body: (RawRecord) throws -> Void
  ) throws -> Int {
    var pipeline = try inspector.makePipeline()
    var observer = NoObserver()
    var (left, found) = (skip, 0)
    for file in files where found < count {
      if let known = knownCount(of: reasons, in: file), known <= left {
        left -= known
        continue
      }
      pipeline.enter(category: file.category)
      while found < count, let batch = try file.nextBatch() {
        try Task.checkCancellation()
        try batch.forEachLine { number, line in
          guard found < count else { return }
          let isTooLong = batch.isTooLongLine
          switch pipeline.take(batch.bytes.span, line, isTooLong: isTooLong, &observer) {
          case .unreadable(let reason): guard reasons.contains(reason.rawValue) else { return }
          case .dropped(_, let reason): guard reasons.contains(reason.name) else { return }
          case .kept: return
          }
          guard left == 0 else {
            left -= 1
            return
          }
          found += 1
          try body(
            RawRecord(
              batch.bytes.span, line, line: number, of: file, isTooLong: batch.isTooLongLine))
        }
      }
    }
    return found
  }

  private func knownCount(of reasons: Set<String>, in file: RawFile) -> Int? {
    guard let known = inputs[file.name], known.count == 1, known[0].bytes == file.byteCount else {
      return nil
    }
    let lines = known[0].lines
    return reasons.reduce(0) { $0 + (lines.dropped[$1] ?? 0) + (lines.unreadable[$1] ?? 0) }
  }
}

extension Recipe {
  /// The names of its steps that leave items out, of which record steps do so for reasons.
  package var droppingSteps: [String] {
    recordSteps.filter { !$0.type.dropReasons.isEmpty }.map { $0.type.name }
      + poolSteps.map { $0.type.name }.filter { $0 != HoldOutStep.name }
  }
}
