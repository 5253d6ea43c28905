import Bytes
package import Contracts
package import ItemPool

/// `report.html`: a dataset in pictures, in one file that needs nothing else. The same dataset gives the
/// same bytes.
package struct Report {
  package static let fileName = "report.html"

  /// How many rows a split has, and in which files.
  package struct SplitRow {
    package let name, count, files: String
  }

  package struct Category {
    package let name: String
    package let pool: String
    let poolShare: String
    package let train: String
    let trainShare: String
    /// What train lacks of an even share.
    package let short: String
    package let validation: String
    package let test: String
  }

  /// Some rows of a split.
  package struct Sample {
    package struct Row {
      package let id, category, price, title, text: String
    }

    package let name: String
    package let count: String
    package let rows: [Row]

    package init(
      _ name: String, of count: Int, _ rows: ArraySlice<UInt32>, from pool: PoolReader
    ) throws {
      self.name = name
      self.count = "\(rows.count) of \(grouped(count)) rows"
      var row = PoolRow()
      self.rows = try rows.map { number in
        try pool.read(number, into: &row)
        let prompt = row.prompt.text
        let title = prompt.firstRange(of: "\n\n")?.upperBound ?? prompt.startIndex
        return Row(
          id: row.id.text, category: row.category.text, price: dollars(row.price),
          // The first line below the question.
          title: String(prompt[title...].prefix { $0 != "\n" }), text: prompt + row.answer.text)
      }
    }
  }

  /// Some of the records that were dropped for a reason.
  package struct Rejects {
    package struct Record {
      package let place, text: String
    }

    package let name: String
    package let count: String
    package let records: [Record]
  }

  package let damaged: [Card.Damaged]
  package let notes: [String]
  package let manifest: Manifest
  package let splits: [SplitRow]
  /// What became of every line, and of every item of the pool.
  package let ledger: [[Entry]]
  let charts: [Chart]
  /// What train would have of each category if all gave as much.
  let evenShare: String
  package let categories: [Category]
  package let samples: [Sample]
  package let rejects: [Rejects]

  package init(
    _ manifest: Manifest, _ recipe: Recipe, _ figures: ReportFigures, _ samples: [Sample],
    _ rejects: RejectSamples
  ) {
    damaged = Card.Damaged.inputs(of: manifest) { $0 }
    self.manifest = manifest
    let sizes = SplitSize.all(of: manifest) { figures[$0].items }
    notes = SelectionNotes(manifest, sizes).all
    splits = Split.allCases.map { split in
      let rows = figures[split].items
      let files = (manifest.files ?? FileRequest()).files(of: split, rowCount: rows)
      return SplitRow(
        name: split.name, count: grouped(rows), files: files.first?.file.pattern ?? "")
    }
    ledger =
      [Self.lines(manifest.total, recipe)]
      + (manifest.total.kept > 0 ? [Self.items(manifest, sizes)] : [])
    charts = Chart.all(of: figures, recipe)
    let share = figures[.train].items / max(figures.categories.count, 1)
    evenShare = grouped(share)
    categories = Self.categories(figures, evenShare: share)
    self.samples = samples
    self.rejects = rejects.byReason.sorted { $0.key < $1.key }.map { reason, records in
      let count = manifest.total.dropped[reason] ?? manifest.total.unreadable[reason] ?? 0
      return Rejects(
        name: reason, count: "\(records.count) of \(grouped(count))",
        records: records.map { .init(place: "\($0.source):\($0.line)", text: $0.text) })
    }
  }

  /// Errors: `badData` where the template is wrong, which a test sees.
  package func html() throws -> [UInt8] { try render(PackageResources.report_mustache, self) }

  private static func categories(_ figures: ReportFigures, evenShare share: Int) -> [Category] {
    let groups = [figures.pool] + Split.allCases.map { figures[$0] }
    let counts = figures.categories.indices.map { category in
      groups.map { figures.count(category, in: $0) }
    }
    let largest = Double(counts.map { $0[0] }.max() ?? 1)
    let names = zip(figures.categories, counts).sorted { ($1.1[0], $0.0) < ($0.1[0], $1.0) }
    return names.map { name, counts in
      func width(_ count: Int) -> String { decimal(100 * Double(count) / largest) }
      return Category(
        name: name, pool: grouped(counts[0]), poolShare: width(counts[0]),
        train: grouped(counts[1]), trainShare: width(counts[1]),
        short: counts[1] < share ? grouped(share - counts[1]) : "–",
        validation: grouped(counts[2]), test: grouped(counts[3]))
    }
  }
}
