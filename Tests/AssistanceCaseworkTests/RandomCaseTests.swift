import AssistanceCasework
import AssistanceCore
import Glibc
import TestSupport
import Testing

@Suite("Cases under random steps")
struct RandomCaseTests {
    private static let times = 400 * max(1, getenv("JIUZHU_PROPERTY_TIMES").flatMap { Int(String(cString: $0)) } ?? 1)

    /// Steps that the model does not know are tried elsewhere.
    private static let steps = CaseStep.allCases.filter {
        ![.apply, .transfer, .merge, .supplement, .recount].contains($0)
    }

    @Test("A case does what its model does, step by step, whatever is tried")
    func equalsModel() throws {
        var taken: [CaseStep: Int] = [:]
        var refused: [CaseRefusal.Code: Int] = [:]
        var met: Set<CaseStage> = []
        for seed in 0..<Self.times {
            var random = SeededRandom(UInt64(seed))
            var sample = try SampleCase()
            var model = ModelCase()
            var day = SampleCase.day("2026-01-05")
            for _ in 0..<60 {
                day = day.adding(days: random.below(4)) ?? day
                let action = Self.action(on: day, sample.state, &random)
                let isStranger = random.below(12) == 0
                let actor = isStranger ? Self.stranger : Self.actor(for: action, sample.state)
                let before = sample.state
                do throws(CaseRefusal) {
                    try sample.take(action.step, by: actor, on: day.iso) { $0 = action }
                    taken[action.step, default: 0] += 1
                    let ways = (CaseTransition.all[action.step]?.ways[before.stage] ?? []).union([before.stage])
                    #expect(ways.contains(sample.state.stage), "\(action.step) leads to \(sample.state.stage)")
                    #expect(!isStranger, "\(action.step) by somebody who may not")
                    let isTaken = model.takes(action)
                    #expect(isTaken, "seed \(seed): the machine takes \(action), the model does not")
                } catch {
                    refused[error.code, default: 0] += 1
                    #expect(sample.state == before)
                    var probe = model
                    let isTaken = !isStranger && probe.takes(action)
                    #expect(!isTaken, "seed \(seed): the model takes \(action), the machine says \(error)")
                }
                #expect(sample.state.stage.place == model.place, "seed \(seed) after \(action.step)")
                #expect(sample.state.isRunning == model.runs)
                #expect(sample.state.deadlines[.review]?.due == model.due, "seed \(seed) after \(action.step)")
                met.insert(sample.state.stage)
                guard sample.state.stage.place == model.place else { return }
            }
            Self.checkGrants(of: sample.state)
        }
        // What was never tried shows nothing.
        for step in Self.steps { #expect((taken[step] ?? 0) > 0, "\(step) was never taken") }
        #expect(met == Set(CaseStage.allCases))
        for code in [
            CaseRefusal.Code.illegalTransition, .wrongRole, .notReady, .tooEarly, .undetermined, .notPermitted,
        ] {
            #expect((refused[code] ?? 0) > 0, "\(code) was never said")
        }
    }

    /// Of what is paid by the month never two run at once for one programme, and nothing runs that is not granted.
    private static func checkGrants(of state: CaseState) {
        let monthly = state.grants.filter { granted in
            granted.grant.period == .monthly && granted.until.map { $0 > granted.from } ?? true
        }
        for (place, granted) in monthly.enumerated() {
            for later in monthly.dropFirst(place + 1) where later.program == granted.program {
                #expect(granted.until.map { $0 <= later.from } ?? false, "two run at once: \(granted), \(later)")
            }
        }
        if state.stage == .closed || !state.isRunning {
            #expect(monthly.allSatisfy { $0.until != nil }, "something runs in a case that does not: \(state.grants)")
        }
    }

    private static let stranger = CaseActor(id: "nobody", role: .payer, area: SampleCase.township)

    private static func actor(for action: CaseAction, _ state: CaseState) -> CaseActor {
        switch action.step {
        case .answer: SampleCase.department
        case .verify: SampleCase.verifier
        case .visit: state.relatives.isEmpty ? SampleCase.surveyor : SampleCase.confirmer
        case .review, .settle, .extend: SampleCase.reviewer
        case .confirm, .end: SampleCase.confirmer
        case .complain, .appeal, .reply: SampleCase.supervisor
        default: SampleCase.clerk
        }
    }

    /// A step with all that it needs; mostly the one that leads on, so that cases come far.
    private static func action(on day: CalendarDate, _ state: CaseState, _ random: inout SeededRandom) -> CaseAction {
        let usual: [CaseStep] =
            switch state.stage {
            case .applied: [.accept, .authorize]
            case .incomplete: [.supplyPapers, .authorize]
            case .accepted, .reviewing: [.authorize, .verify, .visit, .assess, .answer, .extend]
            case .assessed: [.review]
            case .reviewed: [.publish, .confirm]
            case .noticed: [.confirm, .confirm, .object, .settle]
            case .confirmed: [.decide]
            case .granted: [.recheck, .report, .appeal, .end]
            case .closed: [.appeal, .reply]
            }
        let step = random.below(3) > 0 ? random.pick(usual) : random.pick(steps)
        var action = CaseAction(step, on: day)
        if step.fields.required.contains(.document) { action.document = 500 }
        switch step {
        case .askPapers: action.papers = ["a", "b"]
        case .supplyPapers: action.papers = [random.pick(["a", "b", "c"])]
        case .registerRelative: (action.persons, action.visitors) = ([Int64(random.below(3) + 1)], ["x"])
        case .authorize:
            action.persons = random.below(2) == 0 ? state.living : [Int64(random.below(3) + 1)]
            if action.persons.isEmpty { action.persons = [3] }
            (action.from, action.until) = (day, SampleCase.day("2036-01-05"))
        case .dispatch: (action.department, action.programs) = ("housing", ["low-income"])
        case .answer, .settle, .reply:
            action.number = random.below(3) + 1
            if step != .answer { action.verdict = random.pick([.approve, .refuse]) }
        case .visit: (action.visitors, action.from) = (["p", "q"], day)
        case .assess:
            var outcome = SampleCase.lowIncome
            outcome.status = random.pick([.eligible, .eligible, .ineligible, .undetermined])
            if outcome.status != .eligible { outcome.grants = [] }
            outcome.isSettled = random.below(6) > 0
            let outcomes = random.pick([[outcome], [outcome, SampleCase.relief], [SampleCase.relief]])
            (action.outcomes, action.policy) = (outcomes, "sha256:00")
        case .review, .confirm: action.verdict = random.pick([.approve, .approve, .approve, .refuse, .sendBack])
        case .relieve: (action.programs, action.sum) = (["temporary-relief"], Money(fen: 100))
        case .extend: action.limit = random.pick([.review, .review, .confirm])
        case .end: (action.programs, action.from) = (["low-income"], day)
        case .recordDeath: (action.persons, action.from) = ([Int64(random.below(3) + 1)], day)
        default: break
        }
        return action
    }
}
