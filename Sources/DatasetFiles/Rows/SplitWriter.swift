package import Bytes
import ItemPool

/// Writes rows read from the pool: several tasks format and compress them, and one writes them in order.
package struct SplitWriter {
  /// Where files are made.
  package let folder: String
  package let poolPath: String
  package let jobs: Int

  package init(folder: String, poolPath: String, jobs: Int) {
    self.folder = folder
    self.poolPath = poolPath
    self.jobs = jobs
  }

  /// Rows that one task formats at a time: about a megabyte. A chunk is a member of a gzip file.
  private static let chunkSize = 1024

  private struct Chunk {
    let bytes: [UInt8]
    let unpackedCount: Int
  }

  /// Gives what was written by the files' names.
  package func write(_ files: [PlannedFile]) async throws -> [String: Output] {
    let chunks = files.map { file in
      // A file without rows has a chunk without rows, too.
      stride(
        from: file.rows.startIndex, to: max(file.rows.endIndex, file.rows.startIndex + 1),
        by: Self.chunkSize
      )
      .map { file.rows[$0..<min($0 + Self.chunkSize, file.rows.endIndex)] }
    }
    let work = zip(files, chunks).flatMap { file, chunks in chunks.map { (file, $0) } }
    return try await withThrowingTaskGroup(of: (Int, Chunk).self) { group in
      var outputs: [String: Output] = [:]
      var (next, written) = (0, 0)
      var finished: [Int: Chunk] = [:]
      func addTask() {
        guard next < work.count else { return }
        let (number, (file, rows)) = (next, work[next])
        group.addTask { (number, try format(rows, of: file)) }
        next += 1
      }
      for _ in 0..<jobs { addTask() }
      for (file, chunks) in zip(files, chunks) {
        var output = try OutputFile(path: "\(folder)/\(file.file.name)")
        var unpackedBytes = 0
        for _ in chunks {
          while finished[written] == nil, let (number, chunk) = try await group.next() {
            finished[number] = chunk
          }
          if let chunk = finished.removeValue(forKey: written) {
            try output.write(chunk.bytes)
            unpackedBytes += chunk.unpackedCount
          }
          written += 1
          // Not before its turn is written is the next begun: that bounds what is held.
          addTask()
        }
        let sha256 = try output.finish()
        outputs[file.file.name] = Output(
          rows: file.rows.count, bytes: output.byteCount, sha256: sha256,
          unpackedBytes: file.file.isGzip ? unpackedBytes : nil)
      }
      return outputs
    }
  }

  private func format(_ rows: ArraySlice<UInt32>, of file: PlannedFile) throws -> Chunk {
    try Task.checkCancellation()
    let pool = try PoolReader(path: poolPath)
    var row = PoolRow()
    var bytes: [UInt8] = []
    for number in rows {
      try pool.read(number, into: &row)
      file.format.append(row, to: &bytes)
    }
    return Chunk(
      bytes: file.file.isGzip ? try gzipMember(bytes) : bytes, unpackedCount: bytes.count)
  }
}
