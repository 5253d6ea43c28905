import Curation

/// Prints an evaluation for people: the items, then the scores.
struct EvaluationView {
  private let evaluation: Evaluation
  private let showsItems: Bool

  init(_ evaluation: Evaluation, showsItems: Bool) {
    self.evaluation = evaluation
    self.showsItems = showsItems
  }

  func show() {
    if showsItems { evaluation.results.enumerated().forEach(show) }
    showMissing()
    showTable(
      "SCORES",
      [("these guesses", evaluation.score)] + evaluation.references.map { ($0.name, $0.score) })
    if evaluation.categories.count > 1 { showTable("BY CATEGORY", evaluation.categories) }
    showTable("BY PRICE", evaluation.bands)
  }

  private func show(_ number: Int, _ result: Evaluation.Result) {
    let title = result.item.title.printable
    let columns =
      "\(number + 1)".rightAligned(to: 4) + "  "
      + dollars(result.pair.guess).rightAligned(to: 10)
      + dollars(result.pair.price).rightAligned(to: 10)
      + dollars(result.pair.error).rightAligned(to: 10) + "  "
    let style: Ink.Style =
      switch result.pair.mark {
      case .green: .added
      case .amber: .amber
      case .red: .bad
      }
    let mark = result.pair.mark.rawValue.padded(to: 6)
    print(Ink.paint(columns + mark, style) + title.cut(to: max(10, min(Ink.width, 120) - 46)))
  }

  private func showMissing() {
    var notes: [String] = []
    if !evaluation.missing.isEmpty {
      let names = evaluation.missing.prefix(3).map { $0.id.isEmpty ? $0.title : $0.id }
      notes.append(
        "\(counted(evaluation.missing.count, "item")) without a guess, which "
          + "\(evaluation.missing.count == 1 ? "is" : "are") not scored: "
          + names.joined(separator: ", ") + (evaluation.missing.count > 3 ? ", …" : ""))
    }
    if evaluation.unknownCount > 0 {
      notes.append(
        "\(counted(evaluation.unknownCount, "guess", plural: "guesses")) for no item of the test split"
      )
    }
    if evaluation.numberlessCount > 0 {
      notes.append(
        "\(counted(evaluation.numberlessCount, "reply", plural: "replies")) without a number, counted as $0"
      )
    }
    for note in notes { Terminal.say("note: \(note)") }
  }

  private func showTable(_ title: String, _ rows: [(name: String, score: Score)]) {
    let width = max(22, rows.map(\.name.displayWidth).max() ?? 0)
    print(
      "\n" + Ink.paint(title.padded(to: width), .heading)
        + "  items  mean error  95 % interval   median  RMSLE  hits       R²    bias")
    for (name, score) in rows {
      let interval = score.interval.map {
        "\(Self.whole($0.lowerBound)) to \(Self.whole($0.upperBound))"
      }
      print(
        name.printable.padded(to: width) + grouped(score.count).rightAligned(to: 7)
          + dollars(score.meanError).rightAligned(to: 12)
          + (interval ?? "–").rightAligned(to: 15)
          + dollars(score.medianError).rightAligned(to: 9)
          + Self.hundredths(score.rootMeanSquaredLogError).rightAligned(to: 7)
          + "\(Int((score.hits * 100).rounded())) %".rightAligned(to: 6)
          + (score.rSquared.map(Self.hundredths) ?? "–").rightAligned(to: 9)
          + Self.whole(score.bias).rightAligned(to: 8))
    }
  }

  private func dollars(_ value: Double) -> String {
    (value < 0 ? "-$" : "$") + Self.hundredths(abs(value))
  }

  private static func whole(_ value: Double) -> String {
    value.formatted(.number.precision(.fractionLength(0)))
  }

  private static func hundredths(_ value: Double) -> String {
    value.formatted(.number.precision(.fractionLength(2)).grouping(.automatic))
  }
}

extension Evaluation {
  /// For programs.
  var json: [String: Any] {
    func part(_ scores: [(name: String, score: Score)]) -> [[String: Any]] {
      scores.map { $0.score.json.merging(["name": $0.name]) { first, _ in first } }
    }
    var json = score.json
    json["references"] = part(references)
    json["categories"] = part(categories)
    json["bands"] = part(bands)
    json["missing"] = missing.map(\.id)
    json["unknown_guesses"] = unknownCount
    json["replies_without_number"] = numberlessCount
    return json
  }
}

extension Score {
  fileprivate var json: [String: Any] {
    var json: [String: Any] = [
      "items": count, "mean_error": meanError, "median_error": medianError,
      "rmsle": rootMeanSquaredLogError, "hits": hits, "bias": bias,
    ]
    if let interval { json["interval"] = [interval.lowerBound, interval.upperBound] }
    if let rSquared { json["r2"] = rSquared }
    return json
  }
}
