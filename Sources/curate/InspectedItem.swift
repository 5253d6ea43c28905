import Audit
import Bytes
import Contracts
import Foundation
import ItemPool
import RawData

/// What there is to tell of one item.
struct InspectedItem {
  /// What the steps made of its record; nil where the raw file is gone.
  let trace: Inspector.Trace?
  /// The item in the pool, if it is there.
  let row: PoolRow?
  let end: InspectedDataset.End
  /// Why there is no trace.
  var fault = ""
  /// Where the other items of the pool with its id are.
  var namesakes: [String] = []

  var id: String { row?.id.text ?? trace?.id ?? "" }
  var source: String { row?.source ?? trace?.record.source ?? "" }
  var line: Int { row?.line ?? trace?.record.line ?? 0 }
  var category: String { row?.category.text ?? trace?.record.category ?? "" }
  var prompt: String { row?.prompt.text ?? trace?.prompt ?? "" }
  var answer: String { row?.answer.text ?? trace?.answer ?? "" }

  /// What no other item is named by: the id, or the place where the id stands several times.
  var ownName: String { namesakes.isEmpty ? id : "\(source):\(line)" }

  /// Its end in a sentence.
  var endSummary: String {
    switch end {
    case .split(let split, let file, let isMissing):
      isMissing ? "in \(split.name), of which \(file) is missing" : "in \(file)"
    case .leftOut(let step, let why, _): "in the pool, left out by '\(step)', since \(why)"
    case .dropped(let step, let reason): "dropped by '\(step)', \(reason.name): \(why(reason))"
    case .unreadable(let reason): "unreadable, \(reason.rawValue): \(reason.summary)"
    case .notInPool: "it passes all record steps, but no pool holds it: see 'curate run'"
    }
  }

  private func why(_ reason: DropReason) -> String {
    let measure = trace?.measure ?? ""
    return reason.summary + (measure.isEmpty ? "" : "; \(measure)")
  }

  /// For programs: the raw fields as JSON values, or as texts where they are none.
  var json: [String: Any] {
    var json: [String: Any] = [
      "id": id, "source": source, "line": line, "category": category, "end": endJSON,
    ]
    if row != nil || trace?.isKept == true {
      json["prompt"] = prompt
      json["completion"] = answer
    }
    if let row {
      json["price"] = row.price
      json["token_count"] = row.tokenCount
    }
    guard let trace else {
      json["fault"] = fault
      return json
    }
    if trace.unreadable != nil {
      json["text"] = trace.record.text(0..<trace.record.byteCount)
      // From 1, like lines.
      json["fault_byte"] = trace.fault.map { $0 + 1 }
    } else {
      json["fields"] = Dictionary(
        trace.fields.filter { !$0.json.isEmpty }.map { ($0.name, Self.value(ofJSON: $0.json)) },
        uniquingKeysWith: { first, _ in first })
      json["steps"] = trace.steps.map { step in
        [
          "step": step.name,
          "changes": step.changes.map {
            ["property": $0.property, "before": $0.before, "after": $0.after]
          },
        ] as [String: Any]
      }
      json["tokens"] = trace.tokens.map { ["id": $0.id, "text": $0.text] as [String: Any] }
    }
    return json
  }

  private var endJSON: [String: Any] {
    switch end {
    case .split(let split, _, _): ["kind": "split", "split": split.name]
    case .leftOut(let step, let why, let stayed):
      [
        "kind": "left-out", "step": step, "reason": step, "why": why,
        "stayed": stayed.map(\.json),
      ]
    case .dropped(let step, let reason):
      ["kind": "dropped", "step": step, "reason": reason.name, "why": why(reason)]
    case .unreadable(let reason):
      ["kind": "unreadable", "reason": reason.rawValue, "why": reason.summary]
    case .notInPool: ["kind": "not-in-pool"]
    }
  }

  /// A value that is no JSON, as a field that no step has decoded may be, stays a text.
  private static func value(ofJSON text: String) -> Any {
    let value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    return value ?? text
  }
}

/// Prints a JSON object on a line. Errors: `badData` for numbers that JSON has not.
func printJSON(_ object: [String: Any]) throws {
  guard JSONSerialization.isValidJSONObject(object) else {
    throw CurationError(.badData, "JSON has no number for infinity, and one of the figures is that")
  }
  let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
  let data = try JSONSerialization.data(withJSONObject: object, options: options)
  print(String(decoding: data, as: UTF8.self).printableJSON)
}
