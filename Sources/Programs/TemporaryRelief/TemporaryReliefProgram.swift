import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// Temporary relief (临时救助).
///
/// National rule: 社会救助暂行办法 (国务院令第649号) 第四十七条至第五十条; 国发〔2014〕47号; 民发〔2018〕23号.
/// Kind → conditions → base and persons → sum → limit, or case by case above it → who approves, how it is paid.
public struct TemporaryReliefProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `temporary-relief`
    public let id = "temporary-relief"
    /// 临时救助
    public var label: Label { section.label }
    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty"]
    /// Its open terms.
    public var section: SectionDeclaration { TemporaryReliefTerms.section }

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        // A hardship is the whole family's, special-poverty persons among them.
        let means = Means(in: context, purpose: id, leavingOut: context.truth(false))
        context.bind(Standings.specialPoverty.name, to: context.standing(Standings.specialPoverty))
        let kind = kind(in: context)
        context.bindClass(section, "class")
        let sum = ReliefSum(for: means.size, in: context)
        var checks = context.checks(section, "checks")
        let approval = context.value(section, "approval").map(context.formula)
        checks.manual += sum.tasks + approvals(by: approval, in: context)
        checks.add(
            Condition(
                id: "amount", holds: sum.givesAnything.node, reason: Label("按标准计算的救助金为零", "the sum comes to nothing"),
                origin: context.origin(of: section, "amount")))

        // Whoever decides has to say of which kind it is, though the sum may be the same.
        let isOfAKind = CodeList.reliefKind.codes.reduce(context.truth(false)) { $0 || kind.isCode($1.name) }
        let eligible = context.step(
            "eligible", Label("符合临时救助条件", "eligible for temporary relief"), .none,
            context.all(checks) && isOfAKind)
        var plan = ProgramPlan(
            program: id, label: label, eligible: eligible.node,
            routes: CodeList.reliefKind.codes.map { route($0, kind, eligible, checks) },
            benefits: [
                PlannedBenefit(
                    id: "relief", label: Label("临时救助金", "relief"), period: .once,
                    amount: sum.relief.when(eligible, otherwise: context.zero(.yuan)).node, shares: nil)
            ])
        plan.counted = (means.counted.node, means.size.node)
        plan.trail = [kind.node, sum.relief.node]
        plan.remarks = [approval?.node, context.value(section, "pays")].compactMap { $0 }
        return [plan]
    }

    /// Urgent or by expenditure (急难型、支出型): what was assessed, else what follows from the cause.
    private func kind(in context: PolicyContext) -> Formula {
        let byCause = context.value(section, "kind")
        guard let place = context.builder.schema.place(.household, "relief_kind") else { return context.truth(false) }
        let node = context.make(at: context.place(of: section, "kind")) { () throws(GraphError) in
            try byCause.map { (node) throws(GraphError) in try context.builder.settled(place, otherwise: node) }
                ?? context.builder.fact(place)
        }
        return context.step("kind", Label("救助类型", "kind of relief"), .none, context.formula(node))
    }

    /// The way of a kind, for those of whom it is the kind.
    private func route(_ code: Code, _ kind: Formula, _ eligible: Formula, _ checks: CheckList) -> PlannedRoute {
        let isIt = kind.isCode(code.name)
        var checks = checks
        checks.add(
            Condition(
                id: PlannedRoute.addressees, holds: isIt.node,
                reason: Label("不属于\(code.label.chinese)", "not \(code.label.english)"), origin: nil))
        let holds = eligible && isIt
        return PlannedRoute(id: code.name, label: code.label, holds: holds.node, taken: holds.node, checks: checks)
    }

    /// Who has to approve is among what people have to do, once it is known.
    private func approvals(by approval: Formula?, in context: PolicyContext) -> [ManualCheck] {
        guard let approval, let origin = context.origin(of: section, "approval") else { return [] }
        return TemporaryReliefTerms.approval.codes.map { code in
            ManualCheck(
                id: "approval-" + code.name,
                text: Label("由\(code.label.chinese)审批", "approval by \(code.label.english)"),
                applies: approval.isCode(code.name).node, origin: origin)
        }
    }
}
