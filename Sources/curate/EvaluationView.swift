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
    for note in evaluation.notes { Terminal.say("note: \(note)") }
    showTable("SCORES", evaluation.scores)
    if evaluation.categories.count > 1 { showTable("BY CATEGORY", evaluation.categories) }
    showTable("BY PRICE", evaluation.bands)
  }

  private func show(_ number: Int, _ result: Evaluation.Result) {
    let columns =
      "\(number + 1)".rightAligned(to: 4) + " "
      + [result.pair.guess, result.pair.price, result.pair.error]
      .map { " " + dollars($0).rightAligned(to: 9) }.joined()
    let style: Ink.Style =
      switch result.pair.mark {
      case .green: .added
      case .amber: .amber
      case .red: .bad
      }
    let line = "\(columns)  \(result.pair.mark.rawValue.padded(to: 5))"
    let left = min(Ink.width, 120) - line.displayWidth - 2
    print(Ink.paint(line, style) + "  " + result.item.title.printable.cut(to: max(10, left)))
  }

  /// Columns that a narrow terminal has no room for are left out, the last ones first.
  private func showTable(_ title: String, _ rows: [(name: String, score: Score)]) {
    var columns = [[title] + rows.map(\.name.printable)]
    columns += Score.columns.map { column in
      [column.name] + rows.map { column.text($0.score) }
    }
    let widths = columns.map { $0.map(\.displayWidth).max() ?? 0 }
    var (count, total) = (0, -2)
    while count < columns.count, total + widths[count] + 2 <= Ink.width || count < 3 {
      total += widths[count] + 2
      count += 1
    }
    print()
    for row in 0...rows.count {
      let cells = (0..<count).map { column in
        let cell = columns[column][row]
        return column == 0
          ? cell.padded(to: widths[0]) : "  " + cell.rightAligned(to: widths[column])
      }
      let line = cells.joined()
      print(row == 0 ? Ink.paint(line, .heading) : line)
    }
  }
}

extension Score {
  /// For people, the most telling first.
  fileprivate static var columns: [(name: String, text: (Score) -> String)] {
    [
      ("items", { grouped($0.count) }),
      ("mean error", { dollars($0.meanError) }),
      ("95 % interval", { $0.intervalText }),
      ("median", { dollars($0.medianError) }),
      ("hits", { $0.hitsText }),
      ("RMSLE", { hundredths($0.rootMeanSquaredLogError) }),
      ("R²", { $0.rSquared.map(hundredths) ?? "–" }),
      ("bias", { dollars($0.bias) }),
    ]
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
    json["not_asked_for"] = othersCount
    json["unknown_guesses"] = unknownCount
    json["replies_without_number"] = numberlessCount
    json["excessive_guesses"] = excessiveCount
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
