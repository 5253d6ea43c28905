import Bytes
import CGlibc
package import Contracts
package import DatasetFiles
import Glibc
import ItemPool
package import Tokenization

/// Makes a dataset: the pool from sources, and the splits from the pool.
package struct DatasetBuilder: Sendable {
  package let splitMaker: SplitMaker
  package let tokenizer: Tokenizer
  /// Whether `rejects.jsonl.gz` is written.
  package let keepsRejects: Bool
  package let progress = RunProgress()
  /// Where the time goes, if requested.
  package let profile: Profile?
  /// Whether to resume an earlier run, reusing the files it has read.
  private let resumes: Bool

  package init(
    _ splitMaker: SplitMaker, _ tokenizer: Tokenizer, keepsRejects: Bool,
    resumes: Bool = true, profile: Profile? = nil
  ) {
    self.splitMaker = splitMaker
    self.tokenizer = tokenizer
    self.keepsRejects = keepsRejects
    self.resumes = resumes
    self.profile = profile
  }

  /// Recovers the dataset in a folder after a killed run. Call this before looking for raw files,
  /// which may be in that folder.
  package static func recover(_ folder: String) { OutputFolder.recover(folder) }

  /// Reads all sources and writes the dataset to `folder`, which changes only at the end.
  ///
  /// - Parameter isDry: do everything except putting the outputs in place.
  /// - Returns: the manifest of the new dataset.
  package func run(_ sources: [any Source], into folder: String, isDry: Bool = false) async throws
    -> Manifest
  {
    let recipe = splitMaker.recipe
    let steps = try recipe.makeRecordSteps(StepResources(tokenizer: tokenizer))
    // Report a fault in the recipe before hours of reading, not after.
    _ = try recipe.makePoolSteps()
    let output = try OutputFolder(path: folder)
    let pool = try await resume(from: output, sources)
    do {
      let manifest = try await make(sources, steps, pool, output, isDry: isDry)
      if !isDry {
        try profile.measure("publish") { try output.publish() }
        progress.update { $0.keptAside = output.keptAside }
      }
      progress.update { $0.phase = .finished }
      return manifest
    } catch {
      let count = await pool.inputs.count
      await pool.abandon()
      guard count > 0, !output.isPublished else { throw error }
      output.keepsPool = true
      let done = "\(count) of \(sources.count) files \(count == 1 ? "is" : "are") done"
      let condition = resumes ? "" : ", without --anew,"
      switch error {
      case is CancellationError:
        let unchanged =
          fileExists(output.path)
          ? "nothing was changed in \(folder)/" : "there is no \(folder)/ yet"
        throw CurationError(
          .interrupted,
          "interrupted; \(unchanged); \(done), and the same command\(condition) goes on with the others"
        )
      case let error as CurationError:
        // The same command may fail in the same way.
        throw CurationError(
          error.code, "\(error.description); \(done), which the next run\(condition) takes over")
      default: throw error
      }
    }
  }

  /// Makes pool and splits in the staging folder.
  private func make(
    _ sources: [any Source], _ steps: [any RecordStep], _ pool: PoolWriter, _ output: OutputFolder,
    isDry: Bool
  ) async throws -> Manifest {
    let recipe = splitMaker.recipe
    let done = await pool.inputs
    progress.update {
      $0.phase = .reading
      $0.readingSince = .now
    }
    let rest = Dictionary(
      uniqueKeysWithValues: sources.enumerated().filter { done[$0.offset] == nil }
        .map { ($0.offset, $0.element) })
    try await PoolBuilder(
      sources: rest, steps: steps, pool: pool, keepsRejects: keepsRejects,
      jobs: splitMaker.jobs, progress: progress,
      profile: profile
    ).run()

    progress.update { $0.phase = .indexing }
    let digest = try await profile.measure("index") { try await pool.finish() }
    let inputs = await pool.inputs
    // Files with the same name are ordered by content, not by location.
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
      manifest.outputs[DatasetLayout.rejectsName] = try await pool.writeRejects(
        of: order, to: output.stagedPath(DatasetLayout.rejectsName))
    }
    // Return the memory that readers and workers freed to the system before selection needs more.
    malloc_trim(0)
    // Sync the pool to disk while items are selected.
    let poolPath = output.poolPath
    async let synced: Void = syncToDisk(poolPath)
    try await splitMaker.write(to: output, &manifest, progress: progress, profile)
    let start = Profile.now()
    try await synced
    profile?.add("sync", Profile.now() - start)
    return manifest
  }

  /// Starts a pool with the sources that an earlier run has completed.
  private func resume(
    from output: OutputFolder, _ sources: [any Source]
  ) async throws -> PoolWriter {
    let path = output.poolPath
    let context = ResumablePool.context(
      splitMaker.recipe, .init(kind: tokenizer.kind.rawValue, sha256: tokenizer.sha256))
    let about = [
      "version": curateVersion, "recipe": splitMaker.recipe.text,
      "tokenizer-sha256": tokenizer.sha256, "context": context,
      "rejects": keepsRejects ? "yes" : "no",
    ]
    var earlierPaths = resumes ? [output.earlierPool, DatasetLayout.poolPath(output.path)] : []
    var pool = try PoolWriter(path: path, about: about)
    while let spoilt = try await copySources(sources, from: earlierPaths, context, to: pool) {
      earlierPaths.removeAll { $0 == spoilt }
      await pool.abandon()
      for name in [path, path + "-journal"] { unlink(name) }
      pool = try PoolWriter(path: path, about: about)
    }
    let done = await pool.inputs
    progress.update {
      $0.sources = done.mapValues { .init(lines: $0.lines.read, isFinished: true) }
      $0.earlierSources = done.count
      $0.earlierBytes = done.values.reduce(0) { $0 + $1.bytes }
    }
    return pool
  }

  /// Copies what earlier pools have of the sources. Returns the path of a pool that does not hold
  /// what its run wrote, if any: then everything copied is invalid.
  private func copySources(
    _ sources: [any Source], from paths: [String], _ context: String, to pool: PoolWriter
  ) async throws -> String? {
    for path in paths {
      guard let earlier = try ResumablePool(path: path, context: context, hasRejects: keepsRejects)
      else { continue }
      progress.update { $0.phase = .resuming }
      let inputs = try await earlier.inputs(of: sources, except: pool.inputs, jobs: splitMaker.jobs)
      if !inputs.isEmpty, try await !earlier.copy(inputs, to: pool) { return path }
    }
    return nil
  }

}
