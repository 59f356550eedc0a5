/// Reads numbers of JSON exactly, as integers at a fixed number of decimals.
enum ExactDecimal {
    /// Why a number has no such integer.
    enum Flaw: Error, Hashable {
        /// It has decimals beyond the fixed number that are not zero.
        case tooManyDecimals
        /// It is 10¹⁸ or more of the smallest steps.
        case outOfRange
    }

    /// The number as a count of steps of 10^-decimals: `1.5` at two decimals is 150, and so are `1.500` and `15e-1`.
    ///
    /// The text is one number by the grammar of JSON, of any length.
    static func read(_ text: String, decimals: Int) throws(Flaw) -> Int64 {
        let parts = text.utf8.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
        let mantissa = Mantissa(parts.first ?? Substring().utf8)
        guard mantissa.digits > 0 else { return 0 }
        let shift = (parts.count > 1 ? exponent(parts[1]) : 0) + mantissa.exponent + decimals
        guard shift >= 0 else { throw .tooManyDecimals }
        guard mantissa.digits + shift <= 18 else { throw .outOfRange }
        let value = (0..<shift).reduce(mantissa.value) { value, _ in value * 10 }
        return text.utf8.first == ASCII.minus ? -value : value
    }

    /// An exponent; what is too large to matter is cut to a milliard.
    private static func exponent(_ text: Substring.UTF8View) -> Int {
        let isNegative = text.first == ASCII.minus
        let digits = text.drop { !ASCII.isDigit($0) }
        let size = Int(min(1_000_000_000, ASCII.number(digits) ?? .max))
        return isNegative ? -size : size
    }

    /// The digits of a number without the zeros at both ends, times a power of ten.
    private struct Mantissa {
        /// Their value; meaningless beyond 18 digits.
        private(set) var value: Int64 = 0
        /// How many they are.
        private(set) var digits = 0
        /// The power of ten.
        private(set) var exponent = 0

        init(_ text: Substring.UTF8View) {
            var (zeros, isFraction) = (0, false)
            for byte in text {
                if byte == ASCII.point { isFraction = true }
                guard ASCII.isDigit(byte) else { continue }
                if isFraction { exponent -= 1 }
                zeros += 1
                guard byte != ASCII.zero else { continue }
                append(byte - ASCII.zero, width: zeros)
                zeros = 0
            }
            exponent += zeros
        }

        /// Adds a digit that is not zero, with the zeros before it.
        private mutating func append(_ digit: UInt8, width: Int) {
            digits += digits == 0 ? 1 : width
            guard digits <= 18 else { return }
            value = (0..<width).reduce(value) { value, _ in value * 10 } + Int64(digit)
        }
    }
}
