import Foundation
import Testing

@testable import Curation

struct OutputFolderTests {
  private func publish(_ path: String, _ text: String) throws {
    let output = try OutputFolder(path: path)
    var file = try OutputFile(path: output.stagedPath("train.jsonl"))
    try file.write(Array(text.utf8))
    _ = try file.finish()
    try output.publish()
  }

  /// A manifest that names some files as the dataset's.
  private func manifest(of names: [String]) throws -> [UInt8] {
    var manifest = CardTests.manifest([:])
    for name in names { manifest.outputs[name] = Output(rows: 1, bytes: 1, sha256: "") }
    return try manifest.encoded()
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  @Test func replacesItsOwnAndKeepsTheUsers() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/deep/curated"
    try publish(path, "first")
    try folder.write("mine", to: "deep/curated/notes.txt")
    try folder.write("mine", to: "deep/curated/sub/notes.txt")
    let notes = ["train.notes.jsonl", "train.chat.jsonl.gz"]
    for name in notes { try folder.write("mine", to: "deep/curated/\(name)") }
    let old = ["test.jsonl", "validation.jsonl"]
    for name in old { try folder.write("old", to: "deep/curated/\(name)") }
    try folder.write(manifest(of: old + ["train.jsonl"]), to: "deep/curated/manifest.json")
    // A name that is not UTF-8, as other systems leave them.
    let odd = Array("\(path)/notes_".utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    close(open(odd, O_CREAT | O_WRONLY, 0o644))
    chmod(path, 0o2775)
    try publish(path, "second")
    #expect(try String(contentsOfFile: "\(path)/train.jsonl", encoding: .utf8) == "second")
    #expect(access(odd, F_OK) == 0)
    #expect(fileExists("\(path)/notes.txt") && fileExists("\(path)/sub/notes.txt"))
    for name in old { #expect(!fileExists("\(path)/\(name)"), "\(name)") }
    for name in notes { #expect(fileExists("\(path)/\(name)"), "\(name)") }
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o2775)
    #expect(try names("\(folder.path)/deep") == ["curated"])
  }

  @Test(arguments: [
    "README.md", "report.html", "train.jsonl", "test.jsonl", "train.chat.jsonl", "train.jsonl.gz",
    "train-00001-of-00004.jsonl",
  ])
  func refusesAFolderWithAFileOfItsNamesThatIsNotIts(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "dataset/\(name)")
    let error = #expect(throws: CurationError.self) {
      try OutputFolder(path: "\(folder.path)/dataset")
    }
    #expect(error?.code == .inputOutput && error?.description.contains(name) == true)
    #expect(try names(folder.path) == ["dataset"])
    #expect(try names("\(folder.path)/dataset") == [name])
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

  @Test func clearsUpAfterAKilledRun() throws {
    let folder = try TemporaryFolder()
    try folder.write("half", to: ".curated.partial/train.jsonl")
    try folder.write("half", to: ".curated.partial/train.text-00001-of-00004.jsonl.gz")
    try folder.write("mine", to: ".curated.partial/notes.txt")
    try folder.write("whole", to: "curated/train.jsonl")
    try folder.write(manifest(of: ["train.jsonl"]), to: "curated/manifest.json")
    try publish("\(folder.path)/curated", "new")
    #expect(try names("\(folder.path)/curated") == ["notes.txt", "train.jsonl"])
    #expect(try names(folder.path) == ["curated"])
  }

  @Test func twoRunsDoNotShareAFolder() throws {
    let folder = try TemporaryFolder()
    let first = try OutputFolder(path: "\(folder.path)/curated")
    let error = #expect(throws: CurationError.self) {
      try OutputFolder(path: "\(folder.path)/curated")
    }
    #expect(error?.description.contains("another run") == true)
    try first.publish()
  }

  @Test func refusesWhatCannotServe() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "nowhere")
    for (path, words) in [
      ("\(folder.path)/file", "is a file"), ("\(folder.path)/link", "leads nowhere"),
      (FileManager.default.currentDirectoryPath, "the folder you are in"), ("/proc", "mount point"),
    ] {
      let error = #expect(throws: CurationError.self) { try OutputFolder(path: path) }
      #expect(error?.code == .inputOutput)
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }
}
