import Audit
import Bytes

/// Prints an evaluation for people: the items, then the scores.
struct EvaluationView {
  private let evaluation: Evaluation
  private let showsItems: Bool

  init(_ evaluation: Evaluation, showsItems: Bool) {
    self.evaluation = evaluation
    self.showsItems = showsItems
  }

  func show() {
    if showsItems { showItems() }
    for note in evaluation.notes { StandardError.say("note: \(note)") }
    var tables = [("SCORES", evaluation.scores), ("BY PRICE", evaluation.bands)]
    if evaluation.categories.count > 1 {
      tables.insert(("BY CATEGORY", evaluation.categories), at: 1)
    }
    let all = tables.map { Table($0, $1) }
    let count = all.map(\.fittingCount).min() ?? 0
    for table in all { table.show(count) }
    let left = Score.columns.dropFirst(count).map(\.name)
    if !left.isEmpty {
      StandardError.say("note: a wider window shows \(left.joined(separator: ", ")), too")
    }
  }

  private func showItems() {
    func columns(_ texts: String...) -> String {
      zip(texts, [4, 10, 9, 9]).map { $0.rightAligned(to: $1) }.joined(separator: " ")
    }
    print(StandardOutput.paint("\(columns("item", "guess", "price", "error"))  colour", .heading))
    for result in evaluation.results {
      let style: StandardOutput.Style =
        switch result.pair.mark {
        case .green: .added
        case .amber: .amber
        case .red: .bad
        }
      let line = columns(
        "\(result.place)", result.guessText, dollars(result.pair.price), dollars(result.pair.error))
      let text = "\(line)  \(result.pair.mark.rawValue.padded(to: 6))"
      let left = min(StandardOutput.width, 120) - text.displayWidth - 2
      print(
        StandardOutput.paint(text, style) + "  "
          + result.item.title.printable.cut(to: max(10, left)))
    }
  }

  private struct Table {
    /// The names first.
    private var columns: [[String]]

    init(_ title: String, _ rows: [(name: String, score: Score)]) {
      columns = [[title] + rows.map(\.name.printable)]
      columns += Score.columns.map { column in [column.name] + rows.map { column.text($0.score) } }
      // Names give way until there is room for the mean error.
      let room = StandardOutput.width - 4 - columns[1...2].map(Self.width).reduce(0, +)
      columns[0] = columns[0].map { $0.cut(to: max(8, room)) }
    }

    private static func width(of column: [String]) -> Int {
      column.map(\.displayWidth).max() ?? 0
    }

    /// How many columns beside the names a window has room for, two at least.
    var fittingCount: Int {
      var (count, total) = (0, Self.width(of: columns[0]))
      for column in columns.dropFirst() {
        total += 2 + Self.width(of: column)
        guard total <= StandardOutput.width || count < 2 else { break }
        count += 1
      }
      return count
    }

    /// - Parameter count: the columns to show, the most telling ones.
    func show(_ count: Int) {
      let widths = columns.map(Self.width)
      print()
      for row in columns[0].indices {
        let cells = (1...count).map { columns[$0][row].rightAligned(to: widths[$0]) }
        let line = ([columns[0][row].padded(to: widths[0])] + cells).joined(separator: "  ")
        print(row == 0 ? StandardOutput.paint(line, .heading) : line)
      }
    }
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
    json["results"] = results.map { result in
      [
        "id": result.item.id, "title": result.item.title, "price": result.item.price,
        "guess": result.pair.guess, "error": result.pair.error, "colour": result.pair.mark.rawValue,
      ] as [String: Any]
    }
    json["missing"] = missing.map(\.id)
    json["not_asked_for"] = othersCount
    json["unknown_guesses"] = unknown.count
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
