import Curation

/// Prints an item's duplicates and near-duplicates, and where each of them ended.
struct NearView {
  /// The item itself first.
  let relatives: [InspectedDataset.Relative]

  /// - Parameter limit: so many are shown.
  func show(_ limit: Int) {
    guard let own = relatives.first else { return }
    print(Ink.paint("NEAR \(own.row.id.text)", .heading) + "\n")
    relatives.prefix(limit).forEach(Self.show(one:))
    if relatives.count > limit { print("  and \(grouped(relatives.count - limit)) more: --count") }
    let stayed = relatives.count(where: { $0.split != nil })
    var paragraph = Paragraph(indent: 0)
    paragraph.append("\n")
    paragraph.append(
      words: relatives.count == 1
        ? "It has no duplicates or near-duplicates."
        : "\(grouped(relatives.count)) items, \(grouped(stayed)) of them in the splits. The share is "
          + "that of the runs of words that an item has in common with the first one. Each is alike "
          + "enough to at least one other, not to all.")
    print(paragraph.text)
  }

  /// An item in two lines: how alike, which one, where it is; and its title.
  static func show(one relative: InspectedDataset.Relative) {
    let share = "\(Int((relative.similarity * 100).rounded(.down))) %"
    var paragraph = Paragraph(indent: 2)
    paragraph.append(
      String(repeating: " ", count: max(0, 5 - share.count)) + share + "  ")
    paragraph.append(words: relative.row.id.text, .heading)
    paragraph.append("  ")
    paragraph.append(words: relative.endSummary, relative.split == nil ? .bad : .good)
    if relative.isItself {
      paragraph.append(words: ", the item itself")
    } else if !relative.common.isEmpty {
      paragraph.append(words: ", same \(relative.common.joined(separator: ", "))")
    }
    paragraph.append(words: ", \(relative.row.source):\(relative.row.line)", .faint)
    paragraph.append("\n       ")
    paragraph.append(words: relative.title)
    print(paragraph.text)
  }
}

extension InspectedDataset.Relative {
  /// For programs.
  var json: [String: Any] {
    [
      "id": row.id.text, "source": row.source, "line": row.line, "title": title,
      "similarity": similarity, "same": isItself ? [] : common, "end": endSummary,
    ]
  }
}
