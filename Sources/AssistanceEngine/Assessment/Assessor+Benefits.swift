import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

// What a household receives: sums, parts, payers, what exclusions took.
extension Assessor {
    /// What is paid is whole fen; a sum that policy leaves between two fen is paid to the nearest.
    public static func money(_ value: Value, _ period: PaymentPeriod) -> MoneyRange {
        func fen(_ amount: Rational) -> Money {
            guard let inUnit = amount.divided(by: period.unit.size),
                let rounded = inUnit.rounded(.nearest, toMultipleOf: .hundredth), let fen = rounded.exactly(100),
                let small = Int64(exactly: fen)
            else { return .zero }
            return Money(fen: small)
        }
        return MoneyRange(fen(value.lowest), fen(value.highest))
    }

    /// What a benefit may come to. What nothing limits says so instead of naming the end of the range of numbers.
    func sum(_ value: Value, _ period: PaymentPeriod) -> MoneyRange {
        let range = Self.money(value, period)
        return range.most.fen < Self.unlimited ? range : MoneyRange(range.least, range.most, isUnbounded: true)
    }

    /// A hundred million yuan: the range of a figure that is not known lies above it, a household's benefit below.
    public static let unlimited: Int64 = 10_000_000_000

    func benefit(_ benefit: PlannedBenefit, _ plan: ProgramPlan, _ route: PlannedRoute?) -> Benefit {
        let value = evaluator.value(benefit.amount)
        let amount = benefit.gift == nil ? sum(value, benefit.period) : MoneyRange(.zero, .zero)
        let period = self.period(of: benefit, route)
        let until: CalendarDate?
        if let period {
            until = period.months.flatMap(count).flatMap { period.from.adding(months: $0, endOfMonth: .clamp) }
        } else {
            until = continues(route) ? graceUntil : nil
        }
        let isEndOpen = until == nil && (period?.months != nil || continues(route))
        let from = continues(route) ? nil : period?.from ?? plan.payment?.from
        return Benefit(
            id: benefit.id, label: benefit.label, period: benefit.period, amount: amount,
            gift: benefit.gift.map {
                Gift(
                    $0.thing, least: value.lowest, most: value.highest, unit: $0.unit,
                    members: benefit.shares.map(receiving) ?? [])
            },
            parts: parts(of: amount, benefit), payers: payers(of: amount, benefit),
            reductions: reductions(of: benefit),
            instalments: plan.payment.flatMap { $0.instalments(of: amount, benefit.period) }, from: from,
            until: until, isEndOpen: isEndOpen)
    }

    /// The period that a decision of today begins; nil where it begins none.
    func period(of benefit: PlannedBenefit, _ route: PlannedRoute?) -> PlannedPeriod? {
        benefit.lasts ?? (continues(route) ? nil : route?.period)
    }

    /// Whether the household is in the months of gradual exit already, and goes on in them.
    private func continues(_ route: PlannedRoute?) -> Bool { runningRoute == "grace" && route?.period != nil }

    /// The members whose share is known to be above zero.
    private func receiving(_ shares: NodeID) -> [Int] {
        (0..<evaluator.rowCount(.member)).filter { evaluator.value(shares, at: .member, row: $0).lowest > .zero }
    }

    /// What exclusions took, where it is known and anything at all.
    private func reductions(of benefit: PlannedBenefit) -> [Reduction] {
        benefit.gift == nil
            ? benefit.reductions.compactMap { reduction in
                guard let taken = sum(evaluator.value(reduction.amount), benefit.period).known, taken > .zero else {
                    return nil
                }
                return Reduction(
                    id: reduction.id, label: reduction.label, amount: taken, citation: reduction.origin.citation)
            } : []
    }

    /// What each payer bears, whole fen; the last takes the odd fen.
    private func payers(of amount: MoneyRange, _ benefit: PlannedBenefit) -> [PayerPart] {
        guard let total = amount.known, benefit.payers.count > 1 else { return [] }
        var left = total
        return benefit.payers.enumerated().map { place, payer in
            var part = left
            if place < benefit.payers.count - 1 {
                let exact = payer.share.multiplied(by: Rational(total.fen))?.rounded(.nearest, toMultipleOf: .one)
                part = exact?.exactly(1).flatMap { Int64(exactly: $0) }.map { Money(fen: $0) } ?? .zero
                left = left.subtracting(part) ?? .zero
            }
            return PayerPart(payer: payer.id, label: payer.label, amount: part)
        }
    }

    /// The accounts of the members who surely have a cost in scope.
    func settlements(_ plan: PlannedSettlement) -> [Settlement] {
        (0..<evaluator.rowCount(.member)).compactMap { row in
            func amount(_ node: NodeID) -> MoneyRange { sum(evaluator.value(node, at: .member, row: row), .yearly) }
            let scope = amount(plan.scope)
            guard scope.least > .zero else { return nil }
            return Settlement(
                member: row, scope: scope,
                parts: plan.parts.map {
                    SettlementPart(id: $0.id, label: $0.label, payer: $0.payer, amount: amount($0.amount))
                },
                remaining: amount(plan.remaining), outside: amount(plan.outside).known)
        }
    }

    /// The needs of one kind that are surely there, of the household or of each member.
    func needs(_ item: PlannedItem) -> [Need] {
        let scope: FactOwner = item.owner == .household ? .household : .member
        return (0..<evaluator.rowCount(scope)).compactMap { row in
            let value = evaluator.value(item.paid, at: scope, row: row)
            guard value.lowest > .zero else { return nil }
            return Need(
                code: item.id, label: item.label, member: scope == .household ? nil : row,
                amount: item.gift == nil ? sum(value, item.period) : nil, period: item.period)
        }
    }

    var runningRoute: String? {
        guard let place = batch.schema.place(.household, "running.route"),
            case .code(let list) = batch.schema.facts[place].type,
            let value = batch.value(place, row: evaluator.batchRow(.household, 0))
        else { return nil }
        return list[Int(value)]?.name
    }

    private var graceUntil: CalendarDate? {
        batch.schema.place(.household, "running.grace_until")
            .flatMap { batch.value($0, row: evaluator.batchRow(.household, 0)) }
            .flatMap { CalendarDate(days: Int($0)) }
    }

    /// Cuts a sum to fen in the proportion of the exact shares: by largest remainder, ties in the order of members.
    private func parts(of amount: MoneyRange, _ benefit: PlannedBenefit) -> [MemberPart] {
        guard let total = amount.known, let shares = benefit.shares, total > .zero else { return [] }
        var exact: [Rational] = []
        for row in 0..<evaluator.rowCount(.member) {
            guard let share = evaluator.value(shares, at: .member, row: row).known else { return [] }
            exact.append(share)
        }
        return Apportionment.parts(of: total, by: exact)
    }
}
