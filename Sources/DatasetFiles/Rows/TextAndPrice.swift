import Bytes
import Contracts
import ItemPool

/// JSON lines with `text` and `price`, as the course has them. A text of train or validation is prompt and
/// completion; one of test ends where the model is to go on.
struct TextAndPrice: RowFormat {
  package static let name = "text"
  package static let summary =
    "text and price; the text is prompt and completion, in test the prompt alone"
  package static let features = [
    "- name: text", "  dtype: string", "- name: price", "  dtype: float64",
  ]

  private let hasAnswer: Bool

  package init(_ recipe: Recipe, _ split: Split) {
    hasAnswer = split != .test
  }

  package func append(_ row: PoolRow, to bytes: inout [UInt8]) {
    bytes.append(#"{"text": "#)
    bytes.appendJSON(hasAnswer ? row.prompt + row.answer : row.prompt)
    bytes.append(#", "price": "#)
    bytes.append(contentsOf: "\(row.price)".utf8)
    bytes.append("}\n")
  }
}
