import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// The year's account of each person (一站式结算): from the cost in scope to what each payer pays and what is left.
///
/// Bills of a kind that has a list of its own stand beside the year's other cost, each in one account only.
struct YearSettlement {
    let benefits: [PlannedBenefit]
    let planned: PlannedSettlement
    /// What all of it leaves to the person.
    let remaining: Formula
    /// What insurance and others leave of each person's cost.
    let uninsured: Formula

    init(for recipients: Formula, _ context: PolicyContext) {
        let section = MedicalTerms.section
        var accounts = [AccountPlan("layers", on: Self.scope(context), for: recipients, context)]
        for account in Account.allCases {
            guard context.isOffered(section, account.rawValue) else { continue }
            accounts.append(AccountPlan(account, for: recipients, context))
        }
        let zero = context.zero(.yuanPerYear)
        let scope = accounts.reduce(zero) { $0 + $1.start }
        let left = context.step(
            "after_aid", Label("医保和救助后的个人负担", "left after insurance and aid"), .yuanPerYear,
            accounts.reduce(zero) { $0 + $1.remaining })
        let tilted = AccountPlan("tilted", on: left, for: recipients, context)
        remaining = context.step(
            Standings.medicalRemaining.name, Label("范围内个人负担", "cost in scope left to the person"), .yuanPerYear,
            tilted.remaining)
        accounts.append(tilted)
        benefits = accounts.flatMap(\.benefits)
        let parts = accounts.flatMap(\.parts)
        uninsured = parts.filter { !PlannedLayer.isOwn($0.payer) }.reduce(scope) {
            ($0 - context.formula($1.amount)).atLeast(zero)
        }
        let outside = (context.fact(.member, "cost_total") - scope).atLeast(zero)
        planned = PlannedSettlement(
            scope: scope.node, parts: parts, remaining: remaining.node, outside: outside.node)
    }

    /// The year's cost in whole fen, so that what the layers leave is.
    private static func scope(_ context: PolicyContext) -> Formula {
        let value = context.value(MedicalTerms.section, "scope").map(context.formula) ?? context.zero(.yuanPerYear)
        let scope = context.formula(context.rounded(value.node, "nearest fen", .yuanPerYear))
        context.bind("scope", to: scope.node)
        return scope
    }
}

/// One list of layers, with what it comes to for each person.
struct AccountPlan {
    /// What the layers work on.
    let start: Formula
    /// What they leave.
    let remaining: Formula
    let parts: [PlannedSettlement.Part]
    let benefits: [PlannedBenefit]

    /// The layers of a term of each person, on an amount.
    init(_ path: String, on start: Formula, for recipients: Formula, _ context: PolicyContext) {
        self.init(path, on: start, for: recipients, context) { $0 }
    }

    /// The layers of the bills that have a list of their own.
    init(_ account: Account, for recipients: Formula, _ context: PolicyContext) {
        let path = account.rawValue
        let cost = context.fact(.bill, "in_scope")
        let isListed = !context.fact(.bill, "disease").isCode("none")
        // A listed disease has its own list, where there is one, whatever the kind of treatment.
        let isTaken =
            context.isOffered(MedicalTerms.section, Account.singleDisease.rawValue) ? isListed : context.truth(false)
        func total(_ filter: Formula) -> Formula { context.perYear(cost.summed(over: .bill, where: filter)) }
        let kind = context.fact(.bill, "kind")
        switch account {
        case .outpatient:
            self.init(path, on: total(kind.isCode("outpatient") && !isTaken), for: recipients, context)
        case .specialDisease:
            self.init(path, on: total(kind.isCode("special_disease") && !isTaken), for: recipients, context)
        case .singleDisease:
            let own = cost.when(isListed, otherwise: context.zero(.yuan))
            self.init(path, on: own, for: recipients, context) { amount in
                context.perYear(amount.summed(over: .bill, where: context.truth(true)))
            }
        }
    }

    /// - Parameter yearly: makes a person's sum of a year of what a layer comes to.
    private init(
        _ path: String, on start: Formula, for recipients: Formula, _ context: PolicyContext,
        _ yearly: (Formula) -> Formula
    ) {
        self.start = yearly(start)
        guard let list = context.layers(MedicalTerms.section, path, on: start.node, for: recipients.node) else {
            remaining = self.start
            parts = []
            benefits = []
            return
        }
        remaining = yearly(context.formula(list.remaining))
        let own = path == "layers" ? "" : path + "-"
        parts = list.layers.map { layer in
            PlannedSettlement.Part(
                id: own + layer.id, label: layer.label, payer: layer.payer,
                amount: yearly(context.formula(layer.due)).node)
        }
        benefits = list.layers.filter(\.isOwn).map { layer in
            context.yearly(own + layer.id, layer.label, each: yearly(context.formula(layer.paid)))
        }
    }
}

/// Aid of emergencies (疾病应急救助): the hospital is paid for whoever cannot pay or is not known.
struct EmergencyAid {
    let label: Label
    let origin: Origin?
    let benefits: [PlannedBenefit]

    init?(_ context: PolicyContext) {
        let section = MedicalTerms.section
        let isEmergency = context.fact(.bill, "kind").isCode("emergency")
        guard let term = section["emergency"], context.isOffered(section, "emergency") else { return nil }
        let unpaid = context.fact(.bill, "unpaid").when(isEmergency, otherwise: context.zero(.yuan))
        guard let list = context.layers(section, "emergency", on: unpaid.node) else { return nil }
        label = term.label
        origin = context.origin(of: section, "emergency")
        benefits = list.layers.filter(\.isOwn).map { layer in
            context.personal(
                "emergency-" + layer.id, layer.label, .once,
                each: context.formula(layer.paid).summed(over: .bill, where: context.truth(true)))
        }
    }
}

extension PolicyContext {
    /// A sum within a year, as a year's sum.
    fileprivate func perYear(_ sum: Formula) -> Formula {
        let unit = Unit("1/year", Unit.yuanPerYear.dimension.over(Unit.yuan.dimension), size: Unit.yuanPerYear.size)
        return sum
            * formula(make(at: nil) { () throws(GraphError) in try builder.constant(unit.size, .quantity(unit)) })
    }
}
