import Bytes
import CSQLite
import Glibc

/// Gives SQLite's temporary files, such as those it sorts in, a name of our choice, where SQLite would take one
/// below `/tmp` or wherever the environment says. They are unlinked as soon as they are open.
///
/// It is a VFS, as SQLite calls what reaches files for it: the usual one, but for that.
final class TemporaryFiles {
  /// What SQLite knows it by.
  let name: UnsafeMutablePointer<CChar>
  private let vfs: UnsafeMutablePointer<sqlite3_vfs>

  /// - Parameter path: theirs.
  init(named path: String) throws {
    vfs = .allocate(capacity: 1)
    name = strdup("curate-\(vfs)")
    vfs.initialize(to: sqlite3_vfs())
    guard let usual = sqlite3_vfs_find(nil) else {
      throw CurationError(.inputOutput, "SQLite cannot reach any files")
    }
    vfs.pointee = usual.pointee
    vfs.pointee.pNext = nil
    vfs.pointee.zName = UnsafePointer(name)
    vfs.pointee.pAppData = UnsafeMutableRawPointer(strdup(path))
    vfs.pointee.xOpen = { vfs, path, file, flags, outFlags in
      guard let usual = sqlite3_vfs_find(nil), let open = usual.pointee.xOpen else {
        return SQLITE_CANTOPEN
      }
      if let path { return open(usual, path, file, flags, outFlags) }
      let ours = vfs?.pointee.pAppData.map { UnsafePointer($0.assumingMemoryBound(to: CChar.self)) }
      // Of a program that was killed before it could.
      if let ours { unlink(ours) }
      return open(usual, ours, file, flags, outFlags)
    }
    sqlite3_vfs_register(vfs, 0)
  }

  deinit {
    sqlite3_vfs_unregister(vfs)
    free(vfs.pointee.pAppData)
    free(name)
    vfs.deallocate()
  }
}
