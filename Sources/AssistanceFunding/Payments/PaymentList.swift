import AssistanceCore

/// 发放范围: for which area, programme and month a list is made.
public struct PaymentOrder: Hashable, Sendable {
    /// The area; the cases of it and of all in it are paid.
    public let area: DivisionCode
    /// The programme.
    public let program: String
    /// The month up to which everything owed is paid.
    public let month: PaymentMonth

    /// What a list is made for.
    public init(area: DivisionCode, program: String, month: PaymentMonth) {
        (self.area, self.program, self.month) = (area, program, month)
    }
}

/// 发放名单: what is to be paid, case by case: all that is owed up to the month, less all that earlier runs have paid.
///
/// Back pay, arrears, recoveries and what came back all follow from this one subtraction, and a second list of the same
/// month is empty.
public struct PaymentList: Hashable, Sendable {
    /// What it was made for.
    public let order: PaymentOrder
    /// What each case is paid, by case number.
    public internal(set) var lines: [PaymentLine] = []
    /// What cases were paid too much and have nothing owed to set it off against, by case number.
    public internal(set) var claims: [PaymentClaim] = []
    /// Months that are not paid, since a person of the case is paid for them in another, by case number and month.
    public internal(set) var held: [HeldMonth] = []
    /// All lines together.
    public internal(set) var total = Money.zero

    init(_ order: PaymentOrder) { self.order = order }
}

/// 发放明细: what one case is paid in one run.
public struct PaymentLine: Hashable, Sendable {
    /// The case; its household is paid.
    public let number: Int64
    /// For which months, in their order; what is set off is below nothing.
    public let months: [PaymentPart]
    /// All months together; never below nothing, and nothing where all is set off.
    public let sum: Money

    /// What a case is paid; nil where it would be less than nothing, or more than can be counted.
    init?(number: Int64, months: [PaymentPart]) {
        guard !months.isEmpty, let sum = Money.sum(months.lazy.map(\.sum)), sum >= .zero else { return nil }
        (self.number, self.months, self.sum) = (number, months, sum)
    }
}

/// 分月金额: what of a payment is for one month.
public struct PaymentPart: Hashable, Sendable {
    /// The month.
    public let month: PaymentMonth
    /// What is paid for it; below nothing where too much was paid before.
    public let sum: Money
}

/// 应追回: what was paid too much, and cannot be set off as long as nothing is owed.
public struct PaymentClaim: Hashable, Sendable {
    /// The case.
    public let number: Int64
    /// How much.
    public let sum: Money
}

/// 暂缓发放: a month of a case that is not paid, since a person whom it is for is paid in another case.
public struct HeldMonth: Hashable, Sendable {
    /// The case.
    public let number: Int64
    /// The month.
    public let month: PaymentMonth
    /// The case in which the person is paid: the one with the lower number.
    public let other: Int64
}

/// 结算: what was owed and what was paid for each month, set off within one case and programme.
struct PaymentSettlement {
    /// What is to be paid, month by month.
    let parts: [PaymentPart]
    /// What stays paid too much.
    let claim: Money

    /// Sets off; nil where sums are more than can be counted.
    init?(owed: [PaymentMonth: Money], paid: [PaymentPart]) {
        var open = owed
        for part in paid {
            guard let rest = open[part.month, default: .zero].subtracting(part.sum) else { return nil }
            open[part.month] = rest
        }
        let months = open.filter { $0.value != .zero }.sorted { $0.key < $1.key }
        guard var left = Money.sum(months.lazy.map(\.value).filter { $0 > .zero }) else { return nil }
        var (parts, claim): ([PaymentPart], Money) = ([], .zero)
        // What was paid too much is set off from the earliest month on, as far as something is owed.
        for (month, sum) in months {
            guard sum < .zero else {
                parts.append(PaymentPart(month: month, sum: sum))
                continue
            }
            guard let most = Money.zero.subtracting(sum), let rest = left.subtracting(min(most, left)),
                let taken = rest.subtracting(left), let more = most.subtracting(min(most, left)),
                let all = claim.adding(more)
            else { return nil }
            (left, claim) = (rest, all)
            if taken != .zero { parts.append(PaymentPart(month: month, sum: taken)) }
        }
        (self.parts, self.claim) = (parts, claim)
    }
}

extension Money {
    /// All together; nil beyond what can be counted.
    static func sum(_ sums: some Sequence<Money>) -> Money? {
        var total = Money.zero
        for sum in sums {
            guard let more = total.adding(sum) else { return nil }
            total = more
        }
        return total
    }
}
