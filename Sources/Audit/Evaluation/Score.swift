import Bytes
import Foundation

/// How far guesses are from prices. All measures are of errors in dollars unless they say otherwise.
package struct Score: Equatable, Sendable {
  /// A guess and the price that it is for.
  package struct Pair: Equatable, Sendable {
    package let guess: Double
    package let price: Double

    package init(guess: Double, price: Double) {
      self.guess = guess
      self.price = price
    }

    package var error: Double { abs(guess - price) }

    /// The course's colours: within $40 or 20 % of the price, within $80 or 40 %, or farther off.
    package var mark: Mark {
      if error < 40 || error < 0.2 * price { return .green }
      return error < 80 || error < 0.4 * price ? .amber : .red
    }
  }

  package enum Mark: String, CaseIterable, Sendable {
    case green, amber, red
  }

  package let count: Int
  /// The mean of the errors' absolute values.
  package let meanError: Double
  /// The mean error's 95 % interval: 1.96 standard errors to either side, but not below 0; nil for fewer
  /// than two guesses.
  package let interval: ClosedRange<Double>?
  package let medianError: Double
  /// The root of the mean squared difference of the logarithms of guess and price, one added to each; guesses
  /// below 0 count as 0.
  package let rootMeanSquaredLogError: Double
  /// The green ones.
  let hitCount: Int
  package var hits: Double { Double(hitCount) / Double(count) }
  /// The share of the prices' variance that the guesses explain; nil where all prices are the same.
  package let rSquared: Double?
  /// The mean of guess minus price.
  package let bias: Double

  /// - Returns: nil for no guesses, of which nothing can be told.
  package init?(_ pairs: [Pair]) {
    guard !pairs.isEmpty else { return nil }
    let number = Double(pairs.count)
    let errors = pairs.map(\.error)
    let mean = errors.reduce(0, +) / number
    count = pairs.count
    meanError = mean
    if pairs.count > 1 {
      let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let margin = Self.margin(squares: squares, count: number)
      interval = max(0, mean - margin)...(mean + margin)
    } else {
      interval = nil
    }
    medianError = Self.median(errors)
    rootMeanSquaredLogError =
      (pairs.reduce(0) { sum, pair in
        let difference = log1p(max(pair.guess, 0)) - log1p(pair.price)
        return sum + difference * difference
      } / number).squareRoot()
    hitCount = pairs.count { $0.mark == .green }
    let meanPrice = pairs.reduce(0) { $0 + $1.price } / number
    let variance = pairs.reduce(0) { $0 + ($1.price - meanPrice) * ($1.price - meanPrice) }
    let rest = pairs.reduce(0) { $0 + $1.error * $1.error }
    // Of equal prices the mean may be off by a rounding, and the variance is not quite 0.
    let share = 1 - rest / variance
    rSquared = share.isFinite && pairs.contains { $0.price != pairs[0].price } ? share : nil
    bias = pairs.reduce(0) { $0 + $1.guess - $1.price } / number
  }

  /// How far the 95 % interval of a mean reaches to either side.
  ///
  /// - Parameter squares: the sum of the squared distances from the mean, of two numbers or more.
  package static func margin(squares: Double, count: Double) -> Double {
    1.96 * (squares / (count - 1) / count).squareRoot()
  }

  /// The middle one in order, or the mean of the two in the middle; 0 of none.
  package static func median(_ numbers: [Double]) -> Double {
    guard !numbers.isEmpty else { return 0 }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

extension Score {
  /// What a table for people says of it, the most telling first.
  package static var columns: [(name: String, text: (Score) -> String)] {
    [
      ("items", { grouped($0.count) }),
      ("mean error", { dollars($0.meanError) }),
      ("95 % interval", { $0.intervalText }),
      ("median", { dollars($0.medianError) }),
      ("hits", { percent($0.hitCount, of: $0.count) }),
      ("RMSLE", { hundredths($0.rootMeanSquaredLogError) }),
      ("R²", { $0.rSquared.map(hundredths) ?? "–" }),
      ("bias", { dollars($0.bias) }),
    ]
  }

  var intervalText: String {
    interval.map { "\(dollars($0.lowerBound)) to \(dollars($0.upperBound))" } ?? "–"
  }
}
