import Glibc

/// Colours on standard output; none where that is no terminal, or where `NO_COLOR` or `TERM` say so.
struct StandardOutput {
  enum Style: String {
    case heading = "1"
    case faint = "2"
    case removed = "31;9"
    case added = "32"
    case amber = "33"
    case good = "1;32"
    case bad = "1;31"
    case evenToken = "30;47"
    case oddToken = "30;46"
    case evenAnswerToken = "30;42"
    case oddAnswerToken = "30;43"
  }

  static let isTerminal = isatty(STDOUT_FILENO) == 1

  static let isOn =
    isTerminal && StandardError.variable("NO_COLOR").isEmpty
    && StandardError.variable("TERM") != "dumb"

  /// The columns of the terminal; no limit elsewhere, so that lines stay whole for programs.
  static var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return .max
    }
    return Int(size.ws_col)
  }

  static func paint(_ text: some StringProtocol, _ style: Style) -> String {
    isOn ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : String(text)
  }
}
