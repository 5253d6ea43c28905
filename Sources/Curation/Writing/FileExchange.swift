import CGlibc
import Foundation

/// Replaces the files of a folder one by one, where the folder itself cannot be moved. A record of it, on the
/// disk before the first goes, lets the next run complete what a kill has cut short; the manifest goes first
/// and comes last, so that nobody takes the files between for a dataset.
struct FileExchange {
  private let workspace: Workspace
  private let new: Folder
  private let old: Folder

  static let recordName = "replacing"

  init(_ workspace: Workspace, _ new: Folder, _ old: Folder) {
    self.workspace = workspace
    self.new = new
    self.old = old
  }

  /// Makes way for the new files, and writes the record.
  ///
  /// - Parameter own: the files of the old folder that are not the user's.
  /// - Returns: the user's files that had the name of a new one, and their new names.
  func prepare(_ own: Set<FileName>) throws -> [(name: String, newName: String)] {
    var aside: [(name: String, newName: String)] = []
    let names = try new.names()
    let besidePool = try old.names().filter { DatasetFiles.isBesidePool($0.text) }
    for name in names + besidePool where !own.contains(name) && old.status(name) != nil {
      if old.status(name).map(FileIdentity.init) == new.status(name).map(FileIdentity.init) {
        continue
      }
      let free = FolderExchange.freeName(name, in: [old])
      guard old.move(name, to: old, as: free) else {
        throw systemError("\(old.path)/\(name.text)", "cannot be kept aside")
      }
      aside.append((name.text, free.text))
    }
    try old.sync()
    try new.sync()
    let gone = own.subtracting(names).map(\.text).sorted()
    let bytes = Array(try JSONEncoder().encode(gone))
    workspace.folder.remove(Self.recordName)
    _ = try OutputFile.write(bytes, to: workspace.path(Self.recordName))
    try workspace.folder.sync()
    return aside
  }

  /// Does what the record says, as far as it is not done.
  func finish() throws {
    let record = FileManager.default.contents(atPath: workspace.path(Self.recordName))
    // A record that is not whole was not synced: nothing has been replaced by it.
    if let record, let gone = try? JSONDecoder().decode([String].self, from: record) {
      let manifest = FileName(Manifest.fileName)
      if new.status(manifest) != nil, !old.remove(manifest) {
        throw systemError("\(old.path)/\(manifest.text)", "cannot be removed")
      }
      for name in try new.names() where name != manifest { try replace(name) }
      for name in gone where DatasetFiles.mayHold(name) {
        guard old.remove(name) else {
          throw systemError("\(old.path)/\(name)", "cannot be removed")
        }
      }
      try old.sync()
      if new.status(manifest) != nil { try replace(manifest) }
      try old.sync()
    }
    guard workspace.folder.remove(FileName(Self.recordName)), workspace.discard(new) else {
      throw systemError(workspace.folder.path, "cannot be cleared")
    }
    try workspace.folder.sync()
  }

  private func replace(_ name: FileName) throws {
    guard new.rename(name, to: old, as: name) else {
      throw systemError("\(old.path)/\(name.text)", "cannot be replaced")
    }
    // Two names of one file stay both.
    new.remove(name)
  }
}
