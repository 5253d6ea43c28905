import Bytes
package import Contracts
import Tokenization

/// Makes prompt and answer: rule 6 of the course (docs/course.md).
package struct PromptStep: RecordStep {
  package static let name = "prompt"
  package static let summary = """
    Makes the prompt of the question, the text and the answer's prefix, and the answer of the price \
    in whole dollars, rounded half to even: 374.00.
    """
  package static let question = Parameter(
    "question", default: "How much does this cost to the nearest dollar?",
    "what stands before the text and a blank line")
  package static let prefix = Parameter(
    "prefix", default: "Price is $", "what stands behind the text and a blank line")
  package static let parameters: [any ParameterDeclaration] = [question, prefix]
  package static let stage = RecordStage.prompt
  package static let dropReasons: [DropReason] = []

  private let head: [UInt8]
  private let tail: [UInt8]
  private let tokenizer: Tokenizer

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    head = Array((values[Self.question] + "\n\n").utf8)
    tail = Array(("\n\n" + values[Self.prefix]).utf8)
    tokenizer = resources.tokenizer
  }

  package func apply(to item: inout Item) -> Verdict {
    item.prompt.removeAll(keepingCapacity: true)
    item.prompt.append(contentsOf: head)
    item.prompt.append(contentsOf: item.text)
    item.prompt.append(contentsOf: tail)
    item.answer.removeAll(keepingCapacity: true)
    item.answer.append(contentsOf: "\(item.dollars).00".utf8)
    item.scratch.removeAll(keepingCapacity: true)
    item.scratch.append(contentsOf: item.prompt)
    item.scratch.append(contentsOf: item.answer)
    item.tokenCount = tokenizer.count(
      of: item.scratch, from: head.count, knowing: item.window, with: &item.words)
    return .keep
  }
}

extension Recipe {
  /// What stands before and behind the text in its prompts, without the blank lines.
  package var promptWords: (question: String, prefix: String) {
    let values =
      recordSteps.last { $0.type.name == PromptStep.name }?.values ?? ParameterValues([:])
    return (values[PromptStep.question], values[PromptStep.prefix])
  }
}
