import Bytes

/// The rows of a table in CSV, as RFC 4180 has it: cells between commas, those with commas, quotes or line
/// feeds in quotes, a quote in them doubled. White space before a quote and empty lines are passed over.
struct CSVRows {
  struct Row: Equatable {
    /// Where it begins; counts from 1.
    let line: Int
    let cells: [String]
  }

  let rows: [Row]

  /// Errors: `badData` with the line, for a quote that does not end or has more behind it.
  init(_ text: [UInt8], name: String) throws {
    var rows: [Row] = []
    var scanner = Scanner(text: text)
    while let row = try scanner.nextRow(name) {
      if row.cells != [""] { rows.append(row) }
    }
    self.rows = rows
  }

  private struct Scanner {
    let text: [UInt8]
    private var position = 0
    private var line = 1

    init(text: [UInt8]) { self.text = text }

    mutating func nextRow(_ name: String) throws -> Row? {
      guard position < text.count else { return nil }
      let start = line
      var cells: [String] = []
      while true {
        cells.append(try nextCell(name))
        guard position < text.count, text[position] == UInt8(ascii: ",") else { break }
        position += 1
      }
      // The line feed.
      position += 1
      line += 1
      return Row(line: start, cells: cells)
    }

    private mutating func nextCell(_ name: String) throws -> String {
      let start = position
      while position < text.count, [0x20, 0x09].contains(text[position]) { position += 1 }
      if position < text.count, text[position] == UInt8(ascii: "\"") {
        return try nextQuotedCell(name)
      }
      let end =
        text[position...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\n") }
        ?? text.count
      position = end
      let endsLine = start < end && end < text.count && text[end] == UInt8(ascii: "\n")
      let hasReturn = endsLine && text[end - 1] == UInt8(ascii: "\r")
      return Array(text[start..<(hasReturn ? end - 1 : end)]).text
    }

    /// From the quote on.
    private mutating func nextQuotedCell(_ name: String) throws -> String {
      let start = line
      var cell: [UInt8] = []
      while true {
        let from = position + 1
        guard let quote = text[from...].firstIndex(of: UInt8(ascii: "\"")) else {
          throw CurationError(.badData, "\(name), line \(start): the quote is not closed")
        }
        cell += text[from..<quote]
        position = quote + 1
        guard position < text.count, text[position] == UInt8(ascii: "\"") else { break }
        cell.append(UInt8(ascii: "\""))
      }
      line += cell.count { $0 == UInt8(ascii: "\n") }
      while position < text.count, [0x20, 0x09, 0x0D].contains(text[position]) { position += 1 }
      guard position == text.count || [0x2C, 0x0A].contains(text[position]) else {
        throw CurationError(
          .badData, "\(name), line \(line): there is something behind the quotes of a cell")
      }
      return cell.text
    }
  }
}
