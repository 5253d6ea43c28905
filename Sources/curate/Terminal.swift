import Foundation

/// The standard error stream, where everything goes that is not data.
enum Terminal {
  static let isInteractive = isatty(STDERR_FILENO) == 1

  static func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Shows `line` in place of what was shown so before; only on a terminal.
  static func show(_ line: String) {
    guard isInteractive else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K\(line.prefix(width - 1))".utf8))
  }

  static func clearLine() {
    guard isInteractive else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
  }

  private static var width: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }
}
