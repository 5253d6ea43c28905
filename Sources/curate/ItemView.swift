import Audit
import Bytes
import Contracts
import ItemPool
import RawData
import Tokenization

/// Prints what became of an item, for people.
struct ItemView {
  let item: InspectedItem
  /// Whether the tokens are shown one by one.
  let showsTokens: Bool
  let next: NextCommands

  /// The whole way of the item.
  func show() {
    showName()
    showSummary()
    guard let trace = item.trace else {
      heading("RAW FIELDS")
      paragraph("The raw record cannot be shown: \(item.fault)")
      showPrompt()
      showEnd()
      return
    }
    if case .unreadable = item.end {
      showLine(trace)
      return showEnd()
    }
    heading("RAW FIELDS")
    for field in trace.fields {
      var paragraph = Paragraph(indent: 2)
      paragraph.append("\(field.name): ", .faint)
      paragraph.append(words: field.json.isEmpty ? "(missing)" : field.json)
      paragraph.print()
    }
    for step in trace.steps { show(step) }
    if showsTokens { showTokens(trace) }
    showEnd()
  }

  /// Its text and its end.
  func showShort() {
    showName()
    if item.prompt.isEmpty, let trace = item.trace {
      for field in trace.fields where ["title", "price"].contains(field.name) {
        paragraph("\(field.name): \(field.json.isEmpty ? "(missing)" : field.json)")
      }
      if trace.fields.isEmpty { showLine(trace) }
      if !trace.text.isEmpty {
        heading("THE TEXT AS IT STOOD")
        let beginning = trace.text.prefix(1200)
        paragraph(String(beginning) + (beginning.endIndex < trace.text.endIndex ? " …" : ""))
      }
    } else {
      showPrompt()
    }
    if showsTokens, let trace = item.trace { showTokens(trace) }
    heading("END")
    showSummary()
    showThoseThatStayed("These stay instead:")
  }

  private func showName() {
    let id = item.id.isEmpty ? "without an id" : item.id
    var paragraph = Paragraph(indent: 0)
    paragraph.append(words: "ITEM \(id)", .heading)
    paragraph.append(words: ", line \(item.line) of \(item.source)")
    // Most files are named after the category.
    if !["meta_\(item.category).", "\(item.category)."].contains(where: item.source.hasPrefix) {
      paragraph.append(words: ", category \(item.category)")
    }
    paragraph.print()
  }

  /// What stands around the fault of a line that is no product, or the line's beginning.
  private func showLine(_ trace: Inspector.Trace) {
    let (record, fault) = (trace.record, trace.fault)
    let middle = fault ?? Self.lineRadius
    let start = max(0, middle - Self.lineRadius)
    let end = min(record.byteCount, middle + Self.lineRadius)
    let size = "\(grouped(record.byteCount)) bytes"
    let shown = end - start < record.byteCount ? "\(grouped(end - start)) of \(size)" : size
    let place = fault.map { $0 < record.byteCount ? "byte \(grouped($0 + 1))" : "its end" }
    heading("LINE", faint: " (\(shown)\(place.map { "; the fault is at \($0)" } ?? ""))")
    var paragraph = Paragraph(indent: 2)
    if start > 0 { paragraph.append("… ", .faint) }
    paragraph.append(words: record.text(start..<(fault ?? end)))
    if let fault {
      let byte = record.text(fault..<fault + 1)
      let sign = byte.isEmpty ? "(end)" : byte == "\u{FFFD}" ? record.hexadecimal(fault) : byte
      paragraph.append(StandardOutput.isOn ? sign : "[>\(sign)<]", .bad)
      paragraph.append(words: record.text(fault + 1..<max(fault + 1, end)))
    }
    if end < record.byteCount { paragraph.append(" …", .faint) }
    paragraph.print()
  }

  /// So many bytes of a line are shown on either side of its fault.
  private static let lineRadius = 500

  private func show(_ step: Inspector.StepTrace) {
    let parameters = step.parameters.isEmpty ? "" : " (\(step.parameters))"
    let isIdle = step.changes.isEmpty && step.reason == nil
    heading("STEP \(step.name)", faint: parameters + (isIdle ? ": no change" : ""))
    for change in step.changes {
      var paragraph = Paragraph(indent: 2)
      paragraph.append("\(change.property): ", .faint)
      if change.before.isEmpty {
        paragraph.append(words: change.after)
      } else if let difference = TextDifference(change.before, change.after) {
        if difference.isOfWhiteSpace {
          paragraph.append("white space only", .faint)
        } else {
          difference.append(to: &paragraph)
        }
      } else {
        paragraph.append(
          "\(grouped(change.before.count)) characters became \(grouped(change.after.count)), "
            + "too many to compare here")
      }
      paragraph.print()
    }
  }

  private func showPrompt() {
    let tokens = item.row.map { " (\($0.tokenCount) tokens)" } ?? ""
    heading("PROMPT AND ANSWER", faint: tokens)
    var paragraph = Paragraph(indent: 2)
    paragraph.append(words: item.prompt)
    paragraph.append(item.answer, .good)
    paragraph.print()
  }

  /// The tokens in two colours by turns, the answer's in two others; elsewhere with bars between them.
  private func showTokens(_ trace: Inspector.Trace) {
    guard !trace.tokens.isEmpty else { return }
    let answerCount = trace.tokens.count(where: \.isAnswer)
    heading("TOKENS", faint: " (\(trace.tokens.count), of the answer \(answerCount))")
    var paragraph = Paragraph(indent: 2)
    for (place, token) in trace.tokens.enumerated() {
      let isEven = place.isMultiple(of: 2)
      let style: StandardOutput.Style =
        token.isAnswer
        ? isEven ? .evenAnswerToken : .oddAnswerToken : isEven ? .evenToken : .oddToken
      let isFirst = place == 0 || place == trace.tokens.count - answerCount
      if isFirst, place > 0 { paragraph.append("\nanswer: ", .faint) }
      let text = token.text.replacing("\n", with: "⏎")
      paragraph.append(StandardOutput.isOn || isFirst ? text : "|" + text, style)
    }
    paragraph.print()
  }

  private func showEnd() {
    heading("END")
    showSummary()
    switch item.end {
    case .dropped(let step, let reason):
      next.inspect("--rejected", reason.name).print(after: "More like it")
      next.command(["steps", step]).print(after: "What the step does")
    case .leftOut(_, _, let stayed) where !stayed.isEmpty:
      showThoseThatStayed(
        "These stay instead: held-out items go first, then a hash of the id decides, and of the same "
          + "id the order of category, price and prompt."
      )
      next.inspect("--near", item.ownName).print(after: "All of them")
    default: break
    }
    if !item.namesakes.isEmpty {
      for place in item.namesakes.prefix(3) {
        next.inspect("--at", place).print(after: "Of the same id")
      }
      if item.namesakes.count > 3 { paragraph("and \(item.namesakes.count - 3) more") }
    }
  }

  /// Its end in a sentence.
  private func showSummary() {
    var paragraph = Paragraph(indent: 2)
    var isGood = false
    if case .split(_, _, isMissing: false) = item.end { isGood = true }
    paragraph.append(words: item.endSummary, isGood ? .good : .bad)
    paragraph.print()
  }

  /// Of its duplicates and near-duplicates the first of those that are in a split.
  private func showThoseThatStayed(_ words: String) {
    guard case .leftOut(_, _, let stayed) = item.end, !stayed.isEmpty else { return }
    paragraph(words)
    stayed.prefix(5).forEach(NearView.show(one:))
  }

  private func heading(_ text: String, faint: String = "") {
    var paragraph = Paragraph(indent: 0)
    paragraph.append(words: text, .heading)
    paragraph.append(words: faint, .faint)
    print()
    paragraph.print()
  }

  private func paragraph(_ text: String) {
    var paragraph = Paragraph(indent: 2)
    paragraph.append(words: text)
    paragraph.print()
  }
}
