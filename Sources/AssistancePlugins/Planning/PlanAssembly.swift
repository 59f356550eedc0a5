import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit
import CJiuzhu

/// Puts together what a plugin has said into the plan of its programme.
struct PlanAssembly {
    private let maker: PlanMaker
    private let program: PluginProgram
    private let context: PolicyContext

    /// - Parameter answer: what the plugin's function answered.
    init(_ maker: PlanMaker, answer: Int32) {
        self.maker = maker
        program = maker.program
        context = maker.context
        if answer != JZP_OK, maker.mistakes.isEmpty {
            maker.mistake("its plan answered \(answer), and it did not say why")
        }
        if maker.isWhole { checkWhole() }
    }

    /// Notes what the plan lacks.
    private func checkWhole() {
        if maker.benefits.isEmpty, !maker.asksForGeneric {
            maker.mistake("it gives nothing: its plan calls neither benefit nor generic")
        }
        if maker.asksForGeneric, !maker.checks.conditions.isEmpty || !maker.checks.manual.isEmpty {
            maker.mistake("a plan that calls generic has its conditions in policy, and this one calls check or checks")
        }
        for standing in program.standings where maker.told[standing.name] == nil {
            maker.mistake("it declares the standing '\(standing.name)' and does not tell it")
        }
    }

    /// The plan. Where the plugin made a mistake, or no file has a figure that it needs, nobody can say who is eligible.
    func plan() -> ProgramPlan {
        guard maker.isWhole else { return undetermined() }
        var plan = maker.asksForGeneric ? genericPlan() : ownPlan()
        // Putting it together may show what no single call did.
        guard maker.mistakes.isEmpty else { return undetermined() }
        plan.tells = maker.told
        return plan
    }

    // MARK: What cannot be known

    private func undetermined() -> ProgramPlan {
        var gaps = maker.lacking
        if let first = maker.mistakes.first, let plugin = program.plugin {
            for mistake in maker.mistakes { program.report(mistake, context) }
            let rest = maker.mistakes.count - 1
            let more = rest == 0 ? Label("", "") : Label("(另有 \(rest) 处)", " (and \(rest) more)")
            let said = MessageLine(first).text
            gaps = [
                "plugins." + plugin.name: Label(
                    "插件 \(plugin.name) \(plugin.version) 有误:\(said)\(more.chinese)",
                    "\(program.title): \(said)\(more.english)")
            ]
        }
        func unknown(_ kind: NodeKind, of owner: FactOwner) -> Formula? {
            let nodes = gaps.sorted { $0.key < $1.key }.map {
                context.formula(context.unfilled($0.key, kind, label: $0.value, owner: owner))
            }
            guard let first = nodes.first else { return nil }
            return nodes.dropFirst().reduce(first) { kind == .bool ? $0 && $1 : $0 + $1 }
        }
        let eligible = unknown(.bool, of: .household) ?? context.truth(false)
        var plan = ProgramPlan(
            program: program.id, label: program.label, eligible: eligible.node, routes: [], benefits: [])
        for standing in program.standings {
            let kind = standing.unit.map(NodeKind.quantity) ?? .bool
            plan.tells[standing.name] = unknown(kind, of: standing.owner)?.node
        }
        return plan
    }

    // MARK: What is decided

    /// By the terms of the generic programme, with what the plugin pays besides.
    private func genericPlan() -> ProgramPlan {
        let generic = GenericProgram(program.section, in: context)
        let admitted = generic.admitted
        let paid = maker.benefits.compactMap { benefit($0, where: admitted, admitted.any(over: .member)) }
        return generic.plan(program.id, program.label, besides: paid)
    }

    /// By the conditions and sums that the plugin has made.
    private func ownPlan() -> ProgramPlan {
        let isPersonal = { (condition: Condition) in context.builder[condition.holds].scope != .household }
        var checks = maker.checks
        let open = checks.conditions.filter { !isPersonal($0) }
            .reduce(context.truth(true)) { $0 && context.formula($1.holds) }
        let personal = checks.conditions.filter(isPersonal)
        let chosen = personal.reduce(open) { $0 && context.formula($1.holds) }
        let isAdmitted = personal.isEmpty ? open : chosen.any(over: .member)
        let benefits = maker.benefits.compactMap { benefit($0, where: chosen, isAdmitted) }
        let gives = benefits.reduce(context.truth(false)) {
            $0 || context.zero($1.period.unit) < context.formula($1.amount)
        }
        checks.add(
            Condition(
                id: "items", holds: (!isAdmitted || gives).node,
                reason: Label("没有适用的救助项目", "nothing of what is given applies"), origin: nil))
        let eligible = context.step(
            "eligible", Label("符合\(program.label.chinese)条件", "eligible for \(program.label.english)"), .none,
            isAdmitted && gives)
        var plan = ProgramPlan(
            program: program.id, label: program.label, eligible: eligible.node,
            routes: [
                PlannedRoute(
                    id: program.id, label: program.label, holds: eligible.node, taken: eligible.node, checks: checks)
            ], benefits: benefits)
        let shares = benefits.compactMap { benefit in
            benefit.shares.map { context.zero(benefit.period.unit) < context.formula($0) }
        }
        plan.paid = shares.isEmpty ? nil : shares.reduce(context.truth(false)) { $0 || $1 }.node
        plan.trail = benefits.map(\.amount)
        return plan
    }

    /// A sum in whole fen. One that is the same for all and is whole already stays the term that it is.
    private func wholeFen(_ amount: NodeID, _ unit: Unit) throws(GraphError) -> NodeID {
        let builder = context.builder
        if let value = builder.constantValue(amount), value.divided(by: unit.size)?.exactly(100) != nil {
            return amount
        }
        return try builder.round(amount, .nearest, to: unit, times: .hundredth)
    }

    /// A benefit of those whom the programme is for, in whole fen; nil where it is too large, which is noted.
    private func benefit(
        _ payment: PlanMaker.Payment, where chosen: Formula, _ isAdmitted: Formula
    ) -> PlannedBenefit? {
        let (builder, unit) = (context.builder, payment.period.unit)
        let isOfMembers = builder[payment.amount].scope == .member
        do throws(GraphError) {
            let zero = try builder.constant(.zero, .quantity(unit))
            let whole = try wholeFen(payment.amount, unit)
            let each = try builder.select((isOfMembers ? chosen : isAdmitted).node, whole, zero)
            let isPerMember = builder[each].scope == .member
            let amount =
                isPerMember ? try builder.aggregate(.sum, over: .member, each, where: builder.truth(true)) : each
            let name = context.step(payment.id, payment.label, unit, context.formula(amount))
            return PlannedBenefit(
                id: payment.id, label: payment.label, period: payment.period, amount: name.node,
                shares: isPerMember ? each : nil)
        } catch {
            maker.mistake("the benefit '\(payment.id)': \(error.message)")
            return nil
        }
    }
}
