import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// Social participation (社会力量参与).
///
/// National rule: 社会救助暂行办法 (国务院令第649号) 第五十二条至第五十五条. A charity's layers on what medical aid leaves → items
/// of charities and funds → what is still uncovered becomes needs, which are matched with what society offers.
public struct SocialParticipationProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `social-participation`
    public let id = "social-participation"
    /// 社会力量参与
    public var label: Label { section.label }
    /// It takes up what the others leave.
    public let reads = ["low-income", "special-poverty", "medical"]

    /// Its open terms.
    public let section = SectionDeclaration(
        "social-participation", Label("社会力量参与", "social participation"),
        GenericProgram.terms() + [
            TermDeclaration(
                "layers", .layers(.yuanPerYear), of: .member, unfilled: .optional, "慈善医疗救助",
                "what charities pay of what medical aid leaves"),
            TermDeclaration(
                "needs", .benefits, of: .member, unfilled: .optional, "未满足需求",
                "what is left uncovered, each by the code of a need"),
            TermDeclaration(
                "priority", .number, unfilled: .optional, "需求优先次序", "the rank in which needs are taken up, 1 first"),
            TermDeclaration(
                "publicity", .value(.day), unfilled: .optional, "公示天数", "days of publicity before it is paid"),
        ])

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        let generic = GenericProgram(section, in: context, tasks: publicity(in: context))
        let left = context.standing(Standings.medicalRemaining)
        let layers = context.layers(section, "layers", on: left, for: generic.admitted.node)
        let charity = (layers?.layers ?? []).filter(\.isOwn).map { layer in
            let share = context.formula(context.rounded(layer.paid, "nearest fen", .yuanPerYear))
            let sum = context.step(
                layer.id + "_sum", layer.label, .yuanPerYear, share.summed(over: .member, where: context.truth(true)))
            return PlannedBenefit(
                id: layer.id, label: layer.label, period: .yearly, amount: sum.node, shares: share.node)
        }
        var plan = generic.plan(id, label, besides: charity)
        context.bind("remaining", to: layers?.remaining ?? left)
        plan.needs = (items: needs(in: context), priority: context.value(section, "priority"))
        plan.trail = charity.map(\.amount) + plan.trail
        return [plan]
    }

    /// What is left uncovered, by the nation's codes and those that places add.
    private func needs(in context: PolicyContext) -> [PlannedItem] {
        let anyone = context.truth(true).node
        let items = context.benefits(
            section, "needs", recipients: anyone, household: anyone, starts: nil, payers: []
        ).items
        let known = context.library.schema.current(.need).codes.map(\.name)
        for item in items where !known.contains(item.id) {
            context.findings.report(
                Diagnostic(
                    .unknownCode, file: item.origin.file, at: item.origin.position,
                    "'\(item.id)' is no code of needs; there are \(known.joined(separator: ", "))",
                    suggestion: closestName(to: item.id, among: known)))
        }
        return items
    }

    private func publicity(in context: PolicyContext) -> [ManualCheck] {
        guard let node = context.value(section, "publicity"), let origin = context.origin(of: section, "publicity"),
            let days = context.builder.constantValue(node)?.description
        else { return [] }
        return [
            ManualCheck(
                id: "publicity", text: Label("公示不少于 \(days) 天", "publicity of at least \(days) days"), applies: nil,
                origin: origin)
        ]
    }
}
