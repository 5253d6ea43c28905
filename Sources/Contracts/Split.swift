import Bytes

/// A part of the dataset, by purpose.
package enum Split: String, CaseIterable, Sendable {
  case train, validation, test

  /// As used in file names: `train`.
  package var name: String { rawValue }

  /// Whether models are evaluated on it.
  package var isHeldOut: Bool { self != .train }
}
