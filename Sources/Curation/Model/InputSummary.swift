/// A raw file that was read, and what became of its lines.
public struct InputSummary: Codable, Equatable, Sendable {
  public let name: String
  public let bytes: Int
  public let sha256: String
  public let lines: Ledger
  /// Where the file is damaged; only of runs that were told to skip damage.
  public let damage: Damage?
}

/// The tokenizer that made the rows.
public struct TokenizerSummary: Codable, Equatable, Sendable {
  public let kind: String
  public let sha256: String
}
