/// 金额: a sum of money in whole fen (分), exact; a hundred fen are one yuan (元).
///
/// Sums may be negative: net business income can be. Nothing here rounds and nothing traps.
public struct Money: Hashable, Comparable, Sendable {
    /// The sum in fen.
    public var fen: Int64

    /// A sum of so many fen.
    public init(fen: Int64) { self.fen = fen }

    /// No money at all.
    public static let zero = Money(fen: 0)

    /// Reads yuan as plain decimal text: `-` where negative, digits without a leading zero, and at most two decimals.
    ///
    /// Everything else is nil: more decimals (even zeros), an exponent, a plus, grouping, spaces, a sum beyond `Int64`.
    public init?(yuanText text: String) {
        var rest = Substring(text).utf8
        let isNegative = rest.first == ASCII.minus
        if isNegative { rest = rest.dropFirst() }

        let whole = rest.prefix(while: ASCII.isDigit)
        var decimals = rest.dropFirst(whole.count)
        if let point = decimals.first {
            guard point == ASCII.point else { return nil }
            decimals = decimals.dropFirst()
            guard decimals.count == 1 || decimals.count == 2 else { return nil }
        }
        guard whole.first != ASCII.zero || whole.count == 1, let yuan = ASCII.number(whole) else { return nil }
        var part: Int64 = 0
        if !decimals.isEmpty {
            guard let digits = ASCII.number(decimals) else { return nil }
            part = decimals.count == 1 ? digits * 10 : digits
        }
        // In 128 bits, so that the lowest sum of all can be written as well.
        let sum = Int128(yuan) * 100 + Int128(part)
        guard let fen = Int64(exactly: isNegative ? -sum : sum) else { return nil }
        self.fen = fen
    }

    /// The sum of both; nil beyond `Int64`.
    public func adding(_ other: Money) -> Money? {
        let (sum, overflow) = fen.addingReportingOverflow(other.fen)
        return overflow ? nil : Money(fen: sum)
    }

    /// What is left when the other is taken away; nil beyond `Int64`.
    public func subtracting(_ other: Money) -> Money? {
        let (difference, overflow) = fen.subtractingReportingOverflow(other.fen)
        return overflow ? nil : Money(fen: difference)
    }

    /// The smaller sum comes first.
    public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }

    /// The canonical form in yuan, always with two decimals: `1234.50`.
    public var text: String { sign + String(fen.magnitude / 100) + decimals }

    /// For people: the same with thousands set apart: `1,234.50`.
    public var grouped: String { sign + ASCII.grouped(fen.magnitude / 100) + decimals }

    private var sign: String { fen < 0 ? "-" : "" }
    private var decimals: String { "." + ASCII.padded(Int(fen.magnitude % 100), to: 2) }
}

extension Money: CustomStringConvertible {
    /// The canonical form, without a unit.
    public var description: String { text }
}
