import Bytes

/// What the pool's file looks like.
package enum PoolFormat {
  /// "cura" in ASCII, which marks the SQLite file as a pool.
  package static let applicationID = 0x6375_7261
  package static let version = 4
  package static let tables = """
    CREATE TABLE items (
      id TEXT NOT NULL, category TEXT NOT NULL, price REAL NOT NULL, token_count INTEGER NOT NULL,
      prompt TEXT NOT NULL, answer TEXT NOT NULL, source TEXT NOT NULL, line INTEGER NOT NULL,
      details TEXT NOT NULL);
    CREATE TABLE fingerprints (
      item INTEGER PRIMARY KEY, title INTEGER NOT NULL, text INTEGER NOT NULL,
      shingles BLOB NOT NULL);
    CREATE TABLE sources (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, items INTEGER NOT NULL, sum INTEGER NOT NULL,
      rejects_sum INTEGER NOT NULL, input TEXT NOT NULL, samples TEXT NOT NULL);
    CREATE TABLE rejects (
      source INTEGER NOT NULL, batch INTEGER NOT NULL, members BLOB NOT NULL,
      PRIMARY KEY (source, batch)) WITHOUT ROWID;
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """

  /// Serves the look-up by id, and holds all that selection reads, in the canonical order.
  package static let index = "CREATE INDEX items_by_id ON items (id, category, price);"

  /// The digest of a pool, of the wrapping sum of its rows' hashes.
  package static func digest(ofSum sum: UInt64) -> String {
    hexadecimal(withUnsafeBytes(of: sum.bigEndian, Array.init))
  }
}

extension PoolFormat {
  /// The table or index that a statement makes, as SQLite keeps it.
  private struct Part: Hashable {
    let type: String
    let name: String
    let table: String
    let sql: String

    init(type: String, name: String, table: String, sql: String) {
      (self.type, self.name, self.table, self.sql) = (type, name, table, sql)
    }

    /// - Parameter sql: `CREATE TABLE name …` or `CREATE INDEX name ON table …`.
    init(_ sql: String) {
      let words = sql.split(separator: " ", maxSplits: 5).map(String.init)
      type = words[1].lowercased()
      name = words[2]
      table = words[1] == "INDEX" ? words[4] : name
      self.sql = sql
    }
  }

  private static let parts = (tables + index).split(separator: ";")
    .map { Part(String($0.drop(while: \.isWhitespace))) }

  /// Sees to it that a database has the tables of a pool to the letter, and nothing else: what else there may be
  /// in a schema can make of reading anything.
  ///
  /// - Parameter isFinished: whether the index must be there, too.
  package static func check(_ database: borrowing Database, _ path: String, isFinished: Bool) throws
  {
    let found = try database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_master")
    var missing = Set(parts)
    while try found.step() {
      let sql = found.isNull(3) ? "" : try found.text(3)
      let part = Part(
        type: try found.text(0), name: try found.text(1), table: try found.text(2), sql: sql)
      if missing.remove(part) == nil { throw unexpected(part, path) }
    }
    for part in missing.sorted(by: { $0.name < $1.name }) where isFinished || part.type == "table" {
      throw CurationError(
        .badData,
        "\(path): the \(part.type) '\(part.name)' is missing; make the pool again with "
          + "'curate run --anew'")
    }
    // Texts are taken as they are stored.
    let encoding = try database.prepare("PRAGMA encoding")
    guard try encoding.step(), try encoding.text(0) == "UTF-8" else {
      throw CurationError(
        .badData, "\(path): its texts are not in UTF-8; make it again with 'curate run --anew'")
    }
  }

  /// Whether somebody has put tables or the like of their own into a pool. False if it cannot be read.
  package static func holdsForeignParts(_ path: String) -> Bool {
    let known = Set(parts.map(\.name))
    guard let database = try? Database(path: path, .read),
      let names = try? database.prepare("SELECT name FROM sqlite_master")
    else { return false }
    while (try? names.step()) == true {
      if let name = try? names.text(0), !known.contains(name), !name.hasPrefix("sqlite_") {
        return true
      }
    }
    return false
  }

  private static func unexpected(_ part: Part, _ path: String) -> CurationError {
    let what = "\(part.type.prefix(20)) '\(part.name.prefix(60))'".printable
    let isOurs = parts.contains { $0.name == part.name }
    let isTheirs =
      ["table", "index", "view", "trigger"].contains(part.type)
      && part.name.count <= 60 && !part.name.contains { $0 == "'" || $0 == "\"" || $0 == "\\" }
    let drop = "DROP \(part.type.uppercased()) \"\(part.name)\""
    let remedy =
      isOurs || !isTheirs
      ? "make it again with 'curate run --anew'"
      : "this removes it: \(PoolFile.command(path, drop))"
    return CurationError(
      .badData,
      "\(path): the \(what) is not "
        + (isOurs ? "as curate makes it" : "curate's, and a pool has nothing else in it") + "; "
        + remedy.printable)
  }
}
