/// Writes `rejects.jsonl.gz`: one JSON line a dropped record or unreadable line, with source, line and
/// reason, in the order of sources and lines.
///
/// Batches arrive in any order. Each becomes a gzip member of a spool file at once, and at the end the
/// members are copied in their right order, so memory holds a few words a batch.
actor RejectsWriter {
  static let fileName = "rejects.jsonl.gz"

  private struct Member {
    let source: Int
    let batch: Int
    let offset: Int
    let count: Int
  }

  private let spool: SpoolFile
  private var members: [Member] = []

  /// - Parameter folder: where there is room for the spool file, which has no name in it.
  init(folder: String) throws {
    spool = try SpoolFile(folder: folder)
  }

  /// - Parameter members: the batch's rejects, compressed by `gzipMember`.
  func append(_ members: [UInt8], source: Int, batch: Int) throws {
    let offset = try spool.append(members)
    self.members.append(
      Member(source: source, batch: batch, offset: offset, count: members.count))
  }

  /// Writes the file. Nothing may be appended afterwards.
  ///
  /// - Parameter order: the sources in the order in which their rejects are to stand.
  func finish(path: String, order: [Int]) throws -> Output {
    var rank = [Int](repeating: 0, count: order.count)
    for (place, source) in order.enumerated() { rank[source] = place }
    members.sort { (rank[$0.source], $0.batch) < (rank[$1.source], $1.batch) }
    var output = try OutputFile(path: path)
    for member in members {
      try output.write(try spool.bytes(at: member.offset, count: member.count))
    }
    // A gzip file has at least one member.
    if members.isEmpty { try output.write(try gzipMember([])) }
    let sha256 = try output.finish()
    return Output(rows: nil, bytes: output.byteCount, sha256: sha256)
  }
}
