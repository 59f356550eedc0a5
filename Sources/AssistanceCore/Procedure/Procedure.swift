/// 经办程序: who may do what with a case, by when, and who may not do both: what the policy of an area says on a day.
///
/// It comes from `procedure:` in policy files. A step without rules there is not open to anybody.
public struct Procedure: Sendable {
    /// What policy says of one step.
    public struct Rule: Sendable {
        /// What is done.
        public let step: CaseStep
        /// For which programmes; empty where it is for all.
        public let programs: [String]
        /// Up to which sum of a programme in one period the rule holds; nil where there is no such limit.
        public let upTo: Money?
        /// Who may do it.
        public let roles: Set<CaseRole>
        /// At which level the office of the one who does it stands.
        public let level: DivisionLevel
        /// By when it is to be done, counted from one step or from several: the first day due is the one. Empty where policy
        /// names no time.
        public let limits: [TimeLimit]
        /// How long what the step begins has to last, or how long the step is open: a public notice, an appeal.
        public let lasts: TimeLimit?
        /// From when the step changes what is paid; nil for steps that do not.
        public let effect: GrantEffect?
        /// Whether the rule is for cases in which a member is a close relative of staff.
        public let isForRelatives: Bool
        /// Steps of the same case whose doer may not do this one (不相容岗位).
        public let apart: Set<CaseStep>
        /// Document and article.
        public let citation: Citation?
        /// `Policies/china/procedure.yaml:12:5`
        public let place: String

        /// What policy says of one step.
        public init(
            step: CaseStep, programs: [String] = [], upTo: Money? = nil, roles: Set<CaseRole>, level: DivisionLevel,
            limits: [TimeLimit] = [], lasts: TimeLimit? = nil, effect: GrantEffect? = nil,
            isForRelatives: Bool = false, apart: Set<CaseStep> = [], citation: Citation? = nil, place: String
        ) {
            (self.step, self.programs, self.upTo, self.roles, self.level) = (step, programs, upTo, roles, level)
            (self.limits, self.lasts, self.isForRelatives) = (limits, lasts, isForRelatives)
            (self.effect, self.apart, self.citation, self.place) = (effect, apart, citation, place)
        }

        /// Whether it names a programme, or the family of an allowance.
        public func isFor(_ program: String) -> Bool {
            Procedure.names(of: program).contains(where: programs.contains)
        }
    }

    /// 申请材料: a paper that an application needs.
    public struct Paper: Hashable, Sendable {
        /// By which a case names it: `identity`.
        public let id: String
        /// What it is called.
        public let label: Label
        /// Document and article.
        public let citation: Citation?

        /// A paper.
        public init(id: String, label: Label, citation: Citation? = nil) {
            (self.id, self.label, self.citation) = (id, label, citation)
        }
    }

    /// For which area.
    public let area: DivisionCode
    /// On which day.
    public let date: CalendarDate
    /// What policy says of each step: the rules of the nearest area in the order written, then those of the areas above
    /// it; the first that fits is the one.
    public let rules: [CaseStep: [Rule]]

    /// The papers that are asked for (申请材料), by programme; under `common` those of every programme.
    public let papers: [String: [Paper]]

    /// The departments that a part of a case can be dispatched to.
    public let departments: [Department]

    /// The key of the papers that every programme asks for.
    public static let common = "common"

    /// The procedure of an area and day.
    public init(
        area: DivisionCode, date: CalendarDate, rules: [CaseStep: [Rule]], papers: [String: [Paper]] = [:],
        departments: [Department] = []
    ) {
        (self.area, self.date, self.rules, self.papers) = (area, date, rules, papers)
        self.departments = departments
    }

    /// The papers that are asked for where these programmes are applied for, each once: those of every programme first.
    public func papers(for programs: [String]) -> [Paper] {
        var met: Set<String> = []
        return ([Self.common] + programs.flatMap(Self.names(of:))).flatMap { papers[$0] ?? [] }
            .filter { met.insert($0.id).inserted }
    }

    /// The rule of a step for a programme and a sum; nil where policy has none.
    ///
    /// Without a programme only a rule for all fits, and with a sum that is not known only one without a limit.
    public func rule(for step: CaseStep, program: String? = nil, sum: Money? = nil, hasRelatives: Bool = false)
        -> Rule?
    {
        rules[step]?.first { rule in
            let fitsProgram = rule.programs.isEmpty || program.map(rule.isFor) ?? false
            let fitsSum = rule.upTo.map { limit in sum.map { $0 <= limit } ?? false } ?? true
            return fitsProgram && fitsSum && (hasRelatives || !rule.isForRelatives)
        }
    }

    /// By which names policy means a programme: an allowance by its own, `allowances.orphan`, and by that of all.
    package static func names(of program: String) -> [String] {
        let family = String(program.prefix { $0 != "." })
        return family == program ? [program] : [program, family]
    }
}

/// 待遇起止: from when a decision changes what is paid.
public enum GrantEffect: String, CaseIterable, Sendable {
    /// 当日: from the day itself.
    case sameDay = "same day"
    /// 当月: from the first of the month.
    case thisMonth = "this month"
    /// 次月: from the first of the next month.
    case nextMonth = "next month"

    /// The day from which what is decided on a day runs.
    public func day(of decision: CalendarDate) -> CalendarDate? {
        switch self {
        case .sameDay: decision
        case .thisMonth: decision.firstOfMonth
        case .nextMonth: decision.firstOfNextMonth
        }
    }
}
