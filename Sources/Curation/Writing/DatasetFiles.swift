import Foundation

/// Which files of a folder are the dataset's own, by what its manifest says of them. All else in it is the
/// user's.
struct DatasetFiles {
  private let folder: Folder
  private let outputs: [String: Output]
  private let hasManifest: Bool

  /// What this needs to know of a manifest, which one of any version has.
  private struct Listing: Decodable {
    let outputs: [String: Output]
  }

  /// No manifest is larger.
  private static let manifestLimit = 64 << 20

  /// Errors: `inputOutput` where there is a manifest that cannot be read.
  init(in folder: Folder) throws {
    self.folder = folder
    hasManifest = folder.holds(Manifest.fileName)
    guard hasManifest else {
      outputs = [:]
      return
    }
    let path = "\(folder.path)/\(Manifest.fileName)"
    let status = folder.status(FileName(Manifest.fileName))
    guard let status, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.manifestLimit,
      let data = FileManager.default.contents(atPath: path),
      let listing = try? JSONDecoder().decode(Listing.self, from: data)
    else {
      throw CurationError(
        .inputOutput,
        "\(path): not a manifest of curate's, or damaged, so that nothing tells which files beside it "
          + "are curate's; move it and them away, or name another folder")
    }
    // Whoever made the manifest may have named anything.
    outputs = listing.outputs.filter { Self.mayHold($0.key) }
  }

  /// Whether a dataset may hold a file of that name.
  static func mayHold(_ name: String) -> Bool {
    let names = [Manifest.fileName, DatasetBuilder.rejectsName, Report.fileName, Card.fileName]
    return (names + poolNames).contains(name) || SplitFile(name: name) != nil
  }

  /// The pool, and what SQLite may leave beside it.
  private static let poolNames = ["", "-journal", "-wal", "-shm"].map { SplitMaker.poolName + $0 }

  /// Whether SQLite takes a file of that name for a part of the pool.
  static func isBesidePool(_ name: String) -> Bool { poolNames.dropFirst().contains(name) }

  /// Whether the dataset has a file of that name, be it changed since.
  func names(_ name: String) -> Bool {
    outputs[name] != nil
      || hasManifest && (name == Manifest.fileName || Self.poolNames.contains(name))
  }

  /// Whether what stands under a name is the dataset's, as its run wrote it. Reads the file.
  func own(_ name: FileName) throws -> Bool {
    let text = name.text
    guard let status = folder.status(name), status.st_mode & S_IFMT == S_IFREG, names(text) else {
      return false
    }
    guard let output = outputs[text] else {
      // A pool may hold tables of the user's.
      return text == Manifest.fileName
        || isPool
          && !(text == SplitMaker.poolName
            && PoolFormat.holdsForeignParts("\(folder.path)/\(text)"))
    }
    guard status.st_size == output.bytes else { return false }
    let file = try InputFile(path: "\(folder.path)/\(text)")
    // A run leaves no holes, and a terabyte of them takes hours to hash.
    return !file.hasHoles && (try file.sha256()) == output.sha256
  }

  /// Whether the file under the pool's name is a pool, by the head of an SQLite file; its rows are not read.
  private var isPool: Bool {
    guard let status = folder.status(FileName(SplitMaker.poolName)),
      status.st_mode & S_IFMT == S_IFREG,
      let file = try? InputFile(path: "\(folder.path)/\(SplitMaker.poolName)"), file.size >= 100,
      let head = try? file.bytes(at: 0, count: 100)
    else { return false }
    // SQLite's file format, 1.3: the application's own number stands at offset 68.
    let number = head[68..<72].reduce(0) { $0 << 8 | Int($1) }
    return head.starts(with: Array("SQLite format 3\0".utf8)) && number == PoolFormat.applicationID
  }
}
