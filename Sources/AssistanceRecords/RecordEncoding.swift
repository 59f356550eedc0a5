/// Fields one after the other so that no two lists of fields have the same bytes: a number is 8 bytes, the greatest
/// first; a text or bytes come behind their length.
struct RecordEncoding {
    private(set) var bytes: [UInt8]

    /// With room for what most places and uses are, which are encoded for every row.
    init() {
        bytes = []
        bytes.reserveCapacity(192)
    }

    mutating func begin() { bytes.removeAll(keepingCapacity: true) }

    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ field: [UInt8]) {
        add(Int64(field.count))
        bytes.append(contentsOf: field)
    }

    mutating func add(_ field: UnsafeRawBufferPointer) {
        add(Int64(field.count))
        bytes.append(contentsOf: field)
    }

    mutating func add(_ text: String) {
        add(Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Bytes and their digits.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether a text is so many small digits.
    static func isText(_ text: Substring, digits count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy(digits.contains)
    }
}

/// Names that stand in the clear: 1 to 64 letters, digits, `.`, `_` and `-`, so that no name of a person fits.
enum RecordName {
    static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, 45, 46, 95: true
                default: false
                }
            }
    }
}
