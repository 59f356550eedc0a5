import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// Medical aid (医疗救助).
///
/// National rule: 社会救助暂行办法 (国务院令第649号) 第二十七条至第三十二条; 国办发〔2021〕42号.
/// Class of each person → subsidy of the premium → who pays what of the year's cost → further aid on the rest. The aid of
/// emergencies (疾病应急救助) asks for no class.
public struct MedicalProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `medical`
    public let id = "medical"
    /// 医疗救助
    public var label: Label { section.label }
    /// The classes are those of low income, its edge and special poverty.
    public let reads = ["low-income", "special-poverty"]
    /// Its open terms.
    public var section: SectionDeclaration { MedicalTerms.section }
    /// What is left of each person's cost in scope after all insurance and aid.
    public let standings = [Standings.medicalRemaining]

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        let recipients = Recipients(context)
        let settlement = YearSettlement(for: recipients.each, context)
        let emergency = EmergencyAid(context)
        let premium = premium(of: recipients.each, context)
        let aid = [premium].compactMap { $0 } + settlement.benefits
        func gives(_ benefits: [PlannedBenefit]) -> Formula {
            benefits.reduce(context.truth(false)) { $0 || context.zero($1.period.unit) < context.formula($1.amount) }
        }

        let isAided = recipients.any && gives(aid)
        var checks = recipients.checks
        checks.add(
            Condition(
                id: "due", holds: (!recipients.any || gives(aid)).node,
                reason: Label("没有应予救助的费用", "there is nothing that aid would pay"), origin: nil))
        var routes = [PlannedRoute(id: "aid", label: label, holds: isAided.node, taken: isAided.node, checks: checks)]
        var eligible = isAided
        if let emergency {
            let isPaid = gives(emergency.benefits)
            eligible = eligible || isPaid
            var checks = CheckList()
            checks.add(
                Condition(
                    id: "emergency", holds: isPaid.node,
                    reason: Label("没有欠缴的急救费用", "no emergency bill stays unpaid"), origin: emergency.origin))
            routes.append(
                PlannedRoute(
                    id: "emergency", label: emergency.label, holds: isPaid.node, taken: (isPaid && !isAided).node,
                    checks: checks))
        }
        var plan = ProgramPlan(
            program: id, label: label,
            eligible: context.step("aided", Label("给予医疗救助", "receives medical aid"), .none, eligible).node,
            routes: routes, benefits: aid + (emergency?.benefits ?? []))
        plan.tells = [Standings.medicalRemaining.name: settlement.remaining.node]
        plan.payment = PaymentTerms.plan(section, in: context)
        plan.settlement = settlement.planned
        // Where it is open what each list pays, all of them together still pay no more than insurance leaves.
        let paid = premium.map { context.formula($0.amount) } ?? context.zero(.yuanPerYear)
        let most = paid + settlement.uninsured.summed(over: .member, where: context.truth(true))
        let sum = aid.reduce(context.zero(.yuanPerYear)) { $0 + context.formula($1.amount) }
        plan.totals[.yearly] = sum.atMost(most).node
        plan.trail = plan.benefits.map(\.amount) + [settlement.remaining.node]
        return [plan]
    }

    /// The subsidy of the premium (资助参保), never more than the premium.
    private func premium(of recipients: Formula, _ context: PolicyContext) -> PlannedBenefit? {
        guard let term = section["premium"], let value = context.value(section, "premium") else { return nil }
        let paid = context.formula(value).atMost(context.fact(.member, "premium"))
        return context.yearly(
            "premium", term.label, each: paid.when(recipients, otherwise: context.zero(.yuanPerYear)))
    }
}

/// Who is aided (救助对象): each person by their class, and what a place asks for besides.
struct Recipients {
    /// Whether a person is.
    let each: Formula
    /// Whether anyone is.
    let any: Formula
    let checks: CheckList

    init(_ context: PolicyContext) {
        let section = MedicalTerms.section
        var checks = CheckList()
        if let code = context.value(section, "class") {
            context.bind("class", to: code)
            checks.add(
                Condition(
                    id: "class", holds: (!context.formula(code).isCode("none")).node,
                    reason: Label("不属于医疗救助对象", "belongs to no class that is aided"),
                    origin: context.origin(of: section, "class")))
        }
        checks.add(context.checks(section, "checks"))
        self.checks = checks
        each = checks.conditions.reduce(context.truth(true)) { $0 && context.formula($1.holds) }
        any = each.any(over: .member)
    }
}

extension PolicyContext {
    /// A benefit of a year that each member has a share of, in whole fen.
    func yearly(_ id: String, _ label: Label, each: Formula) -> PlannedBenefit {
        personal(id, label, .yearly, each: each)
    }

    /// A benefit that each member has a share of, in whole fen.
    func personal(_ id: String, _ label: Label, _ period: PaymentPeriod, each: Formula) -> PlannedBenefit {
        let share = formula(rounded(each.node, "nearest fen", period.unit))
        let sum = step(id + "_sum", label, period.unit, share.summed(over: .member, where: truth(true)))
        return PlannedBenefit(id: id, label: label, period: period, amount: sum.node, shares: share.node)
    }
}
