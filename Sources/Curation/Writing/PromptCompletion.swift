/// JSON lines with `id`, `category`, `price`, `prompt` and `completion`, which TRL's trainers take as
/// they are.
public struct PromptCompletion: Sink {
  public static let name = "prompt-completion"
  public static let summary = "JSON lines with id, category, price, prompt and completion"
  public static let fileExtension = "jsonl"

  public init() {}

  public func append(_ row: PoolRow, to bytes: inout [UInt8]) {
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
