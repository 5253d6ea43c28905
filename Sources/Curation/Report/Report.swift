/// `report.html`: a dataset in pictures, in one file that needs nothing else. The same dataset gives the
/// same bytes.
struct Report {
  static let fileName = "report.html"

  /// A stage of the way from lines to rows.
  struct Stage {
    let label: String
    let count: String
    let remark: String?
    /// Of the largest count, in percent.
    let share: String
    let style: String
  }

  struct Category {
    let name: String
    let pool: String
    let poolShare: String
    let train: String
    let trainShare: String
    /// What train would have of it if all categories gave as much, and what it lacks of that.
    let evenShare: String
    let short: String
    let validation: String
    let test: String
  }

  /// Some rows of a split.
  struct Sample {
    struct Row {
      let id, category, price, text: String
    }

    let name: String
    let count: String
    let rows: [Row]

    init(
      _ name: String, of count: Int, _ rows: ArraySlice<UInt32>, from pool: PoolReader
    ) throws {
      self.name = name
      self.count = "\(rows.count) of \(grouped(count)) rows"
      var row = PoolRow()
      self.rows = try rows.map { number in
        try pool.read(number, into: &row)
        return Row(
          id: row.id.text, category: row.category.text, price: dollars(row.price),
          text: (row.prompt + row.answer).text)
      }
    }
  }

  /// Some of the records that were dropped for a reason.
  struct Rejects {
    struct Record {
      let place, text: String
    }

    let name: String
    let count: String
    let records: [Record]
  }

  let damaged: [Card.Damaged]
  let manifest: Manifest
  let splits: [Stage]
  let funnel: [Stage]
  let redactions: String
  let remarks: [Stage]
  let charts: [Chart]
  let categories: [Category]
  let samples: [Sample]
  let rejects: [Rejects]

  init(
    _ manifest: Manifest, _ recipe: Recipe, _ figures: ReportFigures, _ samples: [Sample],
    _ rejects: RejectSamples
  ) {
    damaged = Card.Damaged.inputs(of: manifest) { $0 }
    self.manifest = manifest
    redactions = grouped(manifest.total.redactions)
    splits = SplitMaker.splits.map { split in
      let rows = figures[split.name].items
      let files = (manifest.files ?? FileRequest()).files(of: split, rowCount: rows)
      return Stage(
        label: split.name, count: grouped(rows), remark: files.first?.file.pattern,
        share: "", style: split.name)
    }
    funnel = Self.funnel(manifest, figures)
    remarks = manifest.selection.compactMap { result in
      result.remark.map {
        Stage(label: result.step, count: "", remark: $0, share: "", style: "step")
      }
    }
    let window = recipe.recordSteps.first { $0.type is TokenWindowStep.Type }?.values
    charts = Self.charts(figures, window: window?.description ?? "")
    categories = Self.categories(figures)
    self.samples = samples
    self.rejects = rejects.byReason.sorted { $0.key < $1.key }.map { reason, records in
      let count = manifest.total.dropped[reason] ?? manifest.total.unreadable[reason] ?? 0
      return Rejects(
        name: reason, count: "\(records.count) of \(grouped(count))",
        records: records.map { .init(place: "\($0.source):\($0.line)", text: $0.text) })
    }
  }

  /// Errors: `badData` where the template is wrong, which a test sees.
  func html() throws -> [UInt8] { try render(PackageResources.report_mustache, self) }

  private static func funnel(_ manifest: Manifest, _ figures: ReportFigures) -> [Stage] {
    let total = manifest.total
    func stage(_ label: String, _ count: Int, _ style: String, _ remark: String? = nil) -> Stage {
      Stage(
        label: label, count: grouped(count), remark: remark,
        share: decimal(100 * Double(count) / Double(max(total.read, 1))), style: style)
    }
    var stages = [stage("lines read", total.read, "read")]
    for reason in UnreadableReason.allCases {
      guard let count = total.unreadable[reason.rawValue] else { continue }
      stages.append(stage("unreadable: \(reason.rawValue)", count, "lost", reason.summary))
    }
    for reason in StepCatalogue.recordSteps.flatMap({ $0.dropReasons }) {
      guard let count = total.dropped[reason.name] else { continue }
      stages.append(stage("dropped: \(reason.name)", count, "lost", reason.summary))
    }
    stages.append(stage("kept in the pool", total.kept, "kept"))
    for result in manifest.selection where result.itemsIn > result.itemsOut {
      stages.append(stage("left out by \(result.step)", result.itemsIn - result.itemsOut, "lost"))
    }
    for split in SplitMaker.splits {
      stages.append(stage(split.name, figures[split.name].items, split.name))
    }
    return stages
  }

  private static func categories(_ figures: ReportFigures) -> [Category] {
    let groups = [figures.pool] + figures.splits
    let counts = figures.categories.indices.map { category in
      groups.map { figures.count(category, in: $0) }
    }
    let largest = Double(counts.map { $0[0] }.max() ?? 1)
    let share = figures["train"].items / max(counts.count, 1)
    let names = zip(figures.categories, counts).sorted { ($1.1[0], $0.0) < ($0.1[0], $1.0) }
    return names.map { name, counts in
      func width(_ count: Int) -> String { decimal(100 * Double(count) / largest) }
      return Category(
        name: name, pool: grouped(counts[0]), poolShare: width(counts[0]),
        train: grouped(counts[1]), trainShare: width(counts[1]), evenShare: grouped(share),
        short: counts[1] < share ? grouped(share - counts[1]) : "–",
        validation: grouped(counts[2]), test: grouped(counts[3]))
    }
  }

  private static func charts(_ figures: ReportFigures, window: String) -> [Chart] {
    let train = figures["train"]
    func beforeAndAfter(
      _ title: String, _ caption: String, _ xLabel: String,
      _ histogram: (ReportFigures.Group) -> Histogram
    ) -> Chart {
      let (before, after) = (histogram(figures.pool), histogram(train))
      let bins = Histogram.bins(of: [before, after], atMost: 100)
      return Chart(
        title, caption, xLabel: xLabel, yLabel: "items",
        bins: bins.map { grouped($0.lowerBound) },
        [
          .init(name: "pool", style: "pool", values: before.counts(in: bins).map(Double.init)),
          .init(name: "train", style: "train", values: after.counts(in: bins).map(Double.init)),
        ])
    }
    return [
      beforeAndAfter(
        "Prices before and after selection", "Items by price.",
        "price in dollars, from", \.prices),
      sharesOfSplits(figures),
      beforeAndAfter(
        "Tokens",
        "Items by the tokens of prompt and answer, which are those of the text (\(window)) and of what "
          + "stands around it.", "tokens, from", \.tokens),
      beforeAndAfter(
        "Characters", "Items by the characters of the prompt.", "characters, from",
        \.characters),
      lengthByPrice(figures.charactersByPrice),
    ]
  }

  /// What each split has in each price band, in percent of the split.
  private static func sharesOfSplits(_ figures: ReportFigures) -> Chart {
    let bands = stride(from: 0, to: 1000, by: 50).map { $0..<$0 + 50 }
    let series = SplitMaker.splits.map { split in
      let group = figures[split.name]
      let counts = group.prices.counts(in: bands)
      return Chart.Series(
        name: split.name, style: split.name,
        values: counts.map { 100 * Double($0) / Double(max(group.items, 1)) }, isLine: true)
    }
    return Chart(
      "Train, validation and test over each other",
      "The share of each split's rows in every fifty dollars of price.",
      xLabel: "price in dollars, from", yLabel: "percent of the split",
      bins: bands.map { grouped($0.lowerBound) }, series, suffix: " %")
  }

  private static func lengthByPrice(_ bands: [Histogram]) -> Chart {
    Chart(
      "Price against length",
      "The middle half of the pool's prompts, by their characters, in every fifty dollars of price.",
      xLabel: "price in dollars, from", yLabel: "characters",
      bins: bands.indices.map { grouped($0 * 50) },
      [("upper quartile", 0.75), ("median", 0.5), ("lower quartile", 0.25)].map { name, share in
        .init(
          name: name, style: name.split(separator: " ")[0] == "median" ? "train" : "pool",
          values: bands.map { Double($0.quantile(share)) }, isLine: true)
      })
  }
}
