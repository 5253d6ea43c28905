import Bytes
package import Contracts
import PoolSteps

/// What is to be minded about the selection, in sentences that begin with a small letter.
package struct SelectionNotes {
  private let manifest: Manifest
  private let sizes: [SplitSize]

  package init(_ manifest: Manifest, _ sizes: [SplitSize]) {
    self.manifest = manifest
    self.sizes = sizes
  }

  /// Splits that are too small to measure by, and a balance that changed nothing.
  package var all: [String] { [smallSplits, idleBalance].compactMap(\.self) }

  package var smallSplits: String? {
    let small = sizes.filter {
      $0.split.isHeldOut && $0.rows < $0.wanted && $0.rows < SplitSize.fewRows
    }
    guard manifest.total.kept > 0, !small.isEmpty else { return nil }
    let rows = small.map { "\(grouped($0.rows)) in \($0.split.name)" }.joined(separator: ", ")
    return "too few rows to measure a model by: \(rows).\(cure)"
  }

  private var cure: String {
    let holdsOut = manifest.selection.contains { $0.step == HoldOutStep.name }
    if holdsOut {
      let name = manifest.recipe.name
      let isOwn = !Recipe.builtInNames.contains(name)
      return
        " They come from the held-out part alone: give more raw files, or raise 'per-thousand' "
        + "of 'hold-out' in "
        + (isOwn
          ? "the recipe." : "a recipe of your own ('curate steps --recipe \(name)' prints one).")
    }
    let request = manifest.request
    let items = manifest.selection.last?.itemsIn ?? 0
    // No pool is nearly as large, and sums stay far from an overflow.
    let others = min(request.test, 1 << 32) + min(request.validation, 1 << 32)
    let train = items - others >= items / 2 ? items - others : items / 10 * 8
    return " The recipe holds nothing out, so that train comes first: "
      + (train > 0 ? "ask for less with --train \(train)." : "give more raw files.")
  }

  private var idleBalance: String? {
    guard let balance = manifest.selection.first(where: { $0.step == BalanceStep.name }),
      balance.itemsIn > 0
    else { return nil }
    let out = balance.itemsIn - balance.itemsOut
    guard out * 100 < balance.itemsIn else { return nil }
    return
      "'balance' left out \(out == 0 ? "nothing" : "next to nothing"), so prices are as uneven as in "
      + "the raw files. Give more raw files, or lower its 'limit' in a recipe of your own."
  }
}

/// How large a split is, and was to be.
package struct SplitSize {
  package let split: Split
  package let rows: Int
  package let wanted: Int

  /// Of fewer rows, a score is uncertain.
  static let fewRows = 250

  /// - Parameter rows: how many a split has; those of the manifest's files where it is nil.
  package static func all(of manifest: Manifest, rows: ((Split) -> Int)? = nil) -> [SplitSize] {
    let request = manifest.request
    let wanted: [Split: Int] = [
      .train: request.train, .validation: request.validation, .test: request.test,
    ]
    return Split.allCases.map { split in
      SplitSize(
        split: split, rows: rows?(split) ?? manifest.rows(of: split), wanted: wanted[split] ?? 0)
    }
  }
}
