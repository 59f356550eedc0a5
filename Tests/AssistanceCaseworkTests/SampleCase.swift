import AssistanceCasework
import AssistanceCore
import Testing

/// An invented procedure, and a case that is carried along it. Persons are 1 and 2, documents are counted from 100.
struct SampleCase {
    static let township = DivisionCode("230102001") ?? .nation
    static let county = DivisionCode("230102") ?? .nation

    static let clerk = CaseActor(id: "clerk-1", role: .clerk, area: township)
    static let verifier = CaseActor(id: "verifier-1", role: .verifier, area: county)
    static let surveyor = CaseActor(id: "surveyor-1", role: .surveyor, area: township)
    static let reviewer = CaseActor(id: "reviewer-1", role: .reviewer, area: township)
    static let confirmer = CaseActor(id: "confirmer-1", role: .confirmer, area: county)
    static let supervisor = CaseActor(id: "supervisor-1", role: .supervisor, area: county)
    static let department = CaseActor(id: "housing-1", role: .department, area: county)
    static let everybody = [clerk, verifier, surveyor, reviewer, confirmer, supervisor, department]

    static let lowIncome = CaseOutcome(
        program: "low-income", status: .eligible,
        grants: [
            CaseGrant(
                benefit: "base", period: .monthly, amount: Money(fen: 80_000),
                parts: [
                    CasePart(person: 1, amount: Money(fen: 40_000)), CasePart(person: 2, amount: Money(fen: 40_000)),
                ])
        ], reviewClass: "A", reviewMonths: 12)

    static let relief = CaseOutcome(
        program: "temporary-relief", status: .eligible,
        grants: [CaseGrant(benefit: "relief", period: .once, amount: Money(fen: 300_000))])

    static func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

    /// Who may do which step, at which level.
    static func rules(publishes: Bool = true) -> [CaseStep: [Procedure.Rule]] {
        func rule(
            _ step: CaseStep, _ roles: Set<CaseRole>, _ level: DivisionLevel, limit: TimeLimit?...,
            lasts: TimeLimit? = nil, effect: GrantEffect? = nil, isForRelatives: Bool = false,
            apart: Set<CaseStep> = [], programs: [String] = [], upTo: Money? = nil
        ) -> Procedure.Rule {
            Procedure.Rule(
                step: step, programs: programs, upTo: upTo, roles: roles, level: level,
                limits: limit.compactMap { $0 }, lasts: lasts,
                effect: effect, isForRelatives: isForRelatives, apart: apart,
                place: "procedure.yaml:\(step.rawValue)")
        }
        func days(_ count: Int, after step: CaseStep, extendable: Int? = nil) -> TimeLimit? {
            TimeLimit(count: count, unit: .days, after: step, extendable: extendable)
        }
        let window: [CaseStep] = [
            .apply, .askPapers, .supplyPapers, .accept, .decline, .registerRelative, .authorize, .dispatch, .report,
            .recheck, .transfer, .recordDeath, .withdraw, .object, .recount, .merge,
        ]
        var rules = Dictionary(uniqueKeysWithValues: window.map { ($0, [rule($0, [.clerk], .township)]) })
        rules[.recordDeath] = [rule(.recordDeath, [.clerk], .township, effect: .nextMonth)]
        rules[.accept] = [rule(.accept, [.clerk], .township, limit: days(5, after: .apply))]
        rules[.answer] = [rule(.answer, [.department], .county, limit: days(10, after: .dispatch))]
        rules[.verify] = [rule(.verify, [.verifier], .county)]
        rules[.visit] = [
            rule(.visit, [.confirmer], .county, isForRelatives: true), rule(.visit, [.surveyor], .township),
        ]
        rules[.assess] = [rule(.assess, [.clerk, .reviewer], .township)]
        rules[.review] = [
            rule(
                .review, [.reviewer], .township, limit: days(20, after: .accept, extendable: 30),
                apart: [.apply, .accept, .visit])
        ]
        rules[.publish] = publishes ? [rule(.publish, [.clerk], .township, lasts: days(7, after: .publish))] : nil
        rules[.settle] = [rule(.settle, [.reviewer], .township, limit: days(5, after: .object))]
        rules[.confirm] = [
            rule(
                .confirm, [.confirmer], .township, apart: [.review], programs: ["temporary-relief"],
                upTo: Money(fen: 200_000)),
            rule(
                .confirm, [.confirmer], .county, limit: days(40, after: .accept), days(10, after: .publish),
                apart: [.review, .assess]),
        ]
        rules[.decide] = [
            rule(.decide, [.clerk], .township, limit: days(3, after: .confirm), effect: .nextMonth)
        ]
        rules[.relieve] = [
            rule(.relieve, [.clerk], .township, programs: ["temporary-relief"], upTo: Money(fen: 200_000))
        ]
        rules[.end] = [rule(.end, [.confirmer], .county, effect: .nextMonth)]
        rules[.complain] = [rule(.complain, [.supervisor], .county)]
        rules[.appeal] = [rule(.appeal, [.supervisor], .county, lasts: days(60, after: .decide))]
        rules[.reply] = [
            rule(.reply, [.supervisor], .county, limit: days(30, after: .appeal), days(20, after: .complain))
        ]
        rules[.extend] = [rule(.extend, [.reviewer], .township)]
        return rules
    }

    private(set) var state: CaseState
    private(set) var events: [CaseEvent]
    let machine: CaseMachine

    /// An application of two members on 5 January 2026, for low-income and temporary relief unless others are named.
    init(publishes: Bool = true, for programs: [String]? = nil) throws {
        machine = CaseMachine(
            procedure: Procedure(
                area: Self.county, date: Self.day("2026-01-05"), rules: Self.rules(publishes: publishes),
                departments: [Department(id: "housing", label: Label("住建部门", "housing"), kinds: [])]),
            calendar: WorkingCalendar())
        var application = Self.application
        application.programs = programs ?? application.programs
        let event = try machine.event(for: application, by: Self.clerk, on: nil)
        state = try #require(CaseState(number: 1, event))
        events = [event]
    }

    static var application: CaseAction {
        var action = CaseAction(.apply, on: day("2026-01-05"))
        (action.document, action.programs) = (100, ["low-income", "temporary-relief"])
        (action.persons, action.area) = ([1, 2], township)
        return action
    }

    /// Does a step; what it throws is a refusal.
    mutating func take(
        _ step: CaseStep, by actor: CaseActor, on day: String, other: CaseState? = nil,
        _ fill: (inout CaseAction) -> Void = { _ in }
    ) throws(CaseRefusal) {
        var action = CaseAction(step, on: Self.day(day))
        if step.fields.required.contains(.document) { action.document = Int64(100 + events.count) }
        fill(&action)
        let event = try machine.event(for: action, by: actor, on: state, other: other)
        let isFolded = state.fold(event)
        #expect(isFolded, "what the machine allows folds")
        events.append(event)
    }

    mutating func takeToAccepted() throws {
        try take(.accept, by: Self.clerk, on: "2026-01-06")
        try take(.authorize, by: Self.clerk, on: "2026-01-06") {
            ($0.persons, $0.from, $0.until) = ([1, 2], Self.day("2026-01-06"), Self.day("2027-01-05"))
        }
    }

    mutating func takeToAssessed(_ outcomes: [CaseOutcome] = [lowIncome]) throws {
        try takeToAccepted()
        try examine(from: "2026-01-08", outcomes)
    }

    /// Verification, visit and assessment.
    mutating func examine(from day: String, _ outcomes: [CaseOutcome]) throws(CaseRefusal) {
        try take(.verify, by: Self.verifier, on: day)
        try take(.visit, by: Self.surveyor, on: day) {
            ($0.visitors, $0.from) = (["surveyor-1", "village-7"], Self.day(day))
        }
        try take(.assess, by: Self.clerk, on: day) { ($0.outcomes, $0.policy) = (outcomes, "sha256:00") }
    }

    mutating func takeToNoticed(_ outcomes: [CaseOutcome] = [lowIncome]) throws {
        try takeToAssessed(outcomes)
        try take(.review, by: Self.reviewer, on: "2026-01-12") { $0.verdict = .approve }
        try take(.publish, by: Self.clerk, on: "2026-01-13")
    }

    mutating func takeToGranted(_ outcomes: [CaseOutcome] = [lowIncome]) throws {
        try takeToNoticed(outcomes)
        try take(.confirm, by: Self.confirmer, on: "2026-01-21") { $0.verdict = .approve }
        try take(.decide, by: Self.clerk, on: "2026-01-22")
    }
}
