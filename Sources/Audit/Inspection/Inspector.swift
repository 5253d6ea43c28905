import Bytes
package import Contracts
import Engine
package import RawData
package import Tokenization

/// Shows what became of one record, by taking it through the steps again.
package struct Inspector {
  private let steps: [any RecordStep]
  /// The recipe's values for each step.
  private let values: [ParameterValues]
  private let tokenizer: Tokenizer

  package init(recipe: Recipe, tokenizer: Tokenizer) throws {
    self.tokenizer = tokenizer
    steps = try recipe.makeRecordSteps(StepResources(tokenizer: tokenizer))
    values = recipe.recordSteps.map(\.values)
  }

  /// What each step made of a line.
  package struct Trace: Sendable {
    package let record: RawRecord
    /// The fields that steps read, as raw JSON; empty when the line is unreadable.
    package var fields: [(name: String, json: String)] = []
    package var id = ""
    package var unreadable: UnreadableReason?
    /// The place of what makes the line unreadable, in bytes; nil where that is no matter of a place.
    package var fault: Int?
    package var steps: [StepTrace] = []
    /// The text as the last step left it.
    package var text = ""
    /// What the step that dropped the item measured and what it wants, in words; empty where it measures
    /// nothing.
    package var measure = ""
    /// Empty unless the item is kept.
    package var prompt = ""
    package var answer = ""
    /// The tokens of prompt and answer together.
    package var tokens: [Token] = []

    /// The step and the reason that dropped the item, if one did.
    package var dropped: (step: String, reason: DropReason)? {
      guard let last = steps.last, let reason = last.reason else { return nil }
      return (last.name, reason)
    }

    package var isKept: Bool { unreadable == nil && dropped == nil }
  }

  /// A token of the vocabulary.
  package struct Token: Sendable {
    package let id: Int
    /// What it stands for; ill-formed UTF-8, where it ends within a character, is U+FFFD.
    package let text: String
    package let isAnswer: Bool
  }

  /// What one step did.
  package struct StepTrace: Sendable {
    package let name: String
    /// The recipe's values, as people read them; empty where it gives none.
    package let parameters: String
    /// What the step set or rewrote.
    package let changes: [Change]
    /// Why the step dropped the item, if it did.
    package let reason: DropReason?
  }

  package struct Change: Sendable {
    package let property: String
    /// Empty where the property was not set yet.
    package let before: String
    package let after: String
  }

  package func trace(_ record: RawRecord) throws -> Trace {
    var pipeline = try RecordPipeline(steps: steps)
    pipeline.enter(category: record.category)
    var tracer = Tracer(Trace(record: record), values)
    let end = pipeline.take(
      record.padded.span, 0..<record.byteCount, isTooLong: record.isTooLong, &tracer)
    guard case .kept = end else { return tracer.trace }
    var trace = tracer.trace
    trace.prompt = pipeline.item.prompt.text
    trace.answer = pipeline.item.answer.text
    let promptCount = tokenizer.encode(trace.prompt).count
    trace.tokens = tokenizer.encode(trace.prompt + trace.answer).enumerated().map { place, id in
      let text = String(decoding: tokenizer.bytes(of: id), as: UTF8.self)
      return Token(id: Int(id), text: text, isAnswer: place >= promptCount)
    }
    return trace
  }

  /// A pipeline for lines of which only the end matters.
  func makePipeline() throws -> RecordPipeline { try RecordPipeline(steps: steps) }
}

/// Records what each step does to a line.
private struct Tracer: PipelineObserver {
  private(set) var trace: Inspector.Trace
  private let values: [ParameterValues]
  private var before: [(name: String, value: String)] = []

  init(_ trace: Inspector.Trace, _ values: [ParameterValues]) {
    self.trace = trace
    self.values = values
  }

  func begins() {}

  mutating func decoded(_ item: borrowing Item, _ fault: UnreadableReason?) {
    trace.unreadable = fault
    if let fault {
      trace.fault = trace.record.fault(fault)
      return
    }
    for field in Product.Field.allCases {
      let json = String(decoding: item.product.json[item.product.range(of: field)], as: UTF8.self)
      trace.fields.append((field.rawValue, json))
    }
    var id: [UInt8] = []
    item.product.appendID(to: &id)
    trace.id = String(decoding: id, as: UTF8.self)
    before = properties(of: item)
  }

  mutating func applied(
    _ place: Int, _ step: any RecordStep, _ verdict: Verdict, to item: borrowing Item
  ) {
    let after = properties(of: item)
    let changes = zip(before, after).compactMap { before, after in
      // Byte by byte, since a letter may have two spellings.
      before.value.utf8.elementsEqual(after.value.utf8)
        ? nil
        : Inspector.Change(property: after.name, before: before.value, after: after.value)
    }
    before = after
    var reason: DropReason?
    if case .drop(let why) = verdict { reason = why }
    trace.steps.append(
      Inspector.StepTrace(
        name: type(of: step).name, parameters: values[place].description, changes: changes,
        reason: reason))
    trace.text = text(of: item)
    if let reason {
      trace.measure = [step.measure(of: item), type(of: step).requirement(reason, values[place])]
        .filter { !$0.isEmpty }.joined(separator: ", and ")
    }
  }

  private func properties(of item: borrowing Item) -> [(name: String, value: String)] {
    [
      ("price", item.price == 0 ? "" : "\(item.price)"),
      ("text", text(of: item)),
      ("tokens of the text", item.window.tokens.isEmpty ? "" : "\(item.window.tokens.count)"),
      ("mentions of its price taken out", item.redactions == 0 ? "" : "\(item.redactions)"),
      ("prompt", item.prompt.text),
      ("answer", item.answer.text),
      ("details", item.details == Array("{}".utf8) ? "" : item.details.text),
      ("shingles", item.fingerprint.map { "\($0.shingles.count)" } ?? ""),
    ]
  }

  /// What there is of the text: title and contents, until a step has made one of them.
  private func text(of item: borrowing Item) -> String {
    guard item.text.isEmpty else { return item.text.text }
    return item.title.isEmpty && item.contents.isEmpty
      ? "" : item.title.text + "\n" + item.contents.text
  }
}
