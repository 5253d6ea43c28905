import Bytes
import CSimdJSON
package import Contracts
import Foundation

/// One line of a raw file, found again.
package struct RawRecord: Sendable {
  /// The raw file's base name.
  package let source: String
  package let category: String
  /// From 1.
  package let line: Int
  /// Whether the line is beyond the reader's cap, and so not held.
  package let isTooLong: Bool
  /// The line and its padding.
  package let padded: [UInt8]
  package let byteCount: Int

  package init(
    _ bytes: Span<UInt8>, _ range: Range<Int>, line: Int, of source: any Source, isTooLong: Bool
  ) {
    self.source = source.name
    category = source.category
    self.line = line
    self.isTooLong = isTooLong
    byteCount = range.count
    var padded: [UInt8] = []
    padded.append(bytes, range)
    padded.append(contentsOf: repeatElement(0, count: Int(CSIMDJSON_PADDING)))
    self.padded = padded
  }
}

extension RawRecord {
  /// A part of the line, for people; what is beyond its end does not count.
  package func text(_ range: Range<Int>) -> String {
    Array(padded[range.clamped(to: 0..<byteCount)]).text
  }

  /// A byte of the line: `\xFF`.
  package func hexadecimal(_ place: Int) -> String {
    "\\x" + String(padded[place], radix: 16, uppercase: true)
  }

  /// The place, in bytes, of what makes the line unreadable, which is where it ends if something is missing
  /// there; nil where that is no matter of a place.
  package func fault(_ reason: UnreadableReason) -> Int? {
    guard [.notUTF8, .notJSON].contains(reason) else { return nil }
    let line = padded[..<byteCount]
    // A byte that is not UTF-8 may stand for a quotation mark, and so be a fault of the JSON.
    do { _ = try UTF8Span(validating: line.span) } catch { return error.byteOffsets.lowerBound }
    do {
      _ = try JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed)
      return nil
    } catch {
      // Foundation tells the place in words alone.
      let words = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
      if words.contains("end of file") { return byteCount }
      return words.firstMatch(of: /around character (\d+)/).flatMap { Int($0.1) }
    }
  }

  /// The id of the product; nil where the line is unreadable.
  package func id() throws -> String? {
    var decoder = try ProductDecoder()
    var product = Product()
    if isTooLong || decoder.decode(padded.span, 0..<byteCount, into: &product) != nil { return nil }
    var id: [UInt8] = []
    product.appendID(to: &id)
    return String(decoding: id, as: UTF8.self)
  }
}

/// Finds records in raw files again. Costs reading the file up to the record.
package struct RecordFinder: Sendable {
  private let files: [RawFile]

  package init(_ files: [RawFile]) {
    self.files = files
  }

  /// The record at a line of the file with a path or base name. Errors: `noInput`.
  package func record(in file: String, line: Int) throws -> RawRecord {
    var lineCount = 0
    for source in try sources(file) {
      let found = try Self.records(at: [line], of: source)
      if let record = found.records.first { return record }
      lineCount = max(lineCount, found.lineCount)
    }
    throw CurationError(
      .noInput, "\(file): there is no line \(line); the file has \(lineCount)")
  }

  /// The records at some places, nil for each that is not there with its id. Reads each file once.
  package func records(
    at places: [(file: String, line: Int, id: String)]
  ) throws -> [RawRecord?] {
    var found = [RawRecord?](repeating: nil, count: places.count)
    for (file, indices) in Dictionary(grouping: places.indices, by: { places[$0].file }) {
      for source in files where source.name == file {
        let lines = Set(indices.filter { found[$0] == nil }.map { places[$0].line })
        for record in try Self.records(at: lines, of: source).records {
          let id = try record.id()
          for index in indices where places[index].line == record.line && places[index].id == id {
            found[index] = found[index] ?? record
          }
        }
      }
    }
    return found
  }

  private func sources(_ file: String) throws -> [RawFile] {
    let sources = files.filter { $0.path == file || $0.name == file }
    guard !sources.isEmpty else {
      throw CurationError(
        .noInput, "\(file): not among the raw files" + nearest(file, in: files.map(\.name)))
    }
    return sources
  }

  /// Gives how many lines were read, too: all of them where one is missing.
  private static func records(
    at lines: Set<Int>, of source: RawFile
  ) throws -> (records: [RawRecord], lineCount: Int) {
    var (records, lineCount) = ([RawRecord](), 0)
    guard let last = lines.max() else { return ([], 0) }
    while let batch = try source.nextBatch() {
      try Task.checkCancellation()
      batch.forEachLine { number, range in
        lineCount = number
        guard lines.contains(number) else { return }
        records.append(
          RawRecord(
            batch.bytes.span, range, line: number, of: source, isTooLong: batch.isTooLongLine))
      }
      if records.last?.line == last { break }
    }
    return (records, lineCount)
  }

  /// The first record, in the order of files and lines, whose product has an id; nil when none has.
  /// Reads all files at once, each in a task.
  package func record(withID id: String) async throws -> RawRecord? {
    try await withThrowingTaskGroup(of: (Int, RawRecord?).self) { group in
      for (index, file) in files.enumerated() {
        group.addTask { (index, try Self.search(file, Array(id.utf8))) }
      }
      var found: [Int: RawRecord] = [:]
      for try await (index, record) in group { found[index] = record }
      return found.min { $0.key < $1.key }?.value
    }
  }

  private static func search(_ file: RawFile, _ id: [UInt8]) throws -> RawRecord? {
    var decoder = try ProductDecoder()
    var product = Product()
    var found: RawRecord?
    while found == nil, let batch = try file.nextBatch() {
      try Task.checkCancellation()
      batch.forEachLine { number, range in
        guard found == nil, !batch.isTooLongLine,
          decoder.decode(batch.bytes.span, range, into: &product) == nil
        else { return }
        var productID: [UInt8] = []
        product.appendID(to: &productID)
        if productID == id {
          found = RawRecord(batch.bytes.span, range, line: number, of: file, isTooLong: false)
        }
      }
    }
    return found
  }
}
