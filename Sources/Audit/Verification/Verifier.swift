import Bytes
import Contracts
import DatasetFiles
import Engine
import Foundation
import ItemPool
import PoolSteps
package import Tokenization

/// Checks a finished dataset as a stranger would: nothing is believed that can be counted again.
package struct Verifier {
  private let folder: String
  private let manifest: Manifest
  private let splitMaker: SplitMaker
  private let pool: PoolReader
  private let rules: RowRules
  private let tokenizer: TokenizerSummary
  /// The files that the pool, the recipe and the seed give.
  private var plan: [PlannedFile] = []
  private var findings = Findings()

  /// Errors: `noInput` where there is no dataset, `badData` where its manifest or pool cannot be read.
  package init(folder: String, tokenizer: Tokenizer) throws {
    self.folder = folder
    manifest = try Manifest(folder: folder)
    splitMaker = try SplitMaker(folder: folder)
    pool = try PoolReader(path: DatasetLayout.poolPath(folder))
    rules = try RowRules(splitMaker.recipe, tokenizer)
    self.tokenizer = .init(kind: tokenizer.kind.rawValue, sha256: tokenizer.sha256)
    guard try pool.about("tokenizer-sha256") == tokenizer.sha256 else {
      throw CurationError(
        .usage, "the dataset was made with another tokenizer; name that one with --tokenizer FILE")
    }
  }

  /// Makes all checks. Reads train four times, the other splits and the pool three times, and files
  /// of further formats twice; holds some 200 bytes a row.
  package mutating func verify() async throws -> Findings {
    try checkFiles()
    checkCounts()
    do {
      try checkPool()
      try await checkSplits()
      try await checkNeighbours()
    } catch let error as CurationError where error.code == .badData {
      findings.add("damaged", error.description)
    }
    return findings
  }

  private mutating func checkFiles() throws {
    for (name, output) in manifest.outputs.sorted(by: { $0.key < $1.key }) {
      let path = "\(folder)/\(name)"
      guard fileExists(path) else {
        findings.add("missing-file", "\(name) is in the manifest and not in the folder")
        continue
      }
      do {
        if let difference = try difference(of: path, from: output) {
          findings.add(
            "changed-file", "\(name) is not the file that the manifest names: \(difference)")
        }
      } catch let error as CurationError where error.code == .badData {
        findings.add("changed-file", error.description)
      }
    }
    let recipe = splitMaker.recipe
    if manifest.recipe != .init(name: recipe.name, sha256: recipe.sha256) {
      findings.add(
        "changed-recipe", "the recipe in the pool is not the one that the manifest names")
    }
    if try manifest.version != pool.about("version") {
      findings.add("changed-manifest", "the pool was not made by version \(manifest.version)")
    }
    if manifest.tokenizer != tokenizer {
      findings.add(
        "changed-manifest", "the tokenizer of the pool is not the one that the manifest names")
    }
  }

  /// How a file differs from what the manifest says of it; nil where it does not.
  private func difference(of path: String, from output: Output) throws -> String? {
    let file = try InputFile(path: path, .ofDataset)
    guard file.size == output.bytes else {
      return "it has \(file.size) bytes in place of \(output.bytes)"
    }
    if file.hasHoles { return "parts of it were never written" }
    let sha256 = try file.sha256()
    return sha256 == output.sha256 ? nil : "its SHA-256 is \(sha256)"
  }

  /// Every line is accounted for, from the first file to the last row.
  private mutating func checkCounts() {
    for input in manifest.inputs where !input.lines.isBalanced {
      findings.add(
        "unbalanced-count", "\(input.name): lines read are not kept, dropped or unreadable")
    }
    let sum = manifest.inputs.reduce(into: Ledger()) { $0 += $1.lines }
    var counts = [
      ("the lines of all files and their total", sum == manifest.total),
      ("items kept and items in the pool", manifest.total.kept == manifest.pool.items),
      (
        "items in the pool and before selection",
        manifest.selection.first?.itemsIn == manifest.pool.items
      ),
    ]
    for (earlier, later) in zip(manifest.selection, manifest.selection.dropFirst()) {
      counts.append(("items before and after \(later.step)", earlier.itemsOut == later.itemsIn))
    }
    let rows = Split.allCases.map(manifest.rows)
    counts.append(
      (
        "items selected and rows written",
        manifest.selection.last?.itemsOut == rows.reduce(0, &+)
      ))
    for (what, isEqual) in counts where !isEqual {
      findings.add("unbalanced-count", "the manifest's figures disagree: \(what)")
    }
  }

  private mutating func checkPool() throws {
    let (items, digest, keySum) = try pool.contents()
    if items != manifest.pool.items || digest != manifest.pool.digest {
      findings.add(
        "changed-pool",
        "the pool holds \(items) items with the digest \(digest), the manifest names "
          + "\(manifest.pool.items) with \(manifest.pool.digest.prefix(80))")
    }
    if try keySum != pool.indexSum() {
      findings.add("changed-pool", "the index of the pool is not that of its items")
    }
    let strayCount = try pool.strayFingerprintCount()
    if strayCount > 0 {
      findings.add("changed-pool", "\(strayCount) fingerprints in the pool are of no item")
    }
  }

  /// Every row by itself, and against the row that the seed gives in its place.
  private mutating func checkSplits() async throws {
    var findings = findings
    defer { self.findings = findings }
    let (pool, rules) = (pool, rules)
    let (candidates, selection) = try await splitMaker.select(from: DatasetLayout.poolPath(folder))
    if selection != manifest.selection {
      findings.add("unbalanced-count", "the manifest's selection is not what the seed gives")
    }
    plan = splitMaker.files.plan(candidates, splitMaker.recipe)
    let found = try Folder(path: folder).names().map(\.text) + manifest.outputs.keys
    for name in Set(found).subtracting(plan.map(\.file.name)).sorted()
    where SplitFile(name: name) != nil {
      findings.add("unexpected-file", "\(name) is named as a file of rows, and no run asked for it")
    }
    var check = FileCheck(folder: folder, pool, rules, SeenRows(splitMaker.recipe, rules))
    for planned in plan {
      try check.check(planned, manifest.outputs[planned.file.name], &findings)
    }
  }

  /// Nothing in train is a near-duplicate of what is held out, where something is.
  private mutating func checkNeighbours() async throws {
    var findings = findings
    defer { self.findings = findings }
    guard splitMaker.recipe.poolSteps.contains(where: { $0.type is HoldOutStep.Type }),
      let threshold = splitMaker.recipe.nearDuplicateThreshold
    else { return }
    let rows = try SplitFingerprints(folder: folder, plan, rules)
    let search = HeldOutNeighbours(
      rows.candidates, RowIndex(rows.candidates), threshold: threshold,
      isOut: Array(repeating: false, count: rows.candidates.count))
    for (heldOut, rest) in try await search.pairs(
      rows, UnionFind(count: rows.candidates.count))
    {
      findings.add(
        "near-duplicate",
        "\(rows.places[rest]) is a near-duplicate of \(rows.places[heldOut])")
    }
  }
}
