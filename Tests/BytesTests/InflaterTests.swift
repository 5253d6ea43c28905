import TestSupport
import Testing

@testable import Bytes
@testable import Contracts

/// What every decoder must do.
struct InflaterTests {
  @Test func decodersAgreeOnAnyCutting() throws {
    try decodesAnyCutting(ZlibDecoder.self)
    try decodesAnyCutting(FastestDecoder.self)
  }

  private func decodesAnyCutting<Decoder: MemberDecoder & ~Copyable>(_: Decoder.Type) throws {
    var random = SeededGenerator(state: 3)
    let texts: [[UInt8]] = [0, 1, 100, 70_000].map { count in
      (0..<count).map { _ in UInt8.random(in: 0...UInt8.random(in: 1...255), using: &random) }
    }
    var file: [UInt8] = []
    for text in texts { file += try gzipMember(text) }
    file += [0, 0, 0]
    for (inputSize, outputSize) in [(1, 1000), (7, 1), (1 << 20, 1 << 20), (100, 333)] {
      var inflater = try Inflater<Decoder>()
      let (bytes, damage) = inflate(file, by: &inflater, inputSize, outputSize)
      #expect(bytes == texts.flatMap { $0 } && damage == nil)
      let state = (inflater.isAtMemberEnd, inflater.consumed)
      #expect(state == (true, file.count))
    }
  }

  @Test func decodersTellDamage() throws {
    try tellsDamage(ZlibDecoder.self)
    try tellsDamage(FastestDecoder.self)
  }

  private func tellsDamage<Decoder: MemberDecoder & ~Copyable>(_: Decoder.Type) throws {
    let text = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
    let whole = try gzipMember(text)
    // Magic number, method, block type, check sum, length; what follows.
    for (offset, bits) in [(0, 0xFF), (2, 0xFF), (10, 0x06), (-8, 1), (-1, 1)] as [(Int, UInt8)] {
      var bytes = whole
      bytes[offset < 0 ? bytes.count + offset : offset] ^= bits
      var inflater = try Inflater<Decoder>()
      #expect(inflate(bytes, by: &inflater, 1000, 1000).damage != nil, "byte \(offset)")
    }
    for rest in [[1, 2, 3], [0, 0, 7], Array("plain text".utf8)] as [[UInt8]] {
      var inflater = try Inflater<Decoder>()
      let (bytes, damage) = inflate(whole + rest, by: &inflater, 1000, 1000)
      #expect(bytes == text && damage != nil)
    }
    // A cut is no damage, but no end either.
    for count in [1, 5, 12, whole.count / 2, whole.count - 8, whole.count - 1] {
      var inflater = try Inflater<Decoder>()
      #expect(inflate(Array(whole[..<count]), by: &inflater, 1000, 1000).damage == nil)
      let isAtEnd = inflater.isAtMemberEnd
      #expect(!isAtEnd)
    }
  }

  private func inflate<Decoder: MemberDecoder & ~Copyable>(
    _ file: [UInt8], by inflater: inout Inflater<Decoder>, _ inputSize: Int, _ outputSize: Int
  ) -> (bytes: [UInt8], damage: String?) {
    var output = [UInt8](repeating: 0, count: outputSize)
    var bytes: [UInt8] = []
    var start = 0
    while true {
      let end = min(start + inputSize, file.count)
      let progress = file.withUnsafeBytes { input in
        output.withUnsafeMutableBytes {
          inflater.inflate(UnsafeRawBufferPointer(rebasing: input[start..<end]), into: $0)
        }
      }
      bytes += output[..<progress.produced]
      start += progress.consumed
      if progress.damage != nil { return (bytes, progress.damage) }
      if start == file.count, progress.produced < outputSize { return (bytes, nil) }
    }
  }
}
