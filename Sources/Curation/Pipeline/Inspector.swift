import Tokenization

/// Shows what became of one record, by taking it through the steps again.
public struct Inspector {
  private let steps: [any RecordStep]
  private let tokenizer: Tokenizer

  public init(recipe: Recipe, tokenizer: Tokenizer) throws {
    self.tokenizer = tokenizer
    steps = try recipe.makeRecordSteps(StepResources(tokenizer: tokenizer))
  }

  /// What each step made of a line.
  public struct Trace: Sendable {
    public let record: RawRecord
    /// The fields that steps read, as raw JSON; empty when the line is unreadable.
    public var fields: [(name: String, json: String)] = []
    public var id = ""
    public var unreadable: UnreadableReason?
    public var steps: [StepTrace] = []

    /// The step and the reason that dropped the item, if one did.
    public var dropped: (step: String, reason: DropReason)? {
      guard let last = steps.last, let reason = last.reason else { return nil }
      return (last.name, reason)
    }

    public var isKept: Bool { unreadable == nil && dropped == nil }
  }

  /// What one step did.
  public struct StepTrace: Sendable {
    public let name: String
    /// What the step set or rewrote.
    public let changes: [Change]
    /// Why the step dropped the item, if it did.
    public let reason: DropReason?
  }

  public struct Change: Sendable {
    public let property: String
    /// Empty where the property was not set yet.
    public let before: String
    public let after: String
  }

  public func trace(_ record: RawRecord) throws -> Trace {
    var trace = Trace(record: record)
    var decoder = try ProductDecoder()
    var item = Item()
    item.category = record.category
    if record.isTooLong {
      trace.unreadable = .tooLong
      return trace
    }
    if let reason = decoder.decode(record.padded.span, 0..<record.byteCount, into: &item.product) {
      trace.unreadable = reason
      return trace
    }
    for field in Product.Field.allCases {
      let json = String(decoding: item.product.json[item.product.range(of: field)], as: UTF8.self)
      trace.fields.append((field.rawValue, json))
    }
    var id: [UInt8] = []
    item.product.appendID(to: &id)
    trace.id = String(decoding: id, as: UTF8.self)
    for step in steps {
      let before = properties(of: item)
      let verdict = step.apply(to: &item)
      let after = properties(of: item)
      let changes = zip(before, after).compactMap { before, after in
        before.value == after.value
          ? nil : Change(property: after.name, before: before.value, after: after.value)
      }
      if case .drop(let reason) = verdict {
        trace.steps.append(
          StepTrace(name: type(of: step).name, changes: changes, reason: reason))
        break
      }
      trace.steps.append(StepTrace(name: type(of: step).name, changes: changes, reason: nil))
    }
    return trace
  }

  private func properties(of item: borrowing Item) -> [(name: String, value: String)] {
    let tokens = item.window.tokens.map { String(decoding: tokenizer.bytes(of: $0), as: UTF8.self) }
    return [
      ("price", item.price == 0 ? "" : "\(item.price)"),
      ("title", String(decoding: item.title, as: UTF8.self)),
      ("contents", String(decoding: item.contents, as: UTF8.self)),
      ("tokens", tokens.isEmpty ? "" : "\(tokens.count): " + tokens.joined(separator: "|")),
      ("text", String(decoding: item.text, as: UTF8.self)),
      ("prompt", String(decoding: item.prompt, as: UTF8.self)),
      ("answer", String(decoding: item.answer, as: UTF8.self)),
    ]
  }
}
