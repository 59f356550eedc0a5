import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// Low income, the minimum living allowance (最低生活保障).
///
/// National rule: 社会救助暂行办法 (国务院令第649号) 第九条至第十三条; 最低生活保障审核确认办法 (民发〔2021〕57号).
/// Means → routes in order → each person's amount → supplements → limit → standings.
public struct LowIncomeProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `low-income`
    public let id = "low-income"
    /// 最低生活保障
    public var label: Label { LowIncomeTerms.section.label }
    /// Its open terms.
    public var section: SectionDeclaration { LowIncomeTerms.section }
    /// Special-poverty persons leave the family's base.
    public let reads = ["special-poverty"]
    /// The family's standing, each person's share, edge and rigid expenditure.
    public var standings: [StandingDeclaration] { LowIncomeTerms.told }

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        let means = Means(in: context, purpose: id)
        let line = context.value(section, "line").map(context.formula) ?? context.yardstick("standard")
        context.bind("line", to: line.node)

        var routes = Route.allCases.compactMap { RoutePlan($0, means, line, context) }
        RoutePlan.choose(among: &routes, context)
        let eligible = context.step(
            "low_income", Label("符合最低生活保障条件", "eligible for low income"), .none,
            routes.reduce(context.truth(false)) { $0 || $1.taken })
        let grant = Grant(routes, context)

        // A family with one member on individual coverage is an edge family still; on any other route it is not.
        let covered = routes.filter { $0.route != .single }.reduce(context.truth(false)) { $0 || $1.taken }
        var standings: [StandingPlan] = []
        for standing in Standing.allCases {
            if let plan = StandingPlan(standing, means, covered, after: standings, context) { standings.append(plan) }
        }
        let review = context.value(section, "review.class").map { classCode in
            context.bind("class", to: classCode)
            return (classCode: classCode, months: context.value(section, "review.every"))
        }
        var plan = ProgramPlan(
            program: id, label: label, eligible: eligible.node, routes: routes.map(\.planned), benefits: grant.benefits)
        plan.standings = standings.map(\.planned)
        plan.tells = [
            "low_income": eligible.node, "low_income.paid": grant.recipients.node, "low_income.own": grant.own.node,
            "low_income.grant": grant.total.node, "low_income.per_capita_income": means.perCapita.node,
        ]
        for standing in Standing.allCases {
            let holds = standings.first { $0.standing == standing }?.holds ?? context.truth(false)
            plan.tells[standing.rawValue] = holds.node
        }
        if let population = PopulationLayers(plan.tells, in: context) {
            plan.tells["population"] = population.layer.node
            plan.standings += population.planned
        }
        plan.counted = (each: means.counted.node, size: means.size.node)
        plan.paid = grant.recipients.node
        plan.review = review
        plan.trail = [means.perCapita.node, grant.total.node]
        plan.remarks = [means.excludedIncome.node]
        plan.window = means.window
        plan.shortfall = (line * means.size - means.income).atLeast(context.zero(.yuanPerYear)).node
        plan.payment = PaymentTerms.plan(section, in: context)
        return [plan]
    }
}
