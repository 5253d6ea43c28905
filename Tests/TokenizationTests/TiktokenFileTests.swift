import Foundation
import Testing

@testable import Tokenization

/// What is wrong with a tiktoken file is an error that says so, and never a trap.
struct TiktokenFileTests {
  private func error(_ contents: String, kind: Tokenizer.Kind? = .llama3) throws -> TokenizerError?
  {
    try withFile(contents) { path in
      #expect(throws: TokenizerError.self) { try Tokenizer(contentsOf: path, kind: kind) }
    }
  }

  @Test(
    arguments: [
      "", "\n", "not a tokenizer\n", "AA== x\n", "AA==\n", "AA== 1\n", "====  0\n", " 0\n", "\u{0}",
      "🙂 0\n",
    ])
  func noTokenizer(contents: String) throws {
    #expect(try error(contents)?.code == .notATokenizer)
  }

  @Test(
    arguments: [
      "YWI 258",  // Padding is missing.
      "YW= 258", "YWI== 258", "Y 258", "YW=I 258", "YW*I 258", "258",
      "YWI=", "YWI= ", "YWI=258", "YWI=  258", "YWI= 258 ", "YWI= 258 1", "YWI= x", "YWI= -1",
      "YWI= 257", "YWI= 259", "YWI= 0", "YWI= 4294967296", "YWI= 99999999999999999999999999",
      "",
    ])
  func malformedLine(line: String) throws {
    // The 256 bytes, "aa", "aab": the line is the 259th.
    let lines = SampleVocabulary(words: ["aa", "aab"]).tiktokenLines
    let error = try error((lines + [line, "YWFh 259"]).joined(separator: "\n"))
    #expect(error?.code == .malformed)
    #expect(error?.line == 259)
    #expect(error?.message.contains("rank 258") == true)
  }

  @Test func repeatedToken() throws {
    let error = try error(
      SampleVocabulary(words: ["aa", "ab", "aa"]).tiktokenLines.joined(separator: "\n"))
    #expect(error?.code == .malformed)
    #expect(error?.line == 259)
    #expect(error?.message.contains("line 257") == true)
  }

  @Test func missingByte() throws {
    var lines = SampleVocabulary(words: []).tiktokenLines
    lines.removeLast()
    let error = try error(lines.joined(separator: "\n"))
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("byte 255") == true)
  }

  @Test("Cut anywhere, the file is an error or a shorter vocabulary")
  func truncated() throws {
    let contents = SampleVocabulary().tiktokenLines.joined(separator: "\n")
    for length in stride(from: 0, to: contents.utf8.count, by: 7) {
      try withFile(Data(contents.utf8.prefix(length))) { path in
        do throws(TokenizerError) {
          let tokenizer = try Tokenizer(contentsOf: path, kind: .llama3)
          #expect(tokenizer.vocabularySize >= 256)
        } catch {
          #expect(error.code == .malformed || error.code == .notATokenizer)
        }
      }
    }
  }

  @Test("Line ends may be missing at the end, or of Windows", arguments: ["\n", "\r\n"])
  func lineEnds(separator: String) throws {
    let contents = SampleVocabulary().tiktokenLines.joined(separator: separator)
    for contents in [contents, contents + separator] {
      let size = try withFile(contents) {
        try Tokenizer(contentsOf: $0, kind: .llama3).vocabularySize
      }
      #expect(size == SampleVocabulary().tokens.count)
    }
  }

  @Test func unknownKind() throws {
    let error = try error(
      SampleVocabulary().tiktokenLines.joined(separator: "\n"), kind: nil)
    #expect(error?.code == .unsupported)
    for kind in Tokenizer.Kind.allCases {
      #expect(error?.message.contains(kind.rawValue) == true)
    }
  }

  @Test(
    arguments: [
      ("/no/such/file", "No such file or directory"), ("/", "is a folder"),
      ("/dev/zero", "a device"),
    ])
  func unreadable(path: String, message: String) {
    let error = #expect(throws: TokenizerError.self) { try Tokenizer(contentsOf: path) }
    #expect(error?.code == .unreadable)
    #expect(error?.description.hasPrefix("\(path): ") == true)
    #expect(error?.description.contains(message) == true)
  }
}
