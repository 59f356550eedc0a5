import AssistanceCore
import AssistancePolicy

/// What a plan decided about one household in bulk, as files of decisions have it.
public struct BulkOutcome: Sendable {
    /// The id of the plan.
    public let plan: String
    /// Whether the household is eligible.
    public let status: Status
    /// What is or may be more than nothing, in the order of the plan.
    public let benefits: [Benefit]
    /// The paths of what is missing to decide it, or a sum of it.
    public let missing: [String]

    /// What a plan gives.
    public struct Benefit: Sendable {
        /// The id of the benefit.
        public let id: String
        /// How often it is paid or given.
        public let period: PaymentPeriod
        /// What it comes to.
        public let given: Given

        /// The sum of money; nil for what is given in kind.
        public var amount: MoneyRange? {
            if case .money(let amount) = given { amount } else { nil }
        }
    }

    /// A sum of money, or a thing.
    public enum Given: Sendable {
        case money(MoneyRange)
        case kind(Gift)

        /// Whether there is no choice and nothing lacking.
        public var isKnown: Bool {
            switch self {
            case .money(let amount): amount.known != nil
            case .kind(let gift): gift.least == gift.most
            }
        }
    }
}

extension BulkAssessor {
    /// What a plan, by its place, decided about a household, from the totals that `run` gave.
    public func outcome(_ totals: [Totals], plan place: Int, household: Int) -> BulkOutcome {
        let (plan, totals) = (plans[place], totals[place])
        let status = Totals.codes[Int(totals.status[household])]
        var benefits: [BulkOutcome.Benefit] = []
        if status != .ineligible {
            let gifts = Dictionary(
                self.gifts(household, plan: place).map { ($0.benefit, $0.gift) },
                uniquingKeysWith: { first, _ in first })
            for (number, benefit) in plan.benefits.enumerated() {
                let amount = totals.sum(number, household: household)
                let given = gifts[number].map(BulkOutcome.Given.kind) ?? .money(amount)
                guard gifts[number] != nil || (benefit.gift == nil && amount.most > .zero) else { continue }
                benefits.append(BulkOutcome.Benefit(id: benefit.id, period: benefit.period, given: given))
            }
        }
        let isOpen = status == .undetermined || benefits.contains { !$0.given.isKnown }
        let missing = isOpen ? self.missing(household, plan: place).map(\.path) : []
        return BulkOutcome(plan: plan.program, status: status, benefits: benefits, missing: missing)
    }
}
