import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// What special poverty pays each person: basic living by mode, care by self-care (基本生活费、照料护理费).
struct SupportSums {
    let benefits: [PlannedBenefit]
    let steps: [NodeID]

    init(for who: Formula, _ context: PolicyContext) {
        let section = SpecialPovertyTerms.section
        context.bind("self_care", to: Self.selfCare(context).node)
        var benefits: [PlannedBenefit] = []
        var steps: [NodeID] = []
        for path in ["basic", "care"] {
            guard let term = section[path], let standard = context.value(section, path) else { continue }
            context.bind(path, to: standard)
            // A yearly standard is rounded as one, and paid as a year's sum.
            let unit = context.unit(section, path)
            let period: PaymentPeriod = unit == .yuanPerYear ? .yearly : .monthly
            let given = context.formula(standard).when(who, otherwise: context.zero(unit))
            let each = context.step(
                path + "_each", Label("本人" + Self.label(term).chinese, "own " + Self.label(term).english), unit,
                context.formula(context.rounded(given.node, "nearest fen", unit)))
            let sum = context.step(
                path + "_sum", Self.label(term), unit, each.summed(over: .member, where: context.truth(true)))
            benefits.append(
                PlannedBenefit(
                    id: path, label: Self.label(term), period: period, amount: sum.node, shares: each.node))
            steps.append(sum.node)
        }
        if let funded = context.value(section, "funded") {
            let total = context.formula(funded).when(who, otherwise: context.zero(.yuanPerMonth))
                .summed(over: .member, where: context.truth(true))
            steps.append(
                context.step("funded_sum", Label("其中财政补助", "of it funded by the treasury"), .yuanPerMonth, total).node)
        }
        self.benefits = benefits
        self.steps = steps
    }

    /// The grade that was assessed, else the one that follows from the tasks not managed alone.
    private static func selfCare(_ context: PolicyContext) -> Formula {
        let section = SpecialPovertyTerms.section
        let graded = context.value(section, "self_care")
        guard let place = context.builder.schema.place(.member, "self_care") else { return context.truth(false) }
        let node = context.make(at: context.place(of: section, "self_care")) { () throws(GraphError) in
            try graded.map { (node) throws(GraphError) in try context.builder.settled(place, otherwise: node) }
                ?? context.builder.fact(place)
        }
        return context.step("self_care", Label("生活自理能力", "ability to care for oneself"), .none, context.formula(node))
    }

    private static func label(_ term: TermDeclaration) -> Label {
        term.path == "basic" ? Label("基本生活费", "basic living") : Label("照料护理费", "care")
    }
}
