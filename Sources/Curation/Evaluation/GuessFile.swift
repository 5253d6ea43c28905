import Foundation

/// Guesses from anywhere, as they stand in their file.
public struct GuessFile: Sendable {
  public struct Guess: Equatable, Sendable {
    /// Where it stands; counts from 1.
    public let line: Int
    /// One of the two says which item it is for.
    public let id: String?
    public let prompt: String?
    public let reply: Reply
  }

  /// The file's, for errors.
  public let name: String
  public let guesses: [Guess]

  /// Reads JSON lines with `id` or `prompt`, and `guess` or `reply`; CSV with a head that names these
  /// columns; or CSV of two columns, prompt and guess, with or without a head.
  ///
  /// Errors: `badData`, with the line.
  public init(_ text: [UInt8], name: String) throws {
    self.name = name
    guard String(validating: text, as: UTF8.self) != nil else {
      throw CurationError(.badData, "\(name): not a text in UTF-8")
    }
    guesses =
      text.first { ![0x20, 0x09, 0x0D, 0x0A].contains($0) } == UInt8(ascii: "{")
      ? try Self.jsonLines(text, name) : try Self.table(text, name)
    guard !guesses.isEmpty else {
      throw CurationError(.badData, "\(name): there are no guesses in it")
    }
  }

  private static func jsonLines(_ text: [UInt8], _ name: String) throws -> [Guess] {
    let decoder = JSONDecoder()
    return try text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().compactMap { number, line in
        if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return nil }
        let place = "\(name), line \(number + 1)"
        let row: Row
        do { row = try decoder.decode(Row.self, from: Data(line)) } catch {
          throw CurationError(.badData, "\(place): \(problem(error))")
        }
        let reply = row.guess.map { Reply(guess: $0.value) } ?? row.reply.map { Reply(text: $0) }
        guard row.id != nil || row.prompt != nil, let reply else {
          throw CurationError(
            .badData, "\(place): 'id' or 'prompt', and 'guess' or 'reply', are needed")
        }
        return Guess(line: number + 1, id: row.id?.value, prompt: row.prompt, reply: reply)
      }
  }

  /// What keeps a line from being a row.
  private static func problem(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty:
      "'\(context.codingPath[0].stringValue)' is neither a text nor a number"
    default: "not a JSON object (NaN and Infinity are not JSON's)"
    }
  }

  private struct Row: Decodable {
    let id: Scalar?
    let prompt: String?
    let guess: Scalar?
    let reply: String?
  }

  private static func table(_ text: [UInt8], _ name: String) throws -> [Guess] {
    let rows = try CSVRows(text, name: name).rows
    guard let first = rows.first else { return [] }
    let head = first.cells.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    let (id, prompt) = (head.firstIndex(of: "id"), head.firstIndex(of: "prompt"))
    let (guess, reply) = (head.firstIndex(of: "guess"), head.firstIndex(of: "reply"))
    let hasHead = (id ?? prompt) != nil && (guess ?? reply) != nil
    guard hasHead || head.count == 2 else {
      throw CurationError(
        .badData,
        "\(name): neither JSON lines nor CSV of guesses, which has a head with 'id' or 'prompt', and "
          + "'guess' or 'reply', or two columns, prompt and guess")
    }
    return try rows.dropFirst(hasHead ? 1 : 0).map { row in
      guard row.cells.count == head.count else {
        throw CurationError(
          .badData,
          "\(name), line \(row.line): \(row.cells.count) cells in place of \(head.count); what has "
            + "commas must stand in quotes")
      }
      func cell(_ column: Int?) -> String? {
        column.map { row.cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
      }
      guard hasHead else {
        return Guess(
          line: row.line, id: nil, prompt: row.cells[0], reply: Reply(guess: row.cells[1]))
      }
      return Guess(
        line: row.line, id: id.map { row.cells[$0].trimmingCharacters(in: .whitespaces) },
        prompt: id == nil ? prompt.map { row.cells[$0] } : nil,
        reply: cell(guess).map { Reply(guess: $0) } ?? Reply(text: cell(reply) ?? ""))
    }
  }
}

/// A text in JSON, or a number, as a text.
private struct Scalar: Decodable {
  let value: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      value = text
    } else if let number = try? container.decode(Int.self) {
      value = "\(number)"
    } else {
      value = "\(try container.decode(Double.self))"
    }
  }
}
