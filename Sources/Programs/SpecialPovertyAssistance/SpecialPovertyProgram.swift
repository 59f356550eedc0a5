import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// Special poverty, the support of the destitute (特困人员救助供养).
///
/// National rule: 社会救助暂行办法 (国务院令第649号) 第十四条至第十九条; 特困人员认定办法 (民发〔2021〕43号).
/// No ability to work → no livelihood → no obligor who is able → self-care → basic living and care.
public struct SpecialPovertyProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `special-poverty`
    public let id = "special-poverty"
    /// 特困人员救助供养
    public var label: Label { section.label }
    /// Its open terms.
    public var section: SectionDeclaration { SpecialPovertyTerms.section }
    /// Who is a special-poverty person.
    public var standings: [StandingDeclaration] { [Standings.specialPoverty] }

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        // The person asks for their own sake: whoever is one already is not left out of what is looked at here.
        let means = Means(in: context, purpose: id, leavingOut: context.truth(false))
        let support = SupportRoute(means, context)
        let grace = context.stage == .review ? GraceRoute(after: support, context) : nil
        let who = context.step(
            Standings.specialPoverty.name, Label("特困供养人员", "special-poverty person"), .none,
            grace.map { support.who || $0.who } ?? support.who)
        let sums = SupportSums(for: who, context)

        let eligible = who.any(over: .member)
        var plan = ProgramPlan(
            program: id, label: label, eligible: eligible.node,
            routes: [support.planned] + (grace.map { [$0.planned] } ?? []), benefits: sums.benefits)
        plan.tells = [Standings.specialPoverty.name: who.node]
        plan.paid = who.node
        plan.payment = PaymentTerms.plan(section, in: context)
        plan.trail = sums.steps
        plan.remarks = [means.excludedIncome.node]
        plan.window = means.window
        return [plan]
    }
}

/// The way into special poverty (认定条件), person by person.
struct SupportRoute {
    /// Who meets all conditions.
    let who: Formula
    let planned: PlannedRoute

    init(_ means: Means, _ context: PolicyContext) {
        let section = SpecialPovertyTerms.section
        var checks = CheckList()
        let noLabour = context.condition(section, "no_labour")
        context.bind("no_labour", to: noLabour.node)
        checks.add(
            Condition(
                id: "no_labour", holds: noLabour.node,
                reason: Label("有劳动能力", "is able to work"),
                origin: context.origin(of: section, "no_labour")))
        let income = context.step(
            "own_income", Label("本人月收入", "own income of a month"), .yuanPerMonth, means.own)
        let tooMuch = Label("本人收入不低于规定标准,有生活来源", "own income reaches the limit: there is a livelihood")
        checks.add(context.range(section, "livelihood.income", of: income.node, id: "livelihood", tooMuch))
        checks.add(
            context.isFilled(section, "livelihood.property")
                ? context.checks(section, "livelihood.property") : means.property)
        checks.add(
            Condition(
                id: "obligors", holds: Self.withoutObligor(context).node,
                reason: Label("有履行义务能力的法定义务人", "an obligor is able to support the person"),
                origin: context.origin(of: section, "obligor_unable")))
        checks.add(context.checks(section, "checks"))

        let all = context.all(checks)
        who = context.step("supported", Label("符合特困人员认定条件", "meets the conditions of special poverty"), .none, all)
        let any = who.any(over: .member).node
        planned = PlannedRoute(
            id: "support", label: Label("特困供养", "support"), holds: any, taken: any, checks: checks)
    }

    /// Whether the person has no obligor, or none who is able (无法定义务人或者义务人无履行义务能力).
    private static func withoutObligor(_ context: PolicyContext) -> Formula {
        let reasons = context.checks(SpecialPovertyTerms.section, "obligor_unable").conditions
        let unable = context.step(
            "obligor_unable", Label("义务人无履行义务能力", "the obligor is unable"), .none,
            reasons.reduce(context.truth(false)) { $0 || context.formula($1.holds) })
        return context.step(
            "without_obligor", Label("无法定义务人或义务人无履行义务能力", "without an obligor who is able"), .none,
            !(!unable).any(over: .obligor))
    }
}

/// Some months more for persons whose support ends (终止供养), at review, where a place gives them.
struct GraceRoute {
    let who: Formula
    let planned: PlannedRoute

    init?(after support: SupportRoute, _ context: PolicyContext) {
        let section = SpecialPovertyTerms.section
        guard let months = context.value(section, "ends.months") else { return nil }
        let running = context.formula(context.standing(Standings.specialPoverty))
        var checks = CheckList()
        checks.add(
            Condition(
                id: "running", holds: running.node, reason: Label("不是在册特困人员", "is not supported now"), origin: nil))
        checks.add(context.checks(section, "ends.checks"))
        let all = context.all(checks)
        who = context.step(
            "grace_persons", Label("渐退期内的特困人员", "person in gradual exit"), .none, all && !support.who)
        let supported = support.who.any(over: .member)
        planned = PlannedRoute(
            id: "grace", label: Label("渐退期", "gradual exit"), holds: who.any(over: .member).node,
            taken: (who.any(over: .member) && !supported).node, checks: checks,
            period: PlannedPeriod(from: context.date.firstOfNextMonth ?? context.date, months: months))
    }
}
