// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "curate", path: ".."),
    .package(url: "https://github.com/google/swift-benchmark", from: "0.1.2"),
  ],
  targets: [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        .product(name: "CurateLibrary", package: "curate"),
        .product(name: "Benchmark", package: "swift-benchmark"),
      ])
  ],
  cxxLanguageStandard: .cxx17)
