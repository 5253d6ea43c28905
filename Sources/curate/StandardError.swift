import Bytes
import Glibc
import Synchronization

/// The standard error stream, where everything goes that is not data.
enum StandardError {
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
    var width = 0
  }

  private static let display = Mutex(Display())

  /// Says lines for good, above what is shown for the time being. Those that are too wide for the window are
  /// broken between words.
  static func say(_ message: String) {
    let columns = columns
    let text = message.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      let line = String(line).printable
      // A command that goes on in the next line stays as it is.
      guard line.displayWidth > columns, !line.hasSuffix(" \\") else { return [line] }
      let margin = String(line.prefix { $0 == " " })
      return wrapped(line, lead: margin, indent: margin.count + 2, width: columns)
    }.map { $0 + "\n" }.joined()
    display.withLock { display in
      write(erasing(&display) + text)
    }
  }

  /// Shows lines in place of those that were shown so before. They must fit into the window.
  static func show(_ lines: [String]) {
    display.withLock { display in
      guard canRedraw, !display.isOver, !lines.isEmpty else { return }
      // What the terminal has broken in two, since its window became narrower, stays one line for it.
      let width = windowSize.width
      if display.width != width { write(erasing(&display)) }
      (display.isUp, display.width) = (true, width)
      isUp.store(true, ordering: .relaxed)
      let up = lines.count > 1 ? "\u{1B}[\(lines.count - 1)A" : ""
      write("\r" + lines.joined(separator: "\u{1B}[K\n") + "\u{1B}[K\u{1B}[J\r" + up)
    }
  }

  /// Takes away what is shown for the time being, for good.
  static func endDisplay() {
    display.withLock { write(ending(&$0)) }
  }

  /// Whether lines are shown for the time being, for `endAtOnce`.
  private static let isUp = Atomic<Bool>(false)

  /// Makes what `endAtOnce` uses.
  static func prepareForSignals() { isUp.store(false, ordering: .relaxed) }

  /// The same, and says a line: for a program that ends at once. Fit for a signal handler, and waits for nobody.
  static func endAtOnce(_ message: StaticString) {
    func write(_ text: StaticString) {
      // A pipe that nobody empties would not take it.
      var stream = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
      guard poll(&stream, 1, 0) == 1, stream.revents == POLLOUT else { return }
      _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
    if isUp.load(ordering: .relaxed) { write("\r\u{1B}[J") }
    write(message)
  }

  /// The columns and rows of the window.
  static var windowSize: (width: Int, height: Int) {
    var size = winsize()
    let isKnown =
      ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0
    return isKnown ? (Int(size.ws_col), Int(size.ws_row)) : (80, 24)
  }

  /// The columns that a line may take; no limit outside a terminal, so that lines stay whole for programs.
  static var columns: Int { isInteractive ? windowSize.width : .max }

  /// The columns of texts for people: 80, or those of a narrower window.
  static var textWidth: Int { min(80, columns) }

  private static func ending(_ display: inout Display) -> String {
    display.isOver = true
    return erasing(&display)
  }

  private static func erasing(_ display: inout Display) -> String {
    defer {
      display.isUp = false
      isUp.store(false, ordering: .relaxed)
    }
    return display.isUp ? "\r\u{1B}[J" : ""
  }

  /// Nobody can be told that nobody can be told: a closed or full stream is left alone, and a pipe that nobody
  /// reads any more does not end the program.
  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return }
    var (pipe, before, zero) = (sigset_t(), sigset_t(), timespec())
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let isBroken = Glibc.write(STDERR_FILENO, bytes, bytes.count) < 0 && errno == EPIPE
    // The signal is this thread's, and must not come when it is unblocked.
    if isBroken { sigtimedwait(&pipe, nil, &zero) }
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  static func variable(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }
}
