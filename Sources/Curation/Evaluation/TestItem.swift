import Foundation

/// An item that a model is asked the price of, as far as scoring needs it.
public struct TestItem: Equatable, Sendable {
  /// Empty where its file has none.
  public let id: String
  public let title: String
  public let category: String
  /// In dollars.
  public let price: Double
  /// Up to where the model is to go on.
  public let prompt: String

  /// The items of some files of JSON lines, compressed or not: rows of curate's, or the course's own items,
  /// which have `title`, `price` and `prompt`.
  ///
  /// Errors: `noInput`; `badData` with file and line for what is no item, and for an id that stands twice.
  public static func read(_ paths: [String]) throws -> [TestItem] {
    let decoder = JSONDecoder()
    var items: [TestItem] = []
    var places: [String: String] = [:]
    for path in paths {
      guard fileExists(path) else { throw CurationError(.noInput, "\(path): no such file") }
      try forEachLine(in: path) { number, bytes in
        let place = "\(path), line \(number)"
        guard let row = try? decoder.decode(Row.self, from: Data(bytes)) else {
          throw CurationError(.badData, "\(place): not a row with a price and a prompt")
        }
        guard 0...Reply.limit ~= row.price else {
          throw CurationError(.badData, "\(place): \(row.price) is no price")
        }
        let item = TestItem(row)
        if !item.id.isEmpty, let earlier = places.updateValue(place, forKey: item.id) {
          throw CurationError(.badData, "\(place): the id \(item.id) stands at \(earlier), too")
        }
        items.append(item)
      }
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
      id: row.id ?? "", title: row.title ?? Self.title(of: row.prompt),
      category: row.category ?? "",
      price: row.price, prompt: row.prompt)
  }

  public init(id: String, title: String, category: String, price: Double, prompt: String) {
    self.id = id
    self.title = title
    self.category = category
    self.price = price
    self.prompt = Self.question(of: prompt)
  }

  /// A prompt without the answer that it may hold, and without white space at its ends.
  static func question(of prompt: String) -> String {
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
