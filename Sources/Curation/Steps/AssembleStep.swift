/// Makes title and contents of the raw record. The course recipe's rule 2.
public struct AssembleStep: RecordStep {
  public static let name = "assemble"
  public static let summary = """
    Takes the title, and joins description, features and details, in this order and each ended by \
    a line feed, to the contents. Details are written as Python's json.dumps writes them.
    """
  static let removals = Parameter<[String]>(
    "remove-from-details", default: [],
    "texts taken out of the details, one after the other, wherever they stand")
  static let enough = Parameter(
    "enough", default: 1 << 20,
    "contents of so many characters get no further part; a later cut makes the rest needless",
    allowed: "at least 1", where: { $0 >= 1 })
  public static let parameters: [any ParameterDeclaration] = [removals, enough]
  public static let stage = RecordStage.assembly

  static let noTitle = DropReason("no-title", "the record has no title")
  static let wrongType = DropReason(
    "wrong-type", "title, description, features or details hold another type than expected")
  public static let dropReasons = [noTitle, wrongType]

  private let removals: [[UInt8]]
  private let enough: Int

  public init(_ values: ParameterValues, _ resources: StepResources) throws {
    removals = values[Self.removals].map { Array($0.utf8) }
    enough = values[Self.enough]
    guard !removals.contains([]) else {
      throw RecipeFault("'\(Self.removals.name)' must not hold an empty text")
    }
  }

  public func apply(to item: inout Item) -> Verdict {
    let json = item.product.json
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
    guard Self.append(.description, of: item.product, to: &item.contents),
      Self.append(.features, of: item.product, to: &item.contents),
      appendDetails(to: &item)
    else { return .drop(Self.wrongType) }
    return .keep
  }

  /// Appends a list of strings, or a single one, joined by line feeds; what is not empty is ended by
  /// one. Null or missing counts as empty. False where the field is of another type.
  private static func append(
    _ field: Product.Field, of product: borrowing Product, to text: inout [UInt8]
  ) -> Bool {
    let json = product.json.span
    let start = text.count
    var scanner = JSONScanner(product.range(of: field))
    switch product.kind(of: field) {
    case .missing, .null: return true
    case .string:
      guard scanner.appendString(json, to: &text) else { return false }
    case .array:
      scanner.advance()
      var isFirst = true
      while let byte = scanner.peek(json), byte != UInt8(ascii: "]") {
        if !isFirst {
          guard byte == UInt8(ascii: ",") else { return false }
          scanner.advance()
          text.append(UInt8(ascii: "\n"))
        }
        guard scanner.peek(json) == UInt8(ascii: "\""), scanner.appendString(json, to: &text) else {
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
    guard PythonJSON.append(json.span, range, to: &item.scratch) else { return false }
    for removal in removals { item.scratch.replace(removal, with: []) }
    item.contents.append(contentsOf: item.scratch)
    item.contents.append(UInt8(ascii: "\n"))
    return true
  }
}
