import Bytes
import Foundation

/// Guesses from anywhere, as they stand in their file.
package struct GuessFile: Sendable {
  package struct Guess: Equatable, Sendable {
    /// Where it stands; counts from 1.
    package let line: Int
    /// One of the two says which item it is for.
    package let id: String?
    package let prompt: String?
    package let reply: Reply
  }

  /// The file's, for errors.
  package let name: String
  package let guesses: [Guess]

  private static let sizeLimit = 512 << 20

  /// Reads a file, or standard input where its name is `-`: see `init(_:name:)`.
  ///
  /// Errors: `noInput`, `inputOutput`, `badData`.
  package init(path: String) throws {
    let name = path == "-" ? "standard input" : path
    let file =
      try path == "-" ? InputFile(copyOf: STDIN_FILENO, named: name) : InputFile(path: path)
    guard let text = try file.contents(upTo: Self.sizeLimit) else {
      throw CurationError(
        .badData, "\(name): larger than \(Self.sizeLimit >> 20) MB, too large for guesses")
    }
    try self.init(text, name: name)
  }

  /// Reads JSON lines with `id` or `prompt`, and `guess` or `reply`; CSV with a head that names these
  /// columns; or CSV of two columns, prompt and guess, with or without a head. What is empty or null counts as
  /// missing, so that there is no guess, but an empty reply is one without a number.
  ///
  /// Errors: `badData`, with the line.
  package init(_ text: [UInt8], name: String) throws {
    self.name = name
    guard !text.starts(with: [0x1F, 0x8B]) else {
      throw CurationError(.badData, "\(name): is compressed: unpack it first")
    }
    guard String(validating: text, as: UTF8.self) != nil else {
      throw CurationError(.badData, "\(name): not a text in UTF-8")
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = text.starts(with: byteOrderMark) ? Array(text.dropFirst(3)) : text
    switch text.first(where: { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }) {
    case UInt8(ascii: "{"): guesses = try Self.jsonLines(text, name)
    case UInt8(ascii: "["):
      throw CurationError(.badData, "\(name): a JSON array; give its objects, one a line")
    default: guesses = try Self.table(text, name)
    }
    guard !guesses.isEmpty else {
      throw CurationError(.badData, "\(name): there are no guesses in it")
    }
  }

  private static func jsonLines(_ text: [UInt8], _ name: String) throws -> [Guess] {
    let decoder = JSONDecoder()
    return try text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().compactMap { number, line in
        if line.isBlank { return nil }
        do {
          let row = try decoder.decode(Row.self, from: Data(line))
          guard row.hasAnswer else { throw Guess.lack(name, line: number + 1) }
          return try Guess(
            line: number + 1, id: row.id?.value, prompt: row.prompt, guess: row.guess?.value,
            reply: row.reply?.value, name)
        } catch let error as DecodingError {
          throw CurationError(.badData, "\(name), line \(number + 1): \(problem(error))")
        }
      }
  }

  /// What keeps a line from being a row.
  private static func problem(_ error: DecodingError) -> String {
    if case .typeMismatch(_, let context) = error, let key = context.codingPath.first?.stringValue {
      return "'\(key)' is not what it should be, a text\(key == "prompt" ? "" : " or a number")"
    }
    return "not a JSON object (NaN and Infinity are not JSON's)"
  }

  private struct Row: Decodable {
    let id: Scalar?
    let prompt: String?
    let guess: Scalar?
    let reply: Scalar?
    /// Whether there is a guess or reply, if only null.
    let hasAnswer: Bool

    private enum Key: String, CodingKey { case id, prompt, guess, reply }

    init(from decoder: any Decoder) throws {
      let row = try decoder.container(keyedBy: Key.self)
      id = try row.decodeIfPresent(Scalar.self, forKey: .id)
      prompt = try row.decodeIfPresent(String.self, forKey: .prompt)
      guess = try row.decodeIfPresent(Scalar.self, forKey: .guess)
      reply = try row.decodeIfPresent(Scalar.self, forKey: .reply)
      hasAnswer = row.contains(.guess) || row.contains(.reply)
    }
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
    for column in ["id", "prompt", "guess", "reply"]
    where hasHead && head.count(where: { $0 == column }) > 1 {
      throw CurationError(.badData, "\(name): the column '\(column)' stands twice")
    }
    return try rows.dropFirst(hasHead || head[0] == "prompt" ? 1 : 0).compactMap { row in
      guard row.cells.count == head.count else {
        throw CurationError(
          .badData,
          "\(name), line \(row.line): \(row.cells.count) cells in place of \(head.count); what has "
            + "commas must stand in quotes")
      }
      func cell(_ column: Int?) -> String? { column.map { row.cells[$0] } }
      return hasHead
        ? try Guess(
          line: row.line, id: cell(id), prompt: cell(prompt), guess: cell(guess),
          reply: cell(reply), name)
        : try Guess(
          line: row.line, id: nil, prompt: row.cells[0], guess: row.cells[1], reply: nil, name)
    }
  }
}

extension GuessFile.Guess {
  /// Nil where there is neither guess nor reply. Errors: `badData` where nothing says which item it is for.
  fileprivate init?(
    line: Int, id: String?, prompt: String?, guess: String?, reply: String?, _ name: String
  ) throws {
    let id = id?.trimmingCharacters(in: .whitespaces) ?? ""
    guard !id.isEmpty || prompt?.isEmpty == false else { throw Self.lack(name, line: line) }
    self.line = line
    self.id = id.isEmpty ? nil : id
    self.prompt = prompt
    if let guess, !guess.isEmpty {
      self.reply = Reply(guess: guess)
    } else if let reply {
      self.reply = Reply(text: reply)
    } else {
      return nil
    }
  }

  fileprivate static func lack(_ name: String, line: Int) -> CurationError {
    CurationError(
      .badData, "\(name), line \(line): 'id' or 'prompt', and 'guess' or 'reply', are needed")
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
