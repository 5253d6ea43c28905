import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import Engine
@testable import RawData
@testable import Tokenization

struct ReportTests {
  /// A dataset of 120 records in two categories, one of which has a name that is no HTML.
  private func dataset(_ folder: TemporaryFolder) async throws -> (Manifest, String) {
    for category in ["Toys", "<b>&"] {
      let lines = (0..<60).map { number in
        let text = "A <i>fine</i> thing & number \(number)"
        return #"{"parent_asin": "\#(category)\#(number)", "title": "\#(text)", "#
          + #""price": \#(number == 7 ? "null" : "\(number * 3 + 1)")}"#
      }
      try folder.write(lines.joined(separator: "\n"), to: "raw/meta_\(category).jsonl")
    }
    let recipe = try smallRecipe(
      recordSteps: ["price", "assemble", "token-window: {more-than: 5, cut-to: 30}", "prompt"],
      poolSteps: ["hold-out: {per-thousand: 200}", "balance: {limit: 1}", "split"])
    var request = recipe.request
    request.test = 200
    let builder = DatasetBuilder(
      SplitMaker(recipe: recipe, request: request, jobs: 2), try byteTokenizer(),
      keepsRejects: false)
    let out = "\(folder.path)/out"
    let manifest = try await builder.run(try RawFiles.find(["\(folder.path)/raw"]), into: out)
    return (manifest, try String(contentsOfFile: "\(out)/report.html", encoding: .utf8))
  }

  @Test func tellsTheFiguresOfTheManifest() async throws {
    let (manifest, html) = try await dataset(try TemporaryFolder())
    for text in [
      #"<th scope="row"><div>lines read</div><span class="bar read" style="width:100%"></span></th>"#
        + #"<td class="number">120</td><td class="number">100.0 %</td>"#,
      #"dropped: no-price<span class="remark">the price is missing or not a number</span></div>"#
        + #"<span class="bar lost" style="width:1.7%"></span></th><td class="number">−2</td>"#
        + #"<td class="number">1.7 %</td>"#,
      #"kept in the pool</div><span class="bar kept" style="width:98.3%"></span></th>"#
        + #"<td class="number">118</td>"#,
      "<b>Note</b>: too few rows to measure a model by:", "of 200 asked for",
      "of which the text has at most 30.",
      "validation (rows: \(manifest.outputs["validation.jsonl"]?.rows ?? 0))",
      "<strong>\(manifest.outputs["train.jsonl"]?.rows ?? 0)</strong>",
      "Recipe <b>small</b>", "target 1 for each of 239 slots", "no-price: 2 of 2<",
      "<code>meta_Toys.jsonl:8</code> &quot;A &lt;i&gt;fine&lt;/i&gt; thing",
    ] {
      #expect(html.contains(text), "\(text)")
    }
  }

  /// Whatever stands in raw files, the page has no markup of theirs, and asks nobody for anything.
  @Test func escapesWhatItShows() async throws {
    let (_, html) = try await dataset(try TemporaryFolder())
    #expect(html.contains("&lt;b&gt;&amp;") && !html.contains("<b>&"))
    #expect(html.contains("&lt;i&gt;fine&lt;/i&gt;") && !html.contains("<i>"))
    for text in ["http://", "https://", "<script", "src=", "{{"] {
      #expect(!html.contains(text), "\(text)")
    }
  }

  /// What is opened is closed: the page is parsed as XML, but for its first line.
  @Test func isWellFormed() async throws {
    let (_, html) = try await dataset(try TemporaryFolder())
    let body = html.drop { $0 != "\n" }.replacing(/<(meta|link)([^>]*)>/) { "<\($0.1)\($0.2)/>" }
    let parser = try TagBalance(String(body))
    #expect(parser.left.isEmpty, "\(parser.left)")
  }

  /// A stack of the tags that are open.
  private struct TagBalance {
    var left: [Substring] = []

    init(_ html: String) throws {
      for match in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) where match.3.isEmpty {
        if match.1.isEmpty {
          left.append(match.2)
        } else {
          try #require(left.popLast() == match.2, "\(match.0)")
        }
      }
    }
  }

  @Test func binsAreRoundAndFew() {
    var histogram = Histogram(limit: 1000)
    for value in [163, 170, 171, 999, 5000] { histogram.count(value) }
    #expect(histogram.quantile(0.5) == 171)
    #expect(histogram.quantile(1) == 1000)
    for limit in [1, 5, 100, 2000] {
      let bins = Histogram.bins(of: [histogram], atMost: limit)
      #expect(bins.count <= limit)
      #expect(histogram.counts(in: bins).reduce(0, +) == 5)
    }
    #expect(Histogram.bins(of: [Histogram(limit: 9)], atMost: 5) == [0..<1])
  }

  @Test func axesHoldTheirData() {
    for (smallest, largest) in [(0.0, 0.0), (0, 8), (706, 825), (5, 5), (0, 100_000), (99, 1001)] {
      let scale = Scale(from: smallest, upTo: largest)
      #expect(scale.start <= smallest && scale.end >= largest && scale.end > scale.start)
      #expect(scale.ticks.count <= 7 && scale.ticks.last == scale.end)
    }
    #expect(Scale(from: 706, upTo: 825).ticks == [700, 750, 800, 850])
  }

  /// A bin without a value is no 0 to a line.
  @Test func linesPassOverWhatIsMissing() {
    let series = Chart.Series(name: "a", style: "a", values: [800, nil, 900], isLine: true)
    let chart = Chart(
      "", "A line.", xLabel: "", yLabel: "", bins: ["1", "2", "3"], [series], startsNearData: true)
    #expect(chart.lines.map { $0.points.split(separator: " ").count } == [2])
    #expect(chart.rows.map(\.cells) == [["800"], ["–"], ["900"]])
    #expect(chart.caption == "A line. The upright axis starts at 800, not at 0.")
  }

  @Test(arguments: [(0, 0, "0.0 %"), (1, 2000, "0.1 %"), (1, 2001, "<0.1 %"), (2, 3, "66.7 %")])
  func tellsShares(count: Int, whole: Int, text: String) {
    #expect(percent(count, of: whole) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567.25, "1,234,567.3"), (-1234, "-1,234"),
    (0.04, "0"),
  ])
  func groupsThousands(value: Double, text: String) {
    #expect(grouped(value) == text)
  }
}
