import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// What low income pays: the base of the route taken, and the category supplements (分类施保).
struct Grant {
    let benefits: [PlannedBenefit]
    let total: Formula
    /// Each person's exact share of the base (本人应得份额), before the household's is rounded.
    let own: Formula
    /// Who receives something by the route taken.
    let recipients: Formula

    init(_ routes: [RoutePlan], _ context: PolicyContext) {
        let zero = context.zero(.yuanPerMonth)
        let none = context.truth(false)
        var (sum, share) = (zero, zero)
        for route in routes.reversed() {
            sum = route.sum.when(route.taken, otherwise: sum)
            share = route.each.when(route.taken && route.recipients, otherwise: share)
        }
        recipients = routes.reduce(none) { $0 || ($1.taken && $1.recipients) }
        own = context.step("own", Label("本人应得份额", "own share"), .yuanPerMonth, share)
        context.bind("grant", to: sum.node)
        context.bind("base", to: sum.node)

        var (extra, each) = (zero, zero)
        let paying = routes.filter(\.paysSupplements)
        let supplemented = paying.reduce(none) { $0 || ($1.taken && $1.recipients) }
        let section = LowIncomeTerms.section
        if let items = context.items(section, "supplements", recipients: supplemented.node, share: own.node) {
            let exact = context.formula(items.perMember).when(supplemented, otherwise: zero)
            each = context.step(
                "supplement", Label("本人分类施保金", "own category supplement"), .yuanPerMonth,
                context.formula(context.rounded(exact.node, RoutePlan.wholeFen, .yuanPerMonth)))
            let given = paying.reduce(none) { $0 || $1.taken }
            extra =
                each.summed(over: .member, where: context.truth(true))
                + context.formula(items.household).when(given, otherwise: zero)
        }
        if let cap = context.value(section, "cap").map(context.formula) {
            sum = sum.atMost(cap)
            extra = extra.atMost(cap - sum)
        }
        let (baseLabel, extraLabel) = (Label("基础保障金", "base grant"), Label("分类施保金", "category supplements"))
        let base = context.step("base", baseLabel, .yuanPerMonth, sum)
        let supplements = context.step("supplements", extraLabel, .yuanPerMonth, extra)
        total = context.step(
            "total", Label("月保障金合计", "monthly grant in all"), .yuanPerMonth, rule: "base + supplements",
            base + supplements)
        benefits = [
            PlannedBenefit(
                id: "base", label: baseLabel, period: .monthly, amount: base.node, shares: own.node),
            PlannedBenefit(
                id: "supplements", label: extraLabel, period: .monthly, amount: supplements.node, shares: each.node),
        ]
    }
}
