import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct PromptStepTests {
  @Test(arguments: [
    (374.41, "374.00"), (0.5, "0.00"), (1.5, "2.00"), (2.5, "2.00"), (999.49, "999.00"),
    (12, "12.00"),
  ])
  func makesPromptAndAnswer(price: Double, answer: String) throws {
    let step = try makeStep(
      PromptStep.self, ["question": .text("How much?"), "prefix": .text("Price is $")])
    var item = Item()
    item.price = price
    item.text = Array("A thing".utf8)
    _ = step.apply(to: &item)
    #expect(item.prompt.text == "How much?\n\nA thing\n\nPrice is $")
    #expect(item.answer.text == answer)
    #expect(item.tokenCount == item.prompt.count + item.answer.count)
  }
}
