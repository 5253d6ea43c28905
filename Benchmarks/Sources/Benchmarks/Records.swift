import Synchronization

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import Engine
@testable import ItemPool
@testable import RawData
@testable import RecordSteps
@testable import Synthesis
@testable import Tokenization

/// Sample records, and the items that a recipe makes of them.
final class Records {
  /// The lines, one behind the other, each with its line feed.
  let lines: [UInt8]
  let count: Int
  let tokenizer: Tokenizer

  init(count: Int, tokenizer: Tokenizer) throws {
    let products = SampleProducts(seed: 1)
    var lines: [UInt8] = []
    for index in 0..<count { _ = products.appendLine(index, to: &lines) }
    self.lines = lines
    self.count = count
    self.tokenizer = tokenizer
  }

  /// The lines as one batch.
  var batch: Batch {
    Batch(
      index: 0, firstLine: 1, isTooLongLine: false,
      bytes: lines + [UInt8](repeating: 0, count: 64), byteCount: lines.count)
  }

  func steps(of recipe: String) throws -> [any RecordStep] {
    try Recipe(nameOrPath: recipe).makeRecordSteps(StepResources(tokenizer: tokenizer))
  }

  /// The items as they come to a step of a recipe, those that come so far.
  func items(before place: Int, of steps: [any RecordStep]) throws -> [HeldItem] {
    var items: [HeldItem] = []
    var decoder = try ProductDecoder()
    let batch = batch
    batch.forEachLine { _, range in
      let held = HeldItem()
      guard decoder.decode(batch.bytes.span, range, into: &held.item.product) == nil else { return }
      for step in steps[..<place] {
        if case .drop = step.apply(to: &held.item) { return }
      }
      held.keep()
      items.append(held)
    }
    return items
  }

  /// What the pool gets of the records by a recipe.
  func rows(of recipe: String) throws -> PoolRows {
    let steps = try steps(of: recipe)
    var rows = PoolRows(category: "Sample", source: "meta_Sample.jsonl")
    for (line, held) in try items(before: steps.count, of: steps).enumerated() {
      rows.append(held.item, line: line + 1)
    }
    return rows
  }
}

/// An item that a step can be applied to again and again.
final class HeldItem {
  var item = Item()
  private var texts: (title: [UInt8], contents: [UInt8], text: [UInt8]) = ([], [], [])

  func keep() { texts = (item.title, item.contents, item.text) }

  /// Applies a step to the item as it was; counts the copies of its texts, too.
  func apply(_ step: some RecordStep) {
    (item.title, item.contents, item.text) = texts
    _ = step.apply(to: &item)
  }
}

/// Gives the same batch a number of times, from memory.
final class MemorySource: Source {
  let name: String
  let category = "Sample"
  let byteCount: Int
  let bytesRead = 0
  let sha256: String? = ""
  let damage: Damage? = nil
  let damagePolicy = DamagePolicy.stop
  private let batch: Batch
  private let left: Mutex<Int>

  init(_ batch: Batch, times: Int, name: String) {
    self.batch = batch
    self.name = name
    byteCount = batch.byteCount * times
    left = Mutex(times)
  }

  func hashBytes() -> String { "" }

  func nextBatch() -> Batch? {
    left.withLock { left in
      guard left > 0 else { return nil }
      left -= 1
      return batch
    }
  }
}
