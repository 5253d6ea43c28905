/// The version of the program and of what it writes.
public let curateVersion = "0.1.0"

/// The names of a dataset's files that do not depend on what was asked for.
public enum DatasetLayout {
  static let manifestName = "manifest.json"
  static let rejectsName = "rejects.jsonl.gz"
  static let poolName = "pool.sqlite"

  /// The pool of the dataset in a folder.
  public static func poolPath(_ folder: String) -> String { "\(folder)/\(poolName)" }
}
