import Bytes
import Foundation

/// What a model answered: a text, or a number alone.
package struct Reply: Equatable, Sendable {
  package let text: String
  /// In dollars, at most `limit` to either side; nil where the text has no number.
  package let price: Double?

  /// Beyond this, numbers count as this, so that one slip of a model leaves the measures finite.
  package static let limit = 1e9

  /// By the first number in the text, `$` and commas taken out, as the course reads it: a sign counts only
  /// before a number with a point.
  package init(text: String) {
    self.init(
      text, Self.plain(text).firstMatch(of: /[-+]?[0-9]*\.[0-9]+|[0-9]+/).flatMap { Double($0.0) })
  }

  /// The number that the text is, if it is one, or else as `init(text:)`.
  package init(guess: String) {
    let plain = Self.plain(guess).filter { !$0.isWhitespace }
    if plain.allSatisfy({ "+-.eE0123456789".contains($0) }), let number = Double(plain) {
      self.init(guess, number)
    } else {
      self.init(text: guess)
    }
  }

  /// The reply without the prompt, which some programs give back before what the model made.
  package func behind(_ prompt: String) -> Reply {
    guard !prompt.isEmpty, text.utf8.count > prompt.utf8.count, let place = text.range(of: prompt)
    else { return self }
    return Reply(text: String(text[place.upperBound...]))
  }

  private init(_ text: String, _ price: Double?) {
    self.text = text
    self.price = price.map { min(max($0, -Self.limit), Self.limit) }
  }

  private static func plain(_ text: String) -> String { text.filter { $0 != "$" && $0 != "," } }
}
