/// Whether a household is entitled to what a programme gives (认定结论).
public enum Status: String, Sendable, CaseIterable {
    /// 符合.
    case eligible
    /// 不符合.
    case ineligible
    /// 暂不能认定: facts or figures are lacking.
    case undetermined

    /// What it is called.
    public var label: Label {
        switch self {
        case .eligible: Label("符合条件", "eligible")
        case .ineligible: Label("不符合条件", "not eligible")
        case .undetermined: Label("暂不能认定", "cannot be decided yet")
        }
    }
}

/// Why a condition does not hold, and by how much.
public struct Reason: Hashable, Sendable {
    /// The id of the condition: `income`.
    public let id: String
    /// The sentence.
    public let label: Label
    /// What it rests on.
    public let citation: Citation?
    /// The file and line of the rule.
    public let place: String?
    /// By how much the limit is exceeded, with its unit; nil where the condition is no comparison.
    public let distance: Label?
    /// The compared value and its limit, with their unit.
    public let comparison: Label?
    /// The place of the member it is about, from 0; nil where it is about the household.
    public let member: Int?

    /// A reason.
    public init(
        id: String, label: Label, citation: Citation?, place: String?, distance: Label?, comparison: Label?,
        member: Int? = nil
    ) {
        self.id = id
        self.member = member
        self.label = label
        self.citation = citation
        self.place = place
        self.distance = distance
        self.comparison = comparison
    }
}

/// Something that has to be known before a decision can be made.
public struct Missing: Hashable, Sendable {
    /// Where it belongs in a household file, or the term of policy: `members[1].income.wages`, `figures.standard`.
    public let path: String
    /// What it is called.
    public let label: Label
    /// Whether it is policy that lacks it, not the household's file.
    public let isPolicy: Bool
    /// Whose it is, and its row in the batch; nil where policy lacks it. A list is that of its parent.
    public let owner: FactOwner?
    /// The row of the owner.
    public let row: Int?
    /// The number of the fact; nil where policy lacks it, and for a whole list.
    public let fact: Int?

    /// Something missing.
    public init(
        path: String, label: Label, isPolicy: Bool, owner: FactOwner? = nil, row: Int? = nil, fact: Int? = nil
    ) {
        self.path = path
        self.label = label
        self.isPolicy = isPolicy
        self.owner = owner
        self.row = row
        self.fact = fact
    }
}

/// What the engine leaves to people.
public struct ManualTask: Hashable, Sendable {
    /// The id of the check.
    public let id: String
    /// What has to be done.
    public let label: Label
    /// What it rests on.
    public let citation: Citation?

    /// A task for people.
    public init(id: String, label: Label, citation: Citation?) {
        self.id = id
        self.label = label
        self.citation = citation
    }
}

/// In which layer of a standing a member falls (低收入人口类别).
public struct MemberLayer: Hashable, Sendable {
    /// The member, by place.
    public let member: Int
    /// The code of the layer: `low_income`.
    public let code: String
    /// What it is called.
    public let label: Label

    /// The layer of a member.
    public init(member: Int, code: String, label: Label) {
        self.member = member
        self.code = code
        self.label = label
    }
}

/// A standing of the household that a programme decides besides its benefits.
public struct StandingDecision: Hashable, Sendable {
    /// The id: `edge`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Whether the household has it.
    public let status: Status
    /// The layer, where there are layers and the standing holds.
    public let layer: String?
    /// The layer of each member, where members have layers of their own and it is known; or each group that one is in.
    public let layers: [MemberLayer]
    /// For how many months it is valid.
    public let months: Int?
    /// What is lacking to decide it, or its layer where it holds.
    public let missing: [Missing]

    /// A decided standing.
    public init(
        id: String, label: Label, status: Status, layer: String?, layers: [MemberLayer] = [], months: Int?,
        missing: [Missing]
    ) {
        self.layers = layers
        self.id = id
        self.label = label
        self.status = status
        self.layer = layer
        self.months = months
        self.missing = missing
    }
}

/// A route that was tried.
public struct RouteDecision: Hashable, Sendable {
    /// The id: `household`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Whether its conditions hold.
    public let status: Status
    /// Whether it is the one taken.
    public let isTaken: Bool
    /// The conditions that fail.
    public let failed: [Reason]

    /// A tried route.
    public init(id: String, label: Label, status: Status, isTaken: Bool, failed: [Reason]) {
        self.id = id
        self.label = label
        self.status = status
        self.isTaken = isTaken
        self.failed = failed
    }
}

/// What one programme decides about one household (认定结果).
public struct Determination: Sendable {
    /// The programme's id.
    public var program: String
    /// What it is called.
    public var label: Label
    /// Whether the household is eligible.
    public var status: Status
    /// The routes in the order in which they were tried.
    public var routes: [RouteDecision]
    /// What it gives.
    public var benefits: [Benefit]
    /// All sums of money of one period together: a month's, a year's, those paid once. Zero where there are none.
    public var totals: [PaymentPeriod: MoneyRange]
    /// The smallest set of failed conditions, where it is not eligible.
    public var reasons: [Reason]
    /// What is lacking to decide the status or the sum.
    public var missing: [Missing]
    /// What officers decided outside the bounds that policy leaves them (超出裁量范围); it changes no sum.
    public var violations: [Reason]
    /// What people have to do before the decision stands.
    public var manual: [ManualTask]
    /// The standings.
    public var standings: [StandingDecision]
    /// Members who count, and members who are paid; nil where unknown.
    public var membersCounted: Int?
    /// Members who receive something; nil where that is unknown or nothing is paid.
    public var membersPaid: Int?
    /// The places of members who are known not to count, from 0.
    public var notCounted: [Int]
    /// The places of members who are known to count and to receive nothing, where something is paid.
    public var notPaid: [Int]
    /// The window over which income is counted.
    public var window: DateWindow?
    /// The review class and its months.
    public var review: ReviewDecision?
    /// Who pays what of the cost of each member who has any.
    public var settlements: [Settlement]
    /// What is surely left uncovered, for society to take over.
    public var needs: [Need]
    /// The rank in which its needs are taken up, 1 first; nil where policy has none or it is not known.
    public var priority: Int?
    /// The steps, where they were asked for.
    public var steps: [ExplainedStep]

    /// All benefits of a month together.
    public var monthly: MoneyRange { total(.monthly) }

    /// All benefits of a period together; zero where there are none.
    public func total(_ period: PaymentPeriod) -> MoneyRange { totals[period] ?? MoneyRange(.zero, .zero) }

    /// Whether every sum is known.
    public var isSettled: Bool { totals.values.allSatisfy { $0.known != nil } }

    /// A determination.
    public init(
        program: String, label: Label, status: Status, routes: [RouteDecision], benefits: [Benefit],
        totals: [PaymentPeriod: MoneyRange], reasons: [Reason], missing: [Missing], violations: [Reason] = [],
        manual: [ManualTask],
        standings: [StandingDecision], membersCounted: Int?, membersPaid: Int?, notCounted: [Int] = [],
        notPaid: [Int] = [], window: DateWindow?,
        review: ReviewDecision?, settlements: [Settlement] = [], needs: [Need] = [], priority: Int? = nil,
        steps: [ExplainedStep]
    ) {
        self.program = program
        self.label = label
        self.status = status
        self.routes = routes
        self.benefits = benefits
        self.totals = totals
        self.reasons = reasons
        self.missing = missing
        self.violations = violations
        self.manual = manual
        self.standings = standings
        self.membersCounted = membersCounted
        self.membersPaid = membersPaid
        self.notCounted = notCounted
        self.notPaid = notPaid
        self.window = window
        self.review = review
        self.settlements = settlements
        self.needs = needs
        self.priority = priority
        self.steps = steps
    }
}

/// How often a household is reviewed.
public struct ReviewDecision: Hashable, Sendable {
    /// The class: `A`.
    public let classCode: String
    /// The months between reviews; nil where policy does not say.
    public let months: Int?

    /// A review class.
    public init(classCode: String, months: Int?) {
        self.classCode = classCode
        self.months = months
    }
}

/// One step of an explanation: a named value, the rule it comes from, and the values it was made of.
public struct ExplainedStep: Sendable, Hashable {
    /// What a step is.
    public enum Kind: String, Sendable, CaseIterable { case step, figure, word, fact, list, term }

    /// The name in policy: `per_capita_income`; the key of a fact.
    public let name: String
    /// What it is.
    public let kind: Kind
    /// What it is called.
    public let label: Label
    /// Whose value it is: the household's, or each member's or entry's.
    public let owner: FactOwner
    /// Its value, in both languages; one for each member where it is the members'.
    public let values: [StepValue]
    /// The rule as written.
    public let rule: String?
    /// What the rule rests on.
    public let citation: Citation?
    /// The file and line of the rule.
    public let place: String?
    /// What the value was made of.
    public let inputs: [ExplainedStep]
    /// Whether the step has been explained before in this explanation.
    public let isRepeated: Bool

    /// A step.
    public init(
        name: String, kind: Kind, label: Label, owner: FactOwner = .household, values: [StepValue], rule: String?,
        citation: Citation?, place: String?, inputs: [ExplainedStep], isRepeated: Bool
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.owner = owner
        self.values = values
        self.rule = rule
        self.citation = citation
        self.place = place
        self.inputs = inputs
        self.isRepeated = isRepeated
    }
}

/// A value of a step.
public struct StepValue: Sendable, Hashable {
    /// The place of the member or entry it belongs to, from 0; nil for the household's.
    public let row: Int?
    /// The value in words.
    public let text: Label
    /// The value exactly, as policy writes it: `1000/3 yuan/month`, `from 0 upto 900 yuan/month`, `true`, `urban`; nil
    /// where it is not known.
    public let exact: String?
    /// Whether it is a stated "none" (申报为无).
    public let isStatedNone: Bool

    /// A value.
    public init(row: Int?, text: Label, exact: String? = nil, isStatedNone: Bool = false) {
        self.row = row
        self.text = text
        self.exact = exact
        self.isStatedNone = isStatedNone
    }
}

/// A plugin that took part in an assessment (插件).
public struct PluginIdentity: Hashable, Sendable {
    /// Its name: `school-meals`.
    public let name: String
    /// Its version, as it says itself.
    public let version: String
    /// SHA-256 over the bytes that were loaded.
    public let sha256: String

    /// A plugin by name, version and digest.
    public init(name: String, version: String, sha256: String) {
        self.name = name
        self.version = version
        self.sha256 = sha256
    }
}

/// What an assessment was made with, so that it can be made again (回执).
public struct Receipt: Hashable, Sendable {
    /// The version of the engine.
    public let engine: String
    /// SHA-256 over the policy's canonical bytes.
    public let policyDigest: String
    /// SHA-256 over the household's facts.
    public let factsDigest: String
    /// The day of application.
    public let date: CalendarDate
    /// What had been published by a day; nil for all that was known.
    public let knownOn: CalendarDate?
    /// The plugins whose programmes took part, in the order of the programmes.
    public let plugins: [PluginIdentity]

    /// A receipt.
    public init(
        engine: String, policyDigest: String, factsDigest: String, date: CalendarDate, knownOn: CalendarDate?,
        plugins: [PluginIdentity] = []
    ) {
        self.plugins = plugins
        self.engine = engine
        self.policyDigest = policyDigest
        self.factsDigest = factsDigest
        self.date = date
        self.knownOn = knownOn
    }
}

/// The decisions of all programmes about one household, and what they rest on.
public struct Assessment: Sendable {
    /// The id the household came with.
    public let id: String?
    /// The area whose policy applied.
    public let area: DivisionCode
    /// Its full name.
    public let areaName: String
    /// The day of application.
    public let date: CalendarDate
    /// The stage: `application` or `review`.
    public let stage: String
    /// The programmes in their order.
    public var determinations: [Determination]
    /// The status of the weakest document the decisions rest on; nil where they rest on none.
    public let weakestSource: SourceStatus?
    /// The documents the decisions rest on that are not official.
    public var weakDocuments: [PolicyDocument]
    /// Remarks: a standing that nobody stated.
    public let notes: [Label]
    /// What each member is to the head, by place; for speaking of them.
    public let members: [Label]
    /// What it was made with.
    public let receipt: Receipt

    /// An assessment.
    public init(
        id: String?, area: DivisionCode, areaName: String, date: CalendarDate, stage: String,
        determinations: [Determination], weakestSource: SourceStatus?, weakDocuments: [PolicyDocument],
        notes: [Label], members: [Label], receipt: Receipt
    ) {
        self.id = id
        self.area = area
        self.areaName = areaName
        self.date = date
        self.stage = stage
        self.determinations = determinations
        self.weakestSource = weakestSource
        self.weakDocuments = weakDocuments
        self.notes = notes
        self.members = members
        self.receipt = receipt
    }
}
