import Bytes

/// Guesses brought together with the items that they are for, and scored.
package struct Evaluation: Sendable {
  package struct Result: Sendable {
    /// Which of the items it is; counts from 1.
    package let place: Int
    package let item: TestItem
    package let reply: Reply
    package let pair: Score.Pair

    /// For people: a reply without a number is not taken for a guess of $0.
    package var guessText: String { reply.price == nil ? "no number" : dollars(pair.guess) }
  }

  /// In the order of the items.
  package let results: [Result]
  package let score: Score
  /// What is to be compared with it, for the same items.
  package let references: [(name: String, score: Score)]
  /// Scores of parts, by category and by price; each part's name first, those without items left out.
  package let categories: [(name: String, score: Score)]
  package let bands: [(name: String, score: Score)]
  /// Items without a guess: they are not scored.
  package let missing: [TestItem]
  /// Guesses for no item of the test split.
  package let unknown: [GuessFile.Guess]
  /// Replies without a number, which count as $0.
  package let numberlessCount: Int
  /// Guesses that are farther from 0 than `Reply.limit`, which count as that.
  package let excessiveCount: Int
  /// Further items of the test split, which were not asked for.
  package let othersCount: Int

  /// The score and what is to be compared with it.
  package var scores: [(name: String, score: Score)] { [("these guesses", score)] + references }

  /// - Parameters:
  ///   - items: those that are scored.
  ///   - others: further items of the test split, whose guesses are left aside.
  ///   - train: nil where it is not known.
  /// Errors: `badData` for more guesses than items of an id or prompt, and where nothing is left to score.
  package init(
    _ guesses: GuessFile, for items: [TestItem], others: [TestItem] = [],
    train: References.Prices? = nil
  ) throws {
    guard !items.isEmpty else {
      throw CurationError(.badData, "there are no items to score: the test split is empty")
    }
    let matches = try Matches(guesses, items + others)
    var results: [Result] = []
    var missing: [TestItem] = []
    for (place, item) in items.enumerated() {
      guard let guess = matches.guesses[place] else {
        missing.append(item)
        continue
      }
      let reply = guess.reply.behind(item.question)
      let pair = Score.Pair(guess: reply.price ?? 0, price: item.price)
      results.append(Result(place: place + 1, item: item, reply: reply, pair: pair))
    }
    guard let score = Score(results.map(\.pair)) else {
      throw CurationError(.badData, Self.nothingFits(guesses, matches, items))
    }
    self.results = results
    self.score = score
    self.missing = missing
    unknown = matches.unknown
    numberlessCount = results.count { $0.reply.price == nil }
    excessiveCount = results.count { abs($0.pair.guess) >= Reply.limit }
    othersCount = others.count
    let scored = results.map(\.item)
    references = References(for: scored, train: train).all.compactMap { name, guesses in
      Score(zip(guesses, scored).map { Score.Pair(guess: $0, price: $1.price) }).map { (name, $0) }
    }
    categories = Dictionary(grouping: results, by: \.item.category).sorted { $0.key < $1.key }
      .compactMap { name, results in Score(results.map(\.pair)).map { (name, $0) } }
    bands = Self.bandStarts.indices.compactMap { band in
      let (start, end) = (
        Self.bandStarts[band],
        band + 1 < Self.bandStarts.count ? Self.bandStarts[band + 1] : .infinity
      )
      let part = results.filter { start <= $0.item.price && $0.item.price < end }
      let name = end.isFinite ? "$\(Int(start)) to $\(Int(end))" : "$\(Int(start)) and more"
      return Score(part.map(\.pair)).map { (name, $0) }
    }
  }

  /// What is to be known of the figures, for people: whatever was not scored as it stood.
  package var notes: [String] {
    var notes: [String] = []
    if othersCount > 0 {
      let all = results.count + missing.count + othersCount
      notes.append(
        "these are the first \(grouped(all - othersCount)) of \(grouped(all)) items; "
          + "--first \(all) takes all")
    }
    if !missing.isEmpty {
      let names = missing.prefix(3).map { $0.id.isEmpty ? $0.title : $0.id }.joined(separator: ", ")
      notes.append(
        "not scored for want of a guess: \(grouped(missing.count)), such as \(names.printable)")
    }
    if let guess = unknown.first {
      let key = String((guess.id ?? guess.prompt ?? "").prefix(40)).printable
      notes.append(
        "guesses for no item of the test split: \(grouped(unknown.count)), such as \(key) in line "
          + "\(guess.line)")
    }
    for (count, what) in [
      (numberlessCount, "replies without a number, which count as $0"),
      (excessiveCount, "guesses beyond \(dollars(Reply.limit)), which count as that"),
    ] where count > 0 { notes.append("\(what): \(grouped(count))") }
    return notes
  }

  private static let bandStarts: [Double] = [0, 10, 25, 50, 100, 200, 500]

  private static func nothingFits(
    _ guesses: GuessFile, _ matches: Matches, _ items: [TestItem]
  ) -> String {
    guard let guess = matches.unknown.first else {
      return "\(guesses.name): all its guesses are for items behind the first \(items.count)"
    }
    let key =
      guess.id.map { "the id '\($0)'" }
      ?? "the prompt '\(guess.prompt?.prefix(60) ?? "")' (a table of ids has a head: id,guess)"
    return
      "\(guesses.name): not one guess is for one of the \(items.count) items; line \(guess.line), "
      + "for example, has \(key)"
  }
}

/// Which guess is for which item. Items of the same id, or without one of the same prompt, take their guesses
/// in order.
private struct Matches {
  /// By the items' places.
  private(set) var guesses: [Int: GuessFile.Guess] = [:]
  /// Guesses for no item.
  private(set) var unknown: [GuessFile.Guess] = []

  init(_ file: GuessFile, _ items: [TestItem]) throws {
    let byID = file.guesses.filter { $0.id != nil }
    try match(byID, items, file.name, { $0.id ?? "" }, { $0.id.isEmpty ? nil : $0.id }, "the id")
    let byPrompt = file.guesses.filter { $0.id == nil }
    guard !byPrompt.isEmpty else { return }
    try match(
      byPrompt, items, file.name, { TestItem.question(of: $0.prompt ?? "") }, \.question,
      "the prompt")
  }

  private mutating func match(
    _ all: [GuessFile.Guess], _ items: [TestItem], _ name: String,
    _ key: (GuessFile.Guess) -> String, _ keyOfItem: (TestItem) -> String?, _ what: String
  ) throws {
    // Items without a guess by their keys; the last comes first.
    var free: [String: [Int]] = [:]
    for (place, item) in items.enumerated().reversed() {
      guard let key = keyOfItem(item) else { continue }
      free[key, default: []] += guesses[place] == nil ? [place] : []
    }
    for guess in all {
      let key = key(guess)
      guard free[key] != nil else {
        unknown.append(guess)
        continue
      }
      guard let place = free[key]?.popLast() else {
        throw CurationError(
          .badData,
          "\(name), line \(guess.line): one guess too many for \(what) '\(key.prefix(80))'")
      }
      guesses[place] = guess
    }
  }
}
