/// Sixteen bytes of a text, looked at together.
@usableFromInline package typealias ByteBlock = SIMD16<UInt8>
/// A mark for each byte of a block.
@usableFromInline package typealias ByteMarks = SIMDMask<SIMD16<Int8>>

extension ByteMarks {
  /// The first marked place; 16 if there is none.
  @inline(__always)
  @inlinable package var firstPlace: Int {
    let halves = unsafeBitCast(self, to: SIMD2<UInt64>.self)
    let low = UInt64(littleEndian: halves[0]).trailingZeroBitCount >> 3
    let high = UInt64(littleEndian: halves[1]).trailingZeroBitCount >> 3
    // Branchless, since a branch would be unpredictable. Adds the second half if the first has none.
    return low &+ high & (0 &- (low >> 3))
  }
}

/// Compares whole blocks with whole blocks: the operators that take a single byte loop over the
/// lanes.
extension ByteBlock {
  /// The same byte sixteen times.
  @inline(__always)
  @inlinable package static func all(_ byte: UInt8) -> ByteBlock { ByteBlock(repeating: byte) }

  @inline(__always)
  @inlinable package func isByte(_ byte: UInt8) -> ByteMarks { self .== .all(byte) }

  @inline(__always)
  @inlinable package func isIn(_ range: ClosedRange<UInt8>) -> ByteMarks {
    (self &- .all(range.lowerBound)) .<= .all(range.upperBound - range.lowerBound)
  }

  @inline(__always)
  @inlinable package var isDigit: ByteMarks { isIn(UInt8(ascii: "0")...UInt8(ascii: "9")) }

  /// With zeros where there is no mark.
  @inline(__always)
  @inlinable package func keeping(_ marks: ByteMarks) -> ByteBlock {
    self & unsafeBitCast(marks, to: ByteBlock.self)
  }
}

extension Span<UInt8> {
  /// The sixteen bytes from `index` on, zero-filled past the end.
  @inline(__always)
  @inlinable package func block(at index: Int) -> ByteBlock {
    withUnsafeBytes { bytes in
      if index + 16 <= bytes.count {
        return bytes.loadUnaligned(fromByteOffset: index, as: ByteBlock.self)
      }
      var block = ByteBlock()
      withUnsafeMutableBytes(of: &block) {
        $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[index...]))
      }
      return block
    }
  }

  /// The first byte from `start` up to `end` that `isWanted` marks; `end` if there is none.
  @inline(__always)
  @inlinable package func firstIndex(
    from start: Int, to end: Int, _ isWanted: (ByteBlock) -> ByteMarks
  ) -> Int {
    var index = start
    while index < end {
      let place = isWanted(block(at: index)).firstPlace
      index += place
      if place < 16 { break }
    }
    return Swift.min(index, end)
  }
}

extension UnsafeMutableBufferPointer<UInt8> {
  /// Writes all sixteen bytes of a block, for which there must be room.
  @inline(__always)
  @inlinable package func write(_ block: ByteBlock, at index: Int) {
    precondition(index + 16 <= count)
    UnsafeMutableRawBufferPointer(self).storeBytes(
      of: block, toByteOffset: index, as: ByteBlock.self)
  }
}
