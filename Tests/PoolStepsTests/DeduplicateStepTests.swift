import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import PoolSteps
@testable import Tokenization

struct DeduplicateStepTests {
  private struct Thing {
    var title: String
    var text: String
    var isHeldOut = false
  }

  private static let words = (0..<400).map { "word\($0)" }

  /// A text of 60 words, of which `changed` are others than in the text of the same number.
  private static func text(_ number: Int, changed: Int = 0) -> String {
    var random = SeededGenerator(state: UInt64(number))
    var words = (0..<60).map { _ in Self.words.randomElement(using: &random) ?? "" }
    for index in 0..<changed { words[index * 7 % 60] = "other\(number)x\(index)" }
    return words.joined(separator: " ")
  }

  /// The places in the list of those that stay.
  private func survivors(
    _ things: [Thing], copies: Int = 1, ids: [Int]? = nil, shuffled: UInt64? = nil
  ) async throws -> Set<Int> {
    let candidates = try await deduplicated(things, copies: copies, ids: ids, shuffled: shuffled)
    return Set(candidates.all.map { Int($0.row) - 1 })
  }

  private func deduplicated(
    _ things: [Thing], copies: Int = 1, ids: [Int]? = nil, shuffled: UInt64? = nil,
    watching rows: Set<UInt32> = []
  ) async throws -> Candidates {
    var candidates = makeCandidates(things.map { _ in (5, "A") }, holdsOut: true)
    candidates.watched = rows
    var fingerprints = HeldFingerprints()
    for (index, thing) in things.enumerated() {
      var fingerprint = Self.fingerprint(thing.text)
      fingerprint.title = Self.fingerprint(thing.title).title
      fingerprints.fingerprints[UInt32(index + 1)] = fingerprint
      candidates.all[index].part = thing.isHeldOut ? .heldOut : .open
      if let ids {
        let old = candidates.all[index]
        candidates.all[index] = Candidates.Candidate(
          idHash: UInt64(ids[index]), row: old.row, dollars: 5, category: 0, part: old.part)
      }
    }
    if let shuffled {
      var random = SeededGenerator(state: shuffled)
      candidates.all.shuffle(using: &random)
    }
    let step = try DeduplicateStep(
      ParameterValues(["threshold": .number(0.8), "copies": .integer(copies)]))
    try await step.apply(to: &candidates, makeRequest(), fingerprints)
    return candidates
  }

  @Test func tellsWhatItLeftOut() async throws {
    let things =
      (0..<4).map { Thing(title: "T\($0)", text: Self.text(1, changed: $0)) }
      + [
        Thing(title: "U", text: Self.text(2)), Thing(title: "V", text: Self.text(2, changed: 1)),
        Thing(title: "W", text: Self.text(2, changed: 2), isHeldOut: true),
        Thing(title: "X", text: Self.text(3)), Thing(title: "X", text: Self.text(4)),
        Thing(title: "Y", text: Self.text(5)), Thing(title: "Z", text: Self.text(5)),
      ]
    let candidates = try await deduplicated(things, copies: 3)
    #expect(
      candidates.remark
        == "0 with the id of another, 1 with its title, 1 with its text; of 2 groups of "
        + "near-duplicates, 1 beyond the 3 that may stay of each, and 2 like held-out items")
  }

  @Test func tellsWhyAWatchedItemIsOutAndWhoIsLikeIt() async throws {
    let things =
      (0..<4).map { Thing(title: "T\($0)", text: Self.text(1, changed: $0)) }
      + [
        Thing(title: "V", text: Self.text(2, changed: 1)),
        Thing(title: "W", text: Self.text(2, changed: 2), isHeldOut: true),
        Thing(title: "X", text: Self.text(3)), Thing(title: "X", text: Self.text(4)),
        Thing(title: "Y", text: Self.text(9)),
      ]
      // A group of four, of which one has the title of a held-out item: it is no near-duplicate of that.
      + (0..<4).map { Thing(title: $0 == 0 ? "H" : "G\($0)", text: Self.text(6, changed: $0)) }
      + [Thing(title: "H", text: Self.text(7), isHeldOut: true)]
    let rows = Set(UInt32(1)...UInt32(14))
    let candidates = try await deduplicated(things, copies: 3, watching: rows)
    let stay = Set(candidates.all.map(\.row))
    #expect(Set(candidates.reasons.keys) == rows.subtracting(stay))
    let group = try #require(candidates.reasons.first { $0.key <= 4 })
    #expect(group.value == "it is one of a group of near-duplicates, of which 3 may stay")
    #expect(candidates.reasons[5] == "it is a near-duplicate of an item that is held out")
    let twin = try #require(candidates.reasons.first { 7...8 ~= $0.key })
    #expect(twin.value == "an item that stays has the same id, title or text")
    let families: [[UInt32]] = [[1, 2, 3, 4], [5, 6], [7, 8], [9]]
    for family in families {
      for row in family { #expect(candidates.families[row] == family) }
    }
    let likeHeldOut = candidates.reasons.filter { $0.value.contains("held out") }.keys
    #expect(Set(likeHeldOut) == [5])
  }

  @Test func ofTheSameIDTitleOrTextOneStays() async throws {
    let things = [
      Thing(title: "A", text: Self.text(1)), Thing(title: "a!", text: Self.text(2)),
      Thing(title: "B", text: Self.text(3)), Thing(title: "C", text: Self.text(3)),
      Thing(title: "D", text: Self.text(4)), Thing(title: "E", text: Self.text(5)),
      Thing(title: "", text: Self.text(6)), Thing(title: "", text: Self.text(7)),
    ]
    let stay = try await survivors(things, copies: 9, ids: [1, 2, 3, 4, 5, 5, 6, 7])
    #expect(stay.intersection([0, 1]).count == 1)
    #expect(stay.intersection([2, 3]).count == 1)
    #expect(stay.intersection([4, 5]).count == 1)
    #expect(stay.isSuperset(of: [6, 7]))
  }

  @Test func ofNearDuplicatesAFewStay() async throws {
    let things =
      (0..<6).map {
        Thing(title: "T\($0)", text: Self.text(1, changed: $0 == 0 ? 0 : 1) + " \($0)")
      }
      + [Thing(title: "far", text: Self.text(1, changed: 9))]
    for copies in 1...3 {
      let stay = try await survivors(things, copies: copies)
      #expect(stay.intersection(0..<6).count == copies)
      #expect(stay.contains(6))
    }
  }

  @Test func nothingLikeAHeldOutItemStaysInTheRest() async throws {
    var things: [Thing] = []
    for number in 0..<60 {
      // Similarities to the held-out one: 1, about 0.84, and about 0.7.
      things.append(Thing(title: "H\(number)", text: Self.text(number), isHeldOut: true))
      things.append(Thing(title: "N\(number)", text: Self.text(number, changed: 1)))
      things.append(Thing(title: "F\(number)", text: Self.text(number, changed: 2)))
    }
    let stay = try await survivors(things, copies: 3)
    for (index, thing) in things.enumerated() {
      let held = things[index / 3 * 3]
      let similarity = Fingerprint.jaccard(
        Self.fingerprint(thing.text).shingles, Self.fingerprint(held.text).shingles)
      #expect(stay.contains(index) == (thing.isHeldOut || similarity < 0.8), "\(similarity)")
    }
  }

  @Test func theOrderMakesNoDifference() async throws {
    let things = (0..<80).map {
      Thing(
        title: "T\($0 % 31)", text: Self.text($0 % 23, changed: $0 % 3), isHeldOut: $0 % 11 == 0)
    }
    let expected = try await survivors(things)
    #expect(expected.count < things.count)
    for seed in 0..<5 as Range<UInt64> {
      #expect(try await survivors(things, shuffled: seed) == expected)
    }
  }

  private static func fingerprint(_ text: String) -> Fingerprint {
    Fingerprint(text: Array(text.utf8).span, shingleWords: 5)
  }
}
