import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// A standing of families that low income does not pay as families: edge (低保边缘), rigid expenditure (刚性支出困难).
struct StandingPlan {
    let standing: Standing
    let holds: Formula
    let planned: PlannedStanding

    /// The plan of a standing, for families without one of those before; nil where the place does not offer it.
    init?(
        _ standing: Standing, _ means: Means, _ covered: Formula, after earlier: [StandingPlan],
        _ context: PolicyContext
    ) {
        let section = LowIncomeTerms.section
        guard context.isOffered(section, standing.path) else { return nil }
        self.standing = standing
        let label = standing.label
        var checks = CheckList()
        let income = Label(
            "家庭人均月收入不在\(label.chinese)范围内", "per-capita income is outside the range of an \(label.english)")
        checks.add(
            context.range(section, standing.path + ".income", of: means.perCapita.node, id: "income", income))
        checks.add(context.checks(Means.section, "property", purpose: standing.rawValue))
        checks.add(context.checks(section, standing.path + ".checks"))
        if standing == .rigid, let condition = context.value(section, standing.path + ".condition") {
            let reason = Label("刚性支出未达到规定比例", "rigid expenditure does not reach the required share")
            checks.add(Condition(id: "condition", holds: condition, reason: reason, origin: nil))
        }
        let without = earlier.reduce(!covered) { $0 && !$1.holds }
        holds = context.step(
            standing.rawValue, label, .none,
            checks.conditions.reduce(without) { $0 && context.formula($1.holds) })
        planned = PlannedStanding(
            id: standing.rawValue, label: label, holds: holds.node,
            layer: context.value(section, standing.path + ".layers"),
            months: context.value(section, standing.path + ".months"), checks: checks)
    }
}
