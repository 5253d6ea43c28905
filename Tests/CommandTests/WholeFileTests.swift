import Foundation
import Testing

/// Files that commands make by themselves: pages and samples.
struct WholeFileTests {
  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("id,guess\nB1,3\n", to: "g.csv")
    try place.write(#"{"id": "B1", "price": 3, "prompt": "p"}"#, to: "t.jsonl")
    return place
  }

  private static let evaluate = [
    "evaluate", "--quiet", "--guesses", "g.csv", "--test", "t.jsonl", "--page",
  ]

  @Test func whatIsTheUsersStays() async throws {
    let place = try place()
    let names = ["page.partial", "s/meta_Appliances.jsonl.gz.partial", "s/.mine"]
    for name in names { try place.write("mine", to: name) }
    for arguments in [Self.evaluate + ["page"], ["synthesize", "s", "--items", "20"]] {
      let result = try await place.run(arguments)
      #expect(result.code == 0, "\(result.errors)")
    }
    for name in names { #expect(try place.read(name) == "mine", "\(name)") }
    #expect(try place.read("page").hasSuffix("</html>\n"))
    #expect(
      try place.names() == ["bytes.tiktoken", "g.csv", "page", "page.partial", "s", "t.jsonl"])
    #expect(try place.names(in: "s").count == 10)
  }

  /// No byte of what fails is left, and what was there stays.
  @Test(arguments: ["ulimit -f 1", "ulimit -f 0"])
  func whatFailsLeavesNothing(limit: String) async throws {
    let place = try place()
    try place.write("old", to: "page")
    for arguments in [
      Self.evaluate + ["page"], ["synthesize", "s", "--items", "3000"],
      ["synthesize", "s", "--items", "3000", "--force"],
    ] {
      // Standard error is a file, too, and may not grow either.
      let result = try await Command.run(
        arguments, in: place.path, after: "\(limit); exec 2>/dev/null")
      #expect(result.code == 74)
    }
    #expect(try place.read("page") == "old")
    #expect(try place.names() == ["bytes.tiktoken", "g.csv", "page", "s", "t.jsonl"])
    #expect(try place.names(in: "s").isEmpty)
  }

  @Test func linksLeadToTheirFilesWhichKeepTheirPermissions() async throws {
    let place = try place()
    try place.shell("echo old >real; chmod 640 real; ln -s real page; ln -s nowhere dangling")
    let result = try await place.run(Self.evaluate + ["page"])
    #expect(result.code == 0, "\(result.errors)")
    try place.shell("test -h page && test $(stat -c %a real) = 640 && grep -q '</html>' real")
    let dangling = try await place.run(Self.evaluate + ["dangling"])
    #expect(
      dangling.code == 74 && dangling.errors.contains("dangling symbolic link"),
      "\(dangling.errors)")
    try place.shell("test ! -e nowhere")
  }

  /// But what is made is open to its owner.
  @Test func theUmaskIsKept() async throws {
    let place = try place()
    let result = try await Command.run(
      Self.evaluate + ["page"], in: place.path, after: "umask 027")
    #expect(result.code == 0)
    let samples = try await Command.run(
      ["synthesize", "s", "--items", "9"], in: place.path, after: "umask 0777")
    #expect(samples.code == 0, "\(samples.errors)")
    try place.shell("test $(stat -c %a page) = 640 && test $(stat -c %a s/*Appliances*) = 600")
  }

  /// The page follows what has been printed, and replaces nothing.
  @Test(arguments: ["/dev/stdout", "/dev/fd/1"])
  func aPageMayBeStandardOutput(path: String) async throws {
    let place = try place()
    let result = try await place.run(Self.evaluate + [path])
    #expect(result.code == 0, "\(result.errors)")
    let page = try #require(result.output.firstRange(of: "<!DOCTYPE html>"))
    #expect(result.output[..<page.lowerBound].contains("SCORES"))
    #expect(result.output.hasSuffix("</html>\n"))
    let full = try await place.run(Self.evaluate + ["/dev/full"])
    #expect(full.code == 74 && full.errors.contains("/dev/full: cannot be written: No space"))
  }
}
