import CZlib

/// zlib's state for decompressing a gzip file, which may have any number of members.
///
/// Use: feed compressed bytes to `inflate` until `isAtMemberEnd` holds when the file ends.
struct Inflater: ~Copyable {
  private var stream: UnsafeMutablePointer<z_stream>
  /// Whether the bytes given so far end where a member ends: a file may only end here.
  private(set) var isAtMemberEnd = true
  /// Compressed bytes consumed, over all members.
  private(set) var consumed = 0

  init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, the most there is; 16 more ask for gzip's header and check sum.
    let status = inflateInit2_(stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      stream.deallocate()
      throw CurationError(.inputOutput, "zlib cannot be started (\(status)): is memory short?")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// What one call of `inflate` did.
  struct Progress {
    let consumed: Int
    let produced: Int
    /// zlib's words for damage found; nothing more can be read then.
    let damage: String?
  }

  /// Decompresses from `input` to `output` until one of them is used up.
  mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Progress {
    var consumedNow = 0
    var produced = 0
    while consumedNow < input.count, produced < output.count {
      if isAtMemberEnd {
        // Some programs fill the last block with zeros, which gzip ignores, too.
        if consumed > 0, input[consumedNow] == 0 {
          consumedNow += 1
          consumed += 1
          continue
        }
        inflateReset(stream)
        isAtMemberEnd = false
      }
      let source = input[consumedNow...]
      let room = output[produced...]
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: UnsafeRawBufferPointer(rebasing: source).bindMemory(to: UInt8.self).baseAddress)
      stream.pointee.avail_in = UInt32(clamping: source.count)
      stream.pointee.next_out =
        UnsafeMutableRawBufferPointer(rebasing: room).bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(clamping: room.count)
      let offered = (Int(stream.pointee.avail_in), Int(stream.pointee.avail_out))
      let status = CZlib.inflate(stream, Z_NO_FLUSH)
      let used = offered.0 - Int(stream.pointee.avail_in)
      consumedNow += used
      consumed += used
      produced += offered.1 - Int(stream.pointee.avail_out)
      switch status {
      case Z_OK: continue
      case Z_STREAM_END: isAtMemberEnd = true
      default:
        let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)"
        return Progress(consumed: consumedNow, produced: produced, damage: message)
      }
    }
    return Progress(consumed: consumedNow, produced: produced, damage: nil)
  }
}
