import CGlibc
package import Glibc

/// A file's name as the file system stores it: bytes in any encoding.
package struct FileName: Hashable {
  /// Null-terminated.
  package let bytes: [CChar]

  package init(_ text: String) { bytes = Array(text.utf8CString) }

  /// - Parameter bytes: null-terminated.
  package init(bytes: [CChar]) { self.bytes = bytes }

  fileprivate init(_ entry: UnsafeMutablePointer<dirent>) {
    bytes = withUnsafeBytes(of: &entry.pointee.d_name) { name in
      name.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
    }
  }

  /// For messages; invalid UTF-8 is replaced.
  package var text: String {
    String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The name with a suffix.
  package func appending(_ suffix: String) -> FileName {
    FileName(bytes: Array(bytes.dropLast()) + Array(suffix.utf8CString))
  }
}

/// An open folder. Operations apply to the folder that was opened, even if it has been moved since,
/// and do not follow symbolic links.
package final class Folder {
  /// The path it was opened at, for messages and for code that needs one.
  package let path: String
  package let descriptor: Int32
  package let identity: FileIdentity
  package let mode: mode_t
  package let owner: uid_t
  package let group: gid_t

  /// Errors: `inputOutput` if it cannot be opened.
  package convenience init(path: String) throws {
    try self.init(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), path)
  }

  /// A folder in another, not a symbolic link. Errors: `inputOutput`.
  package convenience init(_ name: String, in parent: Folder) throws {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    try self.init(openat(parent.descriptor, name, flags), "\(parent.path)/\(name)")
  }

  private init(_ descriptor: Int32, _ path: String) throws {
    guard descriptor >= 0 else { throw systemError(path, "cannot be opened") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      defer { close(descriptor) }
      throw systemError(path, "cannot be examined")
    }
    self.path = path
    self.descriptor = descriptor
    identity = FileIdentity(status)
    (mode, owner, group) = (status.st_mode & 0o7777, status.st_uid, status.st_gid)
  }

  deinit { close(descriptor) }

  /// The name under which it was opened.
  package var name: String { String(path.split(separator: "/").last ?? "") }

  /// The names of all its entries. Errors: `inputOutput`, even if some could be read.
  package func names() throws -> [FileName] {
    // A separate descriptor, so that reading starts at the beginning each time.
    let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0, let stream = fdopendir(own) else {
      defer { if own >= 0 { close(own) } }
      throw systemError(path, "cannot be read")
    }
    defer { closedir(stream) }
    var names: [FileName] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = FileName(entry)
      if ![".", ".."].contains(name.text) { names.append(name) }
    }
    guard errno == 0 else { throw systemError(path, "cannot be read") }
    return names
  }

  /// The status of an entry, without following a link; nil if there is none.
  package func status(_ name: FileName) -> stat? {
    var status = stat()
    let isThere = fstatat(descriptor, name.bytes, &status, AT_SYMLINK_NOFOLLOW) == 0
    return isThere ? status : nil
  }

  package func version(_ name: FileName) -> FileVersion? { status(name).map(FileVersion.init) }

  package func identity(_ name: FileName) -> FileIdentity? { status(name).map(FileIdentity.init) }

  package func isFolder(_ name: FileName) -> Bool {
    status(name).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  package func holds(_ name: String) -> Bool { status(FileName(name)) != nil }

  /// Makes a folder in it; false if the name already exists. Errors: `inputOutput`.
  package func makeFolder(_ name: String, _ mode: mode_t) throws -> Bool {
    if mkdirat(descriptor, name, mode) == 0 { return true }
    guard errno == EEXIST else { throw systemError("\(path)/\(name)", "cannot be made") }
    return false
  }

  /// The target of a symbolic link; nil for anything else.
  package func target(_ name: FileName) -> FileName? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlinkat(descriptor, name.bytes, &buffer, buffer.count - 1)
    return count < 0 ? nil : FileName(bytes: buffer[..<count] + [0])
  }

  package func makeLink(_ name: FileName, to target: FileName) -> Bool {
    symlinkat(target.bytes, descriptor, name.bytes) == 0
  }

  /// Makes a hard link to a file in another folder. Never overwrites.
  package func link(_ name: FileName, to target: Folder, as newName: FileName? = nil) -> Bool {
    linkat(descriptor, name.bytes, target.descriptor, (newName ?? name).bytes, 0) == 0
  }

  /// Moves a file or folder to another folder. Never replaces anything but an empty folder.
  package func move(_ name: FileName, to target: Folder, as newName: FileName? = nil) -> Bool {
    let newName = newName ?? name
    guard let status = status(name) else { return false }
    if status.st_mode & S_IFMT != S_IFDIR {
      if link(name, to: target, as: newName) { return remove(name) }
      guard errno != EEXIST else { return false }
      let (source, goal) = (name.bytes, newName.bytes)
      let flags = UInt32(GLIBC_RENAME_NOREPLACE)
      if renameat2(descriptor, source, target.descriptor, goal, flags) == 0 { return true }
      guard [EINVAL, ENOSYS].contains(errno), target.status(newName) == nil else { return false }
    }
    return rename(name, to: target, as: newName)
  }

  /// Moves a file or folder, replacing an existing file.
  package func rename(_ name: FileName, to target: Folder, as newName: FileName) -> Bool {
    renameat(descriptor, name.bytes, target.descriptor, newName.bytes) == 0
  }

  /// Swaps two files or folders atomically; false, with `errno`, if the file system cannot.
  package func exchange(_ name: FileName, with other: FileName, in folder: Folder) -> Bool {
    let flags = UInt32(GLIBC_RENAME_EXCHANGE)
    return renameat2(descriptor, name.bytes, folder.descriptor, other.bytes, flags) == 0
  }

  /// Removes a file or link; true also if there is none.
  @discardableResult
  package func remove(_ name: FileName) -> Bool {
    unlinkat(descriptor, name.bytes, 0) == 0 || errno == ENOENT
  }

  @discardableResult
  package func remove(_ name: String) -> Bool { remove(FileName(name)) }

  /// Removes an empty folder.
  @discardableResult
  package func removeFolder(_ name: String) -> Bool {
    unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT
  }

  /// Syncs its entries to disk. Errors: `inputOutput`.
  package func sync() throws {
    guard fsync(descriptor) == 0 else { throw systemError(path, "cannot be synced") }
  }
}

/// A system error, with the message for the last C call that failed.
package func systemError(_ path: String, _ what: String) -> CurationError {
  CurationError(.inputOutput, "\(path): \(what): \(systemMessage())")
}
