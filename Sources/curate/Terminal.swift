import Glibc

/// The standard error stream, where everything goes that is not data.
enum Terminal {
  static let isInteractive = isatty(STDERR_FILENO) == 1

  static func say(_ line: String) {
    write(line + "\n")
  }

  /// Shows `line` in place of what was shown so before; only on a terminal.
  static func show(_ line: String) {
    guard isInteractive else { return }
    write("\r\u{1B}[2K\(line.prefix(width - 1))")
  }

  static func clearLine() {
    guard isInteractive else { return }
    write("\r\u{1B}[2K")
  }

  /// Nobody can be told that nobody can be told: a closed or full stream is left alone.
  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }

  private static var width: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }
}
