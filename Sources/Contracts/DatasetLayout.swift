import Bytes

/// The version of the program and of what it writes.
package let curateVersion = "0.1.0"

/// The fixed names among a dataset's files.
package enum DatasetLayout {
  package static let manifestName = "manifest.json"
  package static let rejectsName = "rejects.jsonl.gz"
  package static let poolName = "pool.sqlite"

  /// The path of the pool of the dataset in a folder.
  package static func poolPath(_ folder: String) -> String { "\(folder)/\(poolName)" }
}
