import Bytes
import Contracts

/// Recovers a dataset from a run killed at any moment while it was publishing.
struct Recovery {
  private let workspace: Workspace
  private let place: OutputPlace

  init(_ workspace: Workspace, _ place: OutputPlace) {
    self.workspace = workspace
    self.place = place
  }

  /// Afterwards the dataset's folder is there if it ever was, all of the user's is in it, and of the
  /// workspace nothing is left but the pools of interrupted runs.
  func run() throws {
    let left = try workspace.leftFolders()
    let exchange = FolderExchange(workspace, place)
    for old in left.old {
      if let dataset = try place.open() {
        let files = try? OwnFiles(in: old)
        try exchange.clear(old, into: dataset, files?.own() ?? [:])
      } else {
        // The old folder was moved away, and the new one had not come yet.
        guard
          workspace.folder.rename(FileName(old.name), to: place.parent, as: FileName(place.name))
        else { throw systemError(place.shown, "the old outputs cannot be put back") }
        try place.parent.sync()
        try workspace.folder.sync()
      }
    }
    let dataset = try place.open()
    let record = try FileExchange.record(in: workspace)
    for new in left.new {
      if let dataset, let record, record.new == new.name {
        let readers = try ReaderLock(excluding: dataset)
        defer { readers.end() }
        try FileExchange(workspace, new, dataset).finish(record)
      } else {
        if let dataset { try exchange.takeBack(from: new, to: dataset) }
        workspace.discard(new)
      }
    }
    try FileExchange.removeRecord(in: workspace)
    // The pool of a run that has published it.
    let pool = FileName(DatasetLayout.poolName)
    if let own = workspace.folder.status(pool), let status = dataset?.status(pool),
      FileIdentity(own) == FileIdentity(status)
    {
      workspace.folder.remove(pool)
    }
  }
}
