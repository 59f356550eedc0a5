import AssistanceCore
import AssistancePolicy

extension Benefit {
    /// Whether it gives anything at all, or may, or would have.
    var isAnything: Bool { amount.most > .zero || (gift?.most ?? .zero) > .zero || !reductions.isEmpty }
}

extension PlannedPayment {
    /// How a sum is paid out, where that is not the sum itself every time; nil where it is, or where it is not known.
    func instalments(of amount: MoneyRange, _ period: PaymentPeriod) -> Instalments? {
        guard let sum = amount.known, sum > .zero else { return nil }
        switch period {
        case .once: return nil
        case .monthly:
            return firstMonth(of: sum).map { Instalments(first: $0, each: sum, count: 12, last: nil) }
        case .yearly:
            guard let count = instalments, count > 1, let each = part(of: sum, 1, of: Int64(count)) else { return nil }
            let (before, overflow) = each.fen.multipliedReportingOverflow(by: Int64(count - 1))
            guard !overflow, let last = sum.subtracting(Money(fen: before)) else { return nil }
            return Instalments(first: nil, each: each, count: count, last: last == each ? nil : last)
        }
    }

    /// The first month's sum where it is paid by its days (按天折算): the days left, the first among them.
    private func firstMonth(of sum: Money) -> Money? {
        guard isByDay, let from, from != from.firstOfMonth, let end = from.firstOfNextMonth else { return nil }
        return part(of: sum, Int64(end.days - from.days), of: Int64(end.days - from.firstOfMonth.days))
    }

    /// A fraction of a sum, rounded as policy says, at the finest to whole fen.
    private func part(of sum: Money, _ count: Int64, of all: Int64) -> Money? {
        let (mode, step) = rounding ?? (.nearest, .hundredth)
        guard let exact = Rational(sum.fen).multiplied(by: Rational(count))?.divided(by: Rational(all)),
            let yuan = exact.divided(by: Rational(100)), let rounded = yuan.rounded(mode, toMultipleOf: step),
            let fen = rounded.exactly(100), let small = Int64(exactly: fen)
        else { return nil }
        return Money(fen: small)
    }
}
