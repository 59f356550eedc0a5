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
    /// What it tells those that come after it: `special_poverty`.
    var standings: [StandingDeclaration] { get }
    /// The ids of the programmes whose standings it reads; they come before it.
    var reads: [String] { get }
    /// The plugin that it comes from; nil for one that is built in.
    var plugin: PluginIdentity? { get }
    /// The programme's plans under a policy: one, or one for each key that places make themselves (each allowance).
    /// Mistakes of the policy go to the context's findings.
    func plans(in context: PolicyContext) -> [ProgramPlan]
    /// The ids that its plans have in any area and on any day of a policy, in the order of the results.
    func planIDs(in library: PolicyLibrary) -> [String]
}

extension AssistanceProgram {
    /// It tells nobody anything.
    public var standings: [StandingDeclaration] { [] }
    /// It reads no other.
    public var reads: [String] { [] }
    /// It is built in.
    public var plugin: PluginIdentity? { nil }
    /// One plan, of its own id.
    public func planIDs(in library: PolicyLibrary) -> [String] { [id] }
}

/// What a programme tells those that come after it (身份、金额): whether somebody has a standing, or a sum.
public struct StandingDeclaration: Sendable {
    /// The name in expressions: `special_poverty`, `low_income.own`.
    public let name: String
    /// What it is called.
    public let label: Label
    /// Whose it is.
    public let owner: FactOwner
    /// The unit of a sum; nil for yes/no, and for a code.
    public let unit: Unit?
    /// The fact by which a household file may say it, where the programme is not in the run.
    public let fact: String?

    /// A standing, or a sum where it has a unit.
    public init(
        _ name: String, of owner: FactOwner, unit: Unit? = nil, fact: String? = nil, _ chinese: String,
        _ english: String
    ) {
        self.name = name
        self.owner = owner
        self.unit = unit
        self.fact = fact
        label = Label(chinese, english)
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
    /// Whether all its conditions hold, for the household or for any of its members.
    public let holds: NodeID
    /// Whether it is the one that is taken.
    public let taken: NodeID
    /// Its conditions, for the reasons. Those about members must all hold for one and the same member.
    public let checks: CheckList
    /// The first day and the months of what it pays, where it ends by itself.
    public let period: PlannedPeriod?

    /// A route with its conditions.
    public init(
        id: String, label: Label, holds: NodeID, taken: NodeID, checks: CheckList, period: PlannedPeriod? = nil
    ) {
        self.id = id
        self.label = label
        self.holds = holds
        self.taken = taken
        self.checks = checks
        self.period = period
    }
}

/// A group of persons that policy names by a word (重点救助群体).
public struct PlannedGroup: Sendable {
    /// The name of the word.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Whether each member is in it.
    public let holds: NodeID

    /// A group.
    public init(id: String, label: Label, holds: NodeID) {
        self.id = id
        self.label = label
        self.holds = holds
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
    /// The layer within it, as a code of the household or of each member; nil where there are none.
    public let layer: NodeID?
    /// Which members are in which group, where the standing is to be in any of several; one may be in many.
    public var groups: [PlannedGroup] = []
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

/// What one programme computes for any household of one area on one day.
public struct ProgramPlan: Sendable {
    /// The programme's id, and after a dot the key that a place made: `allowances.old-age`.
    public let program: String
    /// What it is called.
    public let label: Label
    /// Whether the household, or anyone of it, is eligible.
    public let eligible: NodeID
    /// The ways in, in the order in which they are tried.
    public let routes: [PlannedRoute]
    /// What it pays or gives.
    public var benefits: [PlannedBenefit]
    /// The sums of money by how often, where they are known better than each benefit by itself: where it is open which
    /// of several is paid.
    public var totals: [PaymentPeriod: NodeID] = [:]
    /// The standings it decides.
    public var standings: [PlannedStanding] = []
    /// What it tells those that come after it, by the names it declares.
    public var tells: [String: NodeID] = [:]
    /// Whether each member counts, and how many do; nil where nobody is counted.
    public var counted: (each: NodeID, size: NodeID)?
    /// Whether each member receives something by the route taken; nil where it all belongs to the household.
    public var paid: NodeID?
    /// The review class, as a code, and its months; nil where policy has none.
    public var review: (classCode: NodeID, months: NodeID?)?
    /// When and in which instalments it pays.
    public var payment: PlannedPayment?
    /// Who pays what of each member's cost; nil where nothing is settled.
    public var settlement: PlannedSettlement?
    /// What is left uncovered, each entry a code of needs; and the rank in which it is taken up, 1 first.
    public var needs: (items: [PlannedItem], priority: NodeID?)?
    /// The steps of the explanation, outermost last.
    public var trail: [NodeID] = []
    /// What the decision does not depend on and people look for first: incomes that do not count.
    public var remarks: [NodeID] = []
    /// The first day of the window over which income is counted, and the day after its last.
    public var window: DateWindow?
    /// What the income that counts lacks to the line of all who count, in a year, at least 0 (收入与保障线的年差额); nil for
    /// a programme that measures nobody by a line.
    public var shortfall: NodeID?

    /// The nodes of everything it decides.
    public var results: [NodeID] {
        [eligible] + routes.map(\.holds) + benefits.map(\.amount) + standings.map(\.holds) + trail
    }

    /// A plan of a programme, which needs no more than its ways in and what it gives.
    public init(
        program: String, label: Label, eligible: NodeID, routes: [PlannedRoute], benefits: [PlannedBenefit]
    ) {
        self.program = program
        self.label = label
        self.eligible = eligible
        self.routes = routes
        self.benefits = benefits
    }
}
