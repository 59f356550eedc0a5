import AssistanceCore

/// 文书素材: all that a letter is made of; what makes letters reads nothing more.
struct LetterMatter {
    /// The case before the step that the letter tells of; nil where that began it.
    let before: CaseState?
    /// The case after it.
    let state: CaseState
    /// The step.
    let event: CaseEvent
    /// The reasons that were written down for it, line by line.
    let lines: [String]
    /// What was computed for it.
    let decision: RecordedDecision?
    /// What persons, areas and programmes are called.
    let names: LetterNames
    /// The procedure of the case's area on the day of the step.
    let procedure: Procedure
    /// By when somebody may appeal against what is decided on that day; nil where policy names no time.
    let appealEnds: CalendarDate?
    /// The day on which the letter is asked for.
    let today: CalendarDate
}

/// 名称: what those are called whom a letter names.
struct LetterNames {
    /// Persons by their numbers in the store.
    var persons: [Int64: String] = [:]
    /// Areas, in full: `黑龙江省牡丹江市林口县`.
    var areas: [DivisionCode: String] = [:]
    /// Programmes by id.
    var programs: [String: String] = [:]

    func area(_ code: DivisionCode) -> String { areas[code] ?? code.text }
    func program(_ id: String) -> String { programs[id] ?? id }
}

extension LetterMatter {
    /// The rules of a step for the programmes of the case.
    func rules(for step: CaseStep) -> [Procedure.Rule] {
        state.programs.compactMap { program in
            procedure.rule(
                for: step, program: program, sum: state.outcomes.first { $0.program == program }?.sum,
                hasRelatives: !state.relatives.isEmpty)
        }
    }

    /// The documents and articles of steps.
    func citations(for steps: CaseStep...) -> [Citation] { steps.flatMap(rules).compactMap(\.citation) }

    /// The area whose office does a step: of several programmes that of the highest level.
    func office(for step: CaseStep) -> String {
        let level = rules(for: step).map(\.level).min()
        let area = state.area.chain.first { $0.level == level } ?? state.area
        return names.area(area)
    }

    /// The programmes of the case, as they are called.
    var programs: String { state.programs.map(names.program).joined(separator: "、") }
}

extension TimeLimit {
    /// `60日`, `10个工作日`
    var chinese: String {
        switch unit {
        case .days: "\(count)日"
        case .workingDays: "\(count)个工作日"
        case .months: "\(count)个月"
        }
    }
}

extension PaymentPeriod {
    /// What stands behind a sum.
    var chinese: String {
        switch self {
        case .monthly: "元/月"
        case .yearly: "元/年"
        case .once: "元(一次性)"
        }
    }
}

extension CaseGrant {
    /// `897.00元/月`
    var sum: String { amount.grouped + period.chinese }
}
