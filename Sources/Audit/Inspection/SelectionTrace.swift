import Bytes
package import Contracts
package import Engine
import ItemPool
import PoolSteps

/// What became of some items of a pool in the selection.
package struct SelectionTrace: Sendable {
  /// Where an item ended.
  package enum End: Sendable, Equatable {
    case split(Split)
    /// Left out by a pool step; `why` completes "since", and is empty for relatives of what was asked for.
    case leftOut(step: String, why: String)
  }

  /// By the items' rows.
  package fileprivate(set) var ends: [UInt32: End] = [:]
  /// For each row that was asked for those of its duplicates and near-duplicates, its own among them; empty
  /// without `deduplicate`. Their ends are in `ends`, too.
  package fileprivate(set) var families: [UInt32: [UInt32]] = [:]
}

extension SplitMaker {
  /// Makes the selection of a folder's pool again, and tells what became of the items in some rows. Costs
  /// a selection: some seconds for a million items.
  package func trace(rows: Set<UInt32>, of folder: String) async throws -> SelectionTrace {
    var trace = SelectionTrace()
    _ = try await select(from: DatasetLayout.poolPath(folder), watching: rows) { step, candidates in
      trace.families.merge(candidates.families) { first, _ in first }
      let asked = rows.union(trace.families.values.joined()).subtracting(trace.ends.keys)
      let left = asked.subtracting(candidates.all.lazy.map(\.row).filter(asked.contains))
      for row in left {
        trace.ends[row] = .leftOut(step: step, why: candidates.reasons[row] ?? "")
      }
      for candidate in candidates.all where asked.contains(candidate.row) {
        if case .split(let split) = candidate.part { trace.ends[candidate.row] = .split(split) }
      }
    }
    return trace
  }

  /// The rows that a pool step leaves out when the selection of a folder's pool is made again, in the pool's
  /// canonical order.
  package func rows(leftOutBy step: String, of folder: String) async throws -> [UInt32] {
    var rows: [UInt32] = []
    var before = try PoolReader(path: DatasetLayout.poolPath(folder)).candidates().all.map(\.row)
    _ = try await select(from: DatasetLayout.poolPath(folder)) { name, candidates in
      let after = Set(candidates.all.lazy.map(\.row))
      if name == step { rows += before.filter { !after.contains($0) } }
      before.removeAll { !after.contains($0) }
    }
    return rows
  }
}

extension Recipe {
  /// How many items of a group of near-duplicates may stay.
  package var nearDuplicateCopies: Int {
    poolSteps.first { $0.type.name == DeduplicateStep.name }?.values[DeduplicateStep.copies] ?? .max
  }
}
