/// What went wrong, for the person who ran the command: what happened, where, what to do.
package struct CurationError: Error, CustomStringConvertible, Sendable {
  /// The kind of error; the raw value is the exit code of the command (from BSD's sysexits if it has
  /// one, 128 + SIGINT for an interruption).
  package enum Code: Int32, Sendable {
    case usage = 64
    case badData = 65
    case noInput = 66
    case inputOutput = 74
    case badRecipe = 78
    case interrupted = 130
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
