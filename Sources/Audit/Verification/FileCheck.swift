import Bytes
import DatasetFiles
import Foundation
import ItemPool

/// Checks the rows of files, each by itself and against what the seed gives in its place.
struct FileCheck {
  private let folder: String
  private let pool: PoolReader
  private let rules: RowRules
  private var seen: SeenRows
  private let decoder = JSONDecoder()

  init(folder: String, _ pool: PoolReader, _ rules: RowRules, _ seen: SeenRows) {
    self.folder = folder
    self.pool = pool
    self.rules = rules
    self.seen = seen
  }

  /// - Parameter output: what the manifest says of the file.
  mutating func check(
    _ planned: PlannedFile, _ output: Output?, _ findings: inout Findings
  ) throws {
    let (file, name) = (planned.file, planned.file.name)
    if output == nil { findings.add("missing-file", "the manifest names no \(name)") }
    let isFirst = file.format == PromptCompletion.self
    var (count, expectedSize) = (0, 0)
    var (poolRow, expected) = (PoolRow(), [UInt8]())
    // What is far behind the rows that there should be is wrong whatever it is.
    let limit = planned.rows.count + DatasetRow.surplusLimit
    let size = try forEachLine(
      in: "\(folder)/\(name)", .ofDataset, atMost: limit
    ) { number, bytes in
      count = number
      let isPlanned = number <= planned.rows.count
      expected.removeAll(keepingCapacity: true)
      if isPlanned {
        try pool.read(planned.rows[planned.rows.startIndex + number - 1], into: &poolRow)
        planned.format.append(poolRow, to: &expected)
        expectedSize += expected.count
      }
      var row: DatasetRow?
      // So is what is much longer than it should be.
      if isFirst, bytes.count <= max(2 * expected.count, DatasetRow.lengthLimit) {
        row = try? decoder.decode(DatasetRow.self, from: Data(bytes))
        guard let row else {
          findings.add("bad-row", "\(name), line \(number): not a row as the format has it")
          return
        }
        judge(row, at: "\(name), line \(number)", &findings)
      }
      guard isPlanned else { return }
      let place = row?.place(file, line: number) ?? "\(name), line \(number)"
      if !expected.dropLast().elementsEqual(bytes) {
        let isItem = row == nil || row?.id == poolRow.id.text
        findings.add(
          "not-the-seeds",
          "\(place): "
            + (isItem
              ? "the row is not as the pool has it"
              : "the seed gives \(poolRow.id.text.prefix(80))"))
      } else if let row, rules.tokenCount(of: row) != poolRow.tokenCount {
        findings.add("token-count", "\(place): the pool says \(poolRow.tokenCount)")
      }
    }
    let rowCount = "\(count) rows" + (count == limit ? " or more" : "")
    if count != output?.rows, count < limit {
      findings.add("unbalanced-count", "\(name): \(rowCount), the manifest says otherwise")
    }
    if count != planned.rows.count {
      findings.add(
        "not-the-seeds", "\(name): \(rowCount), the seed gives \(planned.rows.count)")
    } else if expectedSize != (file.isGzip ? size : output?.bytes) {
      findings.add("not-the-seeds", "\(name): the seed gives \(expectedSize) bytes")
    }
    if let output, output.unpackedBytes != (file.isGzip ? size : nil), count < limit {
      findings.add("unbalanced-count", "\(name): the manifest is wrong on the bytes unpacked")
    }
  }

  /// By the recipe's rules, and by the rows before it.
  private mutating func judge(_ row: DatasetRow, at place: String, _ findings: inout Findings) {
    for (kind, problem) in rules.problems(of: row) {
      findings.add(kind, "\(place), \(row.id.prefix(80)): \(problem)")
    }
    for (kind, other) in seen.repeats(of: row, at: place) {
      findings.add(kind, "\(place), \(row.id.prefix(80)): as \(other)")
    }
  }
}
