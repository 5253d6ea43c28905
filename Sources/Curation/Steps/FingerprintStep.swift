/// Makes the fingerprint by which items are compared.
public struct FingerprintStep: RecordStep {
  public static let name = "fingerprint"
  public static let summary = """
    Makes the fingerprint by which 'deduplicate' compares items: hashes of the title's words, of the \
    text's words, and of the text's shingles, which are runs of consecutive words.
    """
  static let shingleWords = Parameter(
    "shingle-words", default: 5, "the words in a shingle", allowed: "between 1 and 100",
    where: { 1...100 ~= $0 })
  public static let parameters: [any ParameterDeclaration] = [shingleWords]
  public static let stage = RecordStage.fingerprint
  public static let dropReasons: [DropReason] = []

  private let shingleWords: Int

  public init(_ values: ParameterValues, _ resources: StepResources) throws {
    shingleWords = values[Self.shingleWords]
  }

  public func apply(to item: inout Item) -> Verdict {
    let text = item.text
    item.fingerprint = Fingerprint(text: text.span, shingleWords: shingleWords)
    return .keep
  }
}
