import Bytes
import Foundation
import Synthesis
import Tokenization

/// Writes invented products as gzipped raw files, one a category.
struct SampleFiles {
  private let products: SampleProducts

  /// Records that are made and compressed at a time: each category's share is one gzip member.
  private static let chunkSize = 8192

  init(seed: UInt64) {
    products = SampleProducts(seed: seed)
  }

  /// Writes `count` records to files in `folder`, which appear when all are whole. Gives their paths.
  ///
  /// - Parameter isForced: whether files of the same names may be replaced.
  func write(_ count: Int, to folder: String, isForced: Bool) async throws -> [String] {
    let paths = SampleProducts.categories.map { "\(folder)/meta_\($0).jsonl.gz" }
    if !isForced, let path = paths.first(where: FileManager.default.fileExists) {
      throw CurationError(
        .inputOutput, "\(path): is there already; name another folder, or replace it with --force")
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CurationError(
        .inputOutput, "\(folder): cannot be made: \(error.localizedDescription)")
    }
    let files = try paths.map { try WholeFile(path: $0) }
    for start in stride(from: 0, to: max(count, 1), by: Self.chunkSize) {
      let members = try await compressed(start..<min(start + Self.chunkSize, count))
      for (file, member) in zip(files, members) { try file.write(member) }
    }
    for file in files { try file.publish(replaces: isForced) }
    return paths
  }

  /// The records of a range as one gzip member a category, compressed all at once.
  private func compressed(_ range: Range<Int>) async throws -> [[UInt8]] {
    try Task.checkCancellation()
    var lines = [[UInt8]](repeating: [], count: SampleProducts.categories.count)
    var line: [UInt8] = []
    for index in range {
      line.removeAll(keepingCapacity: true)
      let category = products.appendLine(index, to: &line)
      lines[category].append(contentsOf: line)
    }
    return try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for (category, lines) in lines.enumerated() {
        group.addTask { (category, try gzipMember(lines)) }
      }
      var members = [[UInt8]](repeating: [], count: lines.count)
      for try await (category, member) in group { members[category] = member }
      return members
    }
  }
}
