import Bytes
import Glibc

/// Where an output folder is or will be: its true name in a folder that is open. Paths are read as the system
/// reads them, so that `link/../z` is what every other program takes it for.
struct OutputPlace {
  let parent: Folder
  let name: String
  /// As the user gave it, for messages.
  let shown: String

  var path: String { parent.path == "/" ? "/\(name)" : "\(parent.path)/\(name)" }

  /// - Parameter makes: whether folders on the way there are made where they are missing.
  /// - Returns: nil where they are missing and are not made.
  /// - Throws: `inputOutput` where no folder can be there.
  init?(_ path: String, makes: Bool) throws {
    shown = path
    var status = stat()
    if let real = Self.realPath(path) {
      guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw Self.error(path, "is a file; name a folder for the output")
      }
      let place = Self.split(real)
      guard !place.name.isEmpty else { throw Self.error(path, "is the root; name a folder in it") }
      (parent, name) = (try Folder(path: place.folder), place.name)
      return
    }
    guard lstat(path, &status) != 0 else {
      throw Self.error(path, "is a dangling symbolic link; name a folder for the output")
    }
    let place = Self.split(path)
    guard ![".", "..", ""].contains(place.name) else {
      throw Self.error(path, "there is no such folder")
    }
    if makes { try Self.make(place.folder) }
    guard let real = Self.realPath(place.folder) else {
      if makes { throw systemError(place.folder, "cannot be reached") }
      return nil
    }
    (parent, name) = (try Folder(path: real), place.name)
  }

  /// The folder, if it is there by now.
  func open() throws -> Folder? {
    guard let status = parent.status(FileName(name)) else { return nil }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Self.error(shown, "is a file; name a folder for the output")
    }
    return try Folder(name, in: parent)
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// The folder of a path and the name in it; the name is empty for the root.
  private static func split(_ path: String) -> (folder: String, name: String) {
    let path = path.count > 1 && path.hasSuffix("/") ? Substring(path.dropLast()) : path[...]
    guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  private static func make(_ folder: String) throws {
    var status = stat()
    if stat(folder, &status) == 0 { return }
    let above = split(folder).folder
    try make(above)
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw systemError(folder, "cannot be made")
    }
    try syncToDisk(above)
  }

  private static func error(_ path: String, _ what: String) -> CurationError {
    CurationError(.inputOutput, "\(path): \(what)")
  }
}
