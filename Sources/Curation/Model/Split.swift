/// A part of the dataset by what it is for.
public enum Split: String, CaseIterable, Sendable {
  case train, validation, test

  /// As it stands in names of files: `train`.
  public var name: String { rawValue }

  /// Whether a model is measured by it.
  public var isHeldOut: Bool { self != .train }
}
