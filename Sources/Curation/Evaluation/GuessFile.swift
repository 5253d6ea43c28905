import Foundation
import SwiftCSV

/// Guesses from anywhere, as they stand in their file.
public struct GuessFile: Sendable {
  public struct Guess: Equatable, Sendable {
    /// For people: `line 3`.
    public let place: String
    /// One of the two says which item it is for.
    public let id: String?
    public let prompt: String?
    public let reply: Reply
  }

  public let guesses: [Guess]

  /// Reads JSON lines with `id` or `prompt`, and `guess` or `reply`; CSV with a head that names these
  /// columns; or CSV of two columns, prompt and guess, with or without a head.
  ///
  /// - Parameter name: the file's, for errors. Errors: `badData`, with the line or row.
  public init(_ text: String, name: String) throws {
    let first = text.first { !$0.isWhitespace }
    guesses =
      first == "{"
      ? try Self.jsonLines(text, name) : try Self.table(text, name)
    guard !guesses.isEmpty else {
      throw CurationError(.badData, "\(name): there are no guesses in it")
    }
  }

  private static func jsonLines(_ text: String, _ name: String) throws -> [Guess] {
    let decoder = JSONDecoder()
    return try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { number, line in
        let place = "line \(number + 1)"
        if line.allSatisfy(\.isWhitespace) { return nil }
        guard let row = try? decoder.decode(Row.self, from: Data(line.utf8)) else {
          throw CurationError(
            .badData, "\(name), \(place): not a JSON object with an id and a guess or reply")
        }
        let reply = row.guess.map { Reply(guess: $0.text) } ?? row.reply.map { Reply(text: $0) }
        guard row.id != nil || row.prompt != nil, let reply else {
          throw CurationError(
            .badData, "\(name), \(place): 'id' or 'prompt', and 'guess' or 'reply', are needed")
        }
        return Guess(place: place, id: row.id, prompt: row.prompt, reply: reply)
      }
  }

  private struct Row: Decodable {
    let id: String?
    let prompt: String?
    let guess: GuessValue?
    let reply: String?
  }

  private static func table(_ text: String, _ name: String) throws -> [Guess] {
    // The parser takes a first line as the head, so one is put before it.
    let rows: [[String]]
    do {
      rows = try CSV<Enumerated>(string: "head\n" + text, delimiter: .comma, loadColumns: false)
        .rows
    } catch {
      throw CurationError(.badData, "\(name): neither JSON lines nor CSV: \(error)")
    }
    guard let head = rows.first?.map({ $0.trimmingCharacters(in: .whitespaces).lowercased() })
    else {
      return []
    }
    func column(_ names: [String]) -> Int? { head.firstIndex { names.contains($0) } }
    let (idColumn, promptColumn) = (column(["id"]), column(["prompt"]))
    let replyColumn = column(["reply"])
    let guessColumn = column(["guess"]) ?? replyColumn
    let hasHead = guessColumn != nil && (idColumn != nil || promptColumn != nil)
    guard hasHead || rows.allSatisfy({ $0.count == 2 }) else {
      throw CurationError(
        .badData,
        "\(name): CSV needs a head with id (or prompt) and guess, or two columns, prompt and guess")
    }
    return try rows.enumerated().dropFirst(hasHead ? 1 : 0).map { number, row in
      let place = "row \(number + 1)"
      func cell(_ column: Int?) -> String? { column.flatMap { $0 < row.count ? row[$0] : nil } }
      guard let text = cell(hasHead ? guessColumn : 1) else {
        throw CurationError(.badData, "\(name), \(place): there is no guess")
      }
      let reply = hasHead && guessColumn == replyColumn ? Reply(text: text) : Reply(guess: text)
      return Guess(
        place: place, id: hasHead ? cell(idColumn) : nil,
        prompt: hasHead ? idColumn == nil ? cell(promptColumn) : nil : row[0], reply: reply)
    }
  }
}

/// A guess in JSON: a number, or a text.
private struct GuessValue: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Double.self) {
      text = "\(number)"
    } else {
      text = try value.decode(String.self)
    }
  }
}
