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
    Product.`library`(
      name: "CurateLibrary",
      targets: [
        "Audit", "Bytes", "Contracts", "DatasetFiles", "Engine", "ItemPool", "PoolSteps", "RawData",
        "RecordSteps", "Synthesis", "Tokenization",
      ]),
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
    // From here on, a target depends on those above it alone.
    .target(
      name: "Bytes",
      dependencies: ["CCrypto", "CGlibc", "CXXHash", "CZlib"]
        + (hasISAL ? ["CISAL"] : []),
      swiftSettings: (hasISAL ? [.define("HAS_ISAL")] : [])),
    .target(name: "Tokenization", dependencies: ["CCrypto", "CPrefetch", "CSimdJSON"]),
    .target(name: "Contracts", dependencies: ["Bytes", "Tokenization"]),
    .target(name: "RawData", dependencies: ["Bytes", "Contracts", "CGlibc", "CSimdJSON"]),
    .target(
      name: "RecordSteps",
      dependencies: ["Bytes", "Contracts", "Tokenization", "CLibXML2"]),
    .target(name: "PoolSteps", dependencies: ["Bytes", "Contracts"]),
    .target(name: "ItemPool", dependencies: ["Bytes", "Contracts", "CGlibc", "CSQLite"]),
    .target(
      name: "DatasetFiles",
      dependencies: [
        "Bytes", "Contracts", "RecordSteps", "PoolSteps", "ItemPool", "CGlibc",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Report/Templates")]),
    .target(
      name: "Engine",
      dependencies: [
        "Bytes", "Tokenization", "Contracts", "RawData", "RecordSteps", "PoolSteps", "ItemPool",
        "DatasetFiles", "CGlibc", "Yams",
      ],
      resources: [.embedInCode("Recipes")]),
    .target(
      name: "Audit",
      dependencies: [
        "Bytes", "Tokenization", "Contracts", "RawData", "RecordSteps", "PoolSteps", "ItemPool",
        "DatasetFiles", "Engine",
      ],
      resources: [.embedInCode("Evaluation/Templates")]),
    .target(name: "Synthesis"),
    .executableTarget(
      name: "curate",
      dependencies: [
        "Bytes", "Tokenization", "Contracts", "RawData", "PoolSteps", "ItemPool", "DatasetFiles",
        "Engine", "Audit", "Synthesis", "CGlibc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "TokenizationTests", dependencies: ["Tokenization"], exclude: ["reference.py"]),
    .testTarget(name: "SynthesisTests", dependencies: ["Synthesis"]),
    .target(name: "TestSupport", dependencies: ["Audit"], path: "Tests/TestSupport"),
    .testTarget(
      name: "PromisesTests", dependencies: ["Audit", "Synthesis", "TestSupport"]),
    .testTarget(name: "BytesTests", dependencies: ["Audit", "TestSupport"]),
    .testTarget(name: "RawDataTests", dependencies: ["Audit", "TestSupport"]),
    .testTarget(name: "RecordStepsTests", dependencies: ["Audit", "TestSupport"]),
    .testTarget(name: "PoolStepsTests", dependencies: ["Audit", "TestSupport"]),
    .testTarget(name: "ItemPoolTests", dependencies: ["Audit", "TestSupport"]),
    .testTarget(name: "DatasetFilesTests", dependencies: ["Audit", "TestSupport", "Yams"]),
    .testTarget(name: "EngineTests", dependencies: ["Audit", "TestSupport"]),
    .testTarget(name: "AuditTests", dependencies: ["Audit", "TestSupport"]),
    .testTarget(name: "FuzzTests", dependencies: ["Audit", "Tokenization"]),
    .testTarget(
      name: "CommandTests", dependencies: ["curate", "CCrypto", "CSQLite"],
      exclude: ["check_dataset.py"]),
  ],
  cxxLanguageStandard: .cxx17)

let features = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
// Another compiler may warn of something else: that must not keep anyone from building.
let isStrict = Context.environment["CURATE_STRICT"] != nil
for target in package.targets where ![.system, .test].contains(target.type) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + features.map { .enableUpcomingFeature($0) }
    + (isStrict ? [.treatAllWarnings(as: .error)] : [])
}
