import Bytes
import CGlibc
import Contracts
import Foundation

/// Replaces the files of a folder one by one if the folder itself cannot be moved. A record, synced
/// to disk before the first file is replaced, lets the next run complete an interrupted exchange.
/// The manifest is removed first and added last, so a mix of files is never taken for a dataset.
struct FileExchange {
  private let workspace: Workspace
  private let new: Folder
  private let old: Folder

  private static let recordName = "replacing"

  init(_ workspace: Workspace, _ new: Folder, _ old: Folder) {
    self.workspace = workspace
    self.new = new
    self.old = old
  }

  /// What is to be done.
  struct Record: Codable {
    /// The folder of the new files.
    let new: String
    /// The old files that are not the user's, as they were.
    let own: [String: FileVersion]
    /// Those of them that have no successor.
    let gone: [String]
  }

  /// The record that a run has left. Errors: `inputOutput` if there is one that cannot be read.
  static func record(in workspace: Workspace) throws -> Record? {
    guard workspace.folder.holds(recordName) else { return nil }
    let file = try InputFile(path: workspace.path(recordName), .ofDataset)
    let bytes = try file.bytes(at: 0, count: file.size)
    // An incomplete record was never synced, so no file has been replaced yet.
    return try? JSONDecoder().decode(Record.self, from: Data(bytes))
  }

  static func removeRecord(in workspace: Workspace) throws {
    guard workspace.folder.remove(recordName) else {
      throw systemError(workspace.path(recordName), "cannot be removed")
    }
    try workspace.folder.sync()
  }

  /// Makes way for the new files, and writes the record.
  ///
  /// - Parameter own: the files of the old folder that are not the user's.
  /// - Returns: the user's files that had the name of a new one, and their new names.
  func prepare(_ own: [FileName: FileVersion]) throws -> (
    record: Record, aside: [(name: String, newName: String)]
  ) {
    let names = try new.names()
    let record = Record(
      new: new.name, own: Dictionary(uniqueKeysWithValues: own.map { ($0.key.text, $0.value) }),
      gone: Set(own.keys).subtracting(names).map(\.text))
    var aside: [(name: String, newName: String)] = []
    for name in Set(names).union(try old.names().filter { OwnFiles.mayHold($0.text) }) {
      if let free = try keepAside(name, record) { aside.append((name.text, free)) }
    }
    try old.sync()
    try new.sync()
    do {
      workspace.folder.remove(Self.recordName)
      _ = try OutputFile.write(
        Array(try JSONEncoder().encode(record)), to: workspace.path(Self.recordName))
      try workspace.folder.sync()
    } catch {
      workspace.folder.remove(Self.recordName)
      throw error
    }
    return (record, aside)
  }

  /// Completes what remains of the record.
  func finish(_ record: Record) throws {
    let manifest = FileName(DatasetLayout.manifestName)
    // It has the mode of the old folder, which may have been read-only.
    fchmod(new.descriptor, 0o700)
    if new.status(manifest) != nil {
      _ = try keepAside(manifest, record)
      guard old.remove(manifest) else { throw stuck(manifest, "removed") }
      try old.sync()
    }
    for name in try new.names() where name != manifest { try replace(name, record) }
    for name in record.gone where OwnFiles.mayHold(name) {
      let file = FileName(name)
      guard let version = old.version(file), version == record.own[name] else { continue }
      guard old.remove(file) else { throw stuck(file, "removed") }
    }
    try old.sync()
    if new.status(manifest) != nil { try replace(manifest, record) }
    try old.sync()
    try Self.removeRecord(in: workspace)
    guard workspace.discard(new) else { throw systemError(new.path, "cannot be removed") }
    try workspace.folder.sync()
  }

  /// Renames a user's file that has the name of a new one, and returns its new name.
  private func keepAside(_ name: FileName, _ record: Record) throws -> String? {
    guard let version = old.version(name), version != record.own[name.text],
      old.identity(name) != new.identity(name)
    else { return nil }
    let free = FolderExchange.freeName(name, in: [old])
    guard old.move(name, to: old, as: free) else { throw stuck(name, "kept aside") }
    return free.text
  }

  private func replace(_ name: FileName, _ record: Record) throws {
    _ = try keepAside(name, record)
    guard new.rename(name, to: old, as: name) else { throw stuck(name, "replaced") }
    // Two names of one file stay both.
    new.remove(name)
  }

  private func stuck(_ name: FileName, _ what: String) -> CurationError {
    systemError("\(old.path)/\(name.text)", "cannot be \(what)")
  }
}
