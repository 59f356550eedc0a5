import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// The generic programme (通用救助项目): checks → class → items → stacking → cap → payers.
///
/// It stands as a whole section, as heating does, or as a block below a key that a place makes itself, as each
/// allowance does.
public struct GenericProgram {
    /// The open terms, below a path: nothing for a whole section, `*` for a key of a place's own making.
    public static func terms(below path: String = "") -> [TermDeclaration] {
        let path = path.isEmpty ? "" : path + "."
        return [
            TermDeclaration(path + "checks", .checks, of: .member, unfilled: .optional, "条件", "conditions"),
            TermDeclaration(path + "class", .openCode, of: .member, unfilled: .optional, "对象类别", "class"),
            TermDeclaration(path + "items", .benefits, of: .member, unfilled: .required, "救助项目", "what is given"),
            TermDeclaration(path + "cap", .money, unfilled: .optional, "全户上限", "limit of what a household receives"),
            TermDeclaration(path + "payers", .payers, unfilled: .optional, "资金分担", "who bears it"),
        ] + PaymentTerms.terms(below: path.isEmpty ? "" : String(path.dropLast()))
    }

    private let context: PolicyContext
    private let checks: CheckList
    /// Whether the household meets the conditions, and somebody of it those about members.
    private let isAdmitted: Formula
    /// Whether each person meets the conditions, those about the household included.
    public let admitted: Formula
    private let list: BenefitList
    private let payment: PlannedPayment?
    private let limit: AmountLimit?
    /// What the household receives by each item, after the cap; in the order of the items.
    private let amounts: [Formula]

    /// The programme that the terms below a path describe.
    ///
    /// - Parameter tasks: what people have to do besides what the policy's checks say.
    public init(
        _ section: SectionDeclaration, below path: String = "", in context: PolicyContext, tasks: [ManualCheck] = []
    ) {
        self.context = context
        let path = path.isEmpty ? "" : path + "."
        context.bind(Standings.specialPoverty.name, to: context.standing(Standings.specialPoverty))
        if let code = context.value(section, path + "class") { context.bind("class", to: code) }
        var checks = context.checks(section, path + "checks")
        checks.manual += tasks
        let isPersonal = { (condition: Condition) in context.builder[condition.holds].scope != .household }
        let always = context.truth(true)
        let open = checks.conditions.filter { !isPersonal($0) }.reduce(always) { $0 && context.formula($1.holds) }
        let personal = checks.conditions.filter(isPersonal)
        let person = personal.reduce(open) { $0 && context.formula($1.holds) }
        admitted = person
        isAdmitted = personal.isEmpty ? open : person.any(over: .member)
        self.checks = checks
        payment = PaymentTerms.plan(section, below: String(path.dropLast()), in: context)
        let list = context.benefits(
            section, path + "items", recipients: person.node, household: isAdmitted.node, starts: payment?.from,
            payers: context.payers(section, path + "payers"))
        limit = context.limit(section, path + "cap", of: list.items)
        amounts = Self.amounts(of: list, upto: limit, in: context)
        self.list = list
    }

    /// Its plan, for the programme of an id.
    ///
    /// - Parameter others: what the programme pays besides its items.
    public func plan(_ id: String, _ label: Label, besides others: [PlannedBenefit] = []) -> ProgramPlan {
        var totals = self.totals()
        for benefit in others {
            let sum = totals[benefit.period] ?? context.zero(benefit.period.unit)
            totals[benefit.period] = sum + context.formula(benefit.amount)
        }
        let gives = list.gap.map { context.formula($0) || givesAnything(totals) } ?? givesAnything(totals)
        let nothing = Label("没有适用的救助项目", "nothing of what is given applies")
        var checks = checks
        checks.add(Condition(id: "items", holds: (!isAdmitted || gives).node, reason: nothing, origin: nil))
        let eligible = context.step(
            "eligible", Label("符合\(label.chinese)条件", "eligible for \(label.english)"), .none,
            isAdmitted && gives)
        let route = PlannedRoute(
            id: id, label: label, holds: eligible.node, taken: eligible.node, checks: checks)
        var plan = ProgramPlan(
            program: id, label: label, eligible: eligible.node, routes: [route], benefits: benefits + others)
        plan.totals = totals.mapValues(\.node)
        plan.payment = payment
        plan.paid = recipients?.node
        plan.trail = PaymentPeriod.allCases.compactMap { totals[$0]?.node }
        plan.trail += zip(list.items, amounts).filter { $0.0.gift != nil }.map { $0.1.node }
        return plan
    }

    private var benefits: [PlannedBenefit] {
        zip(list.items, amounts).map { item, amount in
            var benefit = PlannedBenefit(
                id: item.id, label: item.label, period: item.period, amount: amount.node,
                shares: item.owner == .household ? nil : item.paid)
            benefit.gift = item.gift
            benefit.payers = item.payers
            benefit.lasts = item.lasts
            return benefit
        }
    }

    /// Who receives something; nil where it all belongs to the household.
    private var recipients: Formula? {
        let personal = list.items.filter { $0.owner != .household }
        guard !personal.isEmpty else { return nil }
        return personal.reduce(context.truth(false)) { $0 || context.zero($1.unit) < context.formula($1.paid) }
    }

    // MARK: Sums

    /// What the household receives by each item; the cap cuts later items first.
    private static func amounts(of list: BenefitList, upto limit: AmountLimit?, in context: PolicyContext) -> [Formula]
    {
        var amounts = list.items.map { item in
            let paid = context.formula(item.paid)
            return item.owner == .household ? paid : paid.summed(over: .member, where: context.truth(true))
        }
        guard let limit else { return amounts }
        let places = list.items.indices.filter { limit.holds(for: list.items[$0]) }
        for (place, node) in zip(places, context.cut(places.map { amounts[$0].node }, upto: limit.node)) {
            amounts[place] = context.formula(node)
        }
        return amounts
    }

    /// All sums of money of a period together.
    private func totals() -> [PaymentPeriod: Formula] {
        let limited = Set(list.items.filter { limit?.holds(for: $0) ?? false }.map(\.period))
        var totals: [PaymentPeriod: Formula] = [:]
        for period in PaymentPeriod.allCases {
            let places = list.items.indices.filter { list.items[$0].gift == nil && list.items[$0].period == period }
            guard !places.isEmpty else { continue }
            var sum = context.zero(period.unit)
            if limited.contains(period), limited.count > 1 {
                sum = places.reduce(sum) { $0 + amounts[$1] }
            } else {
                if let each = list.perMember[period] {
                    sum = sum + context.formula(each).summed(over: .member, where: context.truth(true))
                }
                if let own = list.household[period] { sum = sum + context.formula(own) }
                if let limit, limited.contains(period) { sum = sum.atMost(context.formula(limit.node)) }
            }
            totals[period] = context.step(
                period.rawValue + "_total", period.totalLabel, period.unit,
                rule: places.map { list.items[$0].id }.joined(separator: " + "), sum)
        }
        return totals
    }

    private func givesAnything(_ totals: [PaymentPeriod: Formula]) -> Formula {
        let money = PaymentPeriod.allCases.compactMap { period in totals[period].map { context.zero(period.unit) < $0 }
        }
        let kind = zip(list.items, amounts).filter { $0.0.gift != nil }.map { context.zero($0.unit) < $1 }
        return (money + kind).reduce(context.truth(false)) { $0 || $1 }
    }
}

extension PaymentPeriod {
    /// What the sum of all benefits of a period is called.
    fileprivate var totalLabel: Label {
        switch self {
        case .monthly: Label("每月合计", "total of a month")
        case .yearly: Label("每年合计", "total of a year")
        case .once: Label("一次性合计", "total paid once")
        }
    }
}
