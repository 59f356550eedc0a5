import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

extension ProgramPlan {
    /// A plan of one way in and one benefit of the household: what is due where all conditions hold.
    init(
        _ program: String, _ label: Label, route: String, _ checks: CheckList,
        paying benefit: (id: String, period: PaymentPeriod, amount: Formula), in context: PolicyContext
    ) {
        let eligible = context.step(
            "eligible", Label("符合\(label.chinese)条件", "eligible for \(label.english)"), .none,
            context.all(checks))
        let due = benefit.amount.when(eligible, otherwise: context.zero(benefit.period.unit))
        self.init(
            program: program, label: label, eligible: eligible.node,
            routes: [
                PlannedRoute(id: route, label: label, holds: eligible.node, taken: eligible.node, checks: checks)
            ],
            benefits: [
                PlannedBenefit(id: benefit.id, label: label, period: benefit.period, amount: due.node, shares: nil)
            ])
    }
}
