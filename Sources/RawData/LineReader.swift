import Bytes
import CGlibc
import CSimdJSON
import Contracts

/// Reads a plain or gzipped file as batches of whole lines, and hashes the bytes on disk as they
/// pass. Memory: two batches and 256 KiB, more only for a line that is longer than a batch.
struct LineReader: ~Copyable {
  private let file: InputFile
  private var inflater: Inflater<FastestDecoder>?
  private var hasher: SHA256
  private let batchSize: Int
  private let lineCap: Int

  /// Bytes as they come from disk, used up to `inputStart`.
  private var input: [UInt8]
  private var inputStart = 0
  private var inputEnd = 0
  /// The beginning of a line whose end is not read yet.
  private var carry: [UInt8] = []
  private var nextIndex = 0
  private var nextLine = 1
  private(set) var bytesRead = 0
  private var isAtEnd = false
  private let damagePolicy: DamagePolicy
  private let kind: InputFile.Kind
  private var unpackedBytes = 0
  /// Why nothing of the file can be read.
  private var faultAtStart: String?
  /// What was found, where it does not end the run.
  private(set) var damage: Damage?

  private static let inputSize = 256 << 10

  /// What a file of a dataset unpacks to is at most so many times its size, which is taken to be larger than
  /// it is, as a small file may hold one row again and again.
  private static let unpackingLimits = (factor: 200, base: 512 << 10)

  init(
    path: String, _ kind: InputFile.Kind = .named, _ damagePolicy: DamagePolicy = .stop,
    batchSize: Int, lineCap: Int
  ) throws {
    let file = try InputFile(path: path, kind)
    if kind == .ofDataset, file.hasHoles {
      throw CurationError(
        .badData, "\(path): has parts that were never written; make the dataset again")
    }
    var input = [UInt8](repeating: 0, count: Self.inputSize)
    // A pipe may give one byte at first.
    var (count, more) = (0, 0)
    repeat {
      more = try input.withUnsafeMutableBytes {
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      count += more
    } while count < 2 && more > 0
    let isGzip = count >= 2 && input[0] == 0x1F && input[1] == 0x8B
    let inflater = isGzip ? try Inflater<FastestDecoder>() : nil
    self.file = file
    self.inflater = inflater
    self.input = input
    self.batchSize = min(batchSize, lineCap)
    self.lineCap = lineCap
    self.damagePolicy = damagePolicy
    self.kind = kind
    hasher = SHA256()
    if !isGzip, path.hasSuffix(".gz") {
      faultAtStart =
        count == 0
        ? "the file is empty, which no gzip file is; fetch it again"
        : "named .gz, but it does not begin as a gzip file does; if it is plain, rename it"
    }
    take(count)
  }

  /// The next lines, or nil at the end of the file.
  mutating func nextBatch() throws -> Batch? {
    // After a line longer than a batch, more than a batch may have been read ahead.
    var capacity = max(batchSize, carry.count)
    var bytes = [UInt8](repeating: 0, count: capacity + Int(CSIMDJSON_PADDING))
    var count = carry.count
    bytes.replaceSubrange(0..<count, with: carry)
    carry.removeAll(keepingCapacity: true)
    while true {
      count += try fill(&bytes, count..<capacity)
      // Of a damaged file, the line that the damage tears is lost.
      if damage != nil {
        count = (bytes.lastIndex(of: UInt8(ascii: "\n"), before: count) ?? -1) + 1
      }
      if count == 0 { return nil }
      if isAtEnd, count < capacity { break }
      if let lineFeed = bytes.lastIndex(of: UInt8(ascii: "\n"), before: count) {
        carry.append(bytes.span, lineFeed + 1..<count)
        count = lineFeed + 1
        break
      }
      if capacity > lineCap { return try skipLine() }
      capacity = min(capacity * 2, lineCap + 1)
      bytes.append(contentsOf: repeatElement(0, count: capacity - (bytes.count - padding)))
    }
    let batch = Batch(
      index: nextIndex, firstLine: nextLine, isTooLongLine: false, bytes: bytes, byteCount: count)
    nextIndex += 1
    nextLine += batch.lineCount
    return batch
  }

  /// The SHA-256 of the whole file; to be called at its end.
  ///
  /// Errors: `inputOutput` where the file was changed meanwhile.
  mutating func finishHash() throws -> String {
    try file.checkUnchanged(bytesRead)
    return hasher.finish()
  }

  /// Skips the rest of a line of which more than the cap has been read.
  private mutating func skipLine() throws -> Batch {
    var bytes = [UInt8](repeating: 0, count: batchSize)
    while true {
      let count = try fill(&bytes, 0..<batchSize)
      if let lineFeed = bytes.span.firstIndex(of: UInt8(ascii: "\n"), in: 0..<count) {
        carry.append(bytes.span, lineFeed + 1..<count)
        break
      }
      if count == 0 { break }
    }
    defer {
      nextIndex += 1
      nextLine += 1
    }
    return Batch(
      index: nextIndex, firstLine: nextLine, isTooLongLine: true, bytes: [], byteCount: 0)
  }

  private var padding: Int { Int(CSIMDJSON_PADDING) }

  /// Fills `range` of `bytes` with what comes next; fewer bytes than asked for mean the end.
  private mutating func fill(_ bytes: inout [UInt8], _ range: Range<Int>) throws -> Int {
    var filled = range.lowerBound
    if let faultAtStart {
      self.faultAtStart = nil
      try end(damagedAt: 0, faultAtStart)
    }
    while filled < range.upperBound, !isAtEnd {
      if inputStart == inputEnd {
        try refill()
        if inputStart == inputEnd {
          let drained = bytes.withUnsafeMutableBytes { bytes in
            inflater?.drain(
              into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled..<range.upperBound])) ?? 0
          }
          filled += drained
          if drained > 0 { continue }
          try endInput()
          break
        }
      }
      filled += try advance(&bytes, filled..<range.upperBound)
    }
    return filled - range.lowerBound
  }

  /// Moves input to `range` of `bytes`, decompressing it where it is compressed.
  private mutating func advance(_ bytes: inout [UInt8], _ range: Range<Int>) throws -> Int {
    let available = inputStart..<inputEnd
    if inflater == nil {
      let count = min(range.count, available.count)
      let end = available.lowerBound + count
      bytes.withUnsafeMutableBytes { target in
        input.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: target[range])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[available.lowerBound..<end]))
        }
      }
      inputStart = end
      return count
    }
    let progress = bytes.withUnsafeMutableBytes { target in
      input.withUnsafeBytes {
        inflater!.inflate(
          UnsafeRawBufferPointer(rebasing: $0[available]),
          into: UnsafeMutableRawBufferPointer(rebasing: target[range]))
      }
    }
    inputStart += progress.consumed
    if let damage = progress.damage {
      try end(
        damagedAt: inflater?.consumed ?? 0,
        "damaged at byte \(inflater?.consumed ?? 0) of \(file.size): \(damage); fetch the file again, "
          + "or check it with gzip -t")
    }
    unpackedBytes += progress.produced
    if kind == .ofDataset,
      unpackedBytes / Self.unpackingLimits.factor > file.size + Self.unpackingLimits.base
    {
      try end(
        damagedAt: inflater?.consumed ?? 0,
        "unpacks to more than \(Self.unpackingLimits.factor) times its size, as no rows do")
    }
    return progress.produced
  }

  /// Ends the reading where nothing more can be read: with an error, or with what came so far.
  private mutating func end(damagedAt offset: Int, _ message: String) throws {
    guard damagePolicy == .skip else {
      // What seems to be damage may be what somebody is writing.
      try file.checkUnchanged()
      throw CurationError(
        .badData,
        "\(file.path): \(message)"
          + (offset > 0 && kind == .named ? "; --on-corrupt skip keeps what is in front of it" : "")
      )
    }
    isAtEnd = true
    // The rest is read for its hash.
    repeat {
      try Task.checkCancellation()
      try refill()
    } while inputEnd > 0
    damage = Damage(offset: offset, lostBytes: bytesRead - offset, message: message)
  }

  private mutating func refill() throws {
    take(try input.withUnsafeMutableBytes { try file.read(into: $0) })
  }

  private mutating func take(_ count: Int) {
    inputStart = 0
    inputEnd = count
    bytesRead += count
    let bytes = input
    hasher.update(bytes.span, 0..<count)
  }

  private mutating func endInput() throws {
    isAtEnd = true
    if inflater?.isAtMemberEnd == false {
      try end(
        damagedAt: bytesRead,
        "ends at byte \(bytesRead) in the middle of its compressed data: its download was cut short; "
          + "fetch the file again")
    }
  }
}

extension Batch {
  fileprivate var lineCount: Int {
    var count = 0
    forEachLine { _, _ in count += 1 }
    return count
  }
}

extension [UInt8] {
  fileprivate func lastIndex(of byte: UInt8, before end: Int) -> Int? {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = memrchr(base, Int32(byte), end) else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
  }
}
