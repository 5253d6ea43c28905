/// Writes the rows of a split, read from the pool by several tasks and written in order.
struct SplitWriter {
  let poolPath: String
  let sink: any Sink
  let jobs: Int

  /// Rows that one task formats at a time: about a megabyte.
  private static let chunkSize = 1024

  func write(_ rows: [UInt32], to path: String) async throws -> Output {
    var output = try OutputFile(path: path)
    let chunks = stride(from: 0, to: rows.count, by: Self.chunkSize).map {
      rows[$0..<min($0 + Self.chunkSize, rows.count)]
    }
    try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      var next = 0
      var finished: [Int: [UInt8]] = [:]
      func addTask() {
        guard next < chunks.count else { return }
        let number = next
        group.addTask { (number, try format(chunks[number])) }
        next += 1
      }
      for _ in 0..<jobs { addTask() }
      var written = 0
      while let (number, bytes) = try await group.next() {
        finished[number] = bytes
        // Not before its turn is written is the next begun: that bounds what is held.
        while let bytes = finished.removeValue(forKey: written) {
          try output.write(bytes)
          written += 1
          addTask()
        }
      }
    }
    let sha256 = try output.finish()
    return Output(rows: rows.count, bytes: output.byteCount, sha256: sha256)
  }

  private func format(_ rows: ArraySlice<UInt32>) throws -> [UInt8] {
    try Task.checkCancellation()
    let pool = try PoolReader(path: poolPath)
    var row = PoolRow()
    var bytes: [UInt8] = []
    for number in rows {
      try pool.read(number, into: &row)
      sink.append(row, to: &bytes)
    }
    return bytes
  }
}
