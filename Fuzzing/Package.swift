// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Fuzzing",
  dependencies: [.package(name: "curate", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        .product(name: "CurateLibrary", package: "curate")
      ],
      // libFuzzer has the entry point.
      swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  ],
  cxxLanguageStandard: .cxx17)
