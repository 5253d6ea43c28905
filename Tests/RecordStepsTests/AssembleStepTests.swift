import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct AssembleStepTests {
  @Test(arguments: [
    (#""description": ["a", "b"], "features": ["c"]"#, "a\nb\nc\n"),
    (#""description": [], "features": []"#, ""),
    (#""description": [""], "features": ["c"]"#, "c\n"),
    (#""description": ["", ""], "features": ["c"]"#, "\n\nc\n"),
    (#""description": "one string""#, "one string\n"),
    (#""description": null, "features": null, "details": null"#, ""),
    (#""details": {}"#, "{}\n"),
    (#""features": [ "a" , "b" ]"#, "a\nb\n"),
    (
      #""features": ["quote \" slash \/ \u00e9 \ud83d\ude00 \ud83d lone"]"#,
      "quote \" slash / é 😀 \u{FFFD} lone\n"
    ),
    (
      #""details": {"B":{"x":713},"A":["é",1.50,true,null,-0]}"#,
      #"{"B": {"x": 713}, "A": ["\u00e9", 1.5, true, null, 0]}"# + "\n"
    ),
  ])
  func assembles(fields: String, contents: String) throws {
    var item = try makeItem(#"{"title": "T", \#(fields)}"#)
    #expect(try makeStep(AssembleStep.self).apply(to: &item).reason == nil)
    #expect(item.title.text == "T")
    #expect(item.contents.text == contents)
  }

  @Test(arguments: [
    (#""price": 1"#, "no-title"), (#""title": null"#, "no-title"), (#""title": 5"#, "wrong-type"),
    (#""title": "T", "description": 5"#, "wrong-type"),
    (#""title": "T", "features": {"a": "b"}"#, "wrong-type"),
    (#""title": "T", "features": ["a", null]"#, "wrong-type"),
    (#""title": "T", "details": ["a"]"#, "wrong-type"),
    (#""title": "T", "details": {"a": --1}"#, "wrong-type"),
    (#""title": "bad \q escape""#, "wrong-type"),
  ])
  func drops(fields: String, reason: String) throws {
    var item = try makeItem("{\(fields)}")
    #expect(try makeStep(AssembleStep.self).apply(to: &item).reason == reason)
  }

  /// As Python's `json.dumps(json.loads(text))`.
  @Test(arguments: [
    ("1e5", "100000.0"), ("1E+2", "100.0"), ("9145243782389554.0", "9145243782389554.0"),
    ("1e16", "1e+16"), ("1e-5", "1e-05"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("1e400", "Infinity"), ("-0.0", "-0.0"), (#""\u007f\/\u0001""#, #""\u007f/\u0001""#),
    (#""\ud83d\ude00 \uD83D""#, #""\ud83d\ude00 \ud83d""#),
  ])
  func writesDetailsAsPythonDoes(value: String, written: String) throws {
    var item = try makeItem(#"{"title": "T", "details": {"a": \#(value)}}"#)
    #expect(try makeStep(AssembleStep.self).apply(to: &item).reason == nil)
    #expect(item.contents.text == #"{"a": \#(written)}"# + "\n")
  }

  @Test func removesTextsOneAfterTheOther() throws {
    let step = try makeStep(
      AssembleStep.self, ["remove-from-details": .texts(["Item", "Package", ":"])])
    var item = try makeItem(#"{"title": "", "details": {"PackItemage": "1:2", "Items": "x"}}"#)
    _ = step.apply(to: &item)
    #expect(item.contents.text == #"{"" "12", "s" "x"}"# + "\n")
  }

  @Test func stopsBeforeTheDetailsWhenItHasEnough() throws {
    let step = try makeStep(AssembleStep.self, ["enough": .integer(5)])
    for (feature, contents) in [("1234", "1234\n"), ("123", "123\n{}\n"), ("éé", "éé\n{}\n")] {
      var item = try makeItem(#"{"title": "", "features": ["\#(feature)"], "details": {}}"#)
      _ = step.apply(to: &item)
      #expect(item.contents.text == contents)
    }
  }
}
