import Foundation

/// What a model answered: a text, or a number alone.
public struct Reply: Equatable, Sendable {
  public let text: String
  /// In dollars; nil where the text has no number.
  public let price: Double?

  /// By the first number in the text, `$` and commas taken out, as the course reads it: a sign counts only
  /// before a number with a point.
  public init(text: String) {
    let plain = text.filter { $0 != "$" && $0 != "," }
    self.init(
      text, plain.firstMatch(of: /[-+]?[0-9]*\.[0-9]+|[0-9]+/).flatMap { Self.finite($0.0) })
  }

  /// The number that the text is, if it is one, or else as `init(text:)`.
  public init(guess: String) {
    if let number = Self.finite(guess.trimmingCharacters(in: .whitespacesAndNewlines)) {
      self.init(guess, number)
    } else {
      self.init(text: guess)
    }
  }

  private init(_ text: String, _ price: Double?) {
    self.text = text
    self.price = price
  }

  private static func finite(_ text: some StringProtocol) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
