import Bytes
package import Contracts

/// What a run asks of the files that its splits are written to.
package struct FileRequest: Codable, Equatable, Sendable {
  /// The names of the formats beside the first of the catalogue, in its order.
  package private(set) var formats: [String] = []
  /// The most files that train is cut into.
  package var shards = 1
  package var gzip = false
  /// The most rows of train, and of validation, in the format `chat`.
  package var chatTrain = 200
  package var chatValidation = 50

  package static let shardLimits = 1...99_999

  package init() {}

  /// Sets the formats, in whatever order they are named; the first of the catalogue is always written.
  ///
  /// Errors: `usage` for a name that no format has.
  package mutating func setFormats(_ names: [String]) throws {
    let known = FormatCatalogue.formats.map { $0.name }
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw CurationError(
        .usage,
        "no format is named '\(unknown)'; the formats are \(known.joined(separator: ", "))"
          + nearest(unknown, in: known))
    }
    formats = known.dropFirst().filter(names.contains)
    if !formats.contains(ChatMessages.name) {
      (chatTrain, chatValidation) = (Self().chatTrain, Self().chatValidation)
    }
  }

  /// Whether a run can have asked for it.
  package var isPossible: Bool {
    var copy = self
    return (try? copy.setFormats(formats)) != nil && Self.shardLimits ~= shards && chatTrain >= 0
      && chatValidation >= 0
  }

  /// The files of a split of `count` rows, and which of its rows each has. A file of the first format is
  /// there even without rows. No shard is: of fewer rows than shards, each gets a file.
  package func files(
    of split: Split, rowCount count: Int
  ) -> [(file: SplitFile, rows: Range<Int>)] {
    FormatCatalogue.formats.flatMap { format -> [(file: SplitFile, rows: Range<Int>)] in
      let isFirst = format.name == PromptCompletion.name
      let count = format.rowCount(of: count, in: split, self)
      guard isFirst || formats.contains(format.name) && count > 0 else { return [] }
      let isCut = split == .train && !format.staysWhole
      let shardCount = isCut ? max(1, min(shards, count)) : 1
      return (0..<shardCount).map { shard in
        let file = SplitFile(
          split: split, format: format, shard: shard, shardCount: shardCount,
          isGzip: gzip && !format.staysWhole)
        return (file, count * shard / shardCount..<count * (shard + 1) / shardCount)
      }
    }
  }

  /// All files to be written of what was selected.
  package func plan(_ candidates: Candidates, _ recipe: Recipe) -> [PlannedFile] {
    Split.allCases.flatMap { split in
      let rows = candidates.rows(of: .split(split))
      return files(of: split, rowCount: rows.count).map { file, range in
        PlannedFile(file: file, format: file.format.init(recipe, split), rows: rows[range])
      }
    }
  }
}

/// A file to be written, and what is to be in it.
package struct PlannedFile: Sendable {
  package let file: SplitFile
  package let format: any RowFormat
  /// Rows of the pool.
  package let rows: ArraySlice<UInt32>
}
