import Curation

/// What is to be minded about a dataset, in lines of 80 columns.
struct DatasetNotes {
  private let manifest: Manifest

  init(_ manifest: Manifest) {
    self.manifest = manifest
  }

  /// Says those of reading, and that a split is empty, which is done even where nothing else is said.
  func showReading() {
    for line in ofReading { Terminal.say(line) }
    let isEmpty = SplitSize.all(of: manifest).contains { $0.rows == 0 && $0.wanted > 0 }
    if isEmpty, manifest.total.kept > 0, let smallSplits {
      for line in wrapped(smallSplits, indent: 2) { Terminal.say(line) }
    }
  }

  /// Files that were not read to their end, and a dataset without rows.
  var ofReading: [String] {
    var notes = manifest.inputs.compactMap { input in
      input.damage.map { damage in
        let read = input.lines.read
        let lost =
          damage.lostBytes > 0
          ? "\(grouped(damage.lostBytes)) of \(grouped(input.bytes)) bytes are"
          : "all that the file lacks is"
        return "WARNING: \(input.name.printable): \(damage.message). Before that, "
          + "\(counted(read, "line")) \(read == 1 ? "was" : "were") read"
          + (read > 0 ? ", the last of which may be garbled" : "") + "; \(lost) LOST."
      }
    }
    if manifest.total.kept == 0, manifest.total.read > 0 {
      let read = manifest.total.read
      notes.append(
        "WARNING: \(read == 1 ? "the one line was not" : "not one of \(grouped(read)) lines was") "
          + "kept: is this product metadata?")
    }
    return notes.flatMap { wrapped($0, indent: 2) }
  }

  /// Splits that are too small to measure by, and a balance that changed nothing.
  var ofSelection: [String] {
    guard manifest.total.kept > 0 else { return [] }
    return [smallSplits, idleBalance].compactMap(\.self).flatMap { wrapped($0, indent: 2) }
  }

  private var smallSplits: String? {
    let small = SplitSize.all(of: manifest).filter {
      $0.name != "train" && $0.rows < $0.wanted && $0.rows < SplitMaker.fewRows
    }
    guard !small.isEmpty else { return nil }
    let sizes = small.map { "\(grouped($0.rows)) in \($0.name)" }.joined(separator: ", ")
    return "note: too few rows to measure a model by: \(sizes).\(cure)"
  }

  private var cure: String {
    let holdsOut = manifest.selection.contains { $0.step == HoldOutStep.name }
    if holdsOut {
      let name = manifest.recipe.name
      let isOwn = Recipe.builtIn[name] == nil
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
      "note: 'balance' left out \(out == 0 ? "nothing" : "next to nothing"), so prices are as uneven as in "
      + "the raw files. Give more raw files, or lower its 'limit' in a recipe of your own."
  }
}
