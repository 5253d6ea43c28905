import Glibc
import Synchronization

/// The standard error stream, where everything goes that is not data.
enum Terminal {
  private static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Whether lines can be shown in place of others.
  static let canRedraw = isInteractive && !["", "dumb"].contains(variable("TERM"))

  /// How things may look on it.
  static let look = Look(
    isColoured: canRedraw && variable("NO_COLOR").isEmpty,
    hasBlocks: (["LC_ALL", "LC_CTYPE", "LANG"].lazy.map(variable).first { !$0.isEmpty } ?? "")
      .lowercased().replacing("-", with: "").hasSuffix("utf8"))

  struct Look {
    var isColoured = false
    /// Whether it has characters beyond ASCII, of which bars can be made.
    var hasBlocks = false
  }

  /// The lines that are shown for the time being. The cursor stands at the beginning of the first, so
  /// that it stays with them when the window changes its size.
  private struct Display {
    var isUp = false
    var isOver = false
  }

  private static let display = Mutex(Display())

  /// Says a line for good, above what is shown for the time being.
  static func say(_ line: String) {
    let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { String($0).printable + "\n" }.joined()
    display.withLock { display in
      write(erasing(&display) + text)
    }
  }

  /// Shows lines in place of those that were shown so before. They must fit into the window.
  static func show(_ lines: [String]) {
    display.withLock { display in
      guard canRedraw, !display.isOver, !lines.isEmpty else { return }
      display.isUp = true
      let up = lines.count > 1 ? "\u{1B}[\(lines.count - 1)A" : ""
      write("\r" + lines.joined(separator: "\u{1B}[K\n") + "\u{1B}[K\u{1B}[J\r" + up)
    }
  }

  /// Takes away what is shown for the time being, for good.
  static func endDisplay() {
    display.withLock { write(ending(&$0)) }
  }

  /// The same, but waits for nobody who is writing: for a program that ends at once.
  static func endDisplayIfPossible() {
    display.withLockIfAvailable { write(ending(&$0)) }
  }

  /// The columns and rows of the window.
  static var windowSize: (width: Int, height: Int) {
    var size = winsize()
    let isKnown =
      ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0
    return isKnown ? (Int(size.ws_col), Int(size.ws_row)) : (80, 24)
  }

  private static func ending(_ display: inout Display) -> String {
    display.isOver = true
    return erasing(&display)
  }

  private static func erasing(_ display: inout Display) -> String {
    defer { display.isUp = false }
    return display.isUp ? "\r\u{1B}[J" : ""
  }

  /// Nobody can be told that nobody can be told: a closed or full stream is left alone.
  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    if !bytes.isEmpty { _ = Glibc.write(STDERR_FILENO, bytes, bytes.count) }
  }

  static func variable(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }
}
