import CGlibc
import Foundation

/// The folder of a dataset. Outputs are made in a folder beside it, and the two change places in one
/// step of the file system when all is written and synced: a reader sees the old dataset or the new.
struct OutputFolder {
  let path: String
  /// Where outputs are made: a hidden folder beside the final one, on the same file system.
  let staging: String

  /// The names that a dataset may hold; everything else in the folder is the user's and stays.
  private static let outputNames = Set(
    SplitMaker.splits.map { SplitMaker.fileName(of: $0.name) }
      + [SplitMaker.poolName, Manifest.fileName, RejectsWriter.fileName])

  /// Makes an empty staging folder, in place of what an interrupted run may have left.
  init(path: String) throws {
    let url = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
    self.path = url.path
    staging =
      url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).partial").path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: self.path, isDirectory: &isFolder),
      !isFolder.boolValue
    {
      throw CurationError(.inputOutput, "\(path): is a file; name a folder for the output")
    }
    try Self.attempt("\(staging): cannot be made") {
      if fileExists(staging) {
        try rescue(from: staging, to: self.path)
        try FileManager.default.removeItem(atPath: staging)
      }
      try FileManager.default.createDirectory(
        atPath: staging, withIntermediateDirectories: true)
    }
  }

  func stagedPath(_ name: String) -> String { "\(staging)/\(name)" }

  /// Stages an output of the folder's present dataset as it is.
  func keep(_ name: String) throws {
    guard link("\(path)/\(name)", stagedPath(name)) == 0 else {
      throw CurationError(.inputOutput, "\(path)/\(name): cannot be kept: \(systemMessage())")
    }
  }

  /// Puts the staged outputs in the place of the old ones.
  func publish() throws {
    try sync(staging)
    try Self.attempt("\(path): the new outputs cannot be put in place; they are in \(staging)") {
      if fileExists(path) {
        guard renameat2(AT_FDCWD, staging, AT_FDCWD, path, UInt32(GLIBC_RENAME_EXCHANGE)) == 0
        else {
          throw CurationError(.inputOutput, systemMessage())
        }
        try rescue(from: staging, to: path)
        try FileManager.default.removeItem(atPath: staging)
      } else {
        try FileManager.default.moveItem(atPath: staging, toPath: path)
      }
    }
    try sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  /// Throws the staged outputs away.
  func discard() { try? FileManager.default.removeItem(atPath: staging) }

  /// Moves what is not an output, and so the user's own, from an old folder to the new one.
  private func rescue(from old: String, to new: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: old)
    where !Self.outputNames.contains(name) && !fileExists("\(new)/\(name)") && fileExists(new) {
      try FileManager.default.moveItem(atPath: "\(old)/\(name)", toPath: "\(new)/\(name)")
    }
  }

  private func sync(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw CurationError(.inputOutput, "\(folder): cannot be synced: \(systemMessage())")
    }
  }

  private static func attempt(_ failure: String, _ body: () throws -> Void) throws {
    do { try body() } catch let error as CurationError {
      throw CurationError(error.code, "\(failure): \(error.description)")
    } catch {
      throw CurationError(.inputOutput, "\(failure): \(error.localizedDescription)")
    }
  }
}
