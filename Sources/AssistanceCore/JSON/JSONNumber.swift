/// The grammar of a JSON number: `-`, digits without a leading zero, a fraction, an exponent.
enum JSONNumber {
    /// What ended the reading of a number.
    enum Flaw: String {
        case digitAfterMinus = "a digit was expected after '-'"
        case leadingZero = "a number without a leading zero was expected"
        case digitAfterPoint = "a digit was expected after the decimal point"
        case digitInExponent = "a digit was expected in the exponent"
    }

    /// How many of the bytes, from the first, are a number; and what is wrong there, if anything.
    static func scan(_ bytes: some Sequence<UInt8>) -> (length: Int, flaw: Flaw?) {
        var reader = Reader(bytes.makeIterator())
        if reader.current == ASCII.minus { reader.advance() }
        let start = reader.length
        let hasLeadingZero = reader.current == ASCII.zero
        let count = reader.skipDigits()
        guard count > 0 else { return (reader.length, .digitAfterMinus) }
        if hasLeadingZero, count > 1 { return (start, .leadingZero) }
        if reader.current == ASCII.point {
            reader.advance()
            guard reader.skipDigits() > 0 else { return (reader.length, .digitAfterPoint) }
        }
        if reader.current == UInt8(ascii: "e") || reader.current == UInt8(ascii: "E") {
            reader.advance()
            if reader.current == UInt8(ascii: "+") || reader.current == ASCII.minus { reader.advance() }
            guard reader.skipDigits() > 0 else { return (reader.length, .digitInExponent) }
        }
        return (reader.length, nil)
    }

    /// Whether the text is one number and nothing else.
    static func isValid(_ text: String) -> Bool {
        let (length, flaw) = scan(text.utf8)
        return flaw == nil && length == text.utf8.count
    }

    private struct Reader<Bytes: IteratorProtocol<UInt8>> {
        private var rest: Bytes
        private(set) var current: UInt8?
        private(set) var length = 0

        init(_ bytes: Bytes) {
            rest = bytes
            current = rest.next()
        }

        mutating func advance() {
            current = rest.next()
            length += 1
        }

        mutating func skipDigits() -> Int {
            let start = length
            while let byte = current, ASCII.isDigit(byte) { advance() }
            return length - start
        }
    }
}
