import Glibc

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

  private var spool: OutputFile
  private var members: [Member] = []

  init(spoolPath: String) throws {
    spool = try OutputFile(path: spoolPath)
  }

  /// - Parameter member: the batch's rejects, compressed by `gzipMember`.
  func append(_ member: [UInt8], source: Int, batch: Int) throws {
    members.append(
      Member(source: source, batch: batch, offset: spool.byteCount, count: member.count))
    try spool.write(member)
  }

  /// Writes the file. Nothing may be appended afterwards.
  func finish(path: String) throws -> Output {
    let reader = try InputFile(path: spool.path)
    var output = try OutputFile(path: path)
    for member in members.sorted(by: {
      ($0.source, $0.batch) < ($1.source, $1.batch)
    }) {
      try output.write(try reader.bytes(at: member.offset, count: member.count))
    }
    // A gzip file has at least one member.
    if members.isEmpty { try output.write(try gzipMember([])) }
    let sha256 = try output.finish()
    unlink(spool.path)
    return Output(rows: nil, bytes: output.byteCount, sha256: sha256)
  }
}
