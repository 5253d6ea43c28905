import Bytes
package import Contracts

/// Filters and truncates the contents by characters: rule 3 of the course (docs/course.md).
package struct LengthStep: RecordStep {
  package static let name = "length"
  package static let summary = """
    Keeps items whose contents are longer than a number of characters (Unicode code points), and \
    cuts longer ones.
    """
  package static let moreThan = Parameter(
    "more-than", default: 300, "contents must have more characters than this",
    allowed: "0 or more", where: { $0 >= 0 })
  package static let cutTo = Parameter(
    "cut-to", default: 1120, "the characters kept of the contents",
    allowed: "at least 1", where: { $0 >= 1 })
  package static let parameters: [any ParameterDeclaration] = [moreThan, cutTo]
  package static let stage = RecordStage.contents

  static let tooShort = DropReason("too-short", "the contents have too few characters")
  package static let dropReasons = [tooShort]

  private let moreThan: Int
  private let cutTo: Int

  package init(_ values: ParameterValues, _ resources: StepResources) throws {
    moreThan = values[Self.moreThan]
    cutTo = values[Self.cutTo]
    guard moreThan < cutTo else {
      throw RecipeFault("'more-than' (\(moreThan)) must be below 'cut-to' (\(cutTo))")
    }
  }

  package func apply(to item: inout Item) -> Verdict {
    guard item.contents.count > moreThan, item.contents.codePointCount > moreThan else {
      return .drop(Self.tooShort)
    }
    item.contents.cut(toCodePoints: cutTo)
    return .keep
  }

  package static func requirement(_ reason: DropReason, _ values: ParameterValues) -> String {
    "more than \(grouped(values[moreThan])) are wanted"
  }

  package func measure(of item: borrowing Item) -> String {
    "they have \(grouped(item.contents.codePointCount)), the title not counted"
  }
}
