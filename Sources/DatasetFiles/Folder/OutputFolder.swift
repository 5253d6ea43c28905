import Bytes
import CGlibc
import Contracts
import Foundation

/// The folder of a dataset, for writing. Outputs are made in a folder beside it, and the two are
/// swapped atomically once everything is written and synced: a reader sees either the old dataset
/// or the new. The user's own files stay in the folder all the time.
///
/// While this object exists, no other run can write to the same folder.
package final class OutputFolder {
  /// Who writes: a run makes a pool, a split keeps the dataset's.
  package enum Writer { case run, split }

  package let path: String
  private let place: OutputPlace
  private let writer: Writer
  private let workspace: Workspace
  private let stagingFolder: Folder
  /// Whether to keep the new pool if nothing is published.
  package var keepsPool = false
  /// Whether the new outputs are in place, or the next run puts them there, whatever else may have gone wrong.
  package private(set) var isPublished = false
  /// The user's files that had the name of a new output, and what they are called now.
  package private(set) var keptAside: [(name: String, newName: String)] = []

  /// Where outputs are made.
  package var staging: String { stagingFolder.path }
  /// The pool that goes with the outputs.
  package var poolPath: String {
    writer == .run ? workspace.path(DatasetLayout.poolName) : DatasetLayout.poolPath(path)
  }
  /// Where the pool of an interrupted run waits to be resumed.
  package var earlierPool: String { workspace.path(Workspace.earlierName) }

  package func stagedPath(_ name: String) -> String { "\(staging)/\(name)" }

  /// Recovers from a killed run, and makes an empty folder for the new outputs.
  ///
  /// Errors: `inputOutput` if the folder is unusable or another run is writing to it.
  package init(path: String, for writer: Writer = .run) throws {
    guard let place = try OutputPlace(path, makes: true) else {
      throw systemError(path, "cannot be made")
    }
    let current = FileManager.default.currentDirectoryPath + "/"
    if current.hasPrefix(place.path + "/") {
      throw CurationError(
        .inputOutput, "\(path): holds the folder you are in; name another for the output")
    }
    self.place = place
    self.path = place.path
    self.writer = writer
    workspace = try Self.makeWorkspace(place)
    try Recovery(workspace, place).run()
    try Self.checkNames(place)
    if writer == .run { try workspace.setAsidePool() }
    stagingFolder = try workspace.makeStaging()
  }

  /// Whether the staging folder has something of the user's that may not be anywhere else.
  private var holdsForeign = false

  /// Throws away what was made and not published.
  deinit {
    guard !isPublished else { return }
    if !holdsForeign { workspace.discard(stagingFolder) }
    if writer == .run, !keepsPool { workspace.removePool(DatasetLayout.poolName) }
  }

  /// Recovers what a killed run left in or beside a dataset's folder, if anything, unless another
  /// run is active. Call this before looking for anything in the folder.
  package static func recover(_ path: String) {
    // What is wrong with the folder is told by whoever needs it.
    guard let place = try? OutputPlace(path, makes: false) else { return }
    let folders = [(besideName(place), place.parent), (insideName, try? place.open())]
    for case (let name, let parent?) in folders {
      if let left = try? Workspace(name, in: parent, makes: false, for: path) {
        try? Recovery(left, place).run()
      }
    }
  }

  private static func besideName(_ place: OutputPlace) -> String { ".\(place.name).curate" }
  private static let insideName = ".curate"

  /// Beside the folder, from where files can be moved into it; else inside of it.
  private static func makeWorkspace(_ place: OutputPlace) throws -> Workspace {
    let isWritable = faccessat(place.parent.descriptor, ".", W_OK, 0) == 0
    let folder = try place.open()
    // Report this before hours of work, not after.
    if let folder, faccessat(folder.descriptor, ".", W_OK | X_OK, 0) != 0 {
      throw systemError(place.path, "cannot be written")
    }
    if isWritable || folder == nil {
      let beside = try Workspace(besideName(place), in: place.parent, for: place.shown)
      guard let beside else { throw systemError(place.path, "cannot be made") }
      try place.parent.sync()
      guard let folder, !canMoveFiles(from: beside, to: folder) else { return beside }
    }
    guard let folder, let inside = try Workspace(insideName, in: folder, for: place.shown) else {
      throw systemError(place.path, "cannot be written")
    }
    return inside
  }

  /// Mount points, bind mounts among them, take no file from outside: of a file that is not there, too, the
  /// system says so first.
  private static func canMoveFiles(from workspace: Workspace, to folder: Folder) -> Bool {
    let nothing = FileName("nothing")
    return workspace.folder.rename(nothing, to: folder, as: nothing) || errno == ENOENT
  }

  /// Others may have files of some of its names, too.
  private static func checkNames(_ place: OutputPlace) throws {
    guard let folder = try place.open() else { return }
    let files = try OwnFiles(in: folder)
    for name in try folder.names().map(\.text).sorted()
    where OwnFiles.mayHold(name) && !files.names(name) {
      throw CurationError(
        .inputOutput,
        "\(place.shown)/\(name): is not curate's, which has an output of that name; move it away")
    }
  }

  /// Stages an output of the folder's present dataset as it is.
  package func keep(_ name: String) throws {
    let folder = try Folder(path: path)
    if folder.link(FileName(name), to: stagingFolder) { return }
    // Not every file system has links.
    do {
      try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: stagedPath(name))
    } catch {
      throw CurationError(
        .inputOutput, "\(path)/\(name): cannot be kept: \(error.localizedDescription)")
    }
    try syncToDisk(stagedPath(name))
  }

  /// Puts the staged outputs and the pool in the place of the old ones.
  ///
  /// Errors: `inputOutput`, with the old ones in place unless `isPublished` says otherwise.
  package func publish() throws {
    try stagePool()
    if let old = try place.open() {
      let readers = try ReaderLock(excluding: old)
      defer { readers.end() }
      let own = try OwnFiles(in: old).own()
      stagingFolder.takeOverModes(of: old)
      try replace(old, own)
    } else {
      try stagingFolder.sync()
      let name = FileName(stagingName)
      guard workspace.folder.rename(name, to: place.parent, as: FileName(place.name)) else {
        throw notReplaced()
      }
      isPublished = true
    }
    try place.parent.sync()
    if writer == .run {
      workspace.removePool(DatasetLayout.poolName)
      workspace.removePool(Workspace.earlierName)
    }
    try workspace.folder.sync()
  }

  private var stagingName: String { Workspace.stagingName(stagingFolder.identity) }

  private func stagePool() throws {
    guard writer == .run else { return try keep(DatasetLayout.poolName) }
    let pool = FileName(DatasetLayout.poolName)
    guard workspace.folder.holds(DatasetLayout.poolName) else { return }
    // Until the outputs are in place the workspace keeps it, too, for the next run.
    guard
      workspace.folder.link(pool, to: stagingFolder)
        || workspace.folder.rename(pool, to: stagingFolder, as: pool)
    else { throw systemError(poolPath, "cannot be staged") }
  }

  private func notReplaced() -> CurationError {
    systemError(place.shown, "the new outputs cannot be put in place")
  }

  /// Swaps new and old: atomically, or one after the other, or file by file.
  private func replace(_ old: Folder, _ own: [FileName: FileVersion]) throws {
    let (staged, name) = (FileName(stagingName), FileName(place.name))
    let exchange = FolderExchange(workspace, place)
    guard workspace.parent.identity == place.parent.identity else {
      return try replaceFiles(of: old, own)
    }
    // What is moved to the staging folder is only there, which must not be lost.
    try workspace.folder.sync()
    holdsForeign = true
    let placed = try exchange.placeForeign(from: old, own, in: stagingFolder, as: stagingName)
    try stagingFolder.sync()
    try old.sync()
    try workspace.folder.sync()
    if placed.isComplete, workspace.folder.exchange(staged, with: name, in: place.parent) {
      isPublished = true
    } else if placed.isComplete {
      let aside = FileName(Workspace.oldName)
      if place.parent.rename(name, to: workspace.folder, as: aside) {
        isPublished = workspace.folder.rename(staged, to: place.parent, as: name)
        if !isPublished {
          let error = notReplaced()
          _ = workspace.folder.rename(aside, to: place.parent, as: name)
          throw error
        }
      }
    }
    guard isPublished else {
      try exchange.takeBack(from: stagingFolder, to: old)
      for name in placed.names where !stagingFolder.remove(name) { throw notReplaced() }
      holdsForeign = false
      return try replaceFiles(of: old, own)
    }
    keptAside = placed.keptAside
    try place.parent.sync()
    try workspace.folder.sync()
    keptAside += try exchange.clear(old, into: stagingFolder, own, placed.names)
  }

  /// Where the folder itself cannot be moved.
  private func replaceFiles(of old: Folder, _ own: [FileName: FileVersion]) throws {
    let exchange = FileExchange(workspace, stagingFolder, old)
    let record: FileExchange.Record
    (record, keptAside) = try exchange.prepare(own)
    isPublished = true
    try exchange.finish(record)
  }
}

extension Folder {
  /// Gives this folder the mode, owner and group of another, and each file those of the file of its name in the
  /// other, or else the folder's owner and group: as far as the system lets us.
  fileprivate func takeOverModes(of other: Folder) {
    func own(_ name: FileName, _ owner: uid_t, _ group: gid_t) {
      guard fchownat(descriptor, name.bytes, owner, group, AT_SYMLINK_NOFOLLOW) != 0 else { return }
      _ = fchownat(descriptor, name.bytes, uid_t.max, group, AT_SYMLINK_NOFOLLOW)
    }
    for name in (try? names()) ?? [] {
      guard let now = status(name) else { continue }
      let old = other.status(name).flatMap { $0.st_mode & S_IFMT == S_IFREG ? $0 : nil }
      let (owner, group) = (old?.st_uid ?? other.owner, old?.st_gid ?? other.group)
      if (now.st_uid, now.st_gid) != (owner, group) { own(name, owner, group) }
      if let old, now.st_mode != old.st_mode {
        fchmodat(descriptor, name.bytes, old.st_mode & 0o777, 0)
      }
    }
    if (owner, group) != (other.owner, other.group) { own(FileName("."), other.owner, other.group) }
    fchmod(descriptor, other.mode)
  }
}
