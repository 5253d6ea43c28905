import Tokenization

/// A product on its way through the record steps. Each worker has one item and reuses its storage,
/// so a step must set what it makes and may not rely on what stood there before.
///
/// All texts are UTF-8 bytes.
public struct Item: ~Copyable {
  /// The raw record.
  public internal(set) var product = Product()
  /// From the raw file's name: `Appliances` for `meta_Appliances.jsonl.gz`.
  public internal(set) var category = ""
  /// In dollars; set by `price`.
  public var price = 0.0
  /// Set by `assemble`, rewritten by the steps on contents.
  public var title: [UInt8] = []
  /// Description, features and details; set by `assemble`, rewritten by the steps on contents.
  public var contents: [UInt8] = []
  /// Mentions of its own price taken out; 0 by `assemble`, counted up by `redact-price`.
  public var redactions = 0
  /// What the prompt asks about: title, line feed, contents; emptied by `assemble`, set by
  /// `token-window`.
  public var text: [UInt8] = []
  /// Title, line feed and contents with the tokens that `text` was made of; set by `token-window`.
  public var window = EncodedText()
  /// Up to and including the prefix of the answer; set by `prompt`.
  public var prompt: [UInt8] = []
  /// Such as `374.00`; set by `prompt`.
  public var answer: [UInt8] = []
  /// Tokens of the prompt and the answer together; set by `prompt`.
  public var tokenCount = 0
  /// Some of the record's details as a JSON object; set by `keep-details`.
  public var details = Array("{}".utf8)
  /// Set by `fingerprint`; nil without that step.
  public var fingerprint: Fingerprint?
  /// For encoding, by whatever step does.
  public var words = WordMemory()
  /// For a step's own use; holds anything when the step begins.
  public var scratch: [UInt8] = []

  public init() {}

  /// Makes the text of title, line feed and contents.
  mutating func setTextFromTitleAndContents() {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: title)
    text.append(UInt8(ascii: "\n"))
    text.append(contentsOf: contents)
  }

  /// The first line of the text becomes the title, the rest the contents.
  mutating func setTitleAndContentsFromText() {
    let end = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.count
    title.removeAll(keepingCapacity: true)
    title.append(contentsOf: text[..<end])
    contents.removeAll(keepingCapacity: true)
    contents.append(contentsOf: text.dropFirst(end + 1))
  }

  /// The price in whole dollars, a half going to the even neighbour, as Python's `round` does.
  public var dollars: Int { Int(clampingWhole: price) }
}

extension Int {
  /// The nearest whole number, a half going to the even neighbour; NaN and what is too large for
  /// dollars is held within 0 and a billion.
  init(clampingWhole number: Double) {
    self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number, 0), 1e9).rounded(.toNearestOrEven))
  }
}
