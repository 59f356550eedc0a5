/// The few ASCII bytes and tests the strict readers share.
enum ASCII {
    static let zero: UInt8 = 0x30
    static let nine: UInt8 = 0x39
    static let minus: UInt8 = 0x2D
    static let point: UInt8 = 0x2E

    /// Whether the byte is one of 0 to 9; no other digit of Unicode is.
    static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= nine }

    /// The number the digits spell; nil where one is not a digit, where there is none, or beyond Int64.
    static func number(_ digits: some Sequence<UInt8>) -> Int64? {
        var value: Int64 = 0
        var isEmpty = true
        for byte in digits {
            guard isDigit(byte) else { return nil }
            let (tenfold, overTen) = value.multipliedReportingOverflow(by: 10)
            let (sum, overSum) = tenfold.addingReportingOverflow(Int64(byte - zero))
            guard !overTen, !overSum else { return nil }
            value = sum
            isEmpty = false
        }
        return isEmpty ? nil : value
    }

    /// The number in decimal, with zeros in front up to the width; the number is not negative.
    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// The number in decimal with thousands set apart: `10,000`.
    static func grouped(_ number: UInt64) -> String {
        let digits = String(number)
        var left = digits.utf8.count
        var text = ""
        for digit in digits {
            text.append(digit)
            left -= 1
            if left > 0, left % 3 == 0 { text.append(",") }
        }
        return text
    }
}
