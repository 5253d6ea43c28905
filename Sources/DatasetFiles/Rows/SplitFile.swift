import Bytes
package import Contracts

/// A file with rows of a split, by its name: `SPLIT[.FORMAT][-NNNNN-of-NNNNN].jsonl[.gz]`. The format is
/// that of the catalogue's first where none is named.
package struct SplitFile: Sendable {
  package let split: Split
  package let format: any RowFormat.Type
  /// From 0 on.
  let shard: Int
  let shardCount: Int
  package let isGzip: Bool

  package var name: String { name(shard: fiveDigits(shard)) }

  /// The names of all files of the split in the format, with a star for the number of a shard.
  package var pattern: String { name(shard: "*") }

  private func name(shard: String) -> String {
    split.name + (format.name == PromptCompletion.name ? "" : ".\(format.name)")
      + (shardCount > 1 ? "-\(shard)-of-\(fiveDigits(shardCount))" : "")
      + (isGzip ? ".jsonl.gz" : ".jsonl")
  }

  private func fiveDigits(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}

extension SplitFile {
  /// The file of a name; nil where no run gives a file that name.
  package init?(name: String) {
    let numbers = name.split { !("0"..."9" ~= $0) }.compactMap { Int($0) }
    let (shard, shardCount) = numbers.count == 2 ? (numbers[0], numbers[1]) : (0, 1)
    guard FileRequest.shardLimits ~= shardCount, shard < shardCount else { return nil }
    let isGzip = name.hasSuffix(".gz")
    for split in Split.allCases where name.hasPrefix(split.name) {
      for format in FormatCatalogue.formats
      where !format.staysWhole || !isGzip && shardCount == 1 {
        self.init(
          split: split, format: format, shard: shard, shardCount: shardCount, isGzip: isGzip)
        if self.name == name { return }
      }
    }
    return nil
  }
}

extension Manifest {
  /// The files of a split in a format, in the order of their rows.
  package func files(
    of split: Split, in format: any RowFormat.Type = PromptCompletion.self
  ) -> [SplitFile] {
    outputs.keys.sorted().compactMap(SplitFile.init(name:))
      .filter { $0.split == split && $0.format == format }
  }

  /// The name of the split's file, or a pattern that the names of its files match.
  package func filePattern(of split: Split) -> String {
    files(of: split).first?.pattern ?? split.name
  }

  /// The paths of the files of a split in the dataset in a folder.
  package func paths(of split: Split, in folder: String) -> [String] {
    files(of: split).map { "\(folder)/\($0.name)" }
  }

  /// How many rows a split has.
  package func rows(of split: Split) -> Int {
    files(of: split).reduce(0) { $0 + (outputs[$1.name]?.rows ?? 0) }
  }
}
