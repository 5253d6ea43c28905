/// Finds the records that ended for a reason before they reached the pool, by taking raw files through the
/// record steps again.
public struct RejectFinder {
  private let files: [RawFile]
  private let inspector: Inspector
  /// What is known of the files, by their names.
  private let inputs: [String: [Manifest.Input]]

  /// Every reason that a record may have.
  public static let reasons: [(name: String, summary: String)] =
    UnreadableReason.allCases.map { ($0.rawValue, $0.summary) }
    + StepCatalogue.recordSteps.flatMap { $0.dropReasons }.map { ($0.name, $0.summary) }

  /// - Parameter manifest: what is known of the files already, which may save reading some.
  public init(_ files: [RawFile], _ inspector: Inspector, _ manifest: Manifest?) {
    self.files = files
    self.inspector = inspector
    inputs = Dictionary(grouping: manifest?.inputs ?? [], by: \.name)
  }

  /// The reasons of a record step, or the one reason, that has a name; empty where none has.
  public static func reasons(named name: String) -> Set<String> {
    let step = StepCatalogue.recordSteps.first { $0.name == name }
    return Set(step?.dropReasons.map(\.name) ?? reasons.map(\.name).filter { $0 == name })
  }

  /// How many records ended for one of some reasons; nil where not all files are those of the manifest.
  public func count(for reasons: Set<String>) -> Int? {
    let counts = files.map { knownCount(of: reasons, in: $0) }
    return counts.contains(nil) ? nil : counts.compactMap(\.self).reduce(0, +)
  }

  /// In the order of files and lines, the records that ended for some reasons, without the first `skip`.
  /// Costs taking the files up to the last of them through the steps, in one task.
  public func records(for reasons: Set<String>, skip: Int, count: Int) throws -> [RawRecord] {
    var item = Item()
    var decoder = try ProductDecoder()
    var found: [RawRecord] = []
    var left = skip
    for file in files {
      if let known = knownCount(of: reasons, in: file), known <= left {
        left -= known
        continue
      }
      item.category = file.category
      while found.count < count, let batch = try file.nextBatch() {
        try Task.checkCancellation()
        batch.forEachLine { number, line in
          guard found.count < count,
            inspector.ended(line, of: batch, for: reasons, &decoder, &item)
          else { return }
          if left > 0 {
            left -= 1
          } else {
            found.append(
              RawRecord(
                batch.bytes.span, line, line: number, of: file, isTooLong: batch.isTooLongLine))
          }
        }
      }
      if found.count == count { break }
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
