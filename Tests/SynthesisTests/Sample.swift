import Foundation

@testable import Synthesis

/// The lines of records 0 ..< 20,000, and what a reader makes of them, made once for all tests.
///
/// Safe to share between threads: `Any` stands for what `JSONSerialization` makes without options, which is
/// immutable, and nothing is written to after `init`.
struct Sample: Sendable {
  static let shared = Sample()

  let lines: [[UInt8]]
  /// The index of each line's category.
  let categories: [Int]
  /// The line as text; nil where it is not UTF-8.
  let texts: [String?]
  nonisolated(unsafe) let records: [[String: Any]?]
  /// The records of the lines that can be read.
  nonisolated(unsafe) let readable: [[String: Any]]

  private init() {
    let products = SampleProducts(seed: 42)
    var lines: [[UInt8]] = []
    categories = (0..<20_000).map { index in
      lines.append([])
      return products.appendLine(index, to: &lines[index])
    }
    self.lines = lines
    texts = lines.map { String(validating: $0, as: UTF8.self) }
    records = texts.map { text in
      guard let text else { return nil }
      return try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }
    readable = records.compactMap(\.self)
  }

  /// The share of readable records that `condition` holds for.
  func rate(_ condition: ([String: Any]) -> Bool) -> Double {
    Double(readable.count(where: condition)) / Double(readable.count)
  }

  /// The share of all lines whose text `condition` holds for.
  func textRate(_ condition: (String) -> Bool) -> Double {
    Double(texts.count { $0.map(condition) ?? false }) / Double(texts.count)
  }
}

extension [String: Any] {
  /// The price, where it is a number.
  var number: Double? { self["price"] as? Double }
  var title: String { self["title"] as? String ?? "" }

  /// All that a person would read.
  var prose: String {
    let parts = (self["features"] as? [String] ?? []) + (self["description"] as? [String] ?? [])
    return ([title] + parts).joined(separator: " ")
  }
}
