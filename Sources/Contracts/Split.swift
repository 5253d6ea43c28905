import Bytes

/// A part of the dataset by what it is for.
package enum Split: String, CaseIterable, Sendable {
  case train, validation, test

  /// As it stands in names of files: `train`.
  package var name: String { rawValue }

  /// Whether a model is measured by it.
  package var isHeldOut: Bool { self != .train }
}
