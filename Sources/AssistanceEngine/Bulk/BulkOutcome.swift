import AssistanceCore
import AssistancePolicy

/// What a plan decided about one household in bulk, as files of decisions have it.
public struct BulkOutcome: Sendable {
    /// The id of the plan.
    public let plan: String
    /// Whether the household is eligible.
    public let status: Status
    /// The sums that are or may be more than nothing, in the order of the plan.
    public let benefits: [Benefit]
    /// The paths of what is missing to decide it, or a sum of it.
    public let missing: [String]

    /// A sum of money.
    public struct Benefit: Sendable {
        /// The id of the benefit.
        public let id: String
        /// How often it is paid.
        public let period: PaymentPeriod
        /// What it comes to.
        public let amount: MoneyRange
    }
}

extension BulkAssessor {
    /// What a plan, by its place, decided about a household, from the totals that `run` gave.
    public func outcome(_ totals: [Totals], plan place: Int, household: Int) -> BulkOutcome {
        let (plan, totals) = (plans[place], totals[place])
        let status = Totals.codes[Int(totals.status[household])]
        let benefits = plan.benefits.indices.compactMap { number -> BulkOutcome.Benefit? in
            let (benefit, amount) = (plan.benefits[number], totals.sum(number, household: household))
            guard status != .ineligible, benefit.gift == nil, amount.most > .zero else { return nil }
            return BulkOutcome.Benefit(id: benefit.id, period: benefit.period, amount: amount)
        }
        let isOpen = status == .undetermined || benefits.contains { $0.amount.known == nil }
        let missing = isOpen ? self.missing(household, plan: place).map(\.path) : []
        return BulkOutcome(plan: plan.program, status: status, benefits: benefits, missing: missing)
    }
}
