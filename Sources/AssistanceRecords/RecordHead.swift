/// 链头: the last event of a file. Kept outside of it, it shows later that nothing up to it was taken away or replaced.
///
/// A chain alone does not see that its tail was cut.
public struct RecordHead: Hashable, Sendable {
    /// Names the chain: 32 hexadecimal digits, made by chance with the file and anew with other keys.
    public let file: String
    /// The number of the last event; 0 where there is none yet.
    public let number: Int64
    /// Its hash, 64 hexadecimal digits.
    public let hash: String

    init(file: String, number: Int64, hash: [UInt8]) {
        (self.file, self.number, self.hash) = (file, number, Hexadecimal.text(hash))
    }

    /// Reads the text form; nil where it is none.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, Hexadecimal.isText(parts[0], digits: 32), let number = Int64(parts[1]), number >= 0,
            Hexadecimal.isText(parts[2], digits: 64), parts[1] == "\(number)"
        else { return nil }
        (file, self.number, hash) = (String(parts[0]), number, String(parts[2]))
    }

    /// The text form: file, number and hash, with points between them.
    public var text: String { "\(file).\(number).\(hash)" }
}
