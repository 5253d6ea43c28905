import Foundation

/// Finds the raw files that a command names.
public enum RawFiles {
  /// The `.jsonl` and `.jsonl.gz` files among `paths`; of a folder, those below it.
  ///
  /// They come in the canonical order, by base name and then by path, which no order of arguments
  /// changes. A file that is named twice is read once. Errors: `noInput`.
  public static func find(_ paths: [String]) throws -> [RawFile] {
    var found: [String: String] = [:]
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw CurationError(.noInput, "\(path): no such file or folder")
      }
      let files = isFolder.boolValue ? try below(path) : [path]
      for file in files { found[URL(fileURLWithPath: file).resolvingSymlinksInPath().path] = file }
    }
    guard !found.isEmpty else {
      throw CurationError(
        .noInput,
        "\(paths.joined(separator: ", ")): no .jsonl or .jsonl.gz file is there; put meta_NAME.jsonl.gz "
          + "files into it, or make sample data with 'curate synthesize raw --items 20000'")
    }
    return try found.values.map { path in
      let size = try FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)[.size]
      return RawFile(path: path, byteCount: (size as? Int) ?? 0)
    }.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
  }

  private static func below(_ folder: String) throws -> [String] {
    guard let names = FileManager.default.enumerator(atPath: folder) else {
      throw CurationError(.noInput, "\(folder): the folder cannot be read")
    }
    return names.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.gz") }
      .map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
  }
}
