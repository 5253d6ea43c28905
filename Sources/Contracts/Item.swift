import Bytes
package import Tokenization

/// A product passing through the record steps. Each worker has one item and reuses its storage, so
/// a step must set its outputs and may not rely on their previous values.
///
/// All texts are UTF-8 bytes.
package struct Item: ~Copyable {
  /// The raw record.
  package var product = Product()
  /// From the raw file's name: `Appliances` for `meta_Appliances.jsonl.gz`.
  package var category = ""
  /// In dollars; set by `price`.
  package var price = 0.0
  /// Set by `assemble`, rewritten by the contents steps.
  package var title: [UInt8] = []
  /// Description, features and details; set by `assemble`, rewritten by the contents steps.
  package var contents: [UInt8] = []
  /// Removed mentions of its own price; reset by `assemble`, counted by `redact-price`.
  package var redactions = 0
  /// What the prompt asks about: title, line feed, contents; emptied by `assemble`, set by
  /// `token-window`.
  package var text: [UInt8] = []
  /// Title, line feed and contents, with the tokens that make up `text`; set by `token-window`.
  package var window = EncodedText()
  /// Up to and including the prefix of the answer; set by `prompt`.
  package var prompt: [UInt8] = []
  /// Such as `374.00`; set by `prompt`.
  package var answer: [UInt8] = []
  /// Tokens of the prompt and the answer together; set by `prompt`.
  package var tokenCount = 0
  /// Some of the record's details as a JSON object; set by `keep-details`.
  package var details = Array("{}".utf8)
  /// Set by `fingerprint`; nil without that step.
  package var fingerprint: Fingerprint?
  /// A cache for the steps that encode text.
  package var words = TokenCache()
  /// Scratch space for one step; its contents are arbitrary when the step begins.
  package var scratch: [UInt8] = []

  package init() {}

  /// Sets the text to the title, a line feed and the contents.
  package mutating func setTextFromTitleAndContents() {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: title)
    text.append(UInt8(ascii: "\n"))
    text.append(contentsOf: contents)
  }

  /// The first line of the text becomes the title, the rest the contents.
  package mutating func setTitleAndContentsFromText() {
    let end = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.count
    title.removeAll(keepingCapacity: true)
    title.append(contentsOf: text[..<end])
    contents.removeAll(keepingCapacity: true)
    contents.append(contentsOf: text.dropFirst(end + 1))
  }

  /// The price in whole dollars, rounded half to even, like Python's `round`.
  package var dollars: Int { Int(clampingWhole: price) }
}
