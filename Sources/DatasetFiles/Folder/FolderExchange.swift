import Bytes
import Contracts
import Glibc

/// Brings the user's files and folders from an old dataset folder to the new one, so that they are
/// always available at their paths. Before the swap, files are hard-linked into the new folder;
/// folders move to it, and a symbolic link replaces each in the old one.
struct FolderExchange {
  private let workspace: Workspace
  private let place: OutputPlace

  init(_ workspace: Workspace, _ place: OutputPlace) {
    self.workspace = workspace
    self.place = place
  }

  /// What was put into the new folder.
  struct Placed {
    var names: Set<FileName> = []
    /// The files that had the name of a new output, and their new names.
    var keptAside: [(name: String, newName: String)] = []
    /// False if something cannot be moved, such as a mount point.
    var isComplete = true
  }

  /// Call this before the folders are swapped.
  ///
  /// - Parameters:
  ///   - own: the files of the old folder that are not the user's.
  ///   - newName: what the new folder is called in the workspace.
  func placeForeign(
    from old: Folder, _ own: [FileName: FileVersion], in new: Folder, as newName: String
  ) throws -> Placed {
    var placed = Placed()
    for name in try old.names() where own[name] == nil || own[name] != old.version(name) {
      guard let identity = old.identity(name), new.identity(name) != identity else { continue }
      let free = Self.freeName(name, in: [new, old])
      let isFolder = old.isFolder(name)
      if isFolder || !old.link(name, to: new, as: free) {
        let target = Array("\(linkStart)\(newName)/".utf8CString.dropLast()) + free.bytes
        // On a file system without links, `clear` moves it.
        guard new.makeLink(free, to: FileName(bytes: target)) else { continue }
        if !old.exchange(name, with: free, in: new) {
          let canExchange = ![EINVAL, ENOSYS].contains(errno)
          guard new.remove(free) else { throw stuck(free, new) }
          if !isFolder && !canExchange { continue }
          guard !canExchange, old.move(name, to: new, as: free) else {
            placed.isComplete = false
            return placed
          }
          _ = old.makeLink(name, to: FileName(bytes: target))
        }
      }
      placed.names.insert(free)
      if free != name { placed.keptAside.append((name.text, free.text)) }
    }
    return placed
  }

  /// What links to the user's folders begin with.
  private var linkStart: String { "../\(workspace.folder.name)/" }

  /// The name in the new folder to which a link of `placeForeign` leads; nil for any other.
  private func origin(of name: FileName, in folder: Folder) -> FileName? {
    guard let target = folder.target(name)?.bytes,
      target.starts(with: linkStart.utf8CString.dropLast()),
      let slash = target.lastIndex(of: CChar(UInt8(ascii: "/")))
    else { return nil }
    return FileName(bytes: Array(target[(slash + 1)...]))
  }

  /// Undoes `placeForeign` if the new folder was not put in place. Call this again after a kill.
  func takeBack(from new: Folder, to old: Folder) throws {
    for name in try old.names() {
      guard let origin = origin(of: name, in: old), new.status(origin) != nil else { continue }
      if !old.exchange(name, with: origin, in: new) {
        guard old.remove(name), new.move(origin, to: old, as: name) else {
          throw stuck(origin, new)
        }
      }
      new.remove(origin)
    }
    // After a kill there may be no link to a folder. No output is one.
    for name in try new.names() where new.isFolder(name) {
      guard new.move(name, to: old, as: Self.freeName(name, in: [old])) else {
        throw stuck(name, new)
      }
    }
    try old.sync()
    try new.sync()
  }

  /// Empties and removes the replaced old folder, moving the user's files to the new one. Call this
  /// again after a kill.
  ///
  /// - Parameters:
  ///   - own: the files that are not the user's.
  ///   - placed: the names of what `placeForeign` has put into the new folder.
  /// - Returns: the files that had the name of a new output, and their new names.
  @discardableResult
  func clear(
    _ old: Folder, into new: Folder, _ own: [FileName: FileVersion], _ placed: Set<FileName> = []
  ) throws -> [(name: String, newName: String)] {
    var keptAside: [(name: String, newName: String)] = []
    let known = Set(try new.names().compactMap(new.identity))
    // What has been written to since is the user's.
    func isOwn(_ name: FileName) -> Bool { own[name] != nil && own[name] == old.version(name) }
    // The new links to the user's files must be on disk before the old ones are removed.
    try new.sync()
    let manifest = FileName(DatasetLayout.manifestName)
    for name in try old.names() where name != manifest {
      guard let identity = old.identity(name) else { continue }
      let isPlaced = known.contains(identity) && !old.isFolder(name)
      if isOwn(name) || isPlaced || origin(of: name, in: old) != nil {
        guard old.remove(name) else { throw stuck(name, old) }
      } else if !placed.contains(name) || !old.rename(name, to: new, as: name) {
        // What the user has saved again since it was placed took the place of that.
        let free = Self.freeName(name, in: [new])
        guard old.move(name, to: new, as: free) else { throw stuck(name, old) }
        if free != name { keptAside.append((name.text, free.text)) }
      }
    }
    try new.sync()
    // Last, on the disk, too, since it tells whose the others are.
    try old.sync()
    if isOwn(manifest) || old.identity(manifest).map(known.contains) == true {
      old.remove(manifest)
    } else if old.status(manifest) != nil {
      _ = old.move(manifest, to: new, as: Self.freeName(manifest, in: [new]))
    }
    try workspace.remove(old)
    try workspace.folder.sync()
    return keptAside
  }

  private func stuck(_ name: FileName, _ folder: Folder) -> CurationError {
    systemError(
      place.shown,
      "\(name.text) could not be moved to it; it is in \(folder.path), from where the next run "
        + "brings it")
  }

  /// The name itself, or one that nothing in some folders has yet.
  static func freeName(_ name: FileName, in folders: [Folder]) -> FileName {
    // What would be taken for an output, or SQLite for a part of the new pool, gets another name.
    if folders[0].status(name) == nil, !OwnFiles.mayHold(name.text) { return name }
    for number in 1... {
      let free = name.appending(number == 1 ? ".edited" : ".edited-\(number)")
      if folders.allSatisfy({ $0.status(free) == nil }) { return free }
    }
    return name
  }
}
