import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import Engine
@testable import curate

struct ProgressViewTests {
  /// Of 8 MB, 3 MB are read: one file is done, one is being read.
  private static let three = [
    ProgressView.File(
      name: "Appliances", byteCount: 2_000_000, bytesRead: 2_000_000, lines: 1, isFinished: true),
    .init(name: "Toys_and_Games", byteCount: 2_000_000, bytesRead: 1_000_000, lines: 52_000),
    .init(name: "Tools_and_Home_Improvement_and_more", byteCount: 4_000_000),
  ]

  private static func view(
    _ files: [ProgressView.File] = three, _ phase: RunProgress.Phase = .reading,
    seconds: Double = 2
  ) -> ProgressView {
    ProgressView(
      phase: phase, files: files, lines: 104_000, lineBytes: 680_000_000, seconds: seconds)
  }

  private static let many = (1...30).map { number in
    ProgressView.File(
      name: "part-\(number)", byteCount: 100, bytesRead: number < 4 ? 100 : number < 6 ? 50 : 0,
      lines: number < 6 ? 10 : 0, isFinished: number < 4)
  }

  @Test(arguments: [
    (
      view(), 80, 24,
      [
        "Appliances                      ####################    done        1 line",
        "Toys_and_Games                  ##########----------    50 %  52,000 lines",
        "Tools_and_Home_Improvement_a..  -------------------- waiting              ",
        "37 %, 1 of 3 files, 52,000 records/s, 340 MB/s, 0:03 left",
      ]
    ),
    (
      view(), 40, 10,
      [
        "Appliances       ##############    done",
        "Toys_and_Games   #######-------    50 %",
        "Tools_and_Hom..  -------------- waiting",
        "37 %, 1 of 3 files, 0:03 left",
      ]
    ),
    // Without room for all, those that are being read.
    (
      view(), 80, 4,
      [
        "Toys_and_Games  ##########----------    50 %  52,000 lines",
        "37 %, 1 of 3 files (1 waiting), 52,000 records/s, 340 MB/s, 0:03 left",
      ]
    ),
    (view(), 80, 2, ["37 %, 1 of 3 files (1 waiting), 52,000 records/s, 340 MB/s, 0:03 left"]),
    (view(), 80, 1, ["37 %, 1 of 3 files (1 waiting), 52,000 records/s, 340 MB/s, 0:03 left"]),
    (view(), 20, 2, ["37 %, 0:03 left"]), (view(), 6, 2, ["37 .."]),
    (
      view(many), 60, 5,
      [
        "part-4  ##########----------    50 %  10 lines",
        "part-5  ##########----------    50 %  10 lines",
        "13 %, 3 of 30 files (25 waiting), 0:13 left",
      ]
    ),
    (view(seconds: 1.1), 20, 2, ["37 %, 0:01 left"]),
    (view(three, .selecting), 80, 2, ["selecting"]),
    (view(three, .indexing), 10, 2, ["indexin.."]), (view(three, .finished), 80, 24, []),
    (view([], .writing), 80, 24, ["writing"]),
    // Columns are counted, not characters; and nothing moves the cursor.
    (
      view(
        [
          .init(name: "家電🎸", byteCount: 100, bytesRead: 1, lines: 5),
          .init(name: "a\u{1B}[2J", byteCount: 100),
        ], seconds: 0.5), 80, 24,
      [
        "家電🎸      --------------------     1 %  5 lines",
        "a\\u{1b}[2J  -------------------- waiting         ",
        "0 %, 0 of 2 files, 208,000 records/s, 1,360 MB/s",
      ]
    ),
  ])
  func fitsIntoTheWindow(view: ProgressView, width: Int, height: Int, expected: [String]) {
    #expect(view.lines(width: width, height: height, .init()) == expected)
  }

  @Test func neverIsLargerThanTheWindow() {
    for view in [Self.view(), Self.view(Self.many), Self.view([], .reading, seconds: 0)] {
      for (width, height) in (1...90).flatMap({ width in (1...40).map { (width, $0) } }) {
        let lines = view.lines(width: width, height: height, .init(hasBlocks: true))
        #expect(lines.count <= max(1, height - 1))
        #expect(lines.allSatisfy { $0.displayWidth <= max(1, width - 1) }, "\(width): \(lines)")
      }
    }
  }

  @Test func isColouredOnlyWhereThatIsWanted() {
    let lines = Self.view().lines(width: 80, height: 24, .init(isColoured: true, hasBlocks: true))
    #expect(lines[1].contains("\u{1B}[32m██████████\u{1B}[0m\u{1B}[2m░░░░░░░░░░\u{1B}[0m"))
  }

  @Test func isOneLineOutsideATerminal() {
    #expect(
      Self.view().summary == "37 %, 1 of 3 files, 52,000 records/s, 340 MB/s, 0:03 left")
    #expect(Self.view(Self.three, .indexing).summary == "indexing the pool")
    // Bytes that an earlier run has read count for nothing.
    var view = Self.view(seconds: 3600)
    view.files[0].bytesRead = 0
    view.earlierBytes = 2_000_000
    #expect(view.summary == "16 %, 1 of 3 files, 28 records/s, 0 MB/s, 5:00:00 left")
  }
}

struct TextLayoutTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("家電", 4), ("👩‍👩‍👧", 2), ("ﾊ", 1), ("한", 2),
    ("\u{200B}", 0),
  ])
  func columnsAreCounted(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abc.."), ("abcdef", 2, ".."), ("abcdef", 1, "."),
    ("abcdef", 0, ""), ("家電家電", 7, "家電.."), ("家電家電", 5, "家.."),
  ])
  func isCutByColumns(text: String, width: Int, cut: String) {
    #expect(text.cut(to: width) == cut)
  }

  @Test func isWrappedWithHangingIndent() {
    #expect(wrapped("one two three", lead: "a  ", width: 10) == ["a  one two", "   three"])
    #expect(wrapped("one two", indent: 2, width: 4) == ["one", "  two"])
    #expect(wrapped("unbreakable", lead: "  ", width: 4) == ["  unbreakable"])
    #expect(wrapped("", lead: "a  ") == ["a  "])
  }
}

struct ShellCommandTests {
  private let command = ShellCommand(["curate", "inspect", "--raw", "it's here", "--tokens"])

  @Test func isQuoted() {
    #expect(command.text == #"curate inspect --raw 'it'\''s here' --tokens"#)
  }

  @Test func goesOnBehindBackslashes() {
    #expect(
      command.lines(indent: 2, width: 22) == [
        #"  curate inspect \"#, #"      --raw \"#, #"      'it'\''s here' \"#, "      --tokens",
      ])
    #expect(command.lines(after: "See", width: 49) == ["See: \(command.text)"])
    #expect(command.lines(after: "See", width: 48) == ["See:", "  \(command.text)"])
  }
}
