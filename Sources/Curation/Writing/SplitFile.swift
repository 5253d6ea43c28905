/// A file with rows of a split, by its name: `SPLIT[.FORMAT][-NNNNN-of-NNNNN].jsonl[.gz]`. The format is
/// that of the catalogue's first where none is named.
public struct SplitFile: Sendable {
  let split: String
  let format: any Sink.Type
  /// From 0 on.
  let shard: Int
  let shardCount: Int
  let isGzip: Bool

  public var name: String { name(shard: fiveDigits(shard)) }

  /// The names of all files of the split in the format, with a star for the number of a shard.
  var pattern: String { name(shard: "*") }

  private func name(shard: String) -> String {
    split + (format.name == PromptCompletion.name ? "" : ".\(format.name)")
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
  init?(name: String) {
    let pattern = /([a-z]+)(?:\.([a-z-]+?))?(?:-([0-9]{5})-of-([0-9]{5}))?\.jsonl(\.gz)?/
    guard let match = name.wholeMatch(of: pattern),
      let split = SplitMaker.splits.first(where: { $0.name == match.1 }),
      let format = FormatCatalogue.formats.first(where: {
        $0.name == match.2 ?? Substring(PromptCompletion.name)
      })
    else { return nil }
    self.init(
      split: split.name, format: format, shard: match.3.flatMap { Int($0) } ?? 0,
      shardCount: match.4.flatMap { Int($0) } ?? 1, isGzip: match.5 != nil)
    let isWhole = !isGzip && shardCount == 1
    guard self.name == name, shard < shardCount, isWhole || !format.staysWhole else { return nil }
  }
}

extension Manifest {
  /// The files of a split in a format, in the order of their rows.
  func files(
    of split: String, in format: any Sink.Type = PromptCompletion.self
  ) -> [SplitFile] {
    outputs.keys.compactMap(SplitFile.init(name:))
      .filter { $0.split == split && $0.format == format }.sorted { $0.name < $1.name }
  }

  /// How many rows a split has.
  public func rows(of split: String) -> Int {
    // Of a manifest that somebody made up, the sum may be anything.
    files(of: split).reduce(0) { $0 &+ (outputs[$1.name]?.rows ?? 0) }
  }
}
