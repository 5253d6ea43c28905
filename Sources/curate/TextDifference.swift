/// What makes one text of another, by words, white space and signs.
struct TextDifference {
  enum Kind {
    case same, removed, added
  }

  struct Run: Equatable {
    let kind: Kind
    var pieces: [Substring]

    var isWhiteSpace: Bool { pieces.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
  }

  private(set) var runs: [Run] = []

  /// So many pieces that are the same stay on either side of a change.
  private static let context = 12
  /// Texts of which more pairs of pieces might have to be compared are not, since that takes seconds.
  private static let limit = 9_000_000

  /// - Returns: nil where the texts differ in too much to compare.
  init?(_ before: String, _ after: String) {
    let (before, after) = (Self.pieces(of: before), Self.pieces(of: after))
    // Numbers are compared faster than texts, and byte by byte, since a letter may have two spellings.
    var known: [[UInt8]: Int] = [:]
    func number(_ piece: Substring) -> Int {
      let bytes = Array(piece.utf8)
      let number = known[bytes] ?? known.count
      known[bytes] = number
      return number
    }
    let (old, new) = (before.map(number), after.map(number))
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    let (oldPart, newPart) = (old[start..<old.count - end], new[start..<new.count - end])
    guard oldPart.count * newPart.count <= Self.limit else { return nil }
    append(Run(kind: .same, pieces: Array(before[..<start])))
    append(
      newPart.difference(from: oldPart), before[oldPart.startIndex..<oldPart.endIndex],
      after[newPart.startIndex..<newPart.endIndex])
    append(Run(kind: .same, pieces: before.suffix(end)))
    simplify()
  }

  /// Whether nothing has changed but white space.
  var isOfWhiteSpace: Bool { runs.allSatisfy { $0.kind == .same || $0.isWhiteSpace } }

  /// White space that has become other white space counts as the same, and a word of which the beginning is
  /// left has not become another one.
  private mutating func simplify() {
    let exact = runs
    runs = []
    for run in exact {
      guard run.kind == .added, let old = runs.last, old.kind == .removed else {
        append(run)
        continue
      }
      if old.isWhiteSpace, run.isWhiteSpace {
        runs.removeLast()
        append(Run(kind: .same, pieces: run.pieces))
      } else if run.pieces.count == 1, old.pieces[0].utf8.starts(with: run.pieces[0].utf8) {
        runs.removeLast()
        append(Run(kind: .same, pieces: run.pieces))
        let rest = Substring(old.pieces[0].utf8.dropFirst(run.pieces[0].utf8.count))
        append(Run(kind: .removed, pieces: [rest] + old.pieces.dropFirst()))
      } else {
        append(run)
      }
    }
  }

  private mutating func append(
    _ difference: CollectionDifference<Int>, _ before: ArraySlice<Substring>,
    _ after: ArraySlice<Substring>
  ) {
    var (removed, inserted) = (Set<Int>(), Set<Int>())
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    let (old, new) = (Array(before), Array(after))
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        append(Run(kind: .removed, pieces: [old[left]]))
        left += 1
      } else if inserted.contains(right) {
        append(Run(kind: .added, pieces: [new[right]]))
        right += 1
      } else {
        append(Run(kind: .same, pieces: [old[left]]))
        left += 1
        right += 1
      }
    }
  }

  private mutating func append(_ run: Run) {
    if runs.last?.kind == run.kind {
      runs[runs.count - 1].pieces += run.pieces
    } else if !run.pieces.isEmpty {
      runs.append(run)
    }
  }

  /// Appends the runs to a paragraph: in colours, or in brackets, `[-removed-]` and `{+added+}`. Of what is
  /// the same only what stands beside a change is shown.
  func append(to paragraph: inout Paragraph) {
    for (place, run) in runs.enumerated() {
      switch run.kind {
      case .same:
        let first = place == 0 ? 0 : Self.context
        let last = place == runs.count - 1 ? 0 : Self.context
        guard run.pieces.count > first + last + 1 else {
          paragraph.append(words: run.pieces.joined())
          continue
        }
        let head = run.pieces.prefix(first).joined()
        let tail = run.pieces.suffix(last).joined()
        paragraph.append(words: head)
        paragraph.append(head.last?.isWhitespace ?? true ? "…" : " …", .faint)
        paragraph.append(words: tail.first?.isWhitespace ?? true ? tail : " " + tail)
      case .removed: append(run, .removed, ("[-", "-]"), to: &paragraph)
      case .added: append(run, .added, ("{+", "+}"), to: &paragraph)
      }
    }
  }

  private func append(
    _ run: Run, _ style: StandardOutput.Style, _ brackets: (String, String),
    to paragraph: inout Paragraph
  ) {
    if !StandardOutput.isOn { paragraph.append(brackets.0) }
    paragraph.append(words: run.pieces.joined().replacing("\n", with: "⏎"), style)
    if !StandardOutput.isOn { paragraph.append(brackets.1) }
  }

  /// Words, runs of white space, and every other character by itself.
  static func pieces(of text: String) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    var last: Int?
    for index in text.indices {
      let character = text[index]
      let sort = character.isLetter || character.isNumber ? 0 : character.isWhitespace ? 1 : 2
      if let last, sort != last || sort == 2 {
        pieces.append(text[start..<index])
        start = index
      }
      last = sort
    }
    if start < text.endIndex { pieces.append(text[start...]) }
    return pieces
  }
}
