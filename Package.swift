// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Whether there is ISA-L, which decompresses faster than zlib.
let hasISAL = FileManager.default.fileExists(atPath: "/usr/include/isa-l.h")

let package = Package(
  name: "curate",
  products: [
    .executable(name: "curate", targets: ["curate"]),
    // For Benchmarks and Fuzzing, packages of their own.
    Product.`library`(name: "Curation", targets: ["Curation"]),
    Product.`library`(name: "Synthesis", targets: ["Synthesis"]),
    Product.`library`(name: "Tokenization", targets: ["Tokenization"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CGlibc"),
    .systemLibrary(name: "CPrefetch"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CISAL", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .target(
      name: "CSimdJSON",
      // Optimised in debug builds, too. Some releases of simdjson have templates that clang takes
      // only when it parses them late.
      cxxSettings: [.unsafeFlags(["-O3", "-fdelayed-template-parsing"])],
      linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CLibXML2",
      cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])],
      linkerSettings: [.linkedLibrary("xml2")]),
    .target(name: "Tokenization", dependencies: ["CCrypto", "CPrefetch", "CSimdJSON"]),
    .target(name: "Synthesis"),
    .target(
      name: "Curation",
      dependencies: [
        "CCrypto", "CGlibc", "CLibXML2", "CSQLite", "CSimdJSON", "CXXHash", "CZlib", "Tokenization",
        "Yams", .product(name: "Mustache", package: "swift-mustache"),
      ] + (hasISAL ? ["CISAL"] : []),
      resources: [.embedInCode("Recipes"), .embedInCode("Report/Templates")],
      swiftSettings: hasISAL ? [.define("HAS_ISAL")] : []),
    .executableTarget(
      name: "curate",
      dependencies: [
        "CGlibc", "Curation", "Synthesis", "Tokenization",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "TokenizationTests", dependencies: ["Tokenization"], exclude: ["reference.py"]),
    .testTarget(name: "SynthesisTests", dependencies: ["Synthesis"]),
    .testTarget(name: "CurationTests", dependencies: ["Curation", "Yams"]),
    .testTarget(name: "FuzzTests", dependencies: ["Curation", "Tokenization"]),
    .testTarget(
      name: "CommandTests", dependencies: ["curate", "CCrypto", "CSQLite"],
      exclude: ["check_dataset.py"]),
  ],
  cxxLanguageStandard: .cxx17)
