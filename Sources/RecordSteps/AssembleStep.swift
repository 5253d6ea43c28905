import Bytes
package import Contracts

/// Makes title and contents from the raw record: rule 2 of the course (docs/course.md).
package struct AssembleStep: RecordStep {
  package static let name = "assemble"
  package static let summary = """
    Takes the title, and joins description, features and details, in this order and each ended by \
    a line feed, to the contents. In the style 'json', details are written as Python's json.dumps \
    writes them; in the style 'readable', as 'key: value, key: value', and every line of the \
    contents is one element, since line feeds within elements become spaces.
    """
  package static let style = Parameter(
    "style", default: "json", "how the contents are written",
    allowed: "'json' or 'readable'", where: { ["json", "readable"].contains($0) })
  static let omitted = Parameter<[String]>(
    "omit-details", default: [], "keys of details that are left out, in the style 'readable'")
  static let removals = Parameter<[String]>(
    "remove-from-details", default: [],
    "texts taken out of the details, one after the other, wherever they stand")
  package static let enough = Parameter(
    "enough", default: 1 << 20,
    "contents of so many characters get no further part; a later cut makes the rest needless",
    allowed: "at least 1", where: { $0 >= 1 })
  package static let parameters: [any ParameterDeclaration] = [
    style, omitted, removals, enough,
  ]
  package static let stage = RecordStage.assembly

  static let noTitle = DropReason("no-title", "the record has no title")
  static let wrongType = DropReason(
    "wrong-type", "title, description, features or details hold something else than expected")
  package static let dropReasons = [noTitle, wrongType]

  private let isReadable: Bool
  private let omitted: Set<[UInt8]>
  private let removals: [BytePattern]
  private let enough: Int

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    isReadable = values[Self.style] == "readable"
    omitted = Set(values[Self.omitted].map { Array($0.utf8) })
    guard !values[Self.removals].contains("") else {
      throw RecipeFault("'\(Self.removals.name)' must not hold an empty text")
    }
    removals = values[Self.removals].map { BytePattern($0) }
    enough = values[Self.enough]
  }

  package func apply(to item: inout Item) -> Verdict {
    let json = item.product.json
    item.redactions = 0
    item.text.removeAll(keepingCapacity: true)
    item.title.removeAll(keepingCapacity: true)
    switch item.product.kind(of: .title) {
    case .missing, .null: return .drop(Self.noTitle)
    case .string:
      var scanner = JSONScanner(item.product.range(of: .title))
      guard scanner.appendString(json.span, to: &item.title) else {
        return .drop(Self.wrongType)
      }
    default: return .drop(Self.wrongType)
    }
    item.contents.removeAll(keepingCapacity: true)
    guard append(.description, of: item.product, to: &item.contents),
      append(.features, of: item.product, to: &item.contents),
      appendDetails(to: &item)
    else { return .drop(Self.wrongType) }
    return .keep
  }

  /// Appends a string, quotes consumed; in the readable style on one line.
  private func appendElement(
    _ json: Span<UInt8>, _ scanner: inout JSONScanner, to text: inout [UInt8]
  ) -> Bool {
    let start = text.count
    guard scanner.appendString(json, to: &text) else { return false }
    if isReadable { text.joinLines(from: start) }
    return true
  }

  /// Appends a list of strings, or a single one, joined by line feeds; what is not empty is ended by
  /// one. Null or missing counts as empty. False where the field is of another type.
  private func append(
    _ field: Product.Field, of product: borrowing Product, to text: inout [UInt8]
  ) -> Bool {
    let json = product.json.span
    let start = text.count
    var scanner = JSONScanner(product.range(of: field))
    switch product.kind(of: field) {
    case .missing, .null: return true
    case .string:
      guard appendElement(json, &scanner, to: &text) else { return false }
    case .array:
      scanner.advance()
      var isFirst = true
      while let byte = scanner.peek(json), byte != UInt8(ascii: "]") {
        if !isFirst {
          guard byte == UInt8(ascii: ",") else { return false }
          scanner.advance()
          text.append(UInt8(ascii: "\n"))
        }
        guard scanner.peek(json) == UInt8(ascii: "\""), appendElement(json, &scanner, to: &text)
        else {
          return false
        }
        isFirst = false
      }
    default: return false
    }
    if text.count > start { text.append(UInt8(ascii: "\n")) }
    return true
  }

  private func appendDetails(to item: inout Item) -> Bool {
    switch item.product.kind(of: .details) {
    case .missing, .null: return true
    case .object: break
    default: return false
    }
    if item.contents.count >= enough, item.contents.codePointCount >= enough { return true }
    item.scratch.removeAll(keepingCapacity: true)
    let json = item.product.json
    let range = item.product.range(of: .details)
    if isReadable {
      guard ReadableDetails.append(json.span, range, omitting: omitted, to: &item.scratch) else {
        return false
      }
      item.scratch.joinLines(from: 0)
    } else if !PythonJSON.append(json.span, range, to: &item.scratch) {
      return false
    }
    for removal in removals { item.scratch.replace(removal, with: []) }
    item.contents.append(contentsOf: item.scratch)
    item.contents.append(UInt8(ascii: "\n"))
    return true
  }
}

extension [UInt8] {
  /// Makes line feeds and carriage returns spaces.
  fileprivate mutating func joinLines(from start: Int) {
    var index = start
    while true {
      index = span.firstIndex(from: index, to: count) { $0.isByte(0x0A) .| $0.isByte(0x0D) }
      guard index < count else { return }
      self[index] = 0x20
    }
  }
}
