import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles

struct OutputFolderTests {
  private func publish(_ path: String, _ text: String) throws {
    let output = try OutputFolder(path: path)
    let written = try OutputFile.write(Array(text.utf8), to: output.stagedPath("train.jsonl"))
    let manifest = try Self.manifest(["train.jsonl": written])
    _ = try OutputFile.write(manifest, to: output.stagedPath("manifest.json"))
    try output.publish()
  }

  /// A manifest that names some files as the dataset's.
  private static func manifest(_ outputs: [String: Output]) throws -> [UInt8] {
    var manifest = CardTests.manifest([:])
    manifest.outputs = outputs
    return try manifest.encoded()
  }

  /// A manifest of files that all hold "old".
  private static func manifest(of names: [String]) throws -> [UInt8] {
    let old = Output(rows: 1, bytes: 3, sha256: SHA256.hash(of: Array("old".utf8)))
    return try manifest(Dictionary(uniqueKeysWithValues: names.map { ($0, old) }))
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private func makePrivate(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  @Test func replacesItsOwnAndKeepsTheUsers() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/deep/curated"
    try publish(path, "first")
    try folder.write("mine", to: "deep/curated/notes.txt")
    try folder.write("mine", to: "deep/curated/sub/notes.txt")
    let notes = ["train.notes.jsonl", "train.chat.jsonl.gz"]
    for name in notes { try folder.write("mine", to: "deep/curated/\(name)") }
    let old = ["test.jsonl", "validation.jsonl", "train.jsonl"]
    for name in old { try folder.write("old", to: "deep/curated/\(name)") }
    try folder.write(Self.manifest(of: old), to: "deep/curated/manifest.json")
    // A name that is not UTF-8, as other systems leave them.
    let odd = Array("\(path)/notes_".utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    close(open(odd, O_CREAT | O_WRONLY, 0o644))
    symlink("nowhere", "\(path)/link")
    chmod(path, 0o2775)
    try publish(path, "second")
    #expect(try text("\(path)/train.jsonl") == "second")
    #expect(access(odd, F_OK) == 0)
    #expect(fileExists("\(path)/notes.txt") && fileExists("\(path)/sub/notes.txt"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/link") == "nowhere")
    for name in old.dropLast() { #expect(!fileExists("\(path)/\(name)"), "\(name)") }
    for name in notes { #expect(fileExists("\(path)/\(name)"), "\(name)") }
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o2775)
    #expect(try names("\(folder.path)/deep") == ["curated"])
  }

  @Test(arguments: [
    "README.md", "report.html", "train.jsonl", "test.jsonl", "train.chat.jsonl", "train.jsonl.gz",
    "train-00001-of-00004.jsonl", "pool.sqlite", "pool.sqlite-journal", "pool.sqlite-wal",
    "rejects.jsonl.gz", "pool.sqlite/", "train.jsonl/",
  ])
  func refusesAFolderWithAFileOfItsNamesThatIsNotIts(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "dataset/\(name)\(name.hasSuffix("/") ? "mine" : "")")
    let error = #expect(throws: CurationError.self) {
      try OutputFolder(path: "\(folder.path)/dataset")
    }
    #expect(error?.code == .inputOutput && error?.description.contains(name.dropLast()) == true)
    #expect(try names(folder.path) == ["dataset"])
    #expect(try names("\(folder.path)/dataset") == [name.filter { $0 != "/" }])
  }

  @Test(arguments: ["text", "{}", #"{"outputs": 5}"#, ""])
  func refusesAFolderWithAManifestThatIsNotIts(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "dataset/manifest.json")
    try folder.write("mine", to: "dataset/README.md")
    let error = #expect(throws: CurationError.self) {
      try OutputFolder(path: "\(folder.path)/dataset")
    }
    #expect(
      error?.code == .inputOutput && error?.description.contains("manifest.json: not a") == true)
    #expect(try names("\(folder.path)/dataset") == ["README.md", "manifest.json"])
  }

  @Test func whatTheUserChangedIsKeptAside() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/curated"
    for text in ["1", "2", "3"] {
      if text != "1" { try folder.write("mine \(text)", to: "curated/train.jsonl") }
      try publish(path, text)
    }
    #expect(
      try names(path)
        == ["manifest.json", "train.jsonl", "train.jsonl.edited", "train.jsonl.edited-2"])
    #expect(try text("\(path)/train.jsonl.edited") == "mine 2")
    #expect(try text("\(path)/train.jsonl.edited-2") == "mine 3")
  }

  @Test func whatIsNotPublishedIsGone() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/curated"
    do {
      let output = try OutputFolder(path: path)
      var file = try OutputFile(path: output.stagedPath("train.jsonl"))
      try file.write([1])
    }
    #expect(try names(folder.path).isEmpty)
  }

  /// From each state in which a kill may leave the folders.
  @Test(arguments: [
    "new", "new-staged", "placed", "placed without link", "exchanged", "moved away", "moved in",
    "replacing",
  ])
  func bringsInOrderWhatAKilledRunLeft(state: String) throws {
    let folder = try TemporaryFolder()
    let (path, left) = ("\(folder.path)/curated", "\(folder.path)/.curated.curate")
    try makePrivate(left)
    try publish("\(folder.path)/other", "whole")
    func staged() -> String {
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder.path)/other")
      return "\(left)/new-\(attributes?[.systemFileNumber] ?? 0)"
    }
    let old = state == "exchanged" ? "\(left)/new-1" : "\(left)/old"
    var text = "whole"
    switch state {
    case "new", "new-staged":
      try FileManager.default.moveItem(
        atPath: "\(folder.path)/other", toPath: state == "new" ? "\(left)/new" : staged())
      try publish(path, "old")
      try FileManager.default.createDirectory(
        atPath: left, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      text = "old"
    case "placed", "placed without link":
      try publish(path, "old")
      try folder.write("mine", to: "curated/late.txt")
      let staged = staged()
      try makePrivate(left)
      try FileManager.default.moveItem(atPath: "\(folder.path)/other", toPath: staged)
      let name = staged.split(separator: "/").last ?? ""
      try folder.write("mine", to: ".curated.curate/\(name)/sub/file")
      if state == "placed" { symlink("../.curated.curate/\(name)/sub", "\(path)/sub") }
      text = "old"
    case "replacing":
      let staged = staged()
      try FileManager.default.moveItem(atPath: "\(folder.path)/other", toPath: staged)
      try folder.write("old", to: "curated/test.jsonl")
      try folder.write("mine", to: "curated/late.txt")
      let old = try Folder(path: path)
      let names = ["test.jsonl", "late.txt"]
      let versions = names.compactMap { name in old.version(FileName(name)).map { (name, $0) } }
      let record = FileExchange.Record(
        new: staged.split(separator: "/").last.map(String.init) ?? "",
        own: Dictionary(uniqueKeysWithValues: versions), gone: names)
      try JSONEncoder().encode(record).write(to: URL(filePath: "\(left)/replacing"))
    default:
      try publish(old, "old")
      if state == "moved away" {
        try FileManager.default.moveItem(atPath: "\(folder.path)/other", toPath: staged())
        text = "old"
      } else {
        try FileManager.default.moveItem(atPath: "\(folder.path)/other", toPath: path)
        symlink("../.curated.curate/new-1/sub", "\(old)/sub")
        try folder.write("mine", to: "curated/sub/file")
        try folder.write("mine", to: "curated/linked.txt")
        link("\(path)/linked.txt", "\(old)/linked.txt")
      }
      let name = state == "exchanged" ? "new-1" : "old"
      if state == "moved away" { try folder.write("mine", to: ".curated.curate/\(name)/sub/file") }
      try folder.write("mine", to: ".curated.curate/\(name)/late.txt")
    }
    OutputFolder.recover(path)
    #expect(try self.text("\(path)/train.jsonl") == text)
    #expect(try names(folder.path).filter { $0 != "other" } == ["curated"])
    let users =
      switch state {
      case "new", "new-staged": [String]()
      case "replacing": ["late.txt"]
      case "exchanged", "moved in": ["late.txt", "linked.txt", "sub"]
      default: ["late.txt", "sub"]
      }
    #expect(try names(path) == (users + ["manifest.json", "train.jsonl"]).sorted())
    if users.contains("sub") { #expect(try self.text("\(path)/sub/file") == "mine") }
  }

  @Test func twoRunsDoNotShareAFolder() throws {
    let folder = try TemporaryFolder()
    var first: OutputFolder? = try OutputFolder(path: "\(folder.path)/curated")
    let error = #expect(throws: CurationError.self) {
      try OutputFolder(path: "\(folder.path)/curated")
    }
    #expect(error?.description.contains("another run") == true)
    try first?.publish()
    first = nil
    #expect(try names(folder.path) == ["curated"])
  }

  /// Many at once: each is the only one while it is at work, whoever comes and goes.
  @Test func theLockHoldsWhileOthersComeAndGo() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/curated"
    let published = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var count = 0
          for _ in 0..<40 {
            let output: OutputFolder
            do { output = try OutputFolder(path: path) } catch let error as CurationError {
              try #require(error.description.contains("another run is writing"))
              continue
            }
            // Fails if it is there, as it is while another run is at work.
            _ = try OutputFile.write([1], to: "\(folder.path)/busy")
            try output.publish()
            unlink("\(folder.path)/busy")
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(published > 0)
    #expect(try names(folder.path) == ["curated"])
  }

  @Test func followsNoLinkThatStandsForItsOwnFolder() throws {
    let (folder, victim) = (try TemporaryFolder(), try TemporaryFolder())
    try victim.write("precious", to: "train.jsonl")
    symlink(victim.path, "\(folder.path)/.curated.curate")
    let error = #expect(throws: CurationError.self) {
      try OutputFolder(path: "\(folder.path)/curated")
    }
    #expect(error?.description.contains("remove it") == true)
    #expect(try names(victim.path) == ["train.jsonl"])
    unlink("\(folder.path)/.curated.curate")
    mkdir("\(folder.path)/.curated.curate", 0o755)
    let open = #expect(throws: CurationError.self) {
      try OutputFolder(path: "\(folder.path)/curated")
    }
    #expect(open?.description.contains("other users may have put files into it") == true)
  }

  /// As the system reads it, and not by its letters.
  @Test func aPathThroughALinkIsWhereTheSystemFindsIt() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/deep/inside", withIntermediateDirectories: true)
    symlink("deep/inside", "\(folder.path)/link")
    try publish("\(folder.path)/link/../z", "first")
    #expect(try text("\(folder.path)/deep/z/train.jsonl") == "first")
    #expect(!fileExists("\(folder.path)/z"))
  }

  @Test func refusesWhatCannotServe() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "nowhere")
    for (path, words) in [
      ("\(folder.path)/file", "is a file"), ("\(folder.path)/link", "dangling symbolic link"),
      (FileManager.default.currentDirectoryPath, "the folder you are in"), ("/", "the root"),
      ("/proc/none/x", "cannot be"), ("\(folder.path)/none/..", "no such folder"),
    ] {
      let error = #expect(throws: CurationError.self) { try OutputFolder(path: path) }
      #expect(error?.code == .inputOutput)
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }
}
