import AssistanceCore
import AssistanceExpressions

/// An assistance programme (救助项目): turns the policy of an area and day into what is computed for a household.
///
/// A programme states the shape of the nation's rule; every figure and every open term comes from the context.
public protocol AssistanceProgram: Sendable {
    /// The id, which is also the key of its section in policy files: `low-income`.
    var id: String { get }
    /// What it is called.
    var label: Label { get }
    /// Its open terms.
    var section: SectionDeclaration { get }
    /// The programme's plan under a policy; mistakes of the policy go to the context's findings.
    func plan(in context: PolicyContext) -> ProgramPlan
}

/// How often a benefit is paid.
public enum PaymentPeriod: String, Sendable {
    case monthly, yearly, once

    /// The unit of its amount.
    public var unit: Unit {
        switch self {
        case .monthly: .yuanPerMonth
        case .yearly: .yuanPerYear
        case .once: .yuan
        }
    }
}

/// A way into a programme, with its own conditions and amount: a route, a kind (救助路径).
public struct PlannedRoute: Sendable {
    /// The id of the condition that the household has someone the route is for.
    public static let addressees = "who"

    /// The id: `household`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Whether all its conditions hold.
    public let holds: NodeID
    /// Whether it is the one that is taken.
    public let taken: NodeID
    /// Its conditions, for the reasons.
    public let checks: CheckList

    /// A route with its conditions.
    public init(id: String, label: Label, holds: NodeID, taken: NodeID, checks: CheckList) {
        self.id = id
        self.label = label
        self.holds = holds
        self.taken = taken
        self.checks = checks
    }
}

/// A benefit that a plan can pay.
public struct PlannedBenefit: Sendable {
    /// The id: `base`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// How often.
    public let period: PaymentPeriod
    /// The household's sum, rounded to what is paid.
    public let amount: NodeID
    /// Each member's exact share, before what is paid is cut to fen; nil where it belongs to the household.
    public let shares: NodeID?

    /// A benefit of a household.
    public init(id: String, label: Label, period: PaymentPeriod, amount: NodeID, shares: NodeID?) {
        self.id = id
        self.label = label
        self.period = period
        self.amount = amount
        self.shares = shares
    }
}

/// A standing that a plan decides besides its benefits: edge household, rigid-expenditure household.
public struct PlannedStanding: Sendable {
    /// The id: `edge`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Whether the household has it.
    public let holds: NodeID
    /// The layer within it, as a code; nil where there are none.
    public let layer: NodeID?
    /// For how many months it is valid; nil where policy does not limit it.
    public let months: NodeID?
    /// Its conditions, for the reasons.
    public let checks: CheckList

    /// A standing with its conditions.
    public init(id: String, label: Label, holds: NodeID, layer: NodeID?, months: NodeID?, checks: CheckList) {
        self.id = id
        self.label = label
        self.holds = holds
        self.layer = layer
        self.months = months
        self.checks = checks
    }
}

/// The first and last day of what a plan pays.
public struct PlannedPeriod: Sendable {
    /// The route it holds for.
    public let route: String
    /// The first day.
    public let from: CalendarDate
    /// For how many months; nil without end.
    public let months: NodeID?

    /// A period of a route.
    public init(route: String, from: CalendarDate, months: NodeID?) {
        self.route = route
        self.from = from
        self.months = months
    }
}

/// What one programme computes for any household of one area on one day.
public struct ProgramPlan: Sendable {
    /// The programme's id.
    public let program: String
    /// What it is called.
    public let label: Label
    /// Whether the household is eligible.
    public let eligible: NodeID
    /// The ways in, in the order in which they are tried.
    public let routes: [PlannedRoute]
    /// What it pays.
    public let benefits: [PlannedBenefit]
    /// The standings it decides.
    public let standings: [PlannedStanding]
    /// Whether each member counts.
    public let counted: NodeID
    /// Whether each member receives something by the route taken.
    public let paid: NodeID
    /// How many members count.
    public let size: NodeID
    /// The review class, as a code, and its months; nil where policy has none.
    public let review: (classCode: NodeID, months: NodeID?)?
    /// The periods of routes that end.
    public let periods: [PlannedPeriod]
    /// The steps of the explanation, outermost last.
    public let trail: [NodeID]
    /// What the decision does not depend on and people look for first: incomes that do not count.
    public let remarks: [NodeID]
    /// The first day of the window over which income is counted, and the day after its last.
    public let window: DateWindow?

    /// A plan.
    public init(
        program: String, label: Label, eligible: NodeID, routes: [PlannedRoute], benefits: [PlannedBenefit],
        standings: [PlannedStanding], counted: NodeID, paid: NodeID, size: NodeID,
        review: (classCode: NodeID, months: NodeID?)?,
        periods: [PlannedPeriod], trail: [NodeID], remarks: [NodeID], window: DateWindow?
    ) {
        self.program = program
        self.label = label
        self.eligible = eligible
        self.routes = routes
        self.benefits = benefits
        self.standings = standings
        self.counted = counted
        self.paid = paid
        self.size = size
        self.review = review
        self.periods = periods
        self.trail = trail
        self.remarks = remarks
        self.window = window
    }
}
