import Crypto

/// 密钥: what a store is chained, searched and sealed with, derived from one secret of the host.
///
/// The secret itself is not kept. Safe to share between threads.
public struct RecordKeys: Sendable {
    /// Names the keys without telling anything of them; 32 hexadecimal digits, the same for the same secret.
    public let identity: String
    /// Of the hashes that chain events.
    let chain: SymmetricKey
    /// Of the hashes by which persons are found and documents cited; begun with the key once, each goes on with a copy.
    let index: HMAC<SHA256>
    /// Of what is sealed.
    let sealing: SymmetricKey

    /// Derives the keys (HKDF-SHA256).
    ///
    /// - Parameter secret: 32 to 64 bytes that the host keeps; who has them can read and forge everything.
    public init(secret: [UInt8]) throws(RecordProblem) {
        guard (32...64).contains(secret.count) else {
            throw RecordProblem(
                .badSecret, "the secret has \(secret.count) bytes, and 32 to 64 were expected; take 32 random bytes",
                path: "")
        }
        let origin = SymmetricKey(data: secret)
        func key(_ use: String, bytes count: Int = 32) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: origin, salt: Array("jiuzhu records 1".utf8), info: Array(use.utf8),
                outputByteCount: count)
        }
        (chain, index, sealing) = (key("chain"), HMAC(key: key("index")), key("sealing"))
        identity = key("identity", bytes: 16).withUnsafeBytes { Hexadecimal.text(Array($0)) }
    }
}

/// How hashes are made and what seals; every record names it, so that another way can follow.
enum RecordMethod {
    static let hash = "hmac-sha256-1"
    static let cipher = "aes-256-gcm-1"
}

extension RecordKeys {
    /// A hash under the key by which things are found.
    func digest(_ use: String, _ bytes: [UInt8]) -> [UInt8] {
        var encoding = RecordEncoding()
        encoding.add(use)
        // As `add(bytes)` does, without a copy of them.
        encoding.add(Int64(bytes.count))
        var code = index
        code.update(data: encoding.bytes)
        code.update(data: bytes)
        return Array(code.finalize())
    }

    /// Seals bytes for one place: opened anywhere else they are refused. Random nonce, what is sealed, tag.
    func seal(_ bytes: [UInt8], for place: RecordEncoding) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: sealing, authenticating: place.bytes)
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// What was sealed for a place; nil where it was not, or is not what it was.
    func open(_ sealed: [UInt8], for place: RecordEncoding) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let opened = try? AES.GCM.open(box, using: sealing, authenticating: place.bytes)
        else { return nil }
        return Array(opened)
    }
}
