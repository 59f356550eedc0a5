/// 取整方式: how a quotient becomes a whole number. The raw values are the words of a policy file.
public enum RoundingMode: String, CaseIterable, Sendable {
    /// 向下: towards minus infinity.
    case down
    /// 向上: towards plus infinity; 见角进元 is this at the yuan.
    case up
    /// 四舍五入: to the nearest, a half away from zero.
    case nearest

    /// The quotient rounded to a whole number, exact whatever the size; never traps.
    ///
    /// The denominator is meant to be positive, as every checked divisor is. So that the function is total, a negative
    /// one divides as in mathematics, and zero gives the end of `Int128` on the numerator's side (0 for 0 by 0).
    public func divide(_ numerator: Int128, by denominator: Int128) -> Int128 {
        guard denominator != 0 else {
            if numerator == 0 { return 0 }
            return numerator < 0 ? .min : .max
        }
        let divisor = denominator.magnitude
        let (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
        let isNegative = (numerator < 0) != (denominator < 0)
        let goesAway =
            switch self {
            case .down: rest != 0 && isNegative
            case .up: rest != 0 && !isNegative
            case .nearest: rest >= divisor - rest
            }
        // A rest means a divisor of two or more, so there is room for the one.
        let magnitude = goesAway ? whole + 1 : whole
        if isNegative { return magnitude > Int128.max.magnitude ? .min : -Int128(magnitude) }
        return Int128(clamping: magnitude)
    }

    /// The same as a function of the type: `RoundingMode.divide(7, by: 2, .nearest)` is 4.
    public static func divide(_ numerator: Int128, by denominator: Int128, _ mode: RoundingMode) -> Int128 {
        mode.divide(numerator, by: denominator)
    }
}
