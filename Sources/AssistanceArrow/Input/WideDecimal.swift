/// Decimals of 32 to 256 bits, read exactly.
enum WideDecimal {
    /// Why a decimal is no stored value.
    enum Flaw: Error {
        /// It has decimals beyond those of the fact that are not zero.
        case tooManyDecimals
        /// It is beyond 64 bits.
        case outOfRange
    }

    /// The most that one division or multiplication by a power of ten of 64 bits does.
    private static let step = 18

    /// A decimal of so many bytes, divided by ten to the power of `scale`, in units of ten to the power of −`decimals`.
    static func stored(
        _ data: UnsafeRawPointer, bytes: Int, scale: Int, decimals: Int
    ) throws(Flaw) -> Int64 {
        switch bytes {
        case 4: return try stored(Int64(data.loadUnaligned(as: Int32.self)), decimals - scale)
        case 8: return try stored(data.loadUnaligned(as: Int64.self), decimals - scale)
        default:
            let low = data.loadUnaligned(as: Int64.self)
            let words = (1..<(bytes / 8)).map { data.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self) }
            // Mostly it fits 64 bits: all words above are its sign.
            if words.allSatisfy({ $0 == low >> 63 }) { return try stored(low, decimals - scale) }
            return try stored(Magnitude([low] + words), decimals - scale)
        }
    }

    /// A number times ten to the power of a shift.
    private static func stored(_ number: Int64, _ shift: Int) throws(Flaw) -> Int64 {
        guard number != 0, shift != 0 else { return number }
        guard shift > 0 else {
            // Nothing of 64 bits has nineteen zeros at its end.
            guard -shift <= step else { throw .tooManyDecimals }
            let (quotient, rest) = number.quotientAndRemainder(dividingBy: power(-shift))
            guard rest == 0 else { throw .tooManyDecimals }
            return quotient
        }
        guard shift <= step else { throw .outOfRange }
        let (product, overflow) = number.multipliedReportingOverflow(by: power(shift))
        guard !overflow else { throw .outOfRange }
        return product
    }

    /// A number beyond 64 bits times ten to the power of a shift.
    private static func stored(_ number: Magnitude, _ shift: Int) throws(Flaw) -> Int64 {
        var (number, left) = (number, -shift)
        while left > 0 {
            guard number.divide(by: UInt64(power(min(left, step)))) == 0 else { throw .tooManyDecimals }
            left -= step
        }
        guard let value = number.value, shift <= 0 else { throw .outOfRange }
        return value
    }

    private static func power(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { value, _ in value * 10 } }

    /// A number of many words without its sign, the lowest word first.
    private struct Magnitude {
        private var words: [UInt64]
        private let isNegative: Bool

        /// From two's complement.
        init(_ complement: [Int64]) {
            isNegative = (complement.last ?? 0) < 0
            words = complement.map { UInt64(bitPattern: $0) }
            guard isNegative else { return }
            var carry = true
            for place in words.indices {
                let (sum, overflow) = (~words[place]).addingReportingOverflow(carry ? 1 : 0)
                words[place] = sum
                carry = overflow
            }
        }

        /// Divides it, and answers what is left.
        mutating func divide(by divisor: UInt64) -> UInt64 {
            var rest: UInt64 = 0
            for place in words.indices.reversed() {
                (words[place], rest) = divisor.dividingFullWidth((rest, words[place]))
            }
            return rest
        }

        /// The number, where it fits.
        var value: Int64? {
            guard words.dropFirst().allSatisfy({ $0 == 0 }), let low = words.first else { return nil }
            guard isNegative else { return Int64(exactly: low) }
            return low <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- low) : nil
        }
    }
}
