import Bytes

/// One raw record: the raw JSON text of the fields that steps read, copied out of its line.
///
/// Values are decoded by the step that needs them, since half of all records are dropped for their
/// price before anybody reads their text. One product's storage is reused for the next.
package struct Product: Sendable {
  /// The fields that are read; the raw value is the key in the JSON object.
  package enum Field: String, CaseIterable, Sendable {
    case id = "parent_asin"
    case title
    case price
    case description
    case features
    case details
  }

  /// The raw texts of all fields, concatenated.
  package private(set) var json: [UInt8] = []
  private var ends = [Int](repeating: 0, count: Field.allCases.count)

  package init() {}

  /// The range of the raw JSON text of `field` in `json`, quotes and brackets included; empty if
  /// the record has no such field.
  package func range(of field: Field) -> Range<Int> {
    let index = field.index
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// The kind of value that `field` holds, by its first byte.
  package func kind(of field: Field) -> JSONKind {
    let range = range(of: field)
    return range.isEmpty ? .missing : JSONKind(firstByte: json[range.lowerBound])
  }

  /// Copies the raw texts of one record, in the order of `Field.allCases`.
  package mutating func assign(_ values: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
    json.removeAll(keepingCapacity: true)
    for (index, value) in values.enumerated() {
      json.append(contentsOf: value)
      ends[index] = json.count
    }
  }
}

extension Product.Field {
  fileprivate var index: Int {
    switch self {
    case .id: 0
    case .title: 1
    case .price: 2
    case .description: 3
    case .features: 4
    case .details: 5
    }
  }
}

/// The kinds of JSON value, and `missing` for a field that is not there.
package enum JSONKind: Sendable {
  case string, number, object, array, boolean, null, missing

  init(firstByte: UInt8) {
    switch firstByte {
    case UInt8(ascii: "\""): self = .string
    case UInt8(ascii: "{"): self = .object
    case UInt8(ascii: "["): self = .array
    case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .boolean
    case UInt8(ascii: "n"): self = .null
    default: self = .number
    }
  }
}

extension Product {
  /// Appends the product's id: its `parent_asin`, or if it has none, `content-` and the hash of the
  /// raw text of all fields, so that the same record has the same id everywhere.
  package func appendID(to bytes: inout [UInt8]) {
    let start = bytes.count
    switch kind(of: .id) {
    case .string:
      var scanner = JSONScanner(range(of: .id))
      if scanner.appendString(json.span, to: &bytes), bytes.count > start { return }
      bytes.removeLast(bytes.count - start)
    case .number:
      bytes.append(json.span, range(of: .id))
      return
    default: break
    }
    let hash = StableHash.hash(json)
    bytes.append(contentsOf: "content-".utf8)
    bytes.append(contentsOf: hexadecimal(withUnsafeBytes(of: hash.bigEndian, Array.init)).utf8)
  }
}
