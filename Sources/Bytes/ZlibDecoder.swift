import CZlib

/// zlib, available everywhere.
struct ZlibDecoder: MemberDecoder, ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  package init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 window bits, the maximum; adding 16 selects gzip's header and checksum.
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

  package mutating func reset() { inflateReset(stream) }

  package mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodedPart {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(clamping: input.count)
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(clamping: output.count)
    let offered = (Int(stream.pointee.avail_in), Int(stream.pointee.avail_out))
    let status = CZlib.inflate(stream, Z_NO_FLUSH)
    let outcome: DecodedPart.Outcome =
      switch status {
      case Z_OK: .goesOn
      case Z_STREAM_END: .memberEnded
      default: .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)")
      }
    return DecodedPart(
      consumed: offered.0 - Int(stream.pointee.avail_in),
      produced: offered.1 - Int(stream.pointee.avail_out), outcome: outcome)
  }
}
