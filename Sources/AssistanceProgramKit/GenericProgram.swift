import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// A stage of a programme with conditions and items of its own (救助阶段), such as those of disaster aid.
public struct GenericStage: Sendable {
    /// The key of its terms, and the id of its way into the programme: `emergency`.
    public let key: String
    /// What it is called.
    public let label: Label
    /// Whom its conditions choose: members, or the entries of a list.
    public let owner: FactOwner

    /// A stage.
    public init(_ key: String, about owner: FactOwner = .member, _ chinese: String, _ english: String) {
        self.key = key
        self.owner = owner
        label = Label(chinese, english)
    }

    /// Its open terms.
    var terms: [TermDeclaration] {
        let (zh, en) = (label.chinese, label.english)
        return [
            TermDeclaration(key + ".checks", .checks, of: owner, unfilled: .optional, zh + "条件", en + ": conditions"),
            TermDeclaration(
                key + ".items", .benefits, of: .member, unfilled: .optional, zh + "项目", en + ": what is given"),
        ]
    }
}

/// The generic programme (通用救助项目): checks → class → items → stacking → cap → payers.
///
/// It stands as a whole section, as heating does, or as a block below a key that a place makes itself, as each
/// allowance does. It may have stages, each with checks and items of its own, under one cap.
public struct GenericProgram {
    /// The open terms, below a path: nothing for a whole section, `*` for a key of a place's own making.
    public static func terms(below path: String = "") -> [TermDeclaration] {
        let prefix = path.isEmpty ? "" : path + "."
        return [
            TermDeclaration(prefix + "checks", .checks, of: .member, unfilled: .optional, "条件", "conditions"),
            TermDeclaration(prefix + "class", .openCode, of: .member, unfilled: .optional, "对象类别", "class"),
            TermDeclaration(prefix + "items", .benefits, of: .member, unfilled: .required, "救助项目", "what is given"),
        ] + common(below: path)
    }

    /// The open terms of a whole section with stages.
    public static func terms(of stages: [GenericStage]) -> [TermDeclaration] {
        stages.flatMap(\.terms) + common(below: "")
    }

    private static func common(below path: String) -> [TermDeclaration] {
        let prefix = path.isEmpty ? "" : path + "."
        return [
            TermDeclaration(prefix + "cap", .money, unfilled: .optional, "全户上限", "limit of what a household receives"),
            TermDeclaration(prefix + "payers", .payers, unfilled: .optional, "资金分担", "who bears it"),
        ] + PaymentTerms.terms(below: path)
    }

    /// The conditions of one way in, and what it gives.
    private struct Part {
        /// The stage; nil of a programme that has none.
        let stage: GenericStage?
        let checks: CheckList
        /// For each person, or entry of the stage's list, whether the conditions hold, those of the household included.
        let chosen: Formula
        /// Whether the household meets the conditions, and somebody of it those about members.
        let isAdmitted: Formula
        let list: BenefitList
        /// The places of its items among those of all parts.
        let places: Range<Int>
    }

    private let context: PolicyContext
    private let parts: [Part]
    private let items: [PlannedItem]
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
        self.init(section, below: path, stages: [nil], in: context, tasks: tasks)
    }

    /// The programme of a section with stages, of which a place offers those that it fills.
    public init(_ section: SectionDeclaration, of stages: [GenericStage], in context: PolicyContext) {
        let offered = stages.filter { context.isOffered(section, $0.key + ".items") }
        self.init(section, below: "", stages: offered, in: context, tasks: [])
    }

    private init(
        _ section: SectionDeclaration, below path: String, stages: [GenericStage?], in context: PolicyContext,
        tasks: [ManualCheck]
    ) {
        self.context = context
        let prefix = path.isEmpty ? "" : path + "."
        context.bind(Standings.specialPoverty.name, to: context.standing(Standings.specialPoverty))
        if let code = context.value(section, prefix + "class") { context.bind("class", to: code) }
        payment = PaymentTerms.plan(section, below: path, in: context)
        let payers = context.payers(section, prefix + "payers")
        var parts: [Part] = []
        var items: [PlannedItem] = []
        for stage in stages {
            let path = stage.map { $0.key + "." } ?? prefix
            let part = Self.part(
                stage, section, below: path, after: items.count, in: context, tasks: tasks, starts: payment?.from,
                payers: payers)
            for item in part.list.items where items.contains(where: { $0.id == item.id }) {
                guard let place = context.place(of: section, path + "items") else { continue }
                context.findings.report(
                    place.error(.duplicateIdentifier, "the item '\(item.id)' stands in two stages; give it another id"))
            }
            parts.append(part)
            items += part.list.items
        }
        limit = context.limit(section, prefix + "cap", of: items)
        amounts = Self.amounts(of: items, upto: limit, in: context)
        self.parts = parts
        self.items = items
    }

    private static func part(
        _ stage: GenericStage?, _ section: SectionDeclaration, below path: String, after count: Int,
        in context: PolicyContext, tasks: [ManualCheck], starts: CalendarDate?, payers: [PlannedPayer]
    ) -> Part {
        var checks = context.checks(section, path + "checks")
        checks.manual += tasks
        let owner = stage?.owner ?? .member
        let isPersonal = { (condition: Condition) in context.builder[condition.holds].scope != .household }
        let always = context.truth(true)
        let open = checks.conditions.filter { !isPersonal($0) }.reduce(always) { $0 && context.formula($1.holds) }
        let personal = checks.conditions.filter(isPersonal)
        let chosen = personal.reduce(open) { $0 && context.formula($1.holds) }
        let isAdmitted = personal.isEmpty ? open : chosen.any(over: owner)
        if owner != .member, !personal.isEmpty {
            let reason = Label("没有登记\(owner.label.chinese)", "no \(owner.label.english) is listed")
            checks.add(
                Condition(
                    id: PlannedRoute.addressees, holds: always.any(over: owner).node, reason: reason, origin: nil),
                first: true)
        }
        let list = context.benefits(
            section, path + "items", recipients: (owner == .member ? chosen : isAdmitted).node,
            household: isAdmitted.node, entries: owner == .member ? [:] : [owner: chosen.node], starts: starts,
            payers: payers)
        return Part(
            stage: stage, checks: checks, chosen: chosen, isAdmitted: isAdmitted, list: list,
            places: count..<(count + list.items.count))
    }

    /// For each person whether the conditions hold, those about the household included, of the first stage.
    public var admitted: Formula { parts.first?.chosen ?? context.truth(false) }

    /// Its plan, for the programme of an id.
    ///
    /// - Parameter others: what the programme pays besides its items, by the conditions of the first stage.
    public func plan(_ id: String, _ label: Label, besides others: [PlannedBenefit] = []) -> ProgramPlan {
        var totals = self.totals()
        for benefit in others {
            let sum = totals[benefit.period] ?? context.zero(benefit.period.unit)
            totals[benefit.period] = sum + context.formula(benefit.amount)
        }
        let routes = parts.map { route($0, id, label, totals) }
        let eligible =
            routes.count == 1
            ? routes.first.map { context.formula($0.holds) } ?? context.truth(false)
            : context.step(
                "eligible", Label("符合\(label.chinese)条件", "eligible for \(label.english)"), .none,
                routes.reduce(context.truth(false)) { $0 || context.formula($1.holds) })
        var plan = ProgramPlan(
            program: id, label: label, eligible: eligible.node, routes: routes, benefits: benefits + others)
        plan.totals = totals.mapValues(\.node)
        plan.payment = payment
        plan.paid = recipients?.node
        plan.trail = PaymentPeriod.allCases.compactMap { totals[$0]?.node }
        plan.trail += zip(items, amounts).filter { $0.0.gift != nil }.map { $0.1.node }
        return plan
    }

    /// The way in by a part: its conditions hold, and it gives something.
    private func route(_ part: Part, _ id: String, _ label: Label, _ totals: [PaymentPeriod: Formula]) -> PlannedRoute {
        let label = part.stage?.label ?? label
        let isGiven = part.stage == nil ? givesAnything(totals) : givesAnything(of: part.places)
        let gives = part.list.gap.map { context.formula($0) || isGiven } ?? isGiven
        let nothing = Label("没有适用的救助项目", "nothing of what is given applies")
        var checks = part.checks
        checks.add(Condition(id: "items", holds: (!part.isAdmitted || gives).node, reason: nothing, origin: nil))
        let name = part.stage.map { "eligible_" + $0.key } ?? "eligible"
        let eligible = context.step(
            name, Label("符合\(label.chinese)条件", "eligible for \(label.english)"), .none, part.isAdmitted && gives)
        return PlannedRoute(
            id: part.stage?.key ?? id, label: label, holds: eligible.node, taken: eligible.node, checks: checks)
    }

    private var benefits: [PlannedBenefit] {
        zip(items, amounts).map { item, amount in
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
        let personal = items.filter { $0.owner != .household }
        guard !personal.isEmpty else { return nil }
        return personal.reduce(context.truth(false)) { $0 || context.zero($1.unit) < context.formula($1.paid) }
    }

    // MARK: Sums

    /// What the household receives by each item; the cap cuts later items first.
    private static func amounts(of items: [PlannedItem], upto limit: AmountLimit?, in context: PolicyContext)
        -> [Formula]
    {
        var amounts = items.map { item in
            let paid = context.formula(item.paid)
            return item.owner == .household ? paid : paid.summed(over: .member, where: context.truth(true))
        }
        guard let limit else { return amounts }
        let places = items.indices.filter { limit.holds(for: items[$0]) }
        for (place, node) in zip(places, context.cut(places.map { amounts[$0].node }, upto: limit.node)) {
            amounts[place] = context.formula(node)
        }
        return amounts
    }

    /// All sums of money of a period together.
    private func totals() -> [PaymentPeriod: Formula] {
        let limited = Set(items.filter { limit?.holds(for: $0) ?? false }.map(\.period))
        var totals: [PaymentPeriod: Formula] = [:]
        for period in PaymentPeriod.allCases {
            let places = items.indices.filter { items[$0].gift == nil && items[$0].period == period }
            guard !places.isEmpty else { continue }
            var sum = context.zero(period.unit)
            if limited.contains(period), limited.count > 1 {
                sum = places.reduce(sum) { $0 + amounts[$1] }
            } else {
                for list in parts.map(\.list) {
                    if let each = list.perMember[period] {
                        sum = sum + context.formula(each).summed(over: .member, where: context.truth(true))
                    }
                    if let own = list.household[period] { sum = sum + context.formula(own) }
                }
                if let limit, limited.contains(period) { sum = sum.atMost(context.formula(limit.node)) }
            }
            totals[period] = context.step(
                period.rawValue + "_total", period.totalLabel, period.unit,
                rule: places.map { items[$0].id }.joined(separator: " + "), sum)
        }
        return totals
    }

    private func givesAnything(_ totals: [PaymentPeriod: Formula]) -> Formula {
        let money = PaymentPeriod.allCases.compactMap { period in totals[period].map { context.zero(period.unit) < $0 }
        }
        let kind = items.indices.filter { items[$0].gift != nil }
        return money.reduce(givesAnything(of: kind)) { $0 || $1 }
    }

    private func givesAnything(of places: some Sequence<Int>) -> Formula {
        places.reduce(context.truth(false)) { $0 || context.zero(items[$1].unit) < amounts[$1] }
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
