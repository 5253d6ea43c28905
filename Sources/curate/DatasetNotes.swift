import Bytes
import Contracts
import DatasetFiles
import Engine
import Tokenization

/// What is to be minded about a dataset, in lines.
struct DatasetNotes {
  private let manifest: Manifest

  init(_ manifest: Manifest) {
    self.manifest = manifest
  }

  /// Says those of reading, and that a split is empty, which is done even where nothing else is said.
  func showReading() {
    for line in ofReading { StandardError.say(line) }
    let sizes = SplitSize.all(of: manifest)
    if sizes.contains(where: { $0.rows == 0 && $0.wanted > 0 }),
      let note = SelectionNotes(manifest, sizes).smallSplits
    {
      for line in wrapped("note: \(note)", indent: 2, width: StandardError.textWidth) {
        StandardError.say(line)
      }
    }
  }

  /// Tells of the user's files that had the name of an output.
  static func showKeptAside(_ progress: RunProgress, in folder: String) {
    for file in progress.state.keptAside {
      StandardError.say(
        "note: \(folder)/\(file.name) was not as curate wrote it; yours is now \(file.newName)")
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
    return notes.flatMap { wrapped($0, indent: 2, width: StandardError.textWidth) }
  }

  /// Splits that are too small to measure by, and a balance that changed nothing.
  var ofSelection: [String] {
    SelectionNotes(manifest, SplitSize.all(of: manifest)).all.flatMap {
      wrapped("note: \($0)", indent: 2, width: StandardError.textWidth)
    }
  }
}
