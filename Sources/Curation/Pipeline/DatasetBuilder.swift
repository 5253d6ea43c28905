import CGlibc
import Glibc
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
  /// What the sources do about damage.
  private let damagePolicy: DamagePolicy
  /// Whether files that an earlier run has read are taken over from it.
  private let takesOver: Bool

  public init(
    _ splitMaker: SplitMaker, _ tokenizer: Tokenizer, keepsRejects: Bool,
    damagePolicy: DamagePolicy = .stop, takesOver: Bool = true, profile: Profile? = nil
  ) {
    self.splitMaker = splitMaker
    self.tokenizer = tokenizer
    self.keepsRejects = keepsRejects
    self.damagePolicy = damagePolicy
    self.takesOver = takesOver
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
    let pool = try await fillPool(sources, steps, output)

    progress.update { $0.phase = .indexing }
    let digest = try await profile.measure("index") { try await pool.finish() }
    let inputs = await pool.inputs
    // Files of one name are ordered by what is in them, and not by where they lie.
    let order = inputs.keys.sorted {
      (inputs[$0]?.name ?? "", inputs[$0]?.sha256 ?? "")
        < (inputs[$1]?.name ?? "", inputs[$1]?.sha256 ?? "")
    }
    var manifest = Manifest(
      version: curateVersion,
      recipe: .init(name: recipe.name, sha256: recipe.sha256),
      tokenizer: .init(kind: tokenizer.kind.rawValue, sha256: tokenizer.sha256),
      inputs: order.compactMap { inputs[$0] },
      total: inputs.values.reduce(into: Ledger()) { $0 += $1.lines },
      pool: .init(items: await pool.itemCount, digest: digest),
      request: splitMaker.request, selection: [], outputs: [:])
    if keepsRejects {
      manifest.outputs[Self.rejectsName] = try await pool.writeRejects(
        of: order, to: output.stagedPath(Self.rejectsName))
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

  /// Makes a pool with all sources in it: those that an earlier run has done are taken over, the others
  /// read.
  private func fillPool(
    _ sources: [any Source], _ steps: [any RecordStep], _ output: OutputFolder
  ) async throws -> PoolWriter {
    let path = output.stagedPath(SplitMaker.poolName)
    let context = EarlierPool.context(splitMaker.recipe, tokenizer: tokenizer.sha256)
    let about = [
      "version": curateVersion, "recipe": splitMaker.recipe.text,
      "tokenizer-sha256": tokenizer.sha256, "context": context,
      "rejects": keepsRejects ? "yes" : "no",
    ]
    var pool = try PoolWriter(path: path, about: about)
    for earlierPath in [output.earlierPool, SplitMaker.poolPath(output.path)] where takesOver {
      let earlier = EarlierPool(path: earlierPath, context: context, hasRejects: keepsRejects)
      guard let earlier else { continue }
      let done = await pool.inputs
      let inputs = try earlier.inputs(of: sources, damagePolicy).filter { done[$0.key] == nil }
      guard !inputs.isEmpty, try await !earlier.copy(inputs, to: pool) else { continue }
      unlink(path)
      pool = try PoolWriter(path: path, about: about)
    }
    unlink(output.earlierPool)
    let done = await pool.inputs
    progress.update {
      $0.finishedSources = done.count
      $0.earlierSources = done.count
      for input in done.values { $0.total += input.lines }
    }
    let rest = Dictionary(
      uniqueKeysWithValues: sources.enumerated().filter { done[$0.offset] == nil }
        .map { ($0.offset, $0.element) })
    do {
      try await Reading(
        sources: rest, steps: steps, pool: pool, keepsRejects: keepsRejects, jobs: splitMaker.jobs,
        progress: progress, profile: profile
      ).run()
    } catch {
      let count = await pool.inputs.count
      output.keepsPool = count > 0
      guard error is CancellationError, count > 0 else { throw error }
      throw CurationError(
        .interrupted,
        "interrupted; the outputs of before are as they were, and \(count) of \(sources.count) files "
          + "are done: the same command goes on with the others")
    }
    return pool
  }

  static let rejectsName = "rejects.jsonl.gz"
}

/// The version of the program and of what it writes.
public let curateVersion = "0.1.0"
