import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct KeepDetailsStepTests {
  @Test(
    arguments: [
      (
        #"{"a": "1.5 pounds", "b": {"Toys": 3, "Games": [1, 2.50]}, "c": "x"}"#,
        #"{"a": "1.5 pounds", "b": {"Toys": 3, "Games": [1, 2.5]}}"#
      ),
      (#"{"x":{"a":1},"y":["a"],"b":null}"#, #"{"b": null}"#),
      (#" { "b" : "\"}" , "a" : "é\n" } "#, #"{"b": "\"}", "a": "\u00e9\n"}"#),
      (#"{"\u0061": true, "a": []}"#, #"{"a": true, "a": []}"#),
      ("{}", "{}"), ("null", "{}"), (#""a""#, "{}"), (#"["a"]"#, "{}"),
      // What is not JSON is left out, and what follows it where its end cannot be told.
      (#"{"a": --1, "b": 2}"#, #"{"b": 2}"#),
      (#"{"a": "\x", "b": 2}"#, #"{"b": 2}"#),
      (#"{"a": {"x" 1}, "b": 2}"#, "{}"),
      (#"{"b": 2, "a": [1,], "b": 3}"#, #"{"b": 2}"#),
      (#"{"b": 2 "a": 1}"#, #"{"b": 2}"#),
      (#"{"b": 2, a: 1}"#, #"{"b": 2}"#),
      (#"{"b": 2, "a":}"#, #"{"b": 2}"#),
    ])
  func theNamedFieldsAreKeptAsJSON(details: String, kept: String) throws {
    var item = try makeItem(#"{"title": "T", "details": \#(details)}"#)
    item.details = Array("what stood here before".utf8)
    let step = try makeStep(KeepDetailsStep.self, ["names": .texts(["a", "b"])])
    _ = step.apply(to: &item)
    #expect(item.details.text == kept)
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(item.details))
    }
  }

  @Test(arguments: [(16, true), (17, false)])
  func nestingHasItsBound(levels: Int, isKept: Bool) throws {
    let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    var item = try makeItem(#"{"title": "T", "details": {"Brand": \#(nested)}}"#)
    _ = try makeStep(KeepDetailsStep.self).apply(to: &item)
    #expect(item.details.text == (isKept ? #"{"Brand": \#(nested)}"# : "{}"))
  }

  @Test func withoutDetailsNothingIsKept() throws {
    var item = try makeItem(#"{"title": "T"}"#)
    _ = try makeStep(KeepDetailsStep.self).apply(to: &item)
    #expect(item.details.text == "{}")
  }
}
