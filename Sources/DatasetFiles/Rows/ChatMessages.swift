import Bytes
package import Contracts
import Foundation
package import ItemPool
import RecordSteps

/// JSON lines with the `messages` of a conversation, as OpenAI's fine-tuning takes them: the first rows of
/// train and validation. Answers have cents.
package struct ChatMessages: RowFormat {
  package static let name = "chat"
  package static let summary =
    "messages of system, user and assistant, as OpenAI's fine-tuning takes them; the first rows of "
    + "train and validation, and prices with cents"
  package static let features = [
    "- name: messages", "  list:", "  - name: role", "    dtype: string", "  - name: content",
    "    dtype: string",
  ]
  /// An upload takes one plain file.
  package static let staysWhole = true

  package static let system = "You estimate prices of items. Reply with the price alone."
  /// What the question does not say here, since these answers have cents.
  private static let rounding = " to the nearest dollar"

  /// What stands before the text in a prompt, and what replaces it.
  private let head: [UInt8]
  private let newHead: [UInt8]
  /// What stands behind the text in a prompt.
  private let tail: [UInt8]
  private let prefix: [UInt8]

  package init(_ recipe: Recipe, _ split: Split) {
    let (question, prefix) = recipe.promptWords
    head = Array((question + "\n\n").utf8)
    newHead = Array((question.replacing(Self.rounding, with: "") + "\n\n").utf8)
    tail = Array(("\n\n" + prefix).utf8)
    self.prefix = Array(prefix.utf8)
  }

  package static func rowCount(
    of count: Int, in split: Split, _ request: FileRequest
  ) -> Int {
    switch split {
    case .train: min(count, request.chatTrain)
    case .validation: min(count, request.chatValidation)
    case .test: 0
    }
  }

  package func append(_ row: PoolRow, to bytes: inout [UInt8]) {
    let text = row.prompt.dropFirst(head.count).dropLast(tail.count)
    bytes.append(#"{"messages": [{"role": "system", "content": "#)
    bytes.appendJSON(Array(Self.system.utf8))
    bytes.append(#"}, {"role": "user", "content": "#)
    bytes.appendJSON(newHead + text)
    bytes.append(#"}, {"role": "assistant", "content": "#)
    // Some hundred rows, which may take their time.
    bytes.appendJSON(prefix + Array(String(format: "%.2f", row.price).utf8))
    bytes.append("}]}\n")
  }
}
