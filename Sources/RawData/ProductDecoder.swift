import Bytes
import CSimdJSON
package import Contracts
import Glibc

/// Finds the fields of a product in a line of JSON, by simdjson. Each worker has its own.
package struct ProductDecoder: ~Copyable {
  private let finder: OpaquePointer
  private var values: [csimdjson_span]

  package init() throws {
    let names = Product.Field.allCases.map { strdup($0.rawValue) }
    defer { for name in names { free(name) } }
    let pointers = names.map { UnsafePointer($0) }
    guard let finder = csimdjson_field_finder_new(pointers, names.count) else {
      throw CurationError(.inputOutput, "memory is short: the JSON parser cannot be started")
    }
    self.finder = finder
    values = Array(repeating: csimdjson_span(), count: names.count)
  }

  /// Whether the line that was found last has a price that is not null.
  private var hasPrice: Bool {
    let price = values[Self.priceIndex]
    return price.size > 0 && (price.size != 4 || strncmp(price.data, "null", 4) != 0)
  }

  private static let priceIndex = Product.Field.allCases.firstIndex(of: .price) ?? 0

  deinit { csimdjson_field_finder_free(finder) }

  /// Reads the line at `range` of `bytes` into `product`, or tells why it cannot be read.
  ///
  /// `bytes` must go on for `CSIMDJSON_PADDING` bytes behind the range.
  package mutating func decode(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into product: inout Product
  ) -> UnreadableReason? {
    precondition(range.upperBound + Int(CSIMDJSON_PADDING) <= bytes.count)
    return bytes.withUnsafeBytes { bytes in
      let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
      let line = range.dropFirst(bytes[range].starts(with: byteOrderMark) ? 3 : 0)
      let start = bytes.baseAddress.map {
        ($0 + line.startIndex).assumingMemoryBound(to: CChar.self)
      }
      switch csimdjson_find_fields(finder, start, line.count, &values) {
      case CSIMDJSON_OK: break
      case CSIMDJSON_NOT_AN_OBJECT: return .notObject
      case CSIMDJSON_NOT_UTF8: return .notUTF8
      case CSIMDJSON_EMPTY: return .empty
      case CSIMDJSON_OUT_OF_MEMORY: return .tooLong
      default: return .notJSON
      }
      // What has a price is going to be read, and must be JSON where it is.
      if hasPrice, values.contains(where: { $0.size > 0 && !csimdjson_is_json(finder, $0) }) {
        return .notJSON
      }
      // The spans point into the line, which stays where it is until this closure ends.
      withUnsafeTemporaryAllocation(of: UnsafeRawBufferPointer.self, capacity: values.count) {
        texts in
        for (index, value) in values.enumerated() {
          texts.initializeElement(
            at: index, to: UnsafeRawBufferPointer(start: value.data, count: value.size))
        }
        product.assign(UnsafeBufferPointer(texts))
      }
      let price = product.range(of: .price)
      if product.kind(of: .price) == .number, !JSONScanner.isNumber(product.json[price]) {
        return .notJSON
      }
      return nil
    }
  }
}
