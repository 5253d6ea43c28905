import Curation

/// Prints what became of an item, for people.
struct ItemView {
  let item: InspectedItem
  /// Whether the tokens are shown one by one.
  let showsTokens: Bool
  let next: NextCommands

  /// The whole way of the item.
  func show() {
    showName()
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
      print(paragraph.text)
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
    showEnd()
  }

  private func showName() {
    let id = item.id.isEmpty ? "without an id" : item.id
    var paragraph = Paragraph(indent: 0)
    paragraph.append(words: "ITEM \(id)", .heading)
    paragraph.append(words: ", line \(item.line) of \(item.source), category \(item.category)")
    print(paragraph.text)
  }

  /// The beginning of a line that is no product.
  private func showLine(_ trace: Inspector.Trace) {
    heading("LINE")
    paragraph(trace.record.beginning(1000))
  }

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
      print(paragraph.text)
    }
  }

  private func showPrompt() {
    let tokens = item.row.map { " (\($0.tokenCount) tokens)" } ?? ""
    heading("PROMPT AND ANSWER", faint: tokens)
    var paragraph = Paragraph(indent: 2)
    paragraph.append(words: item.prompt)
    paragraph.append(item.answer, .good)
    print(paragraph.text)
  }

  /// The tokens in two colours by turns, the answer's in a third; elsewhere with bars between them.
  private func showTokens(_ trace: Inspector.Trace) {
    guard !trace.tokens.isEmpty else { return }
    let answerCount = trace.tokens.count(where: \.isAnswer)
    heading("TOKENS", faint: " (\(trace.tokens.count), of the answer \(answerCount))")
    var paragraph = Paragraph(indent: 2)
    for (place, token) in trace.tokens.enumerated() {
      let style: Ink.Style =
        token.isAnswer ? .answerToken : place.isMultiple(of: 2) ? .evenToken : .oddToken
      let text = token.text.replacing("\n", with: "⏎")
      paragraph.append(Ink.isOn || place == 0 ? text : "|" + text, style)
    }
    print(paragraph.text)
  }

  private func showEnd() {
    heading("END")
    var paragraph = Paragraph(indent: 2)
    var isGood = false
    if case .split = item.end { isGood = true }
    paragraph.append(words: item.endSummary, isGood ? .good : .bad)
    print(paragraph.text)
    switch item.end {
    case .dropped(let step, let reason):
      self.paragraph(
        "More like it: \(next.inspect("--rejected", reason.name))\nWhat the step does: "
          + next.command(["steps", step]))
    case .leftOut(_, _, let stayed) where !stayed.isEmpty:
      self.paragraph(
        "These stay instead; held-out items go first, then a hash of the id decides. All of "
          + "them: \(next.inspect("--near", item.id))")
      stayed.prefix(5).forEach(NearView.show(one:))
    default: break
    }
    if !item.namesakes.isEmpty {
      let others = item.namesakes.count > 3 ? ["and \(item.namesakes.count - 3) more"] : []
      let commands = item.namesakes.prefix(3).map { next.inspect("--at", $0) }
      self.paragraph("Of the same id:\n" + (commands + others).joined(separator: "\n"))
    }
  }

  private func heading(_ text: String, faint: String = "") {
    var paragraph = Paragraph(indent: 0)
    paragraph.append(words: text, .heading)
    paragraph.append(words: faint, .faint)
    print("\n" + paragraph.text)
  }

  private func paragraph(_ text: String) {
    var paragraph = Paragraph(indent: 2)
    paragraph.append(words: text)
    print(paragraph.text)
  }
}
