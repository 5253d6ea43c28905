/// Why a tokenizer file could not be loaded, said so that a person can mend it.
package struct TokenizerError: Error, Equatable, CustomStringConvertible {
  /// The sort of failure, for a caller that treats them differently.
  package enum Code: String, Sendable {
    /// The file cannot be opened or read; the message holds the system's reason.
    case unreadable
    /// The file is neither of the two formats.
    case notATokenizer
    /// The file is of a known format, and asks for something that this library does not do.
    case unsupported
    /// The file is of a known format, and damaged.
    case malformed
  }

  package let code: Code
  /// The file, as it was given.
  package let path: String
  /// The line in the file, from 1, where the format has lines and the failure is in one.
  package let line: Int?
  /// What is wrong, and, where something can be done, what to do.
  package let message: String

  /// `path:line: message`
  package var description: String {
    "\(path):\(line.map { "\($0):" } ?? "") \(message)"
  }

  init(_ code: Code, _ path: String, line: Int? = nil, _ message: String) {
    self.code = code
    self.path = path
    self.line = line
    self.message = message
  }
}
