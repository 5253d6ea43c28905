import Bytes
import Foundation

/// An item that a model is asked the price of, as far as scoring needs it.
package struct TestItem: Equatable, Sendable {
  /// Empty where its file has none.
  package let id: String
  package let category: String
  /// In dollars.
  package let price: Double
  private let givenTitle: String?
  private let prompt: String

  package var title: String { givenTitle ?? Self.title(of: question) }
  /// The prompt up to where the model is to go on.
  package var question: String { Self.question(of: prompt) }

  /// The items of some files of JSON lines, compressed or not: rows of curate's, or the course's own items,
  /// which have `title`, `price` and `prompt`.
  ///
  /// Errors: `noInput`; `badData` with file and line for what is no item.
  /// - Parameters:
  ///   - isDataset: whether they are a dataset's, and not named by somebody.
  ///   - limit: the most lines that are read of a file.
  package static func read(
    _ paths: [String], isDataset: Bool = false, atMost limit: Int = .max
  ) throws -> [TestItem] {
    let decoder = JSONDecoder()
    var items: [TestItem] = []
    try forEachRow(in: paths, isDataset ? .ofDataset : .named, atMost: limit) { place, bytes in
      guard let row = try? decoder.decode(Row.self, from: Data(bytes)) else {
        throw CurationError(.badData, "\(place): not a row with a price and a prompt")
      }
      guard 0...Reply.limit ~= row.price else {
        throw CurationError(.badData, "\(place): \(row.price) is no price")
      }
      items.append(TestItem(row))
    }
    return items
  }

  private struct Row: Decodable {
    let id: String?
    let title: String?
    let category: String?
    let price: Double
    let prompt: String
  }

  private init(_ row: Row) {
    self.init(
      id: row.id ?? "", title: row.title, category: row.category ?? "", price: row.price,
      prompt: row.prompt)
  }

  /// - Parameter title: nil where it is the first line of the prompt behind the question.
  package init(id: String, title: String?, category: String, price: Double, prompt: String) {
    self.id = id
    self.category = category
    self.price = price
    givenTitle = title
    self.prompt = prompt
  }

  /// A prompt without the answer that it may hold, and without white space at its ends; its lines end as in
  /// datasets, whatever a table has made of them.
  package static func question(of prompt: String) -> String {
    let hasReturns = prompt.utf8.contains(UInt8(ascii: "\r"))
    let prompt = hasReturns ? prompt.replacing("\r\n", with: "\n") : prompt
    let prefix = prompt.range(of: "Price is $", options: .backwards)
    return String(prompt[..<(prefix?.upperBound ?? prompt.endIndex)])
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The first line after the question.
  private static func title(of prompt: String) -> String {
    let start = prompt.range(of: "\n\n")?.upperBound ?? prompt.startIndex
    return String(prompt[start...].prefix { $0 != "\n" })
  }
}
