import Benchmark
import Foundation

@testable import Bytes
@testable import Contracts
@testable import DatasetFiles
@testable import Engine
@testable import ItemPool
@testable import RawData
@testable import RecordSteps
@testable import Tokenization

/// Every step of a recipe, over the items that come to it.
func steps(of recipe: String, _ records: Records) throws -> BenchmarkSuite {
  let steps = try records.steps(of: recipe)
  let suite = BenchmarkSuite(name: recipe)
  for (place, step) in steps.enumerated() {
    let items = try records.items(before: place, of: steps)
    let name = "\(place + 1) \(type(of: step).name), \(items.count) items"
    func register(_ step: some RecordStep) {
      suite.benchmark(name) { for held in items { held.apply(step) } }
    }
    register(step)
  }
  return suite
}

func encoding(_ records: Records) -> BenchmarkSuite {
  let texts = records.lines.split(separator: UInt8(ascii: "\n")).map { Array($0) }
  let tokenizer = records.tokenizer
  return BenchmarkSuite(name: "encoder") { suite in
    var tokens: [UInt32] = []
    suite.benchmark("whole lines") {
      tokens.removeAll(keepingCapacity: true)
      for text in texts { tokenizer.encode(text.span, into: &tokens) }
    }
    var (encoded, words) = (EncodedText(), TokenCache())
    suite.benchmark("whole lines, with a memory for words") {
      for text in texts {
        encoded.text = text
        tokenizer.encode(&encoded, with: &words)
      }
    }
    suite.benchmark("decoding") {
      var bytes: [UInt8] = []
      tokenizer.decode(tokens.span, into: &bytes)
    }
  }
}

/// Reader, decoder, pool and rows.
func inputAndOutput(_ records: Records) -> BenchmarkSuite {
  let folder = FileManager.default.temporaryDirectory.path + "/curate-benchmarks"
  try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  let plain = "\(folder)/meta_Plain.jsonl"
  let compressed = "\(folder)/meta_Compressed.jsonl.gz"
  _ = FileManager.default.createFile(atPath: plain, contents: Data(records.lines))
  let members = (try? gzipMember(records.lines)) ?? []
  _ = FileManager.default.createFile(atPath: compressed, contents: Data(members))
  return BenchmarkSuite(name: "io") { suite in
    for path in [plain, compressed] {
      suite.benchmark("reader, \(path.suffix(3))") {
        let file = RawFile(path: path, byteCount: records.lines.count)
        while try file.nextBatch() != nil {}
      }
    }
    let batch = records.batch
    suite.benchmark("decoder") {
      var decoder = try ProductDecoder()
      var product = Product()
      batch.forEachLine { _, range in
        _ = decoder.decode(batch.bytes.span, range, into: &product)
      }
    }
    for recipe in ["course", "pricer"] {
      guard let rows = try? records.rows(of: recipe) else { continue }
      suite.benchmark("pool writer, \(recipe)") {
        let path = "\(folder)/pool.sqlite"
        try? FileManager.default.removeItem(atPath: path)
        wait {
          let pool = try PoolWriter(path: path, about: [:])
          for _ in 0..<100 {
            try await pool.append(rows)
          }
          _ = try await pool.finish()
        }
      }
    }
    suite.benchmark("rows as JSON") {
      var bytes: [UInt8] = []
      var row = PoolRow()
      row.prompt = records.lines
      PromptCompletion().append(row, to: &bytes)
    }
  }
}

/// Records from memory by one worker and by two, without disk and inflating: what is left grows as
/// workers do, until the pool's one writer has no time left.
func workers(_ records: Records) -> BenchmarkSuite {
  BenchmarkSuite(name: "workers", settings: Iterations(5)) { suite in
    for recipe in ["course", "pricer"] {
      for jobs in [1, 2] {
        suite.benchmark("\(recipe), \(jobs)") {
          let path = FileManager.default.temporaryDirectory.path + "/curate-benchmarks/pool.sqlite"
          try? FileManager.default.removeItem(atPath: path)
          let sources = Dictionary(
            uniqueKeysWithValues: (0..<4).map {
              ($0, MemorySource(records.batch, times: 20, name: "meta_\($0).jsonl"))
            })
          let steps = try records.steps(of: recipe)
          wait {
            _ = try await PoolBuilder(
              sources: sources, steps: steps, pool: try PoolWriter(path: path, about: [:]),
              keepsRejects: false, jobs: jobs, progress: RunProgress(), profile: nil
            ).run()
          }
        }
      }
    }
  }
}

/// Runs what is asynchronous to its end.
private func wait(_ body: @escaping @Sendable () async throws -> Void) {
  let semaphore = DispatchSemaphore(value: 0)
  Task {
    do { try await body() } catch { print("failed: \(error)") }
    semaphore.signal()
  }
  semaphore.wait()
}
