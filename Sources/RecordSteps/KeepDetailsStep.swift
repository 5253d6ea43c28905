import Bytes
package import Contracts

/// Keeps some of the record's details beside the prompt.
package struct KeepDetailsStep: RecordStep {
  package static let name = "keep-details"
  package static let summary = """
    Keeps some of the record's details as a JSON object in the pool's column 'details', for models that \
    look at more than the prompt. No split has them. Values are written as Python's json.dumps writes \
    them; what is not JSON is left out.
    """
  package static let names = Parameter<[String]>(
    "names", default: ["Item Weight", "Best Sellers Rank", "Brand"], "the keys that are kept")
  package static let parameters: [any ParameterDeclaration] = [names]
  package static let stage = RecordStage.details
  package static let dropReasons: [DropReason] = []

  private let names: [[UInt8]]

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    names = values[Self.names].map { Array($0.utf8) }
  }

  package func apply(to item: inout Item) -> Verdict {
    item.details.removeAll(keepingCapacity: true)
    item.details.append(UInt8(ascii: "{"))
    if item.product.kind(of: .details) == .object { appendKept(to: &item) }
    item.details.append(UInt8(ascii: "}"))
    return .keep
  }

  /// Appends the fields to keep, up to the first that is not JSON.
  private func appendKept(to item: inout Item) {
    let product = item.product.json
    let json = product.span
    var scanner = JSONScanner(item.product.range(of: .details))
    while let field = scanner.nextField(json) {
      let isEscaped = json.firstIndex(of: UInt8(ascii: "\\"), in: field.key) != nil
      guard isEscaped || names.contains(where: { json.holds($0, at: field.key) }) else { continue }
      item.scratch.removeAll(keepingCapacity: true)
      var key = JSONScanner((field.key.lowerBound - 1)..<(field.key.upperBound + 1))
      guard key.appendString(json, to: &item.scratch), names.contains(item.scratch) else {
        continue
      }
      append(json, field.value, to: &item)
    }
  }

  /// Appends a field whose key is in the scratch.
  private func append(_ json: Span<UInt8>, _ value: Range<Int>, to item: inout Item) {
    let start = item.details.count
    if start > 1 { item.details.append(", ") }
    item.details.appendJSON(item.scratch)
    item.details.append(": ")
    if !PythonJSON.append(json, value, to: &item.details) {
      item.details.removeLast(item.details.count - start)
    }
  }
}
