import Dispatch
import Glibc
import Synchronization
import Tokenization

/// The threads that the program's tasks run on: as many as there are processors, or as the system gives.
///
/// They are made at the start, and one is enough. libdispatch, on which tasks run otherwise, makes threads when it
/// wants them, and tries for ever where it gets none.
final class Workers: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let waitingJobs = DispatchSemaphore(value: 0)

  /// The thread that makes it is one of them, by `serve`.
  init() {
    for _ in 1..<Limits.workerCount where !startThread({ self.serve() }) { return }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waitingJobs.signal()
  }

  func serve() -> Never {
    while true {
      waitingJobs.wait()
      jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}

/// Starts a thread that no signal interrupts, with as large a stack as is usual, whatever `ulimit -s` says.
///
/// - Returns: false where the system gives none.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, 8 << 20)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  let context = Unmanaged.passRetained(Body(body))
  var thread = pthread_t()
  // A thread begins with the mask of the one that makes it.
  let status = Interruption.withSignalsBlocked {
    pthread_create(
      &thread, &attributes,
      { context in
        context.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
  }
  if status != 0 { context.release() }
  return status == 0
}
