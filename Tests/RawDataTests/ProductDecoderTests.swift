import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RawData

struct ProductDecoderTests {
  @Test(arguments: [
    ("", UnreadableReason.empty), ("   ", .empty), ("nonsense", .notJSON), ("[1]", .notObject),
    ("5", .notObject), (#""text""#, .notObject), (#"{"title": "cut"#, .notJSON),
    (#"{"title": "a", "price""#, .notJSON), (#"{"title": "a"} {"title": "b"}"#, .notJSON),
    (#"{"title": "a"}x"#, .notJSON), (#"{"title" "a"}"#, .notJSON),
    (#"{"price": 012.5}"#, .notJSON), (#"{"price": 5.}"#, .notJSON), (#"{"price": 1_0}"#, .notJSON),
    (#"{"price": 5, "details": {"a":[1 2]}}"#, .notJSON),
    (#"{"price": 5, "title": "\q"}"#, .notJSON),
    (#"{"price": 5, "details": {"a": tru}}"#, .notJSON), (#"{"price": nonsense}"#, .notJSON),
  ])
  func refuses(line: String, reason: UnreadableReason) throws {
    #expect(try decode(Array(line.utf8)).reason == reason)
  }

  @Test(
    arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5, 0x80, 0x80, 0x80]]
      as [[UInt8]])
  func refusesWhatIsNotUTF8(bytes: [UInt8]) throws {
    let line = Array(#"{"other": ""#.utf8) + bytes + Array(#""}"#.utf8)
    #expect(try decode(line).reason == .notUTF8)
  }

  @Test func findsFieldsInAnyOrder() throws {
    let line = """
      \u{FEFF}{"skipped": {"title": "no", "deep": [[{"price": 1}]]}, "details" : { "a": [1, 2] } , \
      "price":9.5 ,"features": ["x", "y"], "title":"T\\"1", "parent_asin": "B0"}\r
      """
    let product = try decode(Array(line.utf8)).product
    func raw(_ field: Product.Field) -> String {
      Array(product.json[product.range(of: field)]).text
    }
    #expect(raw(.id) == #""B0""#)
    #expect(raw(.title) == #""T\"1""#)
    #expect(raw(.price) == "9.5")
    #expect(raw(.description) == "")
    #expect(raw(.features) == #"["x", "y"]"#)
    #expect(raw(.details) == #"{ "a": [1, 2] }"#)
  }

  @Test func findsKeysThatAreSpelledWithEscapes() throws {
    let product = try decode(Array(#"{"pric\u0065": 7, "\u0070": 8}"#.utf8)).product
    #expect(product.json.text == "7")
  }

  @Test func takesTheLastOfAKeyThatStandsTwice() throws {
    let product = try decode(Array(#"{"price": 1, "price": 2}"#.utf8)).product
    #expect(product.json.text == "2")
  }

  @Test(arguments: [
    (#"{"parent_asin": "B01"}"#, "B01"), (#"{"parent_asin": 123}"#, "123"),
    (#"{"title": "x"}"#, "content-"), (#"{"parent_asin": ""}"#, "content-"),
    (#"{"parent_asin": null}"#, "content-"),
  ])
  func givesEveryProductAnID(line: String, id: String) throws {
    var bytes: [UInt8] = []
    try decode(Array(line.utf8)).product.appendID(to: &bytes)
    #expect(id == "content-" ? bytes.text.hasPrefix(id) && bytes.count == 24 : bytes.text == id)
  }

  private func decode(_ line: [UInt8]) throws -> (reason: UnreadableReason?, product: Product) {
    var decoder = try ProductDecoder()
    var product = Product()
    let padded = line + [UInt8](repeating: 0, count: 64)
    return (decoder.decode(padded.span, line.indices, into: &product), product)
  }
}
