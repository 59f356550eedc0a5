import AssistanceCore
import AssistancePolicy
import Crypto

/// The digests in receipts: SHA-256 over canonical bytes.
public enum Digest {
    /// Over some bytes, as 64 small hexadecimal digits.
    public static func bytes(_ bytes: [UInt8]) -> String { text(SHA256.hash(data: bytes)) }

    /// Over the facts of one household: every known fact in the order of the schema, with its row.
    static func facts(_ batch: FactBatch, household: Int) -> String {
        var hash = SHA256()
        var rows: [FactOwner: [Int]] = [.household: [household]]
        for owner in FactOwner.allCases {
            guard let parent = owner.parent else { continue }
            rows[owner] = (rows[parent] ?? []).flatMap { Array(batch.rows(owner, of: $0)) }
            for row in rows[parent] ?? [] {
                hash.update(
                    data: Array(
                        "\(owner.word) \(batch.isListed(owner, of: row)) \(batch.rows(owner, of: row).count)\n".utf8))
            }
        }
        for (place, fact) in batch.schema.facts.enumerated() {
            for (local, row) in (rows[fact.owner] ?? []).enumerated() {
                guard let value = batch.value(place, row: row) else { continue }
                hash.update(data: Array("\(fact.owner.word).\(fact.key)[\(local)]=\(value)\n".utf8))
            }
        }
        return text(hash.finalize())
    }

    private static func text(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

extension PolicyPack {
    /// The policy digest: SHA-256 over the canonical bytes, and so of the pack's file.
    public var digest: String { Digest.bytes(bytes) }
}
