import TestSupport
import Testing

@testable import Bytes
@testable import Contracts

struct StableHashTests {
  /// The values of the `xxhash` package for Python: `xxh3_64_intdigest(bytes, seed)`.
  @Test(
    arguments: [
      ("", 0, 0x2D06_8005_38D3_94C2), ("a", 0, 0xE6C6_32B6_1E96_4E1F),
      ("B0BCMJOASU", 0, 0x831B_E8D4_BEED_1787),
      ("shuffle", 42, 0x264C_550F_BD9D_62BD),
    ] as [(String, UInt64, UInt64)])
  func agreesWithThePublishedHash(text: String, seed: UInt64, hash: UInt64) {
    #expect(StableHash.hash(Array(text.utf8), seed: seed) == hash)
  }

  @Test func keysFollowTheDocumentedRecipe() {
    let idHash = StableHash.hash(Array("B0BCMJOASU".utf8))
    #expect(StableHash(seed: 42, purpose: "shuffle").key(idHash) == 0x56D0_0445_AABB_EBAD)
  }

  @Test func purposesAndSeedsAreIndependent() {
    let hashes = [(1, "a"), (1, "b"), (2, "a")].map {
      StableHash(seed: $0.0, purpose: $0.1)
    }
    #expect(Set(hashes.map { $0.key(7) }).count == 3)
  }
}
