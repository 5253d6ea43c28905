import Bytes
import Contracts
import RecordSteps

extension Chart {
  /// Those of the report.
  static func all(of figures: ReportFigures, _ recipe: Recipe) -> [Chart] {
    func beforeAndAfter(
      _ title: String, _ caption: String, _ xLabel: String,
      _ histogram: (ReportFigures.Group) -> Histogram
    ) -> Chart {
      let (before, after) = (histogram(figures.pool), histogram(figures[.train]))
      let bins = Histogram.bins(of: [before, after], atMost: 100)
      return Chart(
        title, caption, xLabel: xLabel, yLabel: "items",
        bins: bins.map { grouped($0.lowerBound) },
        [
          .init(name: "pool", style: "pool", values: before.counts(in: bins).map(Double.init)),
          .init(name: "train", style: "train", values: after.counts(in: bins).map(Double.init)),
        ])
    }
    let window = recipe.recordSteps.first { $0.type is TokenWindowStep.Type }?.values
    let cut =
      window.map { ", of which the text has at most \(grouped($0[TokenWindowStep.cutTo]))" } ?? ""
    return [
      beforeAndAfter(
        "Prices before and after selection", "Items by price.", "price in dollars", \.prices),
      sharesOfSplits(figures),
      beforeAndAfter(
        "Tokens",
        "Items by the tokens of prompt and answer together\(cut).", "tokens", \.tokens),
      beforeAndAfter(
        "Characters", "Items by the characters of the prompt.", "characters", \.characters),
      lengthByPrice(figures.charactersByPrice),
    ]
  }

  /// What each split has in each price band, in percent of the split.
  private static func sharesOfSplits(_ figures: ReportFigures) -> Chart {
    let bands = stride(from: 0, to: 1000, by: 50).map { $0..<$0 + 50 }
    let series = Split.allCases.map { split in
      let group = figures[split]
      let counts = group.prices.counts(in: bands)
      return Series(
        name: "\(split.name) (rows: \(grouped(group.items)))", style: split.name,
        values: counts.map { 100 * Double($0) / Double(max(group.items, 1)) }, isLine: true)
    }
    return Chart(
      "Train, validation and test over each other",
      "The share of each split's rows in every fifty dollars of price. Of few rows it is mostly chance.",
      xLabel: "price in dollars", yLabel: "percent of the split",
      bins: bands.map { grouped($0.lowerBound) }, series, suffix: " %")
  }

  private static func lengthByPrice(_ bands: [Histogram]) -> Chart {
    Chart(
      "Price against length",
      "The middle half of the pool's prompts, by their characters, in every fifty dollars of price.",
      xLabel: "price in dollars", yLabel: "characters",
      bins: bands.indices.map { grouped($0 * 50) },
      [
        ("upper quartile", 0.75, "quartile"), ("median", 0.5, "train"),
        ("lower quartile", 0.25, "quartile"),
      ].map { name, share, style in
        Series(
          name: name, style: style,
          values: bands.map { $0.total == 0 ? nil : Double($0.quantile(share)) }, isLine: true)
      }, startsNearData: true)
  }
}
