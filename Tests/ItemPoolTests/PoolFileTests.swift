import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import ItemPool
@testable import Tokenization

/// Pools as other programs leave them, and files that stand where SQLite has its own.
struct PoolFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() async throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/pool.sqlite"
    let writer = try PoolWriter(path: path, about: ["context": "c"])
    var rows = PoolRows(category: "A", source: "a")
    var row = PoolRow()
    row.prompt = Array("p".utf8)
    for line in 1...5000 {
      row.line = line
      row.id = Array("\(line)".utf8)
      rows.append(row, nil)
    }
    try await writer.append(rows)
    _ = try await writer.finish()
  }

  private func besides() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Leaves the files as they are while SQL has been run and the connection is still open.
  private func leave(_ sql: String) throws {
    var names: [String] = []
    do {
      let database = try Database(path: path, .update)
      try database.execute(sql)
      names = try besides()
      for name in names {
        try FileManager.default.copyItem(
          atPath: "\(folder.path)/\(name)", toPath: "\(folder.path)/copy-\(name)")
      }
    }
    for name in try besides() where !name.hasPrefix("copy-") {
      try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
    }
    for name in names {
      try FileManager.default.moveItem(
        atPath: "\(folder.path)/copy-\(name)", toPath: "\(folder.path)/\(name)")
    }
  }

  private static let log = "PRAGMA journal_mode = WAL; UPDATE items SET price = 7 WHERE rowid = 3"
  private static let cutOff = "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE items SET price = 7"

  private func price() throws -> Double {
    var row = PoolRow()
    try PoolReader(path: path).read(3, into: &row)
    return row.price
  }

  @Test(arguments: [
    ("PRAGMA journal_mode = WAL", ["pool.sqlite"], 0),
    (log, ["pool.sqlite", "pool.sqlite-shm", "pool.sqlite-wal"], 7),
    (cutOff, ["pool.sqlite", "pool.sqlite-journal"], 0),
  ])
  func isSettled(sql: String, left: [String], price expected: Double) throws {
    try leave(sql)
    #expect(try left.allSatisfy(besides().contains))
    // It is read as it is, but for a journal of which something must be undone.
    if sql == Self.cutOff {
      let error = #expect(throws: CurationError.self) { try PoolReader(path: path) }
      #expect(error?.code == .inputOutput)
      #expect(error?.description.contains("PRAGMA journal_mode = DELETE") == true)
    } else {
      #expect(try price() == expected)
      // Who only reads leaves nothing behind.
      #expect(try besides() == left)
    }
    try PoolFile.settle(path)
    #expect(try besides() == ["pool.sqlite"])
    let mode = try InputFile(path: path).bytes(at: 18, count: 2)
    #expect(mode == [1, 1])
    #expect(try price() == expected)
    // Once more is nothing.
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    try PoolFile.settle(path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  /// What another program has open stays as it is, and a run reads its files again.
  @Test func isLeftToWhoUsesIt() async throws {
    let other = try Database(path: path, .update)
    try other.execute("\(Self.log); BEGIN; SELECT * FROM items")
    let error = #expect(throws: CurationError.self) { try PoolFile.settle(path) }
    #expect(error?.code == .inputOutput)
    #expect(error?.description.contains("in use by another program") == true)
    try other.execute("COMMIT; BEGIN EXCLUSIVE")
    #expect(try ResumablePool(path: path, context: "c", hasRejects: false) == nil)
    try other.execute("COMMIT")
    #expect(try price() == 7)
  }

  @Test(arguments: ["-journal", "-wal", "-shm"], ["folder", "link", "pipe"])
  func whatIsNotSQLitesIsRefused(ending: String, kind: String) throws {
    let precious = try folder.write("precious", to: "precious")
    switch kind {
    case "folder":
      try FileManager.default.createDirectory(
        atPath: path + ending, withIntermediateDirectories: false)
    case "link":
      try FileManager.default.createSymbolicLink(
        atPath: path + ending, withDestinationPath: precious)
    default: #expect(mkfifo(path + ending, 0o600) == 0)
    }
    for attempt in [
      { _ = try PoolReader(path: path) }, { try PoolFile.settle(path) },
    ] as [() throws -> Void] {
      let error = #expect(throws: CurationError.self) { try attempt() }
      #expect(error?.code == .badData)
    }
    #expect(try ResumablePool(path: path, context: "c", hasRejects: false) == nil)
    #expect(try String(contentsOfFile: precious, encoding: .utf8) == "precious")
  }

  /// SQLite deletes the file that a journal of several databases names.
  @Test func aJournalThatNamesAnotherFileIsRefused() throws {
    let precious = try folder.write("precious", to: "precious")
    try leave(Self.cutOff)
    var journal = try Data(contentsOf: URL(fileURLWithPath: path + "-journal"))
    let name = Array(precious.utf8)
    let sum = name.reduce(UInt32(0)) { $0 &+ UInt32(bitPattern: Int32(Int8(bitPattern: $1))) }
    func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }
    journal += bytes(1 + (1 << 30) / 8192) + name + bytes(UInt32(name.count)) + bytes(sum)
    journal += [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    try journal.write(to: URL(fileURLWithPath: path + "-journal"))
    let error = #expect(throws: CurationError.self) { try PoolFile.settle(path) }
    #expect(error?.code == .badData)
    #expect(try ResumablePool(path: path, context: "c", hasRejects: false) == nil)
    #expect(FileManager.default.fileExists(atPath: precious))
  }

  @Test func aFileOfAnotherProgramIsNotChanged() throws {
    try leave("\(Self.log); PRAGMA application_id = 5")
    try Database(path: path, .update).execute("PRAGMA wal_checkpoint")
    let error = #expect(throws: CurationError.self) { try PoolFile.settle(path) }
    #expect(error?.code == .badData)
  }

  /// Pages of a tree that all lead to one page below: more rows than anybody has time for.
  @Test(arguments: ["items", "items_by_id"])
  func aTreeThatLeadsRoundInCirclesEnds(table: String) throws {
    let root = try #require(
      try Database(path: path, .read)
        .integer("SELECT rootpage FROM sqlite_master WHERE name = '\(table)'"))
    var file = try Data(contentsOf: URL(fileURLWithPath: path))
    let size = 8192
    let isTable = table == "items"
    // Of a table's cell, the number of a row; of an index's, a record of four values.
    let cell: [UInt8] = isTable ? [1] : [7, 5, 13, 13, 8, 1, 1]
    func put(_ number: Int, _ count: Int, _ place: Int) {
      for byte in 0..<count { file[place + byte] = UInt8(number >> (8 * (count - 1 - byte)) & 255) }
    }
    let first = file.count / size + 1
    let leaf = file[((root - 1) * size)..<(root * size)]
    for level in 0..<6 {
      let (start, below) = (file.count, first + level + 1)
      file.append(Data(count: size))
      let width = 4 + cell.count
      let cells = size - 500 * width
      file[start] = isTable ? 5 : 2
      put(500, 2, start + 3)
      put(cells, 2, start + 5)
      put(below, 4, start + 8)
      for number in 0..<500 {
        let place = cells + number * width
        put(place, 2, start + 12 + 2 * number)
        put(below, 4, start + place)
        for (offset, byte) in cell.enumerated() { file[start + place + 4 + offset] = byte }
      }
    }
    // The old root is at the end of the way.
    file.append(leaf)
    file.replaceSubrange(
      ((root - 1) * size)..<(root * size), with: file[((first - 1) * size)..<(first * size)])
    put(file.count / size, 4, 28)
    try file.write(to: URL(fileURLWithPath: path))
    for attempt in [
      { _ = try PoolReader(path: path).digest() },
      { _ = try PoolReader(path: path).candidates() },
      { _ = try PoolReader(path: path).indexSum() },
      { _ = try PoolReader(path: path).strayFingerprintCount() },
      { _ = try PoolReader(path: path).row(withID: "1", source: "b", line: 9) },
    ] as [() throws -> Void] {
      let start = ContinuousClock.now
      do { try attempt() } catch let error as CurationError { #expect(error.code == .badData) }
      #expect(ContinuousClock.now - start < .seconds(5))
    }
  }
}

struct TemporaryFilesTests {
  /// What SQLite sorts in is beside the database, whatever the environment says, and has no name.
  @Test func areBesideTheDatabase() throws {
    let folder = try TemporaryFolder()
    let path = try #require(
      URL(fileURLWithPath: folder.path).resolvingSymlinksInPath().path as String?)
    let database = try Database(path: "\(path)/pool.sqlite", .create)
    try database.execute("PRAGMA cache_size = 10; CREATE TABLE t (a)")
    let sorted = try database.prepare(
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) "
        + "SELECT randomblob(100) AS a FROM c ORDER BY a")
    #expect(try sorted.step())
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
      .compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
      }
    #expect(open.contains { $0.hasPrefix("\(path)/pool.sqlite-sort") && $0.hasSuffix("(deleted)") })
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["pool.sqlite"])
  }

  /// No path is taken for one of SQLite's own words.
  @Test(arguments: [":memory:", "file:a?mode=memory", "a?b#c%20d é'\""])
  func anyPathIsAPath(name: String) async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/\(name)"
    _ = try await PoolWriter(path: path, about: [:]).finish()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
    #expect(try PoolReader(path: path).itemCount() == 0)
  }
}
