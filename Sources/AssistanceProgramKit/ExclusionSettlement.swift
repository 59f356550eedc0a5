import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Takes away what one row of exclusions takes away: of each person where all benefits are persons', else of the household.
struct ExclusionSettlement {
    private let exclusion: Exclusion
    private let context: PolicyContext

    init(_ exclusion: Exclusion, _ context: PolicyContext) {
        self.exclusion = exclusion
        self.context = context
    }

    /// Adjusts the benefits of the row.
    func settle(_ plans: inout [ProgramPlan]) {
        let isPersonal = exclusion.parties.joined().allSatisfy { plans[$0.plan].benefits[$0.benefit].shares != nil }
        func value(_ place: BenefitPlace) -> Formula {
            let benefit = plans[place.plan].benefits[place.benefit]
            return context.formula(isPersonal ? benefit.shares ?? benefit.amount : benefit.amount)
        }
        let before = exclusion.parties.map { $0.map(value) }
        for (party, values) in zip(exclusion.parties, left(of: before)) {
            for (place, after) in zip(party, values) {
                guard let after else { continue }
                reduce(&plans[place.plan], place.benefit, to: after, isPersonal: isPersonal)
            }
        }
    }

    // MARK: What is left

    /// What is left of each benefit of each party; nil where the row cannot change it.
    private func left(of parties: [[Formula]]) -> [[Formula?]] {
        if let kept = exclusion.kept, parties.indices.contains(kept) {
            let isThere = parties[kept].reduce(context.truth(false)) { $0 || zero(like: $1) < $1 }
            return parties.enumerated().map { place, values in
                values.map { place == kept ? nil : zero(like: $0).when(isThere, otherwise: $0) }
            }
        }
        let sums = parties.map { values in values.dropFirst().reduce(values.first ?? context.truth(false)) { $0 + $1 } }
        return exclusion.isMutual ? highest(parties, sums) : difference(parties, sums)
    }

    /// The party with the highest sum keeps it; of two that are equal the one named first.
    private func highest(_ parties: [[Formula]], _ sums: [Formula]) -> [[Formula?]] {
        parties.enumerated().map { place, values in
            var loses = context.truth(false)
            for (other, rival) in sums.enumerated() where other != place {
                loses = loses || (other < place ? !(rival < sums[place]) : sums[place] < rival)
            }
            return values.map { zero(like: $0).when(loses, otherwise: $0) }
        }
    }

    /// The first party is paid less what the others are.
    private func difference(_ parties: [[Formula]], _ sums: [Formula]) -> [[Formula?]] {
        let others = sums.dropFirst()
        var rest = others.dropFirst().reduce(others.first ?? context.truth(false)) { $0 + $1 }
        return parties.enumerated().map { place, values in
            values.map { value in
                guard place == 0 else { return nil }
                let none = zero(like: value)
                let left = (value - rest).atLeast(none)
                rest = (rest - value).atLeast(none)
                return left
            }
        }
    }

    private func zero(like value: Formula) -> Formula {
        let kind = context.builder[value.node].kind
        return context.formula(
            context.make(at: exclusion.row.place) { () throws(GraphError) in
                try context.builder.constant(.zero, kind)
            })
    }

    // MARK: The benefits

    private func reduce(_ plan: inout ProgramPlan, _ place: Int, to after: Formula, isPersonal: Bool) {
        let benefit = plan.benefits[place]
        let amount = context.formula(benefit.amount)
        var left = after
        if isPersonal, let shares = benefit.shares {
            // What a person loses is their exact share; what the household was rounded by stays while anyone is paid.
            let none = zero(like: amount)
            let always = context.truth(true)
            let taken = (context.formula(shares) - after).summed(over: .member, where: always)
            let isPaid = (zero(like: after) < after).any(over: .member)
            left = (amount - taken).atLeast(none).when(isPaid, otherwise: none)
            plan.benefits[place].shares = after.node
            if plan.paid != nil {
                plan.paid =
                    plan.benefits.compactMap(\.shares).map(context.formula).reduce(context.truth(false)) {
                        $0 || zero(like: $1) < $1
                    }.node
            }
        }
        if benefit.gift == nil {
            left = context.formula(context.rounded(left.node, "nearest fen", benefit.period.unit))
        }
        let row = exclusion.row
        let label = row.label ?? usualLabel
        let settled = context.step(
            row.id, Label("\(benefit.label.chinese)(\(label.chinese))", "\(benefit.label.english) (\(label.english))"),
            benefit.gift?.unit ?? benefit.period.unit, origin: row.origin, left)
        plan.benefits[place].amount = settled.node
        plan.benefits[place].reductions.append(
            PlannedReduction(id: row.id, label: label, amount: (amount - settled).node, origin: row.origin))
        plan.trail.append(settled.node)
        // The plan's own sum was that before anything was taken away.
        if let total = plan.totals[benefit.period] {
            let left = plan.benefits.filter { $0.gift == nil && $0.period == benefit.period }
                .reduce(context.zero(benefit.period.unit)) { $0 + context.formula($1.amount) }
            plan.totals[benefit.period] = left.atMost(context.formula(total)).node
        }
    }

    private var usualLabel: Label {
        if exclusion.kept != nil { return Label("不重复享受", "not paid beside another") }
        return exclusion.isMutual ? Label("就高不重复", "only the higher is paid") : Label("按差额发放", "the difference is paid")
    }
}
