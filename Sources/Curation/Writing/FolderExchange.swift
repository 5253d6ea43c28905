import Glibc

/// Brings what is the user's from an old folder of a dataset to the new one, so that it is at its path at any
/// moment: before the two change places its files have a second name in the new folder, and in the place of each
/// of its folders stands a link to where that will be then.
struct FolderExchange {
  private let workspace: Workspace
  private let place: OutputPlace

  init(_ workspace: Workspace, _ place: OutputPlace) {
    self.workspace = workspace
    self.place = place
  }

  /// What was put into the new folder; of files that had the name of a new output their new names.
  struct Placed {
    var names: [FileName] = []
    var keptAside: [(name: String, newName: String)] = []
  }

  /// To be called before the folders change places.
  ///
  /// - Parameters:
  ///   - own: the files of the old folder that are not the user's.
  ///   - newName: what the new folder is called, and the old one will be.
  func placeForeign(
    from old: Folder, _ own: Set<FileName>, in new: Folder, as newName: String
  ) throws -> Placed {
    var placed = Placed()
    for name in try old.names() where !own.contains(name) {
      guard let status = old.status(name) else { continue }
      if new.status(name).map(FileIdentity.init) == FileIdentity(status) { continue }
      let free = Self.freeName(name, in: [new, old])
      let isLinked = status.st_mode & S_IFMT != S_IFDIR && old.link(name, to: new, as: free)
      let target = FileName("\(linkStart)\(newName)/").bytes.dropLast() + name.bytes
      // A file system without links has them moved by `clear`.
      guard isLinked || new.makeLink(free, to: FileName(bytes: Array(target))) else { continue }
      placed.names.append(free)
      if free != name { placed.keptAside.append((name.text, free.text)) }
    }
    return placed
  }

  /// What links to the user's folders begin with.
  private var linkStart: String { "../.\(place.name).curate/" }

  /// The name in the old folder to which a link of `placeForeign` leads; nil for any other.
  private func origin(of name: FileName, in folder: Folder) -> FileName? {
    guard let target = folder.target(name)?.bytes,
      target.starts(with: linkStart.utf8CString.dropLast()),
      let slash = target.lastIndex(of: CChar(UInt8(ascii: "/")))
    else { return nil }
    return FileName(bytes: Array(target[(slash + 1)...]))
  }

  /// Empties and removes the old folder, which has been replaced: what is the user's goes to the new one. To be
  /// called again after a kill.
  ///
  /// - Parameter own: the files that are not the user's.
  func clear(_ old: Folder, into new: Folder, _ own: Set<FileName>) throws {
    var known: Set<FileIdentity> = []
    for name in try new.names() {
      if let origin = origin(of: name, in: new), old.status(origin) != nil {
        if !old.exchange(origin, with: name, in: new) {
          guard new.remove(name), old.move(origin, to: new, as: name) else {
            throw stuck(origin, old)
          }
        }
        old.remove(origin)
      }
      if let status = new.status(name) { known.insert(FileIdentity(status)) }
    }
    // Before the second names of the user's files go, the first ones are on the disk.
    try new.sync()
    let manifest = FileName(Manifest.fileName)
    for name in try old.names() where name != manifest {
      guard let status = old.status(name) else { continue }
      let isPlaced =
        known.contains(FileIdentity(status)) && status.st_mode & S_IFMT != S_IFDIR
        || old.target(name).map { new.target(name) == $0 } == true
      if own.contains(name) || isPlaced || origin(of: name, in: old) != nil {
        guard old.remove(name) else { throw stuck(name, old) }
      } else {
        let free = Self.freeName(name, in: [new])
        guard old.move(name, to: new, as: free) else { throw stuck(name, old) }
      }
    }
    try new.sync()
    // Last, on the disk, too, since it tells whose the others are.
    try old.sync()
    if own.contains(manifest)
      || old.status(manifest).map(FileIdentity.init).map(known.contains) == true
    {
      old.remove(manifest)
    } else if old.status(manifest) != nil {
      _ = old.move(manifest, to: new, as: Self.freeName(manifest, in: [new]))
    }
    try workspace.remove(old)
    try workspace.folder.sync()
  }

  private func stuck(_ name: FileName, _ old: Folder) -> CurationError {
    systemError(
      place.shown,
      "the new outputs are in place, but \(name.text) could not be moved to them; it is in "
        + "\(workspace.folder.path), from where the next run brings it")
  }

  /// The name itself, or one that nothing in some folders has yet.
  static func freeName(_ name: FileName, in folders: [Folder]) -> FileName {
    // What SQLite would take for a part of the new pool gets another name.
    if folders[0].status(name) == nil, !DatasetFiles.isBesidePool(name.text) { return name }
    for number in 1... {
      let free = name.appending(number == 1 ? ".edited" : ".edited-\(number)")
      if folders.allSatisfy({ $0.status(free) == nil }) { return free }
    }
    return name
  }
}
