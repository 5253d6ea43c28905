import Bytes
import CGlibc
import Foundation

/// What the system allows the program, and what that needs at least.
enum Limits {
  /// Files that are open at a time, beside those of workers: streams, lock, pool, journal, folders, raw files.
  private static let openFiles = 14
  /// Of its own, a worker has a reader of the pool.
  private static let openFilesOfWorker = 2
  /// Beside what the program and its libraries take.
  private static let memory = 40 << 20

  /// One a processor, if as many may have files open.
  static var workerCount: Int { min(ProcessInfo.processInfo.activeProcessorCount, jobLimit) }

  /// As many tasks as may have files open at a time.
  static var jobLimit: Int { max(1, (limit(RLIMIT_NOFILE) - openFiles) / openFilesOfWorker) }

  /// Errors: `inputOutput` where the program could not go far.
  static func check() throws(CurationError) {
    // New files must stay accessible to their owner, who works with them.
    umask(umask(0o777) & ~0o700)
    try checkOpenFiles()
    try checkMemory()
  }

  /// Keeps the numbers of closed standard streams from files, into which messages would be written then.
  static func occupyStandardStreams() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The lowest free number is given out. Reading and writing are errors as if it were closed.
      let mode = number == STDIN_FILENO ? O_WRONLY : O_RDONLY
      if open("/dev/null", mode) < 0 { _ = open("/", O_RDONLY) }
    }
  }

  /// Each thread has 64 MB of addresses from which it allocates; where it does not get them, every allocation is a
  /// call of the system. To be called before there are threads.
  static func saveAddresses() {
    let limit = memoryLimit
    if limit < Int.max, limit / 256 < workerCount << 20 { mallopt(M_ARENA_MAX, 1) }
  }

  private static func checkOpenFiles() throws(CurationError) {
    let need = openFiles + openFilesOfWorker
    var limits = rlimit()
    getrlimit(resource(RLIMIT_NOFILE), &limits)
    if limits.rlim_cur < limits.rlim_max {
      limits.rlim_cur = min(limits.rlim_max, max(limits.rlim_cur, 1024))
      setrlimit(resource(RLIMIT_NOFILE), &limits)
    }
    guard limits.rlim_cur < need else { return }
    throw CurationError(
      .inputOutput,
      "\(limits.rlim_cur) files may be open at a time, and \(need) must be; raise the limit with "
        + "'ulimit -n \(need)'")
  }

  private static func checkMemory() throws(CurationError) {
    guard memoryLimit < Int.max else { return }
    let words =
      "memory is short: \(grouped(memoryLimit >> 20)) MB of it may be used; raise the limit of address "
      + "space, or of data (ulimit -v, ulimit -d)"
    let probe = mmap(nil, memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard probe != MAP_FAILED else { throw CurationError(.inputOutput, words) }
    munmap(probe, memory)
    CrashMessage.install("curate: crashed, most likely since \(words)\n")
  }

  /// `Int.max` where there is none.
  private static var memoryLimit: Int { min(limit(RLIMIT_AS), limit(RLIMIT_DATA)) }

  private static func limit(_ kind: __rlimit_resource) -> Int {
    var limits = rlimit()
    return getrlimit(resource(kind), &limits) == 0 ? Int(clamping: limits.rlim_cur) : .max
  }

  private static func resource(_ kind: __rlimit_resource) -> __rlimit_resource_t {
    __rlimit_resource_t(kind.rawValue)
  }
}

/// Where memory is limited, a crash is most likely for want of it: neither Swift's library nor most C
/// libraries go on without what they ask for.
private enum CrashMessage {
  /// Never changed once the handler is there.
  nonisolated(unsafe) private static var message = UnsafeMutableBufferPointer<UInt8>(
    start: nil, count: 0)

  static func install(_ text: String) {
    message = .allocate(capacity: text.utf8.count)
    _ = message.initialize(from: text.utf8)
    for number in [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP] {
      signal(number) { _ in
        write(STDERR_FILENO, CrashMessage.message.baseAddress, CrashMessage.message.count)
        _exit(CurationError.Code.inputOutput.rawValue)
      }
    }
  }
}
