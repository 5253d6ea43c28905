import Foundation
import Testing

/// Replays the corpus and every failure of the past.
struct FuzzCasesTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("FuzzCases").path

  @Test(arguments: FuzzTarget.allCases)
  func holds(target: FuzzTarget) throws {
    let folder = "\(Self.folder)/\(target)"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!names.isEmpty)
    for name in names.sorted() {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
      #expect(throws: Never.self, "\(target)/\(name)") { try target.check(bytes) }
    }
  }
}
