import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import ItemPool
@testable import Tokenization

struct FormatTests {
  /// A row, and the bytes that each format makes of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let price: Double
    let answer: String
    /// The text as JSON has it, the price as a number, and the price with cents.
    let json: String
    let number: String
    let cents: String

    var testDescription: String { "\(json), \(number)" }

    static let all = [
      Case(
        text: "Kettle", price: 25.5, answer: "26.00", json: "Kettle", number: "25.5", cents: "25.50"
      ),
      Case(
        text: #"a "b" \ /"# + "\n\t\r\u{1}\u{7F}", price: 1234, answer: "1234.00",
        json: #"a \"b\" \\ /\n\t\r\u0001"# + "\u{7F}", number: "1234.0", cents: "1234.00"),
      Case(
        text: "é😀\u{2028}【】", price: 0.5, answer: "0.00", json: "é😀\u{2028}【】", number: "0.5",
        cents: "0.50"),
      Case(text: "", price: 374.41, answer: "374.00", json: "", number: "374.41", cents: "374.41"),
      Case(text: "x", price: 9.999, answer: "10.00", json: "x", number: "9.999", cents: "10.00"),
      Case(text: "x", price: 1.005, answer: "1.00", json: "x", number: "1.005", cents: "1.00"),
    ]
  }

  private func line(
    _ format: any RowFormat.Type, _ part: Split, _ item: Case, prompt step: String = "prompt",
    question: String = "How much does this cost to the nearest dollar?",
    prefix: String = "Price is $"
  ) throws -> String {
    let recipe = try smallRecipe(
      recordSteps: ["price", "assemble", "token-window", step], poolSteps: ["balance", "split"])
    var row = PoolRow()
    row.id = Array("B0".utf8)
    row.category = Array("Toys".utf8)
    row.price = item.price
    row.prompt = Array("\(question)\n\n\(item.text)\n\n\(prefix)".utf8)
    row.answer = Array(item.answer.utf8)
    var bytes: [UInt8] = []
    format.init(recipe, part).append(row, to: &bytes)
    return bytes.text
  }

  @Test(arguments: Case.all) func promptAndCompletion(item: Case) throws {
    let prompt = #"How much does this cost to the nearest dollar?\n\n\#(item.json)\n\nPrice is $"#
    for part in [Split.train, .validation, .test] {
      #expect(
        try line(PromptCompletion.self, part, item)
          == #"{"id": "B0", "category": "Toys", "price": \#(item.number), "prompt": "\#(prompt)", "#
          + #""completion": "\#(item.answer)"}"# + "\n")
    }
  }

  @Test(arguments: Case.all) func textAndPrice(item: Case) throws {
    let prompt = #"How much does this cost to the nearest dollar?\n\n\#(item.json)\n\nPrice is $"#
    for (part, answer) in [
      (Split.train, item.answer), (.validation, item.answer), (.test, ""),
    ] {
      #expect(
        try line(TextAndPrice.self, part, item)
          == #"{"text": "\#(prompt)\#(answer)", "price": \#(item.number)}"# + "\n")
    }
  }

  @Test(arguments: Case.all) func chatMessages(item: Case) throws {
    #expect(
      try line(ChatMessages.self, .train, item)
        == #"{"messages": [{"role": "system", "content": "\#(ChatMessages.system)"}, "#
        + #"{"role": "user", "content": "How much does this cost?\n\n\#(item.json)"}, "#
        + #"{"role": "assistant", "content": "Price is $\#(item.cents)"}]}"# + "\n")
  }

  /// Question and prefix are the recipe's.
  @Test func chatMessagesOfAnotherPrompt() throws {
    let text = try line(
      ChatMessages.self, .train, Case.all[0],
      prompt: #"prompt: {question: "Wie teuer?", prefix: "€ "}"#,
      question: "Wie teuer?", prefix: "€ ")
    #expect(text.contains(#""content": "Wie teuer?\n\nKettle"}"#))
    #expect(text.contains(#""content": "€ 25.50"}"#))
  }

  @Test func everyFormatIsOneJSONLineWithTheColumnsItNames() throws {
    for format in FormatCatalogue.formats {
      let text = try line(format, .train, Case.all[1])
      #expect(text.last == "\n" && text.dropLast().firstIndex(of: "\n") == nil)
      let row = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      let columns = format.features.filter { $0.hasPrefix("- ") }.map { String($0.dropFirst(8)) }
      #expect(Set(row.keys) == Set(columns), "\(format.name)")
    }
  }
}
