import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RawData

struct RawFilesTests {
  private func names(_ folder: TemporaryFolder, _ paths: String...) throws -> [String] {
    try RawFiles.find(paths.map { "\(folder.path)/\($0)" }).map {
      String($0.path.dropFirst(folder.path.count + 1))
    }
  }

  @Test func findsFilesBelowFoldersAndThroughLinks() throws {
    let folder = try TemporaryFolder()
    for name in [
      "raw/meta_B.jsonl", "raw/deep/meta_A.jsonl.gz", "raw/notes.txt", "raw/.meta_H.jsonl",
      "raw/.hidden/meta_H.jsonl", "raw/meta_Folder.jsonl/meta_C.jsonl", "other/meta_D.jsonl",
    ] { try folder.write("", to: name) }
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: "\(folder.path)/raw/link", withDestinationPath: "../other")
    try manager.createSymbolicLink(atPath: "\(folder.path)/raw/loop", withDestinationPath: ".")
    try manager.createSymbolicLink(atPath: "\(folder.path)/root", withDestinationPath: "raw")
    let expected = [
      "deep/meta_A.jsonl.gz", "meta_B.jsonl", "meta_Folder.jsonl/meta_C.jsonl", "link/meta_D.jsonl",
    ]
    #expect(try names(folder, "raw") == expected.map { "raw/\($0)" })
    #expect(try names(folder, "root") == expected.map { "root/\($0)" })
    #expect(try names(folder, "raw", "raw/meta_B.jsonl").count == 4)
  }

  @Test func aFileOfTwoNamesHasTheFirst() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "meta_Zoo.jsonl")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/meta_Automotive.jsonl", withDestinationPath: "meta_Zoo.jsonl")
    for paths in [
      ["meta_Zoo.jsonl", "meta_Automotive.jsonl"], ["meta_Automotive.jsonl", "meta_Zoo.jsonl"],
    ] {
      let files = try RawFiles.find(paths.map { "\(folder.path)/\($0)" })
      #expect(files.map(\.category) == ["Automotive"])
    }
  }

  @Test func leavesTheOutputsAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "meta_A.jsonl")
    try folder.write("", to: "curated/train.jsonl")
    let files = try RawFiles.find([folder.path], excluding: "\(folder.path)/curated")
    #expect(files.map(\.name) == ["meta_A.jsonl"])
  }

  @Test func saysWhatCannotBeRead() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "empty/notes.txt")
    try #require(mkfifo("\(folder.path)/meta_Pipe.jsonl", 0o600) == 0)
    for (path, words) in [
      ("missing", "no such file"), ("empty", "no .jsonl"), ("meta_Pipe.jsonl", "neither a file"),
    ] {
      let error = try #require(throws: CurationError.self) { try names(folder, path) }
      #expect(error.code == .noInput && error.description.contains(words), "\(error)")
    }
  }

  @Test(arguments: [
    ("meta_Toys_and_Games.jsonl.gz", "Toys_and_Games"), ("meta_A.jsonl", "A"),
    ("mine.jsonl", "mine"),
    ("meta_.jsonl", ""), ("meta_A.part.1.jsonl", "A"),
  ])
  func theCategoryIsInTheName(name: String, category: String) {
    #expect(RawFile(path: "x/\(name)", byteCount: 0).category == category)
  }
}
