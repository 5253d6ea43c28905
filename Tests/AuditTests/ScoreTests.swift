import TestSupport
import Testing

@testable import Audit
@testable import Bytes
@testable import Contracts

struct ScoreTests {
  private func pairs(_ numbers: [(Double, Double)]) -> [Score.Pair] {
    numbers.map { Score.Pair(guess: $0.0, price: $0.1) }
  }

  /// The figures are numpy's for the same numbers.
  @Test func measuresAreThoseOfOthers() throws {
    let score = try #require(
      Score(pairs([(10, 12.5), (100, 40), (0, 5), (250.75, 300), (999, 20), (-5, 3)])))
    #expect(score.count == 6 && abs(score.meanError - 183.95833333333334) < 1e-9)
    let interval = try #require(score.interval)
    #expect(interval.lowerBound == 0)
    #expect(abs(interval.upperBound - 496.23208014763804) < 1e-9)
    #expect(abs(score.medianError - 28.625) < 1e-9)
    #expect(abs(score.rootMeanSquaredLogError - 1.86830746485218) < 1e-12)
    #expect(abs(score.hits - 4.0 / 6) < 1e-12)
    #expect(abs(try #require(score.rSquared) - -13.172184248627898) < 1e-9)
    #expect(abs(score.bias - 162.375) < 1e-9)
  }

  @Test func theIntervalIsThatOfTheMean() throws {
    let score = try #require(Score(pairs([(10, 0), (12, 0), (14, 0), (20, 0)])))
    let interval = try #require(score.interval)
    // numpy: 14 ± 1.96 · std(ddof=1) / 2.
    #expect(abs(interval.lowerBound - 9.765916077040199) < 1e-9)
    #expect(abs(interval.upperBound - 18.2340839229598) < 1e-9)
  }

  @Test func edgesHaveNoFigureRatherThanAWrongOne() throws {
    #expect(Score([]) == nil)
    let one = try #require(Score(pairs([(5, 7)])))
    #expect(
      one.interval == nil && one.rSquared == nil && one.meanError == 2 && one.medianError == 2)
    let same = try #require(Score(pairs([(5, 7), (6, 7)])))
    #expect(same.rSquared == nil && same.interval != nil)
    let free = try #require(Score(pairs([(0, 0), (1, 0)])))
    #expect(free.rootMeanSquaredLogError.isFinite && free.hits == 1)
    // In floating-point numbers the mean of ten times 19.99 is not 19.99.
    #expect(try #require(Score(pairs(Array(repeating: (5, 19.99), count: 10)))).rSquared == nil)
    let limit = Reply.limit
    let huge = try #require(Score(pairs([(limit, 1), (-limit, 1), (1, 0), (limit, 2)])))
    for figure in [
      huge.meanError, huge.medianError, huge.rootMeanSquaredLogError, huge.bias, huge.hits,
      huge.rSquared ?? .nan, huge.interval?.lowerBound ?? .nan, huge.interval?.upperBound ?? .nan,
    ] { #expect(figure.isFinite) }
  }

  @Test(arguments: [
    (139.0, 100.0, Score.Mark.green), (140, 100, .amber), (1190, 1000, .green),
    (1200, 1000, .amber), (179.9, 100, .amber), (180, 100, .red), (1399, 1000, .amber),
    (1400, 1000, .red), (40, 0, .amber),
  ])
  func marksAreTheCourses(guess: Double, price: Double, mark: Score.Mark) {
    #expect(Score.Pair(guess: guess, price: price).mark == mark)
  }
}
