import CGlibc
import Tokenization

/// Makes a dataset: the pool from sources, and from the pool the splits.
public struct DatasetBuilder: Sendable {
  public let splitMaker: SplitMaker
  public let tokenizer: Tokenizer
  /// Whether `rejects.jsonl.gz` is written.
  public let keepsRejects: Bool
  public let progress = RunProgress()
  /// Where the time goes, if that is asked for.
  public let profile: Profile?

  public init(
    _ splitMaker: SplitMaker, _ tokenizer: Tokenizer, keepsRejects: Bool, profile: Profile? = nil
  ) {
    self.splitMaker = splitMaker
    self.tokenizer = tokenizer
    self.keepsRejects = keepsRejects
    self.profile = profile
  }

  /// Reads all sources and writes the dataset to `folder`, which changes only at the end.
  ///
  /// - Parameter isDry: everything is done but putting the outputs in place.
  /// - Returns: the manifest of what was made.
  public func run(_ sources: [any Source], into folder: String, isDry: Bool = false) async throws
    -> Manifest
  {
    let recipe = splitMaker.recipe
    let steps = try recipe.makeRecordSteps(StepResources(tokenizer: tokenizer))
    // So that a recipe's fault is told before hours of reading, not after.
    _ = try recipe.makePoolSteps()
    let output = try OutputFolder(path: folder)
    let pool = try PoolWriter(path: output.stagedPath(SplitMaker.poolName))
    let rejects =
      keepsRejects ? try RejectsWriter(folder: output.staging) : nil
    let ledgers = try await Reading(
      sources: sources, steps: steps, pool: pool, rejects: rejects, jobs: splitMaker.jobs,
      progress: progress, profile: profile
    ).run()

    progress.update { $0.phase = .indexing }
    let digest = try await profile.measure("index") {
      try await pool.finish(about: [
        "version": curateVersion, "recipe": recipe.text, "tokenizer-sha256": tokenizer.sha256,
      ])
    }
    // Files of one name are ordered by what is in them, and not by where they lie.
    let order = sources.indices.sorted {
      (sources[$0].name, sources[$0].sha256 ?? "") < (sources[$1].name, sources[$1].sha256 ?? "")
    }
    var manifest = Manifest(
      version: curateVersion,
      recipe: .init(name: recipe.name, sha256: recipe.sha256),
      tokenizer: .init(kind: tokenizer.kind.rawValue, sha256: tokenizer.sha256),
      inputs: order.map { index in
        .init(
          name: sources[index].name, bytes: sources[index].byteCount,
          sha256: sources[index].sha256 ?? "", lines: ledgers[index])
      },
      total: ledgers.reduce(into: Ledger()) { $0 += $1 },
      pool: .init(items: await pool.itemCount, digest: digest),
      request: splitMaker.request, selection: [], outputs: [:])
    if let rejects {
      manifest.outputs[RejectsWriter.fileName] = try await rejects.finish(
        path: output.stagedPath(RejectsWriter.fileName), order: order)
    }
    // What readers and workers have freed goes back to the system, lest selection add to it.
    malloc_trim(0)
    // The disk writes the pool while items are selected.
    let poolPath = output.stagedPath(SplitMaker.poolName)
    let sync = Task { try syncToDisk(poolPath) }
    try await splitMaker.write(to: output, &manifest, progress: progress, profile)
    try await profile.measure("sync") { try await sync.value }
    if !isDry { try profile.measure("publish") { try output.publish() } }
    progress.update { $0.phase = .finished }
    return manifest
  }
}

/// The version of the program and of what it writes.
public let curateVersion = "0.1.0"
