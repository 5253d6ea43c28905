import CZlib

/// Compresses bytes to one whole member of a gzip file; members may be concatenated. The header has
/// no time and no name, so the same bytes produce the same member.
///
/// - Parameter level: zlib's, from 1, the fastest, to 9.
package func gzipMember(_ bytes: [UInt8], level: Int32 = 6) throws -> [UInt8] {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  // 15 bits of window and 16 more for gzip's header; 8 is zlib's usual memory.
  guard
    deflateInit2_(
      &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, zlibVersion(), size) == Z_OK
  else { throw CurationError(.inputOutput, "zlib cannot be started: is memory short?") }
  defer { deflateEnd(&stream) }
  let bound = Int(deflateBound(&stream, UInt(bytes.count)))
  var input = bytes
  return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      // The output has room for all, so one call finishes.
      deflate(&stream, Z_FINISH)
    }
    count = bound - Int(stream.avail_out)
  }
}
