/// Strict UTF-8, one scalar at a time.
enum UTF8Check {
    /// The length, 2 to 4, of the scalar of several bytes that begins at the index; nil where the bytes are none.
    ///
    /// Table 3-7 of the Unicode standard: the second byte's range shuts out overlong forms, surrogates, and what lies
    /// beyond 10FFFF.
    static func length(in bytes: [UInt8], at index: Int) -> Int? {
        guard bytes.indices.contains(index) else { return nil }
        let (length, second): (Int, ClosedRange<UInt8>)
        switch bytes[index] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard bytes.count - index >= length, second.contains(bytes[index + 1]) else { return nil }
        for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return nil }
        return length
    }
}

extension [UInt8] {
    /// Where the bytes first are no UTF-8; nil where they are.
    public var firstInvalidUTF8: Int? {
        var index = 0
        while index < count {
            if self[index] < 0x80 {
                index += 1
            } else if let length = UTF8Check.length(in: self, at: index) {
                index += length
            } else {
                return index
            }
        }
        return nil
    }
}
