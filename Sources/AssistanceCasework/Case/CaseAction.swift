import AssistanceCore

/// 经办记录: one step as it was done, without personal data: texts stand in sealed documents, persons have numbers.
///
/// Which fields a step has is said by `CaseStep.fields`; all others are empty.
public struct CaseAction: Hashable, Sendable {
    /// What was done.
    public var step: CaseStep
    /// The day on which it was done.
    public var day: CalendarDate
    /// The sealed document that belongs to it: the household, an opinion, a record, a letter.
    public var document: Int64?
    /// Programmes by id.
    public var programs: [String] = []
    /// Papers by name, as policy calls them.
    public var papers: [String] = []
    /// The numbers of persons in the store: the members in their order, or those concerned.
    public var persons: [Int64] = []
    /// A division: where the case belongs from now on.
    public var area: DivisionCode?
    /// The first and the last day of a permission, or the day of a visit or death as the first.
    public var from: CalendarDate?
    /// The last day.
    public var until: CalendarDate?
    /// The department that a part is dispatched to.
    public var department: String?
    /// The staff numbers of those who visited.
    public var visitors: [String] = []
    /// The number of a task, objection, complaint or appeal, from 1 in its list.
    public var number: Int?
    /// What a reviewer or confirmer decides.
    public var verdict: CaseVerdict?
    /// Another case.
    public var other: Int64?
    /// What was computed, programme by programme.
    public var outcomes: [CaseOutcome] = []
    /// The digest of the policy pack that it was computed with.
    public var policy: String?
    /// A sum that is given at once.
    public var sum: Money?
    /// The step whose time is made longer.
    public var limit: CaseStep?

    /// A step on a day, with nothing more.
    public init(_ step: CaseStep, on day: CalendarDate) { (self.step, self.day) = (step, day) }
}

/// 意见: what a reviewer proposes, what the level that decides says, or whether an objection is right.
public enum CaseVerdict: String, CaseIterable, Sendable {
    /// 同意.
    case approve
    /// 不同意.
    case refuse
    /// 退回: back to be verified and visited again.
    case sendBack = "send-back"

    /// What it is called.
    public var label: Label {
        switch self {
        case .approve: Label("同意", "approve")
        case .refuse: Label("不予同意", "refuse")
        case .sendBack: Label("退回重新调查", "send back")
        }
    }
}

/// 核算结果: what was computed for one programme, as far as the case needs it; the whole decision is a sealed document.
public struct CaseOutcome: Hashable, Sendable {
    /// The programme.
    public var program: String
    /// Whether the household is eligible.
    public var status: Status
    /// What is paid.
    public var grants: [CaseGrant]
    /// By which route it was found (救助路径), such as `household`; nil for programmes without routes.
    public var route: String?
    /// The review class, such as `A`.
    public var reviewClass: String?
    /// The months until the next review.
    public var reviewMonths: Int?
    /// Whether every sum is known.
    public var isSettled: Bool

    /// The outcome of a programme.
    public init(
        program: String, status: Status, grants: [CaseGrant] = [], route: String? = nil, reviewClass: String? = nil,
        reviewMonths: Int? = nil, isSettled: Bool = true
    ) {
        (self.program, self.status, self.grants, self.route) = (program, status, grants, route)
        (self.reviewClass, self.reviewMonths, self.isSettled) = (reviewClass, reviewMonths, isSettled)
    }

    /// Whether all that it pays is paid once, so that nothing of it runs on after the decision. What is granted without
    /// money runs: medical aid, work.
    public var isPaidOnce: Bool { !grants.isEmpty && grants.allSatisfy { $0.period == .once } }

    /// All money of all periods together, for limits of who may confirm; nil where a sum is not known.
    public var sum: Money? {
        guard isSettled else { return nil }
        var sum = Money.zero
        for grant in grants {
            guard let more = sum.adding(grant.amount) else { return nil }
            sum = more
        }
        return sum
    }
}

/// 待遇: one benefit of a programme as it is granted.
public struct CaseGrant: Hashable, Sendable {
    /// The benefit's id: `base`.
    public var benefit: String
    /// How often it is paid.
    public var period: PaymentPeriod
    /// The household's sum of one period.
    public var amount: Money
    /// Each member's part; they add up to the sum. Empty where the benefit is the household's.
    public var parts: [CasePart]
    /// How it is paid out, where that is not the sum itself every time.
    public var instalments: Instalments?
    /// The first day, where the decision fixes it.
    public var from: CalendarDate?
    /// The day on which it ends, where it does.
    public var until: CalendarDate?

    /// A benefit as it is granted.
    public init(
        benefit: String, period: PaymentPeriod, amount: Money, parts: [CasePart] = [], instalments: Instalments? = nil,
        from: CalendarDate? = nil, until: CalendarDate? = nil
    ) {
        (self.benefit, self.period, self.amount) = (benefit, period, amount)
        (self.parts, self.instalments, self.from, self.until) = (parts, instalments, from, until)
    }
}

/// 个人份额: what of a benefit falls to one member.
public struct CasePart: Hashable, Sendable {
    /// The person's number in the store.
    public let person: Int64
    /// What falls to the person in one period.
    public let amount: Money

    /// A part of a member.
    public init(person: Int64, amount: Money) { (self.person, self.amount) = (person, amount) }
}

/// A field of an action, by its key in JSON.
public enum CaseField: String, CaseIterable, Sendable {
    case document, programs, papers, persons, area, from, until, department, visitors, number, verdict, other, outcomes,
        policy, sum, limit
}

extension CaseStep {
    /// Whether its document is a household, whose members are named with it.
    var declaresHousehold: Bool { self == .apply || self == .report }

    /// The fields that a step must have, and those that it may have.
    public var fields: (required: Set<CaseField>, optional: Set<CaseField>) {
        switch self {
        case .apply: ([.document, .programs, .persons, .area], [.papers])
        case .askPapers, .supplyPapers: ([.papers], [.document])
        case .accept, .recheck, .recount: ([], [.document])
        case .decline, .verify, .object, .complain, .appeal, .publish, .decide, .withdraw: ([.document], [])
        case .registerRelative: ([.persons, .visitors], [])
        case .authorize: ([.persons, .from, .until], [.document])
        case .dispatch: ([.department, .programs], [.document])
        case .answer: ([.number, .document], [])
        case .visit: ([.from, .visitors, .document], [])
        case .assess: ([.document, .outcomes, .policy], [])
        case .review, .confirm: ([.verdict], [.document])
        case .settle, .reply: ([.number, .verdict, .document], [])
        case .relieve: ([.programs, .sum], [.document])
        case .supplement: ([.document, .programs, .from, .outcomes, .policy], [])
        case .report: ([.document], [.persons])
        case .end: ([.programs, .from, .document], [])
        case .transfer: ([.area], [.document])
        case .recordDeath: ([.persons, .from], [.document])
        case .merge: ([.other], [.document])
        case .extend: ([.limit, .document], [])
        }
    }
}
