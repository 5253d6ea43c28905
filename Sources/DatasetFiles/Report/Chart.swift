import Bytes

/// A picture of some series over the same bins, and its figures as a table: what the template draws.
struct Chart: Sendable {
  struct Series: Sendable {
    let name: String
    /// A class of the style sheet.
    let style: String
    /// Of each bin; nil where there is none, which a line passes over.
    let values: [Double?]
    var isLine = false
  }

  struct Bar: Sendable {
    let x, y, width, height: String
    let style: String
  }

  struct Line: Sendable {
    let points: String
    let style: String
  }

  struct Tick: Sendable {
    let place: String
    let label: String
  }

  struct Key: Sendable {
    let name: String
    let style: String
    let isLine: Bool
  }

  struct Row: Sendable {
    let label: String
    let cells: [String]
  }

  let title: String
  /// What the picture shows, in words.
  let caption: String
  let xLabel: String
  let yLabel: String
  private(set) var bars: [Bar] = []
  private(set) var lines: [Line] = []
  let xTicks: [Tick]
  let yTicks: [Tick]
  let keys: [Key]
  let head: [String]
  let rows: [Row]

  // The place of the axes in the picture, which is 640 by 266.
  private static let (left, right, top, bottom) = (84.0, 632.0, 12.0, 216.0)

  /// - Parameters:
  ///   - bins: the label of each.
  ///   - startsNearData: whether the upright axis does, rather than at 0, which the caption then tells.
  ///   - suffix: what stands behind a value in the table and at the axis, such as " %".
  init(
    _ title: String, _ caption: String, xLabel: String, yLabel: String, bins: [String],
    _ series: [Series], startsNearData: Bool = false, suffix: String = ""
  ) {
    let values = series.flatMap(\.values).compactMap(\.self)
    let scale = Scale(
      from: startsNearData ? values.min() ?? 0 : 0, upTo: values.max() ?? 0)
    self.title = title
    self.caption =
      caption
      + (scale.start > 0 ? " The upright axis starts at \(grouped(scale.start)), not at 0." : "")
    self.xLabel = xLabel
    self.yLabel = yLabel
    let step = (Self.right - Self.left) / Double(max(bins.count, 1))
    func x(_ bin: Int) -> Double { Self.left + Double(bin) * step }
    func y(_ value: Double) -> Double {
      Self.bottom - (Self.bottom - Self.top) * (value - scale.start) / (scale.end - scale.start)
    }
    for one in series {
      if one.isLine {
        let points = one.values.enumerated().compactMap { bin, value in
          value.map { "\(decimal(x(bin) + step / 2)),\(decimal(y($0)))" }
        }
        lines.append(Line(points: points.joined(separator: " "), style: one.style))
      } else {
        bars += one.values.enumerated().compactMap { bin, value in
          guard let value, value > 0 else { return nil }
          return Bar(
            x: decimal(x(bin)), y: decimal(y(value)), width: decimal(step * 0.9),
            height: decimal(Self.bottom - y(value)), style: one.style)
        }
      }
    }
    let every = [1, 2, 5, 10, 20, 50].first { bins.count <= 10 * $0 } ?? 100
    xTicks = stride(from: 0, to: bins.count, by: every).map {
      Tick(place: decimal(x($0)), label: bins[$0])
    }
    yTicks = scale.ticks.map { Tick(place: decimal(y($0)), label: grouped($0) + suffix) }
    keys = Dictionary(grouping: series.indices, by: { series[$0].style }).values.sorted {
      $0[0] < $1[0]
    }.map { same in
      Key(
        name: same.map { series[$0].name }.joined(separator: " and "), style: series[same[0]].style,
        isLine: series[same[0]].isLine)
    }
    head = ["\(xLabel), from"] + series.map(\.name)
    rows = bins.indices.map { bin in
      Row(
        label: bins[bin], cells: series.map { $0.values[bin].map { grouped($0) + suffix } ?? "–" })
    }
  }
}

/// Round numbers for an axis: at most six steps of 1, 2 or 5 times a power of ten.
package struct Scale {
  package let start: Double
  package let end: Double
  package let step: Double
  package let ticks: [Double]

  package init(from smallest: Double = 0, upTo largest: Double) {
    var step = 1.0
    var factors = [2, 2.5, 2].makeIterator()
    while step * 5 < largest - smallest {
      if let factor = factors.next() {
        step *= factor
      } else {
        factors = [2, 2.5, 2].makeIterator()
      }
    }
    self.step = step
    let start = (smallest / step).rounded(.down) * step
    let count = max(1, Int(((largest - start) / step).rounded(.up)))
    self.start = start
    end = start + Double(count) * step
    ticks = (0...count).map { start + Double($0) * step }
  }
}
