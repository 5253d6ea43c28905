import Audit
import Bytes
import Contracts
import ItemPool
import Tokenization

/// Prints an item's duplicates and near-duplicates, and where each of them ended.
struct NearView {
  /// The item itself first.
  let relatives: [InspectedDataset.Relative]
  let recipe: Recipe

  /// - Parameters:
  ///   - limit: so many are shown.
  ///   - all: a command that shows all of them.
  func show(_ limit: Int, all: ShellCommand) {
    guard let own = relatives.first else { return }
    print(StandardOutput.paint("NEAR \(own.row.id.text.printable)", .heading) + "\n")
    relatives.prefix(limit).forEach(Self.show(one:))
    let rest = relatives.count - limit
    if rest > 0 {
      all.print(after: "and \(grouped(rest)) more")
    }
    print()
    var paragraph = Paragraph(indent: 0)
    paragraph.append(words: summary)
    paragraph.print()
  }

  private var summary: String {
    guard relatives.count > 1 else { return "It has no duplicates or near-duplicates." }
    let stayed = relatives.count(where: { $0.split != nil })
    let threshold = Int(((recipe.nearDuplicateThreshold ?? 0) * 100).rounded())
    let share =
      relatives.dropFirst().contains { $0.similarity * 100 < Double(threshold) }
      ? " One with a smaller share is here since it is alike enough to another one." : ""
    return
      "\(grouped(relatives.count)) items, \(grouped(stayed)) of them in the splits. The percentage "
      + "says how much of their wording an item and the first one share. Of items with the same id, "
      + "title or text one stays. From \(threshold) % on, two items are near-duplicates, and at most "
      + "\(grouped(recipe.nearDuplicateCopies)) of a group of these stay.\(share)"
  }

  /// An item in two lines: how alike, which one, where it is; and its title.
  static func show(one relative: InspectedDataset.Relative) {
    let share = "\(Int((relative.similarity * 100).rounded(.down))) %"
    var paragraph = Paragraph(indent: 2, hanging: 7)
    paragraph.append(share.rightAligned(to: 5) + "  ")
    paragraph.append(words: relative.row.id.text, .heading)
    paragraph.append("  ")
    paragraph.append(words: relative.endSummary, relative.split == nil ? .bad : .good)
    if relative.isItself {
      paragraph.append(words: ", the item itself")
    } else if !relative.common.isEmpty {
      paragraph.append(words: ", same \(relative.common.joined(separator: ", "))")
    }
    paragraph.append(words: ", \(relative.row.source):\(relative.row.line)", .faint)
    paragraph.append("\n")
    paragraph.append(words: relative.title)
    paragraph.print()
  }
}

extension InspectedDataset.Relative {
  /// For programs.
  var json: [String: Any] {
    [
      "id": row.id.text, "source": row.source, "line": row.line, "title": title,
      "similarity": similarity, "same": isItself ? [] : common, "end": endJSON,
    ]
  }

  private var endJSON: [String: Any] {
    switch end {
    case .split(let split): ["kind": "split", "split": split.name]
    case .leftOut(let step, _): ["kind": "left-out", "step": step, "reason": step]
    case nil: ["kind": "nowhere"]
    }
  }
}
