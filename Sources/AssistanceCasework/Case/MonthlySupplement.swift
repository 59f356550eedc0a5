import AssistanceCore

/// 当月补贴: what a programme gives to a household for one month.
struct MonthlySupplement {
    private let found: Determination
    private let month: CalendarDate

    init(_ found: Determination, _ month: CalendarDate) { (self.found, self.month) = (found, month) }

    /// What is given, once and for the month alone; refused where policy does not give it or does not say how much.
    func outcome(of persons: [Int64]) throws(CaseRefusal) -> CaseOutcome {
        func refusal(_ code: CaseRefusal.Code, _ message: String, _ all: [String]) -> CaseRefusal {
            let reasons = Set(all).sorted().joined(separator: "; ")
            return CaseRefusal(
                code, .supplement,
                "\(found.program) \(message) for the month of \(month)" + (reasons.isEmpty ? "" : ": \(reasons)"))
        }
        var outcome = CaseOutcome(found, of: persons)
        guard found.status != .ineligible else {
            throw refusal(.notEntitled, "is not given", found.reasons.map { $0.label.both })
        }
        guard found.status == .eligible, outcome.isSettled else {
            throw refusal(.undetermined, "is not decided", found.missing.map(\.kind))
        }
        guard !outcome.grants.isEmpty, outcome.grants.allSatisfy({ $0.period != .yearly }) else {
            throw refusal(.notEntitled, "gives no money by the month or at once", [])
        }
        for place in outcome.grants.indices {
            outcome.grants[place].period = .once
            (outcome.grants[place].instalments, outcome.grants[place].until) = (nil, nil)
            outcome.grants[place].from = month
        }
        return outcome
    }
}

extension Label {
    fileprivate var both: String { "\(chinese) (\(english))" }
}

extension Missing {
    /// What is missing, the same for every household: `members.veteran`, or what a figure of policy is called.
    fileprivate var kind: String {
        if isPolicy { return label.both }
        let parts = path.split(separator: "[", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(String(parts.first ?? "")) { $0 + $1.drop { $0 != "]" }.dropFirst() }
    }
}
