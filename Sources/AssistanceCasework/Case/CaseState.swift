import AssistanceCore

/// 个案: what the events of a case add up to.
///
/// It is made by folding events in their order and by nothing else; the store keeps only what lists are searched by.
public struct CaseState: Hashable, Sendable {
    /// The case's number in the file.
    public let number: Int64
    /// Where it stands.
    public internal(set) var stage: CaseStage = .applied
    /// The division it belongs to.
    public internal(set) var area: DivisionCode
    /// The day of application.
    public let opened: CalendarDate
    /// What was applied for.
    public internal(set) var programs: [String]
    /// What this round examines: all that was applied for, and in a review what runs.
    public internal(set) var examined: [String]
    /// The sealed household as it was last declared.
    public internal(set) var household: Int64
    /// Members in the order of the household, by their numbers in the store.
    public internal(set) var persons: [Int64]
    /// Members who have died.
    public internal(set) var dead: Set<Int64> = []
    /// Papers that are lacking.
    public internal(set) var lacking: [String] = []
    /// Whether papers have been asked for.
    public internal(set) var hasAsked = false
    /// The members who are close relatives of staff, and of whom.
    public internal(set) var relatives: [Int64: [String]] = [:]
    /// Who allows verification, from and until which day.
    public internal(set) var permissions: [Permission] = []
    /// What departments were asked for.
    public internal(set) var tasks: [Task] = []
    /// The last verification of this round.
    public internal(set) var verification: Int64?
    /// The home visits of this round.
    public internal(set) var visits: [Int64] = []
    /// What was computed in this round, or last.
    public internal(set) var outcomes: [CaseOutcome] = []
    /// The sealed decision with its receipt that it comes from.
    public internal(set) var assessment: Int64?
    /// What the reviewer proposes.
    public internal(set) var proposal: CaseVerdict?
    /// The last day of the public notice.
    public internal(set) var noticeEnds: CalendarDate?
    /// What was objected during the notice.
    public internal(set) var objections: [Matter] = []
    /// What the level that decides said.
    public internal(set) var verdict: CaseVerdict?
    /// The written decision.
    public internal(set) var decision: Int64?
    /// The day of the written decision, or of the notice that the application is not taken up: from it on one may appeal.
    public internal(set) var decided: CalendarDate?
    /// Where the case stood when it was not taken up; nil where it was.
    public internal(set) var declined: CaseStage?
    /// What runs, by programme.
    public internal(set) var running: [String: CaseOutcome] = [:]
    /// All that was ever granted, in the order granted; what was replaced or ended has its last day.
    public internal(set) var grants: [Granted] = []
    /// Complaints and appeals.
    public internal(set) var complaints: [Matter] = []
    /// The day on which the next periodic review is due.
    public internal(set) var reviewDue: CalendarDate?
    /// The times that run, those of what has been done in this round among them, for it may be sent back. What tasks,
    /// objections, complaints and appeals wait for stands with them.
    var limits: [CaseDeadline] = []
    /// Who has done which step in this round.
    public internal(set) var doers: [CaseStep: Set<String>] = [:]
    /// The day of the last event.
    public internal(set) var last: CalendarDate
    /// How many events it has.
    public internal(set) var events = 1
    /// The case that this one was merged into.
    public internal(set) var mergedInto: Int64?

    /// 授权: a permission to verify.
    public struct Permission: Hashable, Sendable {
        /// Whose means.
        public let persons: [Int64]
        /// From which day.
        public let from: CalendarDate
        /// The last day.
        public let until: CalendarDate
    }

    /// 转办事项: a part that a department does.
    public struct Task: Hashable, Sendable {
        /// Which department.
        public let department: String
        /// For which programmes.
        public let programs: [String]
        /// By when.
        public internal(set) var due: CaseDeadline?
        /// Its answer, once there is one.
        public internal(set) var answer: Int64?
    }

    /// 异议、投诉、复议: something that waits for an answer.
    public struct Matter: Hashable, Sendable {
        /// What it is: an objection, a complaint, an appeal.
        public let step: CaseStep
        /// The sealed text.
        public let document: Int64
        /// By when it is to be answered.
        public internal(set) var due: CaseDeadline?
        /// The answer, once there is one, and whether it was found right.
        public internal(set) var answer: Int64?
        /// Whether it was found right.
        public internal(set) var verdict: CaseVerdict?
    }

    /// 已批待遇: a benefit from the day on which it began to run.
    public struct Granted: Hashable, Sendable {
        /// Of which programme.
        public let program: String
        /// The benefit as it was granted.
        public let grant: CaseGrant
        /// The first day.
        public let from: CalendarDate
        /// The day on which it no longer runs; nil where it does not end.
        public internal(set) var until: CalendarDate?
        /// Which event of the case granted it, from 1.
        public let event: Int
        /// By which step: a decision, relief at once, or the subsidy of a month.
        public let by: CaseStep
        /// What of it was handed over at once (先行救助), so that no list pays it.
        public var given = Money.zero

        /// What is left to be paid of one period, once what was handed over is taken off.
        public var rest: Money { grant.amount.subtracting(given) ?? .zero }

        /// Whether it runs on a day of the month that a day is in.
        func runs(inMonthOf day: CalendarDate) -> Bool {
            let isBegun = day.firstOfNextMonth.map { from < $0 } ?? true
            return isBegun && until.map { max(from, day.firstOfMonth) < $0 } ?? true
        }
    }

    /// Whether something runs, so that this round is a review and no first application.
    public var isRunning: Bool { !running.isEmpty }

    /// Whether something is paid by the month on a day of a month.
    func receives(inMonthOf day: CalendarDate) -> Bool {
        grants.contains { $0.grant.period == .monthly && $0.runs(inMonthOf: day) }
    }

    /// Whether a programme gives something for a month, once or by the month.
    func has(_ program: String, inMonthOf day: CalendarDate) -> Bool {
        grants.contains { granted in
            granted.program == program
                && (granted.grant.period == .monthly
                    ? granted.runs(inMonthOf: day) : granted.from.firstOfMonth == day.firstOfMonth)
        }
    }

    /// The members who live.
    public var living: [Int64] { persons.filter { !dead.contains($0) } }

    /// Every time that something waits to be done in; a step may have several.
    var openLimits: [CaseDeadline] {
        let answers = complaints.filter { $0.answer == nil }.compactMap(\.due)
        guard stage != .closed else { return answers }
        return limits.filter { !isDone($0) } + answers
            + tasks.filter { $0.answer == nil }.compactMap(\.due)
            + objections.filter { $0.answer == nil }.compactMap(\.due)
    }

    /// Every time that runs or may run again in this round.
    var limitsOfRound: [CaseDeadline] { openLimits + limits.filter(isDone) }

    /// Whether what is due has been done in this round. The time of any other step is gone with that step.
    private func isDone(_ limit: CaseDeadline) -> Bool {
        CaseStep.ofRound.contains(limit.step) && doers[limit.step] != nil
    }

    /// What is due, by step; of several times of one step the first.
    public var deadlines: [CaseStep: CaseDeadline] {
        Dictionary(openLimits.map { ($0.step, $0) }) { $1.due < $0.due ? $1 : $0 }
    }

    /// What is due first.
    public var nextDeadline: CaseDeadline? {
        deadlines.values.min { ($0.due, $0.step.rawValue) < ($1.due, $1.step.rawValue) }
    }

    /// The members whose means nobody may verify on a day.
    public func unpermitted(on day: CalendarDate) -> [Int64] {
        living.filter { person in
            !permissions.contains { $0.persons.contains(person) && $0.from <= day && day <= $0.until }
        }
    }
}

/// 办理期限: by when a step is to be done.
public struct CaseDeadline: Hashable, Sendable {
    /// What is due.
    public let step: CaseStep
    /// The last day.
    public let due: CalendarDate
    /// Whether it reaches beyond the last year whose working days are published, and may have to be counted anew.
    public let isProvisional: Bool
    /// The step from which it counts.
    public let after: CaseStep
    /// The day from which it counts.
    public let since: CalendarDate
    /// Whether it has been extended.
    public let isExtended: Bool

    /// A day due.
    public init(
        step: CaseStep, due: CalendarDate, isProvisional: Bool, after: CaseStep, since: CalendarDate,
        isExtended: Bool = false
    ) {
        (self.step, self.due, self.isProvisional) = (step, due, isProvisional)
        (self.after, self.since, self.isExtended) = (after, since, isExtended)
    }

    /// Whether it is the same time as another, which may have another last day.
    func isSame(as other: CaseDeadline) -> Bool {
        step == other.step && after == other.after && since == other.since
    }
}
