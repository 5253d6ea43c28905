/// Guesses brought together with the items that they are for, and scored.
public struct Evaluation: Sendable {
  public struct Result: Sendable {
    public let item: TestItem
    public let reply: Reply
    public let pair: Score.Pair
  }

  /// In the order of the items.
  public let results: [Result]
  public let score: Score
  /// What is to be compared with it, for the same items, each with its score.
  public let references: [(name: String, score: Score)]
  /// Scores of parts, by category and by price; each part's name first, those without items left out.
  public let categories: [(name: String, score: Score)]
  public let bands: [(name: String, score: Score)]
  /// Items without a guess: they are not scored.
  public let missing: [TestItem]
  /// Guesses for no item of those asked for.
  public let unknownCount: Int
  /// Replies without a number, which count as $0.
  public let numberlessCount: Int

  /// - Parameters:
  ///   - items: those that are scored.
  ///   - others: further items of the test split, whose guesses are left aside.
  ///   - train: nil where it is not known.
  /// Errors: `badData` for two guesses for one item, for prompts that stand twice, and where nothing is
  /// left to score.
  public init(
    _ guesses: GuessFile, for items: [TestItem], others: [TestItem] = [],
    train: References.Prices? = nil
  ) throws {
    let matches = try Matches(guesses.guesses, items + others)
    var results: [Result] = []
    var missing: [TestItem] = []
    for (place, item) in items.enumerated() {
      guard let guess = matches.guesses[place] else {
        missing.append(item)
        continue
      }
      let pair = Score.Pair(guess: guess.reply.price ?? 0, price: item.price)
      results.append(Result(item: item, reply: guess.reply, pair: pair))
    }
    guard let score = Score(results.map(\.pair)) else {
      throw CurationError(
        .badData,
        "not one of \(guesses.guesses.count) guesses is for one of the \(items.count) items")
    }
    self.results = results
    self.score = score
    self.missing = missing
    unknownCount = matches.unknownCount
    numberlessCount = results.count { $0.reply.price == nil }
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

  private static let bandStarts: [Double] = [0, 10, 25, 50, 100, 200, 500]
}

/// Which guess is for which item.
private struct Matches {
  /// By the items' places.
  private(set) var guesses: [Int: GuessFile.Guess] = [:]
  private(set) var unknownCount = 0

  init(_ all: [GuessFile.Guess], _ items: [TestItem]) throws {
    var placesByID: [String: Int] = [:]
    var placesByPrompt: [String: [Int]] = [:]
    for (place, item) in items.enumerated() {
      if !item.id.isEmpty { placesByID[item.id] = place }
      placesByPrompt[item.prompt, default: []].append(place)
    }
    for guess in all {
      guard let place = try Self.place(of: guess, placesByID, &placesByPrompt) else {
        unknownCount += 1
        continue
      }
      if let earlier = guesses.updateValue(guess, forKey: place) {
        let name = guess.id.map { "the id \($0)" } ?? "the same prompt"
        throw CurationError(
          .badData, "two guesses are for \(name): \(earlier.place) and \(guess.place)")
      }
    }
  }

  /// Items of the same prompt take their guesses in order.
  private static func place(
    of guess: GuessFile.Guess, _ placesByID: [String: Int], _ placesByPrompt: inout [String: [Int]]
  ) throws -> Int? {
    if let id = guess.id { return placesByID[id] }
    let prompt = TestItem.question(of: guess.prompt ?? "")
    guard var places = placesByPrompt[prompt], let place = places.first else { return nil }
    if places.count > 1 {
      places.removeFirst()
      placesByPrompt[prompt] = places
    }
    return place
  }
}
