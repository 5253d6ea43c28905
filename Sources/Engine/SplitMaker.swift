import Bytes
package import Contracts
package import DatasetFiles
import Foundation
import ItemPool
import RawData

/// Makes splits of a pool by a recipe's pool steps.
package struct SplitMaker: Sendable {
  package let recipe: Recipe
  /// Seeds and sizes.
  package var request: SelectionRequest
  /// Formats, shards and compression.
  package var files: FileRequest
  /// The number of concurrent tasks, at least 1.
  package var jobs: Int

  package init(
    recipe: Recipe, request: SelectionRequest, files: FileRequest = FileRequest(), jobs: Int
  ) {
    self.recipe = recipe
    self.request = request
    self.files = files
    self.jobs = jobs
  }

  /// For the dataset in a folder, with its pool's recipe and the settings of its last run.
  package init(
    folder: String, jobs: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws {
    recipe = try PoolReader(path: DatasetLayout.poolPath(folder)).recipe()
    let manifest = try Manifest(folder: folder)
    request = manifest.request
    files = manifest.files ?? FileRequest()
    self.jobs = jobs
  }

  /// Makes new splits of the dataset in `folder`, which changes only at the end. Its other files stay
  /// as they are.
  ///
  /// - Parameter change: changes the previous settings to the new ones.
  package static func remake(
    _ folder: String, jobs: Int, progress: RunProgress = RunProgress(),
    _ change: (inout SplitMaker) throws -> Void
  ) async throws -> Manifest {
    OutputFolder.recover(folder)
    _ = try Manifest(folder: folder)
    let output = try OutputFolder(path: folder, for: .split)
    // Read again: from here on no other run can change it.
    var manifest = try Manifest(folder: folder)
    try PoolFile.settle(DatasetLayout.poolPath(folder))
    var splitMaker = try SplitMaker(folder: folder, jobs: jobs)
    try change(&splitMaker)
    manifest.request = splitMaker.request
    manifest.outputs = manifest.outputs.filter { $0.key == DatasetLayout.rejectsName }
    for name in manifest.outputs.keys { try output.keep(name) }
    try await splitMaker.write(to: output, &manifest, progress: progress)
    try output.publish()
    progress.update { $0.keptAside = output.keptAside }
    return manifest
  }

  /// Selects from the pool, and stages splits and manifest.
  package func write(
    to output: OutputFolder, _ manifest: inout Manifest, progress: RunProgress = RunProgress(),
    _ profile: Profile? = nil
  ) async throws {
    progress.update { $0.phase = .selecting }
    manifest.files = files == FileRequest() ? nil : files
    let poolPath = output.poolPath
    let candidates: Candidates
    (candidates, manifest.selection) = try await select(from: poolPath, profile)
    progress.update { $0.phase = .writing }
    // The figures are counted while splits are written.
    async let report = report(manifest, candidates, poolPath: poolPath, profile)
    let writer = SplitWriter(folder: output.staging, poolPath: poolPath, jobs: jobs)
    let written = try await profile.measure("write") {
      try await writer.write(files.plan(candidates, recipe))
    }
    manifest.outputs.merge(written) { $1 }
    manifest.outputs[Report.fileName] = try OutputFile.write(
      try await report, to: output.stagedPath(Report.fileName))
    manifest.outputs[Card.fileName] = try OutputFile.write(
      try Card(manifest, recipe).markdown(), to: output.stagedPath(Card.fileName))
    _ = try OutputFile.write(
      try manifest.encoded(), to: output.stagedPath(DatasetLayout.manifestName))
  }

  private func report(
    _ manifest: Manifest, _ candidates: Candidates, poolPath: String, _ profile: Profile?
  ) async throws -> [UInt8] {
    try profile.measure("report") {
      let pool = try PoolReader(path: poolPath)
      let samples = try Split.allCases.map { split in
        let rows = candidates.rows(of: .split(split))
        return try Report.Sample(split.name, of: rows.count, rows.prefix(12), from: pool)
      }
      return try Report(
        manifest, recipe, ReportFigures(pool, candidates), samples, pool.rejectSamples()
      ).html()
    }
  }

  /// Applies the pool steps to the pool and reports how many items each left.
  ///
  /// - Parameters:
  ///   - rows: those of items that are watched: see `Candidates.watched`.
  ///   - body: called after each step with its name.
  package func select(
    from poolPath: String, _ profile: Profile? = nil, watching rows: Set<UInt32> = [],
    afterStep body: (String, Candidates) -> Void = { _, _ in }
  ) async throws -> (Candidates, [Manifest.StepResult]) {
    var candidates = try profile.measure("candidates") {
      try PoolReader(path: poolPath).candidates()
    }
    candidates.watched = rows
    let fingerprints = try PoolFingerprints(path: poolPath, jobs: jobs)
    var results: [Manifest.StepResult] = []
    for step in try recipe.makePoolSteps() {
      let itemsIn = candidates.all.count
      candidates.remark = nil
      try await profile.measure(type(of: step).name) {
        try await step.apply(to: &candidates, request, fingerprints)
      }
      results.append(
        .init(
          step: type(of: step).name, itemsIn: itemsIn, itemsOut: candidates.all.count,
          remark: candidates.remark))
      body(type(of: step).name, candidates)
      try Task.checkCancellation()
    }
    return (candidates, results)
  }

  /// The file in `folder` that contains the line of the item in a row of the pool; nil if none does.
  /// Items with identical lines are not distinguished.
  package func file(holdingRow row: UInt32, of folder: String) throws -> SplitFile? {
    let pool = try PoolReader(path: DatasetLayout.poolPath(folder))
    var (item, line) = (PoolRow(), [UInt8]())
    try pool.read(row, into: &item)
    PromptCompletion().append(item, to: &line)
    let pattern = BytePattern(String(decoding: line, as: UTF8.self))
    let manifest = try Manifest(folder: folder)
    return try Split.allCases.flatMap { manifest.files(of: $0) }.first { file in
      let path = "\(folder)/\(file.name)"
      guard fileExists(path), try !InputFile(path: path, .ofDataset).hasHoles else { return false }
      return try file.isGzip
        ? Self.isIn(compressed: path, pattern) : Self.isIn(mapped: path, pattern)
    }
  }

  private static func isIn(mapped path: String, _ pattern: BytePattern) -> Bool {
    guard let file = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    else { return false }
    return file.withUnsafeBytes { pattern.firstIndex(in: $0, from: 0) } != nil
  }

  private static func isIn(compressed path: String, _ pattern: BytePattern) throws -> Bool {
    let file = RawFile(rowsAt: path, .ofDataset)
    while let batch = try file.nextBatch() {
      if batch.bytes.withUnsafeBytes({ pattern.firstIndex(in: $0, from: 0) }) != nil { return true }
    }
    return false
  }

}
