import Bytes
import Engine

/// Tells where a run's time went.
struct ProfileTable {
  private let parts: [Profile.Part]

  init(_ profile: Profile) {
    parts = profile.parts
  }

  var lines: [String] {
    let total = parts.reduce(0) { $0 + $1.nanoseconds }
    return [line("part", "ms", "share", "times", "ns each")]
      + parts.map { part in
        let share = part.nanoseconds * 1000 / max(total, 1)
        return line(
          part.name, grouped(Int(part.nanoseconds / 1_000_000)), "\(share / 10).\(share % 10)%",
          grouped(part.count), grouped(Int(part.nanoseconds) / max(part.count, 1)))
      }
  }

  private func line(_ name: String, _ columns: String...) -> String {
    name + String(repeating: " ", count: max(0, 14 - name.count))
      + columns.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined()
  }
}
