import Curation

/// Prints what became of a record.
struct ItemView {
  private let trace: Inspector.Trace

  init(_ trace: Inspector.Trace) {
    self.trace = trace
  }

  func show() {
    let record = trace.record
    let id = trace.id.isEmpty ? "without an id" : trace.id
    print("ITEM \(id), line \(record.line) of \(record.source), category \(record.category)")
    if let unreadable = trace.unreadable {
      print("\nEND\n  unreadable, \(unreadable.rawValue): \(unreadable.summary)")
      return
    }
    print("\nRAW FIELDS")
    for field in trace.fields {
      print("  \(field.name): \(field.json.isEmpty ? "(missing)" : field.json)")
    }
    for step in trace.steps {
      print("\nSTEP \(step.name)\(step.changes.isEmpty && step.reason == nil ? ": no change" : "")")
      for change in step.changes {
        if !change.before.isEmpty {
          print("  \(change.property) before:\n\(indented(change.before))")
        }
        print(
          "  \(change.property)\(change.before.isEmpty ? "" : " after"):\n\(indented(change.after))"
        )
      }
    }
    if let (step, reason) = trace.dropped {
      print("\nEND\n  dropped by '\(step)', \(reason.name): \(reason.summary)")
    }
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
      .joined(separator: "\n")
  }
}
