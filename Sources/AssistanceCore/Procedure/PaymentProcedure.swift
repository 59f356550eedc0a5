/// 发放规则: who may do what with payments and funds, and who may not do both: what the policy of an area says on a day.
///
/// It comes from `payments:` in policy files. A step without rules there is not open to anybody.
public struct PaymentProcedure: Sendable {
    /// What policy says of one step.
    public struct Rule: Sendable {
        /// What is done.
        public let step: PaymentStep
        /// For which programmes; empty where it is for all.
        public let programs: [String]
        /// Up to which sum the rule holds; nil where there is no such limit.
        public let upTo: Money?
        /// Who may do it.
        public let roles: Set<CaseRole>
        /// At which levels the office of the one who does it may stand.
        public let levels: Set<DivisionLevel>
        /// Steps of the same run whose doer may not do this one (不相容岗位).
        public let apart: Set<PaymentStep>
        /// Document and article.
        public let citation: Citation?
        /// `Policies/china/procedure.yaml:12:5`
        public let place: String

        /// What policy says of one step.
        public init(
            step: PaymentStep, programs: [String] = [], upTo: Money? = nil, roles: Set<CaseRole>,
            levels: Set<DivisionLevel>, apart: Set<PaymentStep> = [], citation: Citation? = nil, place: String
        ) {
            (self.step, self.programs, self.upTo, self.roles, self.levels) = (step, programs, upTo, roles, levels)
            (self.apart, self.citation, self.place) = (apart, citation, place)
        }

        /// Document and article, and the place in the policy files.
        public var name: String { citation.map { "\($0.text), \(place)" } ?? place }
    }

    /// For which area.
    public let area: DivisionCode
    /// On which day.
    public let date: CalendarDate
    /// What policy says of each step: the rules of the nearest area in the order written, then those of the areas above
    /// it; the first that fits is the one.
    public let rules: [PaymentStep: [Rule]]

    /// The rules of an area and day.
    public init(area: DivisionCode, date: CalendarDate, rules: [PaymentStep: [Rule]]) {
        (self.area, self.date, self.rules) = (area, date, rules)
    }

    /// The rule of a step for a programme and a sum; nil where policy has none.
    ///
    /// - Parameter program: nil where it is for no single one, as with money for any; then only a rule for all fits.
    public func rule(for step: PaymentStep, program: String?, sum: Money) -> Rule? {
        rules[step]?.first { rule in
            let fitsProgram =
                rule.programs.isEmpty
                || program.map { Procedure.names(of: $0).contains(where: rule.programs.contains) } ?? false
            return fitsProgram && rule.upTo.map { sum <= $0 } ?? true
        }
    }
}

/// 发放事项: what can be done with payments and funds. The name is also the key of its rules in `payments:` of policy files.
public enum PaymentStep: String, CaseIterable, Sendable {
    /// 提出发放: a list of what is owed is proposed as a run.
    case propose
    /// 确认发放: the run is confirmed, and taken from the funds.
    case confirm
    /// 撤销发放: a run that was not confirmed is dropped.
    case drop
    /// 登记回单: what the bank says of the payments is read in.
    case receive
    /// 划拨资金: money is moved between accounts outside of any run.
    case move

    /// What it is called.
    public var label: Label {
        switch self {
        case .propose: Label("提出发放", "propose a run")
        case .confirm: Label("确认发放", "confirm a run")
        case .drop: Label("撤销发放", "drop a run")
        case .receive: Label("登记回单", "read receipts")
        case .move: Label("划拨资金", "move funds")
        }
    }

    /// The steps that the same run can have had before.
    public var earlier: Set<PaymentStep> {
        switch self {
        case .propose, .move: []
        case .confirm, .drop: [.propose]
        case .receive: [.propose, .confirm]
        }
    }
}
