import CSimdJSON

/// A value in a JSON tree, which outlives it.
struct JSONValue {
  private let value: json_value

  init(_ value: json_value) { self.value = value }

  var kind: json_kind { json_value_kind(value) }
  /// Null, or not there at all.
  var isMissing: Bool { kind == JSON_ABSENT || kind == JSON_NULL }
  /// nil for what is no boolean.
  var boolean: Bool? { kind == JSON_BOOLEAN ? json_value_boolean(value) : nil }
  /// nil for what is no integer of 64 bits.
  var integer: Int? {
    var integer: Int64 = 0
    return json_value_integer(value, &integer) ? Int(integer) : nil
  }
  /// The UTF-8 of a string, which is good for as long as the tree; empty for what is none.
  var string: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(json_value_string(value)) }
  /// A string, or "" for what is none.
  var text: String { String(decoding: string, as: UTF8.self) }
  /// The number of members, cut at 2^24 - 1.
  var count: Int { json_value_count(value) }
  var members: Members { Members(json_value_members(value)) }

  /// The member of an object; a missing value if there is none.
  subscript(name: String) -> JSONValue { JSONValue(json_value_member(value, name)) }

  /// The members of an array, without names, or of an object.
  struct Members: IteratorProtocol {
    private var members: json_members

    init(_ members: json_members) { self.members = members }

    mutating func next() -> (name: UnsafeBufferPointer<UInt8>, value: JSONValue)? {
      var name = json_string()
      var value = json_value()
      guard json_members_next(&members, &name, &value) else { return nil }
      return (UnsafeBufferPointer(name), JSONValue(value))
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate init(_ string: json_string) { self.init(start: string.data, count: string.size) }
}
