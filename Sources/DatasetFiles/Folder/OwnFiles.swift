import Bytes
import Contracts
import Foundation
import ItemPool

/// Which files of a folder are the dataset's own, by what its manifest says of them. All else in it is the
/// user's.
struct OwnFiles {
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
    hasManifest = folder.holds(DatasetLayout.manifestName)
    guard hasManifest else {
      outputs = [:]
      return
    }
    let path = "\(folder.path)/\(DatasetLayout.manifestName)"
    let status = folder.status(FileName(DatasetLayout.manifestName))
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
    let names = [
      DatasetLayout.manifestName, DatasetLayout.rejectsName, Report.fileName, Card.fileName,
    ]
    return (names + poolNames).contains(name) || SplitFile(name: name) != nil
  }

  /// The pool, and what SQLite may leave beside it.
  private static let poolNames = ["", "-journal", "-wal", "-shm"].map {
    DatasetLayout.poolName + $0
  }

  /// Whether the dataset has a file of that name, be it changed since.
  func names(_ name: String) -> Bool {
    outputs[name] != nil
      || hasManifest && (name == DatasetLayout.manifestName || Self.poolNames.contains(name))
  }

  /// The files that are the dataset's, as its run wrote them. Reads them, and settles the pool.
  func own() throws -> [FileName: FileVersion] {
    let ownsPool = ownsPool()
    return try folder.names().reduce(into: [:]) { own, name in
      // Of the moment before it is read: what is written to it meanwhile is the user's.
      guard let status = folder.status(name), try owns(name, status, ownsPool) else { return }
      own[name] = FileVersion(status)
    }
  }

  private func owns(_ name: FileName, _ status: stat, _ ownsPool: Bool) throws -> Bool {
    let text = name.text
    guard status.st_mode & S_IFMT == S_IFREG, names(text) else { return false }
    guard let output = outputs[text] else { return text == DatasetLayout.manifestName || ownsPool }
    guard status.st_size == output.bytes else { return false }
    let file = try InputFile(path: "\(folder.path)/\(text)", .ofDataset)
    // A run leaves no holes, and a terabyte of them takes hours to hash.
    guard !file.hasHoles else { return false }
    return try file.sha256() == output.sha256
  }

  /// Whether the pool is curate's: no other program uses it, and nobody has put tables of their own into it, or
  /// into a log beside it. Its rows are not read.
  private func ownsPool() -> Bool {
    guard isPool else { return false }
    let path = "\(folder.path)/\(DatasetLayout.poolName)"
    do { try PoolFile.settle(path) } catch { return false }
    return !PoolFormat.holdsForeignParts(path)
  }

  /// Whether the file under the pool's name is a pool, by the head of an SQLite file.
  private var isPool: Bool {
    let path = "\(folder.path)/\(DatasetLayout.poolName)"
    guard let file = try? InputFile(path: path, .ofDataset), file.size >= 100,
      let head = try? file.bytes(at: 0, count: 100)
    else { return false }
    // SQLite's file format, 1.3: the application's own number stands at offset 68.
    let number = head[68..<72].reduce(0) { $0 << 8 | Int($1) }
    return head.starts(with: Array("SQLite format 3\0".utf8)) && number == PoolFormat.applicationID
  }
}
