import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// The repair or rebuilding of a dangerous house in the countryside (农村危房改造), once, by the grade of the house.
struct HouseRepair {
    let plan: ProgramPlan

    init(_ id: String, _ label: Label, in context: PolicyContext) {
        let section = HousingTerms.section
        context.bindClass(section, "repair.class")
        var checks = context.checks(section, "repair.checks")
        let none = context.zero(.yuan)
        let amount = context.term(section, "repair.amount")
        let aid = context.step(
            "aid", label, .yuan, rule: "amount", context.formula(context.rounded(amount.node, "nearest fen", .yuan)))
        checks.add(
            Condition(
                id: "amount", holds: (none < aid).node,
                reason: Label("没有适用的补助标准", "no sum is laid down for this house and household"),
                origin: context.origin(of: section, "repair.amount")))
        var plan = ProgramPlan(id, label, route: "repair", checks, paying: ("aid", .once, aid), in: context)
        plan.trail = [aid.node]
        self.plan = plan
    }
}
