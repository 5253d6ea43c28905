import Bytes
package import Contracts
package import ItemPool

/// JSON lines with `id`, `category`, `price`, `prompt` and `completion`, which TRL's trainers take as
/// they are.
package struct PromptCompletion: RowFormat {
  package static let name = "prompt-completion"
  package static let summary =
    "id, category, price, prompt and completion, as TRL's trainers take it"
  package static let features = [
    "- name: id", "  dtype: string", "- name: category", "  dtype: string", "- name: price",
    "  dtype: float64", "- name: prompt", "  dtype: string", "- name: completion",
    "  dtype: string",
  ]

  package init() {}

  package init(_ recipe: Recipe, _ split: Split) {}

  package func append(_ row: PoolRow, to bytes: inout [UInt8]) {
    bytes.append(#"{"id": "#)
    bytes.appendJSON(row.id)
    bytes.append(#", "category": "#)
    bytes.appendJSON(row.category)
    bytes.append(#", "price": "#)
    bytes.append(contentsOf: "\(row.price)".utf8)
    bytes.append(#", "prompt": "#)
    bytes.appendJSON(row.prompt)
    bytes.append(#", "completion": "#)
    bytes.appendJSON(row.answer)
    bytes.append("}\n")
  }
}
