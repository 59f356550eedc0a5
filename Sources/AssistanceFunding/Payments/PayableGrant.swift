import AssistanceCore

/// 可发待遇: a grant of one case and programme as far as payment needs it.
struct PayableGrant: Hashable, Sendable {
    /// Its place among all grants of the case, from 0, in the order granted.
    let place: Int
    /// The benefit's id: `base`.
    let benefit: String
    /// How often it is paid.
    let period: PaymentPeriod
    /// The first day.
    let from: CalendarDate
    /// The day on which it no longer runs; nil where it does not end.
    let until: CalendarDate?
    /// The sum of one period.
    let amount: Money
    /// How it is paid out, where that is not the sum itself every time.
    let instalments: Instalments?
    /// What of it was handed over at once (先行救助); only of what is paid once.
    var given = Money.zero

    /// Whether it runs on a day.
    func runs(on day: CalendarDate) -> Bool { from <= day && (until.map { day < $0 } ?? true) }
}

/// 应发: what the grants of one case and programme owe for each month.
///
/// - What is paid by the month is owed for every month on whose first day it runs. The month within which it begins is owed
///   too, with the first payment by days where policy pays so, unless another grant of the same benefit has that month
///   already; so a change within a month takes effect for the next, and no month is owed twice.
/// - What is paid by the year is owed once for one year, in its payments, the first in the month of its first day.
/// - What is paid once is owed in the month of its first day, less what of it was handed over at once, unless it was
///   withdrawn for another decision.
enum OwedMonths {
    /// The sums by month up to a last one; nil where they are more together than can be counted.
    static func sums(of grants: [PayableGrant], until last: PaymentMonth) -> [PaymentMonth: Money]? {
        var sums: [PaymentMonth: Money] = [:]
        func add(_ sum: Money, for month: PaymentMonth) -> Bool {
            guard month <= last else { return true }
            guard let more = sums[month, default: .zero].adding(sum) else { return false }
            sums[month] = more
            return true
        }
        for grant in grants {
            let isCounted =
                switch grant.period {
                case .once where grant.until == grant.from: true
                case .once:
                    grant.amount.subtracting(grant.given).map { add($0, for: PaymentMonth(of: grant.from)) } ?? false
                case .yearly: yearly(grant).allSatisfy { add($0.sum, for: $0.month) }
                case .monthly: monthly(grant, among: grants, until: last).allSatisfy { add($0.sum, for: $0.month) }
                }
            guard isCounted else { return nil }
        }
        return sums
    }

    private static func yearly(_ grant: PayableGrant) -> [(month: PaymentMonth, sum: Money)] {
        let begin = PaymentMonth(of: grant.from)
        guard let instalments = grant.instalments, (2...12).contains(instalments.count) else {
            return [(begin, grant.amount)]
        }
        return (0..<instalments.count).compactMap { place in
            let isLast = place == instalments.count - 1
            let sum = (isLast ? instalments.last : place == 0 ? instalments.first : nil) ?? instalments.each
            return begin.adding(place * 12 / instalments.count).map { ($0, sum) }
        }
    }

    private static func monthly(
        _ grant: PayableGrant, among grants: [PayableGrant], until last: PaymentMonth
    ) -> [(month: PaymentMonth, sum: Money)] {
        guard grant.until.map({ grant.from < $0 }) ?? true else { return [] }
        var found: [(month: PaymentMonth, sum: Money)] = []
        var month = PaymentMonth(of: grant.from)
        if month.first < grant.from {
            if month <= last, !isTaken(month, from: grant, by: grants) {
                found.append((month, grant.instalments?.first ?? grant.amount))
            }
            guard let next = month.adding(1) else { return found }
            month = next
        }
        while month <= last, grant.runs(on: month.first) {
            found.append((month, grant.amount))
            guard let next = month.adding(1) else { break }
            month = next
        }
        return found
    }

    /// Whether another grant of the same benefit has the month within which this one begins.
    private static func isTaken(_ month: PaymentMonth, from grant: PayableGrant, by grants: [PayableGrant]) -> Bool {
        grants.contains { other in
            guard other.place != grant.place, other.benefit == grant.benefit, other.period == .monthly else {
                return false
            }
            let isBefore = (other.from, other.place) < (grant.from, grant.place)
            return other.runs(on: month.first)
                || isBefore && PaymentMonth(of: other.from) == month && other.runs(on: other.from)
        }
    }
}
