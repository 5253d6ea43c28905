import Bytes
import DatasetFiles

/// An evaluation as a page in one file that needs nothing else: guesses against prices, the error as it
/// settles, and the worst guesses. The same evaluation gives the same bytes.
package struct EvaluationPage {
  struct Dot {
    let x, y, style: String
  }

  package struct Tick {
    package let place, label: String
  }

  package struct Cell {
    package let label, text: String
  }

  package struct Row {
    package let name: String
    package let cells: [Cell]
  }

  package struct Table {
    package let title: String
    let labels = Score.columns.map(\.name)
    package let rows: [Row]

    package init(_ title: String, _ scores: [(name: String, score: Score)]) {
      self.title = title
      rows = scores.map { name, score in
        Row(
          name: name.printable,
          cells: Score.columns.map { Cell(label: $0.name, text: $0.text(score)) })
      }
    }
  }

  package struct Worst {
    package let title, guess, price, error: String
  }

  package let count: String
  package let meanError: String
  package let interval: String
  package let notes: [String]
  package let tables: [Table]
  let dots: [Dot]
  package let ticks: [Tick]
  let heightTicks: [Tick]
  /// The running mean error and its band, as points.
  let running: String
  package let band: String
  let runningTicks: [Tick]
  package let worst: [Worst]

  // The pictures are 640 by 400 and 640 by 260, their axes at these places.
  private static let (left, right, top) = (64.0, 628.0, 12.0)
  private static let (bottom, runningBottom) = (360.0, 216.0)

  package init(_ evaluation: Evaluation) {
    let results = evaluation.results
    count = grouped(results.count)
    meanError = dollars(evaluation.score.meanError)
    interval = evaluation.score.intervalText
    notes = evaluation.notes
    tables = [
      Table("Beside guesses that need no training", evaluation.scores),
      Table("By category", evaluation.categories), Table("By price", evaluation.bands),
    ]
    let largest = max(1, results.map { max($0.item.price, min($0.pair.guess, 1000)) }.max() ?? 1)
    func x(_ price: Double) -> Double {
      Self.left + (Self.right - Self.left) * min(max(price, 0), largest) / largest
    }
    func y(_ price: Double) -> Double {
      Self.bottom - (Self.bottom - Self.top) * min(max(price, 0), largest) / largest
    }
    dots = results.map { result in
      Dot(
        x: decimal(x(result.item.price)), y: decimal(y(result.pair.guess)),
        style: result.pair.mark.rawValue)
    }
    let steps = stride(from: 0, through: largest, by: Scale(upTo: largest).step)
    ticks = steps.map { Tick(place: decimal(x($0)), label: grouped($0)) }
    heightTicks = steps.map { Tick(place: decimal(y($0)), label: grouped($0)) }

    var (sum, squares) = (0.0, 0.0)
    let means = results.enumerated().map { number, result -> (mean: Double, margin: Double) in
      let n = Double(number + 1)
      sum += result.pair.error
      squares += result.pair.error * result.pair.error
      let margin = Score.margin(squares: max(0, squares - sum * sum / n), count: n)
      return (sum / n, n > 1 ? margin : 0)
    }
    // The first few swing so far that nothing else could be seen.
    let settled = means.dropFirst(min(9, means.count - 1))
    let end = Scale(upTo: settled.map { $0.mean + $0.margin }.max() ?? 1)
    func point(_ number: Int, _ value: Double) -> String {
      let share = results.count > 1 ? Double(number) / Double(results.count - 1) : 0
      let height = (Self.runningBottom - Self.top) * min(max(value, 0), end.end) / end.end
      return "\(decimal(Self.left + (Self.right - Self.left) * share)),"
        + decimal(Self.runningBottom - height)
    }
    running = means.enumerated().map { point($0, $1.mean) }.joined(separator: " ")
    band =
      (means.enumerated().map { point($0, $1.mean + $1.margin) }
      + means.enumerated().reversed().map { point($0, $1.mean - $1.margin) })
      .joined(separator: " ")
    runningTicks = end.ticks.map { value in
      let height = (Self.runningBottom - Self.top) * value / end.end
      return Tick(place: decimal(Self.runningBottom - height), label: grouped(value))
    }
    worst = results.enumerated()
      .sorted { ($1.element.pair.error, $0.offset) < ($0.element.pair.error, $1.offset) }
      .prefix(20).map { _, result in
        Worst(
          title: result.item.title.printable, guess: result.guessText,
          price: dollars(result.pair.price), error: dollars(result.pair.error))
      }
  }

  /// Writes the page to a file: see `WholeFile.write(_:to:)`.
  package func write(to path: String) throws { try WholeFile.write(try html(), to: path) }

  /// Errors: `badData` where the template is wrong, which a test sees.
  package func html() throws -> [UInt8] { try render(PackageResources.evaluation_mustache, self) }
}
