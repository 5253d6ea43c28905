import TestSupport
import Testing

@testable import Bytes
@testable import Contracts

struct BytesTests {
  @Test(arguments: [
    "", "a", "é", "12345678", "1234567é", "日本語のテキスト, and ASCII ☕️👍🏽", "\u{7F}\u{80}\u{10FFFF}",
  ])
  func countsCodePoints(text: String) {
    for repeats in [1, 3, 50] {
      let long = String(repeating: text, count: repeats)
      let count = Array(long.utf8).withUnsafeBytes { codePointCount(of: $0) }
      #expect(count == long.unicodeScalars.count)
    }
  }
}
