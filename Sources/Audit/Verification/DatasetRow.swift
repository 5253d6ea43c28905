package import Bytes
import Contracts
import DatasetFiles
import Foundation
import RawData

/// A row of a split as its file has it.
struct DatasetRow: Decodable {
  let id: String
  let category: String
  let price: Double
  let prompt: String
  let completion: String

  /// Of what stands behind the rows that a file should have, so many lines are looked at.
  static let surplusLimit = 1000
  /// The longest row in bytes that is looked at where the pool has a shorter one.
  static let lengthLimit = 1 << 20

  /// Where it stands, for people.
  func place(_ file: SplitFile, line: Int) -> String {
    "\(file.name), line \(line), \(id.prefix(80))"
  }

  /// Calls `body` with the place of each row of some files, for people, and the row.
  static func forEach(
    in files: [PlannedFile], of folder: String, _ body: (String, DatasetRow) throws -> Void
  ) throws {
    let decoder = JSONDecoder()
    for planned in files {
      try forEachLine(
        in: "\(folder)/\(planned.file.name)", .ofDataset,
        atMost: planned.rows.count + surplusLimit
      ) { number, bytes in
        if let row = try? decoder.decode(Self.self, from: Data(bytes)) {
          try body(row.place(planned.file, line: number), row)
        }
      }
    }
  }
}

/// Calls `body` with the number of each line of a file, compressed or not, from 1, and its bytes; of a line
/// that is longer than any row, with none. No file has no lines. Gives the bytes of all lines with their line
/// feeds.
///
/// - Parameter limit: the most lines that are read, give or take some.
@discardableResult
package func forEachLine(
  in path: String, _ kind: InputFile.Kind, atMost limit: Int = .max,
  _ body: (Int, ArraySlice<UInt8>) throws -> Void
) throws -> Int {
  guard fileExists(path) else { return 0 }
  let file = RawFile(rowsAt: path, kind)
  var byteCount = 0
  while let batch = try file.nextBatch(), batch.firstLine <= limit {
    try Task.checkCancellation()
    byteCount += batch.byteCount
    try batch.forEachLine { number, range in
      if number <= limit { try body(number, batch.bytes[range]) }
    }
  }
  return byteCount
}

/// The rows seen so far, to find what stands twice.
struct SeenRows {
  private let isDeduplicated: Bool
  private let rules: RowRules
  private var places: [String: [UInt64: String]] = [:]

  init(_ recipe: Recipe, _ rules: RowRules) {
    isDeduplicated = recipe.nearDuplicateThreshold != nil
    self.rules = rules
  }

  /// What the row has in common with an earlier one, and where that is.
  mutating func repeats(of row: DatasetRow, at place: String) -> [(kind: String, other: String)] {
    guard isDeduplicated else { return [] }
    let fingerprint = rules.fingerprint(of: row)
    let keys = [
      ("same-id", StableHash.hash(Array(row.id.utf8))), ("same-title", fingerprint.title),
      ("same-text", fingerprint.text),
    ]
    return keys.compactMap { kind, hash in
      guard hash != 0 else { return nil }
      let earlier = places[kind, default: [:]].updateValue(place, forKey: hash)
      return earlier.map { (kind, $0) }
    }
  }
}

/// The fingerprints of all rows of a dataset: those of test and validation held, those of train made
/// when they are asked for.
struct SplitFingerprints: FingerprintSource, FingerprintReader {
  /// Numbered by row from 0, which is the place in the list, too.
  private(set) var candidates: [Candidates.Candidate] = []
  /// Where each row stands, for people.
  private(set) var places: [String] = []
  private var heldOut: [UInt32: Fingerprint] = [:]
  private let folder: String
  private let train: [PlannedFile]
  private let rules: RowRules
  private var trainStart = 0

  /// - Parameter plan: the files of the dataset.
  init(folder: String, _ plan: [PlannedFile], _ rules: RowRules) throws {
    self.rules = rules
    self.folder = folder
    let files = plan.filter { $0.file.format == PromptCompletion.self }
    train = files.filter { $0.file.split == .train }
    let heldOutFiles = files.filter { $0.file.split != .train }
    try DatasetRow.forEach(in: heldOutFiles, of: folder) { place, row in
      heldOut[UInt32(candidates.count)] = rules.fingerprint(of: row)
      add(place, .heldOut)
    }
    trainStart = candidates.count
    try DatasetRow.forEach(in: train, of: folder) { place, _ in add(place, .open) }
  }

  private mutating func add(_ place: String, _ part: Candidates.Part) {
    candidates.append(
      Candidates.Candidate(
        idHash: 0, row: UInt32(candidates.count), dollars: 0, category: 0, part: part))
    places.append(place)
  }

  func makeReader() -> Self { self }

  /// One, since lines are found by reading all of them.
  var parts: [Range<UInt32>] { [UInt32(trainStart)..<UInt32(candidates.count)] }

  func forEachFingerprint(
    ofRows rows: Range<UInt32>, _ body: (UInt32, Fingerprint) throws -> Void
  ) throws {
    var row = UInt32(trainStart)
    try DatasetRow.forEach(in: train, of: folder) { _, found in
      if rows.contains(row) { try body(row, rules.fingerprint(of: found)) }
      row += 1
    }
  }

  func shingles(ofRow row: UInt32) throws -> [UInt32] { heldOut[row]?.shingles ?? [] }
}
