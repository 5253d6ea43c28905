import Bytes
package import Contracts

/// Makes the fingerprint by which items are compared.
package struct FingerprintStep: RecordStep {
  package static let name = "fingerprint"
  package static let summary = """
    Makes the fingerprint by which 'deduplicate' compares items: hashes of the title's words, of the \
    text's words, and of the text's shingles, which are runs of consecutive words.
    """
  package static let shingleWords = Parameter(
    "shingle-words", default: 5, "the words in a shingle", allowed: "between 1 and 100",
    where: { 1...100 ~= $0 })
  package static let parameters: [any ParameterDeclaration] = [shingleWords]
  package static let stage = RecordStage.fingerprint
  package static let dropReasons: [DropReason] = []

  private let shingleWords: Int

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    shingleWords = values[Self.shingleWords]
  }

  package func apply(to item: inout Item) -> Verdict {
    let text = item.text
    item.fingerprint = Fingerprint(text: text.span, shingleWords: shingleWords)
    return .keep
  }
}
