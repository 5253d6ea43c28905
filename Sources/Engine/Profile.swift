import Bytes
import Glibc
import Synchronization

/// Where a run's time went, by part.
///
/// Times are summed over concurrent tasks, so the total is the run's duration times the number of
/// tasks. Costs two clock reads for each part of each item, some 50 nanoseconds.
package final class Profile: Sendable {
  package struct Part: Sendable {
    /// A step's name, or one of `read`, `decode`, `pool` (with waiting for its writer), `index`,
    /// `candidates`, `write`, `report` (while splits are written), `sync`, `publish`.
    package let name: String
    package fileprivate(set) var nanoseconds: UInt64 = 0
    /// The number of items, batches or whatever the part processes.
    package fileprivate(set) var count = 0
  }

  private let mutex = Mutex<[Part]>([])

  package init() {}

  /// In the order of first occurrence.
  package var parts: [Part] { mutex.withLock { $0 } }

  package func add(_ name: String, _ nanoseconds: UInt64, count: Int = 1) {
    mutex.withLock { parts in
      let index = parts.firstIndex { $0.name == name } ?? parts.count
      if index == parts.count { parts.append(Part(name: name)) }
      parts[index].nanoseconds += nanoseconds
      parts[index].count += count
    }
  }

  /// Nanoseconds of a monotonic clock.
  package static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension Profile? {
  /// Returns the result of `body` and adds its time to the profile, if there is one.
  package func measure<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
    guard let profile = self else { return try body() }
    let start = Profile.now()
    defer { profile.add(name, Profile.now() - start) }
    return try body()
  }

  package func measure<Result>(
    _ name: String, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async rethrows -> Result {
    guard let profile = self else { return try await body() }
    let start = Profile.now()
    defer { profile.add(name, Profile.now() - start) }
    return try await body()
  }
}
