import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// The subsidy of a rent (住房租赁补贴): min(ceiling, price × area that lacks × coefficient), by the month.
struct RentSubsidy {
    let plan: ProgramPlan

    init(_ id: String, _ label: Label, in context: PolicyContext) {
        let section = HousingTerms.section
        // Special-poverty persons leave the family's base of low income, not its home.
        let means = Means(in: context, purpose: HousingTerms.section.key, leavingOut: context.truth(false))
        context.bind(Standings.specialPoverty.name, to: context.standing(Standings.specialPoverty))
        context.bindClass(section, "rent.class")
        var checks = context.checks(section, "rent.checks")

        let none = context.zero(.yuanPerMonth)
        let guaranteed = context.term(section, "rent.guaranteed")
        let own = context.fact(.household, "own_area")
        let short = context.term(
            section, "rent.short",
            nation: ("guaranteed - own_area, at least 0", (guaranteed - own).atLeast(context.zero(.squareMetre))))
        let price = context.term(section, "rent.price")
        let coefficient = context.term(section, "rent.coefficient", nation: ("1", context.share(.one)))
        let exact = context.step(
            "uncapped", Label("按面积计算的补贴", "subsidy by area"), .yuanPerMonth, rule: "price * short * coefficient",
            price * short * coefficient)
        let hasNoCeiling = context.text(section, "rent.ceiling")?.text == "none"
        let ceiling =
            hasNoCeiling
            ? nil : context.term(section, "rent.ceiling", nation: ("rent", context.fact(.household, "rent")))
        let capped = ceiling.map(exact.atMost) ?? exact
        let rounded = context.rounded(capped.node, section, "rent.rounding", .yuanPerMonth, otherwise: "none")
        let subsidy = context.step(
            "subsidy", label, .yuanPerMonth, rule: hasNoCeiling ? "uncapped" : "min(uncapped, ceiling)",
            context.formula(context.rounded(rounded, "nearest fen", .yuanPerMonth)))

        let isShort = context.zero(.squareMetre) < short
        checks.add(
            Condition(
                id: "short", holds: isShort.node,
                reason: Label("自有住房已达到保障面积", "the own home reaches the guaranteed area"),
                origin: context.origin(of: section, "rent.guaranteed"),
                sides: context.isFilled(section, "rent.short") ? nil : (own.node, guaranteed.node),
                unit: .squareMetre))
        checks.add(
            Condition(
                id: "subsidy", holds: (!isShort || none < subsidy).node,
                reason: Label("计算所得补贴为零", "the subsidy comes to nothing"), origin: nil))
        var plan = ProgramPlan(
            id, label, route: "rent", checks, paying: ("subsidy", .monthly, subsidy), in: context)
        plan.counted = (means.counted.node, means.size.node)
        plan.payment = PaymentTerms.plan(section, below: "rent", in: context)
        plan.trail = [exact.node, subsidy.node]
        plan.remarks = ceiling.map { [$0.node] } ?? []
        self.plan = plan
    }
}
