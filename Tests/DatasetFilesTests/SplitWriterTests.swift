import Foundation
import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import Engine
@testable import RawData

struct SplitWriterTests {
  /// A dataset of some thousand rows, so that files have several chunks.
  private func dataset(_ folder: TemporaryFolder) async throws -> String {
    let lines = (0..<4000).map { number in
      #"{"parent_asin": "B\#(number)", "title": "Thing é\#(number)", "price": \#(number % 900 + 1).5}"#
    }
    try folder.write(lines.joined(separator: "\n"), to: "raw/meta_Toys.jsonl")
    let recipe = try smallRecipe(
      recordSteps: ["price", "assemble", "token-window: {more-than: 5, cut-to: 30}", "prompt"],
      poolSteps: ["hold-out: {per-thousand: 200}", "balance", "split"])
    var request = recipe.request
    (request.train, request.validation, request.test) = (3000, 300, 0)
    let out = "\(folder.path)/out"
    _ = try await DatasetBuilder(
      SplitMaker(recipe: recipe, request: request, jobs: 2), try byteTokenizer(),
      keepsRejects: false
    ).run(try RawFiles.find(["\(folder.path)/raw"]), into: out)
    return out
  }

  private func contents(_ folder: String) throws -> [String: [UInt8]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.filter { SplitFile(name: $0) != nil }.map { name in
        (name, Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
      })
  }

  @Test func shardsOneBehindTheOtherAreTheWholeFile() async throws {
    let folder = try TemporaryFolder()
    let out = try await dataset(folder)
    let wholeManifest = try await SplitMaker.remake(out, jobs: 2) {
      try $0.files.setFormats(["text", "chat"])
    }
    let whole = try contents(out)
    #expect(wholeManifest.rows(of: .train) == 3000)
    #expect(whole["test.jsonl"] == [] && whole["test.text.jsonl"] == nil)
    for (shards, gzip) in [(1, true), (2, false), (7, true), (50, false), (1, false)] {
      var first: [String: [UInt8]]?
      for jobs in [1, 2, 8] {
        let manifest = try await SplitMaker.remake(out, jobs: jobs) {
          $0.files.shards = shards
          $0.files.gzip = gzip
        }
        let found = try contents(out)
        // The earlier files are gone, and the manifest names those that are there.
        #expect(Set(found.keys) == Set(manifest.outputs.keys.filter { SplitFile(name: $0) != nil }))
        #expect(found == first ?? found)
        first = found
        for (name, content) in whole {
          let original = try #require(SplitFile(name: name))
          let files = manifest.files(of: original.split, in: original.format)
          let isCut = original.split == .train && !original.format.staysWhole
          #expect(files.count == (isCut ? min(shards, 3000) : 1))
          let parts = try files.flatMap { try TestFiles.gunzipped("\(out)/\($0.name)") }
          #expect(parts == content, "\(name) of \(shards) shards")
          let rows = files.compactMap { manifest.outputs[$0.name]?.rows }
          #expect(rows.reduce(0, +) == content.count { $0 == UInt8(ascii: "\n") })
          for file in files {
            let bytes = try #require(found[file.name])
            #expect(bytes.starts(with: [0x1F, 0x8B]) == file.isGzip)
            #expect(SHA256.hash(of: bytes) == manifest.outputs[file.name]?.sha256)
          }
        }
      }
    }
    // As at first, to the byte.
    #expect(try contents(out) == whole)
  }
}
