import Foundation

/// Makes splits of a pool by a recipe's pool steps.
public struct SplitMaker: Sendable {
  public let recipe: Recipe
  /// Seeds and sizes.
  public var request: SelectionRequest
  /// Tasks at work at a time, at least 1.
  public var jobs: Int

  public init(recipe: Recipe, request: SelectionRequest, jobs: Int) {
    self.recipe = recipe
    self.request = request
    self.jobs = jobs
  }

  /// For the dataset in a folder: by the recipe that its pool was made with, and as it was asked for
  /// last.
  public init(
    folder: String, jobs: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws {
    recipe = try PoolReader(path: Self.poolPath(folder)).recipe()
    request = try Manifest(folder: folder).request
    self.jobs = jobs
  }

  /// Makes new splits of the dataset in `folder`, which changes only at the end. Its other files stay
  /// as they are.
  public func remake(_ folder: String, progress: RunProgress = RunProgress()) async throws
    -> Manifest
  {
    var manifest = try Manifest(folder: folder)
    let output = try OutputFolder(path: folder)
    manifest.request = request
    manifest.outputs = manifest.outputs.filter { $0.key == DatasetBuilder.rejectsName }
    for name in [Self.poolName] + manifest.outputs.keys { try output.keep(name) }
    try await write(to: output, &manifest, progress: progress)
    try output.publish()
    return manifest
  }

  /// Selects from the staged pool, and writes splits and manifest beside it.
  func write(
    to output: OutputFolder, _ manifest: inout Manifest, progress: RunProgress = RunProgress(),
    _ profile: Profile? = nil
  ) async throws {
    progress.update { $0.phase = .selecting }
    let poolPath = output.stagedPath(Self.poolName)
    let candidates: Candidates
    (candidates, manifest.selection) = try await select(from: poolPath, profile)
    progress.update { $0.phase = .writing }
    // The figures are counted while splits are written.
    async let report = report(manifest, candidates, poolPath: poolPath, profile)
    let writer = SplitWriter(poolPath: poolPath, sink: PromptCompletion(), jobs: jobs)
    for split in Self.splits {
      let fileName = Self.fileName(of: split.name)
      manifest.outputs[fileName] = try await profile.measure("write") {
        try await writer.write(
          candidates.rows(of: split.part), to: output.stagedPath(fileName))
      }
    }
    manifest.outputs[Report.fileName] = try OutputFile.write(
      try await report, to: output.stagedPath(Report.fileName))
    manifest.outputs[Card.fileName] = try OutputFile.write(
      try Card(manifest, recipe).markdown(), to: output.stagedPath(Card.fileName))
    _ = try OutputFile.write(
      try manifest.encoded(), to: output.stagedPath(Manifest.fileName))
  }

  private func report(
    _ manifest: Manifest, _ candidates: Candidates, poolPath: String, _ profile: Profile?
  ) async throws -> [UInt8] {
    try profile.measure("report") {
      let pool = try PoolReader(path: poolPath)
      let samples = try Self.splits.map { split in
        let rows = candidates.rows(of: split.part)
        return try Report.Sample(split.name, of: rows.count, rows.prefix(12), from: pool)
      }
      return try Report(
        manifest, recipe, ReportFigures(pool, candidates), samples, pool.rejectSamples()
      ).html()
    }
  }

  /// Takes the pool through the pool steps; tells how many items each left.
  ///
  /// - Parameters:
  ///   - rows: those of items that are watched: see `Candidates.watched`.
  ///   - body: called after each step with its name.
  func select(
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

  /// The split whose file in `folder` has the line that the item in a row of the pool gives; nil where none
  /// has. Items that give the same line are not told apart.
  public func split(holdingRow row: UInt32, of folder: String) throws -> String? {
    let pool = try PoolReader(path: Self.poolPath(folder))
    var (item, line) = (PoolRow(), [UInt8]())
    try pool.read(row, into: &item)
    PromptCompletion().append(item, to: &line)
    let pattern = Pattern(String(decoding: line, as: UTF8.self))
    return Self.splits.map(\.name).first { split in
      let url = URL(fileURLWithPath: "\(folder)/\(Self.fileName(of: split))")
      guard let file = try? Data(contentsOf: url, options: .alwaysMapped) else { return false }
      return file.withUnsafeBytes { pattern.firstIndex(in: $0, from: 0) } != nil
    }
  }

  /// The splits that are written, by name.
  public static let splits: [(name: String, part: Candidates.Part)] = [
    ("train", .train), ("validation", .validation), ("test", .test),
  ]

  /// The file of a split.
  public static func fileName(of split: String) -> String {
    "\(split).\(PromptCompletion.fileExtension)"
  }

  static let poolName = "pool.sqlite"

  /// The pool of the dataset in a folder.
  public static func poolPath(_ folder: String) -> String { "\(folder)/\(poolName)" }
}
