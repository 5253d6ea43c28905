import Bytes
package import Contracts
import Foundation

/// Reads a pool. One task at a time; several readers may read one pool.
package final class PoolReader {
  private let database: Database
  package let path: String
  private let rowByNumber: Statement
  private let shinglesByNumber: Statement

  /// Errors: `noInput` when there is no such file, `badData` when it is not a pool of this format.
  package convenience init(path: String) throws {
    try self.init(path: path, isFinished: true)
  }

  /// - Parameter isFinished: whether the run that made it must have come to its end.
  package init(path: String, isFinished: Bool) throws {
    let database = try Database(path: path, .read)
    let found = try (
      database.integer("PRAGMA application_id"), database.integer("PRAGMA user_version")
    )
    guard found == (PoolFormat.applicationID, PoolFormat.version) else {
      throw CurationError(
        .badData,
        found.0 == PoolFormat.applicationID
          ? "\(path): a pool of format \(found.1 ?? 0), and this version reads \(PoolFormat.version); "
            + "make it again with 'curate run'"
          : "\(path): an SQLite file, but not a pool of curate's")
    }
    // One transaction for all reads: SQLite looks at its locks once and not with every row.
    try database.execute("BEGIN")
    try PoolFormat.check(database, path, isFinished: isFinished)
    let rowByNumber = try database.prepare(
      """
      SELECT id, category, price, prompt, answer, token_count, source, line, details
      FROM items WHERE rowid = ?
      """)
    let shinglesByNumber = try database.prepare(
      "SELECT shingles FROM fingerprints WHERE item = ?")
    self.path = path
    self.database = database
    self.shinglesByNumber = shinglesByNumber
    self.rowByNumber = rowByNumber
  }

  /// What the run that made the pool wrote about it.
  package func about(_ key: String) throws -> String? {
    let statement = try database.prepare("SELECT value FROM about WHERE key = ?")
    statement.bind(key, at: 1)
    return try statement.step() ? try statement.text(0) : nil
  }

  /// The number of items, since rows are numbered from 1 on. Of a pool that has gaps, the largest number.
  package func itemCount() throws -> Int {
    let statement = try database.prepare("SELECT max(rowid) FROM items")
    guard try statement.step(), !statement.isNull(0) else { return 0 }
    let count = Int(try statement.row(0))
    // Whoever asks makes room for so many.
    guard count <= database.rowLimit else { throw missingRows }
    return count
  }

  /// The fingerprints of no item, of which a pool has none.
  package func strayFingerprintCount() throws -> Int {
    try database.count("fingerprints WHERE item NOT IN (SELECT rowid FROM items)")
  }

  /// The rows of the items with an id, in no particular order.
  package func rows(withID id: String) throws -> [UInt32] {
    let statement = try database.prepare("SELECT rowid FROM items WHERE id = ?")
    statement.bind(id, at: 1)
    var rows: [UInt32] = []
    while try statement.step() { rows.append(try statement.row(0)) }
    return rows
  }

  /// The number of items, and their digest as `PoolWriter.finish` gives it.
  package func digest() throws -> (items: Int, digest: String) {
    let contents = try contents()
    return (contents.items, contents.digest)
  }

  /// As `digest`, and what `indexSum` gives if the index is that of the items.
  package func contents() throws -> (items: Int, digest: String, keySum: UInt64) {
    var batches = try PoolBatches(database)
    var (count, sum) = (0, UInt64(0))
    while let rows = try batches.next() {
      count += rows.rows.count
      sum &+= rows.sum
    }
    return (count, PoolFormat.digest(ofSum: sum), batches.keySum)
  }

  /// The wrapping sum of the hashes of all keys in the index, which no order changes. SQLite believes that an
  /// index is that of its table, and selection reads nothing else.
  package func indexSum() throws -> UInt64 {
    let statement = try database.prepare(
      "SELECT rowid, id, category, price FROM items INDEXED BY items_by_id ORDER BY id")
    var (row, sum) = (PoolRow(), UInt64(0))
    while try statement.step() {
      try statement.copyText(1, into: &row.id)
      try statement.copyText(2, into: &row.category)
      row.price = try statement.price(3)
      sum &+= row.keyHash(of: try statement.row(0))
    }
    return sum
  }

  /// Some of the records that did not become items, of all sources together.
  package func rejectSamples() throws -> RejectSamples {
    let statement = try database.prepare("SELECT name, input, samples FROM sources")
    var sources: [(name: String, input: String, samples: RejectSamples)] = []
    while try statement.step() {
      let data = try statement.withText(2) { Data($0) }
      guard let samples = try? JSONDecoder().decode(RejectSamples.self, from: data) else {
        throw CurationError(.badData, "\(path): the samples of a source cannot be read")
      }
      sources.append((try statement.text(0), try statement.text(1), samples))
    }
    return sources.sorted { ($0.name, $0.input) < ($1.name, $1.input) }
      .reduce(into: RejectSamples()) { $0 += $1.samples }
  }

  /// What the report counts of an item.
  package struct Measures {
    /// In the order in which categories were met.
    package var category = 0
    package var price = 0.0
    /// Of prompt and answer.
    package var tokens = 0
    /// Code points of the prompt.
    package var characters = 0
  }

  /// Calls `body` with the row and the measures of every item, in no particular order; gives the names of the
  /// categories by their numbers.
  package func forEachMeasures(_ body: (UInt32, Measures) -> Void) throws -> [String] {
    var (names, last) = ([[UInt8]](), 0)
    let rows = UInt32(try itemCount())
    var numbers: [[UInt8]: Int] = [:]
    let statement = try database.prepare(
      "SELECT rowid, category, price, token_count, prompt FROM items")
    while try statement.step() {
      // The tables of whoever calls are sized by what another statement gave.
      guard try statement.row(0) <= rows else { throw missingRows }
      // Items of a file come in runs, so the name is most often the one before.
      try statement.withText(1) { name in
        if last < names.count, name.elementsEqual(names[last]) { return }
        let name = Array(name)
        last = numbers[name] ?? names.count
        if last == names.count {
          names.append(name)
          numbers[name] = last
        }
      }
      body(
        try statement.row(0),
        Measures(
          category: last, price: try statement.price(2), tokens: try statement.tokenCount(3),
          characters: try statement.withText(4, codePointCount(of:))))
    }
    return names.map(\.text)
  }

  /// Rows chosen by a seed out of all, each once; fewer where the pool has fewer.
  package func rows(randomBy seed: UInt64, count: Int) throws -> [UInt32] {
    let itemCount = UInt64(try itemCount())
    let hash = StableHash(seed: seed, purpose: "inspect")
    var (places, isChosen) = ([UInt64](), Set<UInt64>())
    for draw in UInt64(0)... {
      guard places.count < min(count, Int(itemCount)) else { break }
      let place = hash.key(draw) % itemCount
      if isChosen.insert(place).inserted { places.append(place) }
    }
    // One pass, up to the last of them.
    let statement = try database.prepare("SELECT rowid FROM items ORDER BY id")
    var rows: [UInt64: UInt32] = [:]
    for place in 0...(places.max() ?? 0) where try statement.step() && isChosen.contains(place) {
      rows[place] = try statement.row(0)
    }
    return places.compactMap { rows[$0] }
  }

  /// The text of the recipe that the pool was made with.
  package func recipeText() throws -> String {
    guard let text = try about("recipe") else {
      throw CurationError(.badData, "\(path): the pool does not hold its recipe")
    }
    return text
  }

  /// The row of an id that came from a line of a raw file.
  package func row(withID id: String, source: String, line: Int) throws -> UInt32? {
    let statement = try database.prepare(
      "SELECT rowid FROM items WHERE id = ? AND source = ? AND line = ?")
    statement.bind(id, at: 1)
    statement.bind(source, at: 2)
    statement.bind(Int64(line), at: 3)
    return try statement.step() ? try statement.row(0) : nil
  }

  /// Reads a row into `row`, whose storage is reused.
  package func read(_ number: UInt32, into row: inout PoolRow) throws {
    defer { rowByNumber.reset() }
    rowByNumber.bind(Int64(number), at: 1)
    guard try rowByNumber.step() else {
      throw CurationError(.badData, "\(path): row \(number) is missing: the pool is damaged")
    }
    try rowByNumber.read(into: &row)
    for text in [row.id, row.category, row.prompt, row.answer, row.details]
    where (try? UTF8Span(validating: text.span)) == nil {
      throw CurationError(.badData, "\(path): row \(number) is not in UTF-8: the pool is damaged")
    }
  }

  /// All items by their keys, in the canonical order: by id, category, price, and prompt. Items that
  /// agree in all four are interchangeable in every output.
  ///
  /// Reads the index alone, and prompts only of items that agree in the other three.
  package func candidates() throws -> Candidates {
    let statement = try database.prepare(
      "SELECT rowid, id, category, price FROM items ORDER BY id, category, price")
    var all: [Candidates.Candidate] = []
    all.reserveCapacity(try itemCount())
    var categories: [String] = []
    var categoryNumbers: [String: UInt32] = [:]
    var last: (idHash: UInt64, category: String, price: Double)?
    var runStart = 0
    while try statement.step() {
      let idHash = try statement.withText(1) { StableHash.hash($0) }
      let category = try statement.text(2)
      let price = try statement.price(3)
      if let last, last != (idHash, category, price) {
        try sortByPrompt(&all[runStart...])
        runStart = all.count
      }
      last = (idHash, category, price)
      if categoryNumbers[category] == nil {
        categoryNumbers[category] = UInt32(categories.count)
        categories.append(category)
      }
      all.append(
        Candidates.Candidate(
          idHash: idHash, row: try statement.row(0), dollars: Int32(Int(clampingWhole: price)),
          category: categoryNumbers[category] ?? 0, part: .open))
    }
    try sortByPrompt(&all[runStart...])
    // A writer numbers rows from 1 on, and tables are sized by that.
    guard all.allSatisfy({ $0.row <= all.count }) else { throw missingRows }
    return Candidates(all: all, categories: categories)
  }

  private var missingRows: CurationError {
    CurationError(.badData, "\(path): rows are missing or were added since it was made")
  }

  private func sortByPrompt(_ run: inout ArraySlice<Candidates.Candidate>) throws {
    guard run.count > 1 else { return }
    var row = PoolRow()
    var hashes: [UInt32: UInt64] = [:]
    for candidate in run {
      try read(candidate.row, into: &row)
      hashes[candidate.row] = StableHash.hash(row.prompt)
    }
    run.sort { hashes[$0.row, default: 0] < hashes[$1.row, default: 0] }
  }
}

/// The fingerprints of a pool, for a number of tasks.
package struct PoolFingerprints: FingerprintSource {
  package let parts: [Range<UInt32>]
  private let path: String

  package init(path: String, jobs: Int) throws {
    self.path = path
    let count = try PoolReader(path: path).itemCount()
    // Rows count from 1.
    parts = (0..<jobs).map { UInt32(1 + count * $0 / jobs)..<UInt32(1 + count * ($0 + 1) / jobs) }
  }

  package func makeReader() throws -> PoolReader { try PoolReader(path: path) }
}

extension PoolReader: FingerprintReader {
  package func forEachFingerprint(
    ofRows rows: Range<UInt32>, _ body: (UInt32, Fingerprint) throws -> Void
  ) throws {
    let statement = try database.prepare(
      "SELECT item, title, text, shingles FROM fingerprints WHERE item >= ? AND item < ?")
    statement.bind(Int64(rows.lowerBound), at: 1)
    statement.bind(Int64(rows.upperBound), at: 2)
    var fingerprint = Fingerprint()
    while try statement.step() {
      try statement.read(1, into: &fingerprint)
      try body(try statement.row(0), fingerprint)
    }
  }

  package func forEachTitleAndText(_ body: (UInt32, UInt64, UInt64) throws -> Void) throws {
    let statement = try database.prepare("SELECT item, title, text FROM fingerprints")
    while try statement.step() {
      try body(
        try statement.row(0), UInt64(bitPattern: try statement.integer(1)),
        UInt64(bitPattern: try statement.integer(2)))
    }
  }

  /// Errors: `badData` where there is none.
  package func fingerprint(ofRow row: UInt32) throws -> Fingerprint {
    var found: Fingerprint?
    try forEachFingerprint(ofRows: row..<row + 1) { found = $1 }
    guard let found else {
      throw CurationError(.badData, "\(path): row \(row) has no fingerprint: the pool is damaged")
    }
    return found
  }

  package func shingles(ofRow row: UInt32) throws -> [UInt32] {
    defer { shinglesByNumber.reset() }
    shinglesByNumber.bind(Int64(row), at: 1)
    guard try shinglesByNumber.step() else {
      throw CurationError(.badData, "\(path): row \(row) has no fingerprint: the pool is damaged")
    }
    var shingles: [UInt32] = []
    try shinglesByNumber.copyShingles(0, into: &shingles)
    return shingles
  }
}

/// One item as the pool holds it; texts are UTF-8.
package struct PoolRow: Sendable {
  package var id: [UInt8] = []
  package var category: [UInt8] = []
  package var price = 0.0
  package var prompt: [UInt8] = []
  package var answer: [UInt8] = []
  package var tokenCount = 0
  package var source = ""
  package var line = 0
  /// A JSON object.
  package var details = Array("{}".utf8)

  package init() {}
}

extension Statement {
  /// A row's number; a pool has fewer than 2^32 - 1 rows, and SQLite counts them from 1.
  package func row(_ column: Int32) throws -> UInt32 {
    UInt32(try integer(column, in: 1...Int64(UInt32.max) - 1))
  }

  /// In dollars.
  fileprivate func price(_ column: Int32) throws -> Double { try number(column, in: 0...1e9) }

  /// Each token is of a byte at least, and no text has more.
  fileprivate func tokenCount(_ column: Int32) throws -> Int {
    try integer(column, in: 0...Int64(SizeLimits.value))
  }

  /// Reads the first nine columns, which must be those of `PoolRow` in their order.
  package func read(into row: inout PoolRow) throws {
    try copyText(0, into: &row.id)
    try copyText(1, into: &row.category)
    row.price = try price(2)
    try copyText(3, into: &row.prompt)
    try copyText(4, into: &row.answer)
    row.tokenCount = try tokenCount(5)
    row.source = try text(6)
    row.line = try integer(7, in: 0...1 << 52)
    try copyText(8, into: &row.details)
  }

  /// Reads the fingerprint in three columns; its storage is reused.
  package func read(_ column: Int32, into fingerprint: inout Fingerprint) throws {
    fingerprint.title = UInt64(bitPattern: try integer(column))
    fingerprint.text = UInt64(bitPattern: try integer(column + 1))
    try copyShingles(column + 2, into: &fingerprint.shingles)
  }

  fileprivate func copyShingles(_ column: Int32, into numbers: inout [UInt32]) throws {
    numbers.removeAll(keepingCapacity: true)
    try withBlob(column) { bytes in
      let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: 4)
      // Every text has one at least.
      guard count > 0, rest == 0 else { throw unexpected(column, "is \(bytes.count) bytes long") }
      numbers.append(contentsOf: repeatElement(0, count: count))
      numbers.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
    }
  }

  fileprivate func copyText(_ column: Int32, into bytes: inout [UInt8]) throws {
    bytes.removeAll(keepingCapacity: true)
    try withText(column) { bytes.append(contentsOf: $0) }
  }
}
