import Bytes
package import Contracts

extension Report {
  /// A row of the table that tells what became of lines and items.
  package struct Entry {
    package let label: String
    package let count: String
    /// Of the whole.
    package let share: String
    /// That of the bar, in percent.
    package let width: String
    package let remark: String?
    package let style: String
    /// Whether it is a part of a row above.
    let isPart: Bool

    /// - Parameter count: less than 0 where so many went.
    package init(
      _ label: String, _ count: Int, of whole: Int, _ style: String, _ remark: String? = nil,
      isPart: Bool = false
    ) {
      self.label = label
      self.count = count < 0 ? "−\(grouped(-count))" : grouped(count)
      share = percent(abs(count), of: whole)
      width = decimal(100 * Double(abs(count)) / Double(max(whole, 1)))
      self.remark = remark
      self.style = style
      self.isPart = isPart
    }
  }

  package static func lines(_ total: Ledger, _ recipe: Recipe) -> [Entry] {
    let losses = LostLines(total, recipe.reasons).all.map { loss in
      Entry(
        "\(loss.isUnreadable ? "unreadable" : "dropped"): \(loss.reason)", -loss.count,
        of: total.read, "lost", loss.summary, isPart: true)
    }
    let redactions =
      total.redactions == 0
      ? nil : "mentions of their own price taken out of their texts: \(grouped(total.redactions))"
    return [Entry("lines read", total.read, of: total.read, "read")] + losses
      + [Entry("kept in the pool", total.kept, of: total.read, "kept", redactions)]
  }

  package static func items(_ manifest: Manifest, _ sizes: [SplitSize]) -> [Entry] {
    let pool = manifest.total.kept
    let steps = manifest.selection.filter { $0.itemsIn > $0.itemsOut || $0.remark != nil }
    let chosen = manifest.selection.last?.itemsOut ?? 0
    return [Entry("items in the pool", pool, of: pool, "kept")]
      + steps.map { step in
        Entry(
          "left out: \(step.step)", step.itemsOut - step.itemsIn, of: pool, "lost",
          step.remark ?? "no more were asked for", isPart: true)
      } + [Entry("chosen", chosen, of: pool, "kept")]
      + sizes.map { split in
        Entry(
          split.split.name, split.rows, of: pool, split.split.name,
          split.rows < split.wanted ? "of \(grouped(split.wanted)) asked for" : nil, isPart: true)
      }
  }
}
