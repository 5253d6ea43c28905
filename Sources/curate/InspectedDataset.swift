import Audit
import Bytes
import Contracts
import DatasetFiles
import Engine
import Foundation
import ItemPool
import PoolSteps
import RawData
import RecordSteps
import Tokenization

/// The dataset in a folder, opened to look items up.
final class InspectedDataset {
  let pool: PoolReader
  let splitMaker: SplitMaker
  let manifest: Manifest
  private let folder: String

  /// Where an item is, or why it is nowhere.
  enum End {
    /// With its file, or a pattern of the split's files; of which one may be missing by now.
    case split(Split, file: String, isMissing: Bool = false)
    /// Left out by a pool step; of its duplicates and near-duplicates those that are in a split.
    case leftOut(step: String, why: String, stayed: [Relative])
    case dropped(step: String, reason: DropReason)
    case unreadable(UnreadableReason)
    /// It passes the record steps, and there is no pool that holds it.
    case notInPool
  }

  /// An item of the same family as another.
  struct Relative {
    let row: PoolRow
    let title: String
    let end: SelectionTrace.End?
    let isItself: Bool
    /// Jaccard, of their shingles.
    let similarity: Double
    /// What they have in common: "id", "title", "text".
    let common: [String]

    /// The split that it is in, if it is in one.
    var split: String? {
      if case .split(let split) = end { split.name } else { nil }
    }

    var endSummary: String {
      switch end {
      case .split(let split): "in \(split.name)"
      case .leftOut(let step, _): "left out by '\(step)'"
      case nil: "nowhere"
      }
    }
  }

  init(folder: String) throws {
    self.folder = folder
    pool = try PoolReader(path: DatasetLayout.poolPath(folder))
    splitMaker = try SplitMaker(folder: folder)
    manifest = try Manifest(folder: folder)
  }

  func item(_ row: UInt32) throws -> PoolRow {
    var item = PoolRow()
    try pool.read(row, into: &item)
    return item
  }

  /// The rows of the items with an id, in the order of files and lines.
  func rows(withID id: String) throws -> [UInt32] {
    try pool.rows(withID: id).map { ($0, try item($0)) }
      .sorted { ($0.1.source, $0.1.line, $0.0) < ($1.1.source, $1.1.line, $1.0) }.map(\.0)
  }

  /// The places of the other items with the id of an item, in the order of files and lines.
  func namesakes(of row: UInt32) throws -> [String] {
    try rows(withID: item(row).id.text).filter { $0 != row }.map(item).map {
      "\($0.source):\($0.line)"
    }
  }

  /// The row of a record in the pool; nil where it is not there.
  func row(of trace: Inspector.Trace) throws -> UInt32? {
    try trace.isKept
      ? pool.row(withID: trace.id, source: trace.record.source, line: trace.record.line) : nil
  }

  /// Another tokenizer would show other tokens than those that were counted.
  func check(_ tokenizer: Tokenizer) throws {
    guard try pool.about("tokenizer-sha256") == tokenizer.sha256 else {
      throw CurationError(
        .usage, "the dataset was made with another tokenizer; name that one with --tokenizer FILE")
    }
  }

  /// Where an item of the pool ended. Costs a selection unless it is in a split and the only one of its id.
  func end(of row: UInt32) async throws -> End {
    if try pool.rows(withID: item(row).id.text).count == 1,
      let file = try splitMaker.file(holdingRow: row, of: folder)
    {
      return .split(file.split, file: file.name)
    }
    return try await ends(of: [row])[row] ?? .notInPool
  }

  /// Where some items of the pool ended. Costs a selection.
  func ends(of rows: Set<UInt32>) async throws -> [UInt32: End] {
    let trace = try await splitMaker.trace(rows: rows, of: folder)
    var ends: [UInt32: End] = [:]
    for row in rows {
      switch trace.ends[row] {
      case .split(let split):
        let isMissing = manifest.paths(of: split, in: folder)
          .contains { !FileManager.default.fileExists(atPath: $0) }
        ends[row] = .split(split, file: manifest.filePattern(of: split), isMissing: isMissing)
      case .leftOut(let step, let why):
        let relatives = step == DeduplicateStep.name ? try relatives(of: row, in: trace) : []
        ends[row] = .leftOut(
          step: step, why: why, stayed: relatives.filter { $0.split != nil })
      case nil: ends[row] = .notInPool
      }
    }
    return ends
  }

  /// The duplicates and near-duplicates of an item, and theirs, itself first, then the most similar first.
  /// Costs a selection. Errors: `usage` where the recipe does not look for any.
  func relatives(of row: UInt32) async throws -> [Relative] {
    guard splitMaker.recipe.nearDuplicateThreshold != nil else {
      throw CurationError(
        .usage,
        "\(folder): its recipe, \(splitMaker.recipe.name), does not look for near-duplicates")
    }
    return try relatives(of: row, in: await splitMaker.trace(rows: [row], of: folder))
  }

  private func relatives(of row: UInt32, in trace: SelectionTrace) throws -> [Relative] {
    guard let family = trace.families[row] else {
      guard case .leftOut(let step, let why) = trace.ends[row] else { return [] }
      throw CurationError(
        .noInput,
        "'\(step)' left the item out before near-duplicates were looked for, since \(why)")
    }
    let id = try item(row).id
    let own = try pool.fingerprint(ofRow: row)
    let relatives = try family.map { other in
      let item = try item(other)
      let fingerprint = try pool.fingerprint(ofRow: other)
      let common = [
        ("id", id == item.id), ("title", own.title != 0 && own.title == fingerprint.title),
        ("text", own.text == fingerprint.text),
      ].filter(\.1).map(\.0)
      return Relative(
        row: item, title: title(of: item), end: trace.ends[other], isItself: other == row,
        similarity: own.similarity(to: fingerprint), common: common)
    }
    func rank(_ relative: Relative) -> (Int, Double, String, String, Int) {
      let row = relative.row
      return (relative.isItself ? 0 : 1, -relative.similarity, row.id.text, row.source, row.line)
    }
    return relatives.sorted { rank($0) < rank($1) }
  }

  /// The first line of an item's text.
  private func title(of item: PoolRow) -> String {
    let question = splitMaker.recipe.promptWords.question + "\n\n"
    let text = item.prompt.text
    return String(
      (text.hasPrefix(question) ? text.dropFirst(question.count) : text[...])
        .prefix { $0 != "\n" })
  }

  /// The rows that a pool step left out, in the pool's canonical order. Costs a selection.
  func rows(leftOutBy step: String) async throws -> [UInt32] {
    try await splitMaker.rows(leftOutBy: step, of: folder)
  }
}
