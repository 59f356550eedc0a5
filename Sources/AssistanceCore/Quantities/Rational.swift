/// An exact ratio of two integers, the value of every figure between its facts and its rounding.
///
/// The denominator is positive. Ratios are not always in lowest terms; equality and order do not depend on it.
/// Every operation answers nil where 128 bits would not hold the result: nothing traps and nothing wraps.
public struct Rational: Sendable {
    /// What stands above the line; carries the sign.
    public let numerator: Int128
    /// What stands below the line; always positive.
    public let denominator: Int128

    /// Zero.
    public static let zero = Rational(0)
    /// One.
    public static let one = Rational(1)

    /// One hundredth.
    public static let hundredth = Rational(unchecked: 1, 100)

    /// A whole number.
    @inlinable
    public init(_ integer: some BinaryInteger) {
        numerator = Int128(truncatingIfNeeded: integer)
        denominator = 1
    }

    /// `numerator / denominator`; nil where the denominator is not positive.
    @inlinable
    public init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator > 0 else { return nil }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// For results whose denominator is known to be positive.
    @inlinable
    init(unchecked numerator: Int128, _ denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The same value in lowest terms.
    public var reduced: Rational {
        if denominator == 1 { return self }
        let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        guard divisor > 1 else { return self }
        let whole = Int128(divisor)
        return Rational(unchecked: numerator / whole, denominator / whole)
    }

    /// Whether the value is a whole number.
    public var isInteger: Bool { denominator == 1 || numerator % denominator == 0 }

    /// Whether the value is below zero.
    @inlinable public var isNegative: Bool { numerator < 0 }

    /// Whether the value is zero.
    @inlinable public var isZero: Bool { numerator == 0 }

    /// The sum, or nil where it would not fit.
    @inlinable
    public func adding(_ other: Rational) -> Rational? {
        if denominator == other.denominator {
            let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
            return overflow ? nil : Rational(unchecked: sum, denominator)
        }
        return addingUnlike(other)
    }

    @usableFromInline
    func addingUnlike(_ other: Rational) -> Rational? {
        let divisor = Int128(greatestCommonDivisor(denominator.magnitude, other.denominator.magnitude))
        let (left, a) = numerator.multipliedReportingOverflow(by: other.denominator / divisor)
        let (right, b) = other.numerator.multipliedReportingOverflow(by: denominator / divisor)
        let (sum, c) = left.addingReportingOverflow(right)
        let (below, d) = denominator.multipliedReportingOverflow(by: other.denominator / divisor)
        if a || b || c || d { return nil }
        return Rational(unchecked: sum, below)
    }

    /// The difference, or nil where it would not fit.
    @inlinable
    public func subtracting(_ other: Rational) -> Rational? {
        guard let negative = other.negated else { return nil }
        return adding(negative)
    }

    /// The value with the other sign, or nil where it would not fit.
    @inlinable
    public var negated: Rational? {
        let (value, overflow) = Int128(0).subtractingReportingOverflow(numerator)
        return overflow ? nil : Rational(unchecked: value, denominator)
    }

    /// The product, or nil where it would not fit.
    @inlinable
    public func multiplied(by other: Rational) -> Rational? {
        let (above, a) = numerator.multipliedReportingOverflow(by: other.numerator)
        let (below, b) = denominator.multipliedReportingOverflow(by: other.denominator)
        if a || b { return reduced.multipliedReduced(by: other.reduced) }
        return Rational(unchecked: above, below)
    }

    @usableFromInline
    func multipliedReduced(by other: Rational) -> Rational? {
        guard
            let left = Rational(numerator, over: other.denominator)?.reduced,
            let right = Rational(other.numerator, over: denominator)?.reduced
        else { return nil }
        let (above, a) = left.numerator.multipliedReportingOverflow(by: right.numerator)
        let (below, b) = left.denominator.multipliedReportingOverflow(by: right.denominator)
        return a || b ? nil : Rational(unchecked: above, below)
    }

    /// The quotient, or nil where the divisor is zero or the result would not fit.
    public func divided(by other: Rational) -> Rational? {
        guard let inverse = other.inverse else { return nil }
        return multiplied(by: inverse)
    }

    /// One divided by the value, or nil for zero.
    public var inverse: Rational? {
        if numerator > 0 { return Rational(unchecked: denominator, numerator) }
        guard numerator < 0, numerator != Int128.min else { return nil }
        return Rational(unchecked: -denominator, -numerator)
    }

    /// The nearest multiple of `step` in the direction of `mode`, or nil where it would not fit or the step is not positive.
    public func rounded(_ mode: RoundingMode, toMultipleOf step: Rational) -> Rational? {
        guard step.numerator > 0 else { return nil }
        let (above, a) = numerator.multipliedReportingOverflow(by: step.denominator)
        let (below, b) = denominator.multipliedReportingOverflow(by: step.numerator)
        if a || b {
            guard let quotient = reduced.divided(by: step.reduced) else { return nil }
            let steps = RoundingMode.divide(quotient.numerator, by: quotient.denominator, mode)
            return Rational(steps).multiplied(by: step)
        }
        let steps = RoundingMode.divide(above, by: below, mode)
        let (whole, c) = steps.multipliedReportingOverflow(by: step.numerator)
        return c ? nil : Rational(unchecked: whole, step.denominator)
    }

    /// The value times `scale` where that is whole, else nil. Money is `exactly(100)` of yuan.
    public func exactly(_ scale: Int128) -> Int128? {
        guard let scaled = multiplied(by: Rational(scale)), scaled.isInteger else { return nil }
        return scaled.numerator / scaled.denominator
    }
}

extension Rational: Comparable {
    /// The same value, in whatever terms.
    @inlinable
    public static func == (left: Rational, right: Rational) -> Bool {
        if left.denominator == right.denominator { return left.numerator == right.numerator }
        return compare(left, right) == 0
    }

    /// The lesser value.
    @inlinable
    public static func < (left: Rational, right: Rational) -> Bool {
        if left.denominator == right.denominator { return left.numerator < right.numerator }
        return compare(left, right) < 0
    }

    /// -1, 0 or 1 for less, equal, more, exact at any size.
    @usableFromInline
    static func compare(_ left: Rational, _ right: Rational) -> Int {
        let (a, overflowA) = left.numerator.multipliedReportingOverflow(by: right.denominator)
        let (b, overflowB) = right.numerator.multipliedReportingOverflow(by: left.denominator)
        if !overflowA && !overflowB { return a < b ? -1 : (a == b ? 0 : 1) }
        let wideA = left.numerator.multipliedFullWidth(by: right.denominator)
        let wideB = right.numerator.multipliedFullWidth(by: left.denominator)
        if wideA.high != wideB.high { return wideA.high < wideB.high ? -1 : 1 }
        return wideA.low < wideB.low ? -1 : (wideA.low == wideB.low ? 0 : 1)
    }
}

extension Rational: Hashable {
    /// Equal values have equal hashes.
    public func hash(into hasher: inout Hasher) {
        let value = reduced
        hasher.combine(value.numerator)
        hasher.combine(value.denominator)
    }
}

extension Rational: CustomStringConvertible {
    /// A decimal where it ends within twelve places, else `a/b`.
    public var description: String {
        let value = reduced
        guard let text = value.decimalText(maximumPlaces: 12) else {
            return "\(value.numerator)/\(value.denominator)"
        }
        return text
    }

    /// The exact decimal text, or nil where it has more places than asked for.
    public func decimalText(maximumPlaces: Int, minimumPlaces: Int = 0) -> String? {
        let value = reduced
        var scale: Int128 = 1
        var places = 0
        while scale % value.denominator != 0 || places < minimumPlaces {
            guard places < maximumPlaces else { return nil }
            scale *= 10
            places += 1
        }
        let (scaled, overflow) = value.numerator.multipliedReportingOverflow(by: scale / value.denominator)
        if overflow { return nil }
        let digits = String(scaled.magnitude)
        let sign = scaled < 0 ? "-" : ""
        if places == 0 { return sign + digits }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}

@usableFromInline
func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return x == 0 ? 1 : x
}
