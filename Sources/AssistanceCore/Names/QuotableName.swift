/// Whether a key from outside may stand in a message: a short identifier with few digits is a name, or the misspelling of
/// one, and no personal data.
public func isQuotable(_ key: String) -> Bool {
    let bytes = key.utf8
    guard (1...32).contains(bytes.count), bytes.count(where: ASCII.isDigit) <= 4 else { return false }
    guard let first = bytes.first, !ASCII.isDigit(first) else { return false }
    return bytes.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: ASCII.isDigit(byte)
        }
    }
}
