package import Bytes
import CSimdJSON
package import Contracts
import Synchronization

/// A `meta_NAME.jsonl` file, plain or compressed by gzip, which is told by its first bytes.
package final class RawFile: Source {
  package let path: String
  package let name: String
  package let category: String
  package let byteCount: Int
  private let reader: Mutex<LineReader?>
  private let progress = Atomic<Int>(0)
  private let digest = Mutex<String?>(nil)
  private let foundDamage = Mutex<Damage?>(nil)
  package let damagePolicy: DamagePolicy
  private let batchSize: Int
  private let lineCap: Int
  private let kind: InputFile.Kind
  private let started = Atomic<Bool>(false)

  /// - Parameters:
  ///   - path: as given; it is opened when the first batch is asked for.
  ///   - batchSize: bytes of lines per batch; a batch grows beyond it for a single longer line.
  ///   - lineCap: the longest line that is read, in bytes.
  package convenience init(
    path: String, byteCount: Int, damagePolicy: DamagePolicy = .stop, batchSize: Int = 1 << 20,
    lineCap: Int = SizeLimits.line
  ) {
    self.init(
      path: path, byteCount: byteCount, damagePolicy: damagePolicy, batchSize: batchSize,
      lineCap: lineCap, .named)
  }

  /// A file of rows, which may be longer than the raw line that each was made of: see `SizeLimits`.
  package convenience init(rowsAt path: String, _ kind: InputFile.Kind) {
    self.init(
      path: path, byteCount: 0, damagePolicy: .stop, batchSize: 1 << 20,
      lineCap: SizeLimits.row, kind)
  }

  private init(
    path: String, byteCount: Int, damagePolicy: DamagePolicy, batchSize: Int, lineCap: Int,
    _ kind: InputFile.Kind
  ) {
    self.kind = kind
    self.damagePolicy = damagePolicy
    self.path = path
    self.byteCount = byteCount
    self.batchSize = batchSize
    self.lineCap = lineCap
    name = Self.baseName(of: path)
    category = Self.category(ofFileNamed: name)
    reader = Mutex(nil)
  }

  package var bytesRead: Int { progress.load(ordering: .relaxed) }

  package var sha256: String? { digest.withLock { $0 } }

  package var damage: Damage? { foundDamage.withLock { $0 } }

  package func hashBytes() throws -> String { try InputFile(path: path).sha256() }

  package func nextBatch() throws -> Batch? {
    try reader.withLock { reader in
      if !started.exchange(true, ordering: .relaxed) {
        reader = try LineReader(
          path: path, kind, damagePolicy, batchSize: batchSize, lineCap: lineCap)
      }
      if reader == nil { return nil }
      let batch = try reader!.nextBatch()
      progress.store(reader?.bytesRead ?? 0, ordering: .relaxed)
      if batch == nil {
        let sha256 = try reader!.finishHash()
        let damage = reader?.damage
        digest.withLock { $0 = sha256 }
        foundDamage.withLock { $0 = damage }
        reader = nil
      }
      return batch
    }
  }

  static func baseName(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// `Appliances` for `meta_Appliances.jsonl.gz`; another name's part before the first dot.
  package static func category(ofFileNamed name: String) -> String {
    let stem = name.prefix { $0 != "." }
    return String(stem.hasPrefix("meta_") ? stem.dropFirst("meta_".count) : stem)
  }
}
