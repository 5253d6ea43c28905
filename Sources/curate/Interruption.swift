import Bytes
import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGXCPU: the first ends the work in order, and the program after some seconds, whatever that
/// is stuck in; the next one ends it at once.
enum Interruption {
  private static let numbers = [SIGINT, SIGTERM, SIGXCPU, SIGALRM]
  /// Seconds that an ordered end may take.
  private static let patience: UInt32 = 10
  /// `timeout` and others send a signal twice, once to the program and once to its group: what comes within so
  /// many milliseconds is the same one.
  private static let echo = 300

  /// When the first signal came, in milliseconds of a clock that never stands at 0; 0 before.
  private static let first = Atomic<Int>(0)
  private static let isOutOfTime = Atomic<Bool>(false)
  /// How many signals wait for `await`. Never moved or freed, and made for use in handlers.
  nonisolated(unsafe) private static let arrivals: UnsafeMutablePointer<sem_t> = {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
    return semaphore
  }()

  /// To be called on the main thread, which alone takes the signals.
  static func install() {
    // Handlers must not be the first to ask for what is made when it is first asked for.
    isOutOfTime.store(false, ordering: .relaxed)
    _ = (arrivals, first.load(ordering: .relaxed), numbers, patience, echo)
    StandardError.prepareForSignals()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      let error = errno
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      let now = 1 + time.tv_sec * 1000 + time.tv_nsec / 1_000_000
      let earlier = Interruption.first.compareExchange(
        expected: 0, desired: now, ordering: .relaxed
      ).original
      // The system sends SIGXCPU again each second.
      let isRepeated = number == SIGXCPU && earlier != 0
      if number == SIGALRM || !isRepeated && earlier != 0 && now - earlier > Interruption.echo {
        StandardError.endAtOnce("curate: interrupted\n")
        _exit(CurationError.Code.interrupted.rawValue)
      }
      if number == SIGXCPU { Interruption.isOutOfTime.store(true, ordering: .relaxed) }
      if earlier == 0 {
        alarm(Interruption.patience)
        sem_post(Interruption.arrivals)
      }
      errno = error
    }
    for number in numbers { sigaction(number, &action, nil) }
    var set = signals
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// What is to be said of it.
  static var remark: String {
    isOutOfTime.load(ordering: .relaxed)
      ? "; the limit of processor time (ulimit -t) is reached" : ""
  }

  static var hasBegun: Bool { first.load(ordering: .relaxed) != 0 }

  /// Calls `body` when the program is to end in order.
  static func await(_ body: () -> Void) -> Never {
    while true {
      if sem_wait(arrivals) == 0 { body() }
    }
  }

  static func withSignalsBlocked<Result>(_ body: () -> Result) -> Result {
    var (set, before) = (signals, sigset_t())
    pthread_sigmask(SIG_BLOCK, &set, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return body()
  }

  private static var signals: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    return set
  }
}
