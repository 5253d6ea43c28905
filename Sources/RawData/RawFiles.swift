import Bytes
package import Contracts
import Foundation

/// Finds the raw files that a command names.
package enum RawFiles {
  /// The `.jsonl` and `.jsonl.gz` files among `paths`; of a folder, those below it, through links,
  /// without hidden ones and without those in the folder `excluded`.
  ///
  /// They come in the order of base name and path, which no order of arguments changes. A file that is
  /// reached twice is read once, under the first of its names. Errors: `noInput`;
  /// `usage` where `excluded` is named itself.
  package static func find(
    _ paths: [String], excluding excluded: String? = nil, _ damagePolicy: DamagePolicy = .stop
  ) throws -> [RawFile] {
    var finder = Finder(excluded: excluded.flatMap(FileIdentity.init))
    for path in paths {
      guard finder.excluded == nil || FileIdentity(path) != finder.excluded else {
        throw CurationError(
          .usage, "\(path): is the folder of the output, too; name another with --out")
      }
      try finder.visit(path, isNamed: true)
    }
    guard !finder.found.isEmpty else {
      throw CurationError(
        .noInput,
        "\(paths.joined(separator: ", ")): no .jsonl or .jsonl.gz file is there; put "
          + "meta_NAME.jsonl.gz files into it, or make sample data with 'curate synthesize raw'")
    }
    return finder.found.values
      .map { RawFile(path: $0.path, byteCount: $0.size, damagePolicy: damagePolicy) }
      .sorted { ($0.name, $0.path) < ($1.name, $1.path) }
  }

  private struct Finder {
    let excluded: FileIdentity?
    var found: [FileIdentity: (path: String, size: Int)] = [:]
    private var folders: Set<FileIdentity> = []

    init(excluded: FileIdentity?) {
      self.excluded = excluded
    }

    /// - Parameter isNamed: whether the user named this path, and so means it.
    mutating func visit(_ path: String, isNamed: Bool) throws {
      var status = stat()
      guard stat(path, &status) == 0 else {
        if errno == ENOENT, isNamed {
          throw CurationError(
            .noInput,
            "\(path): no such file or folder; 'curate synthesize raw' makes sample data")
        }
        throw CurationError(.noInput, "\(path): cannot be reached: \(systemMessage())")
      }
      let identity = FileIdentity(status)
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        guard identity != excluded, folders.insert(identity).inserted else { return }
        for name in try names(in: path) where name.first != "." {
          let below = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
          if isRaw(name) || isFolder(below) { try visit(below, isNamed: false) }
        }
      case S_IFREG:
        let old = found[identity]?.path
        if let old, (RawFile.baseName(of: old), old) <= (RawFile.baseName(of: path), path) {
          return
        }
        found[identity] = (path, Int(status.st_size))
      default:
        throw CurationError(.noInput, "\(path): is neither a file nor a folder")
      }
    }

    private func isRaw(_ name: String) -> Bool {
      name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz")
    }

    private func isFolder(_ path: String) -> Bool {
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private func names(in folder: String) throws -> [String] {
      do { return try Folder(path: folder).names().map(\.text) } catch let error as CurationError {
        throw CurationError(.noInput, error.description)
      }
    }
  }
}
