import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy

/// What policy says to a case: its procedure, its working days, and what a household is entitled to.
final class CasePolicy {
    let engine: Engine
    private var machines: [DivisionCode: (day: CalendarDate, machine: CaseMachine)] = [:]

    init(_ engine: Engine) { self.engine = engine }

    /// The rules for cases of an area on a day.
    func machine(of area: DivisionCode, on day: CalendarDate) -> CaseMachine {
        if let made = machines[area], made.day == day { return made.machine }
        let machine = CaseMachine(
            procedure: engine.library.procedure(area: area, on: day),
            calendar: engine.library.workingCalendar(area: area, on: day))
        // A day's work touches few areas; a run over years does not keep them all.
        if machines.count > 10_000 { machines = [:] }
        machines[area] = (day, machine)
        return machine
    }

    /// The area itself, or the nearest above it that policy knows.
    private func known(_ area: DivisionCode) -> DivisionCode {
        area.chain.first { engine.library.areas[$0] != nil } ?? engine.library.jurisdiction
    }

    /// What an area is called in full; its code stands behind where policy knows only those above it.
    func name(of area: DivisionCode) -> String {
        let areas = engine.library.areas
        return areas.fullName(of: area) + (areas[area] == nil ? "(\(area.text))" : "")
    }

    /// What a programme is called in public: `housing.rent` like `housing`, for what an allowance is called by itself may tell
    /// of health or a disability.
    func publicName(of program: String) -> String {
        label(of: String(program.prefix { $0 != "." }))?.chinese ?? program
    }

    /// Which members of a household are minors (未成年人) by the word of policy; nil where it is not known of one.
    func minors(in file: HouseholdFile, in area: DivisionCode, on day: CalendarDate) -> [Bool?] {
        let members = file.batch.rows(.member, of: 0)
        return LargeStack.run {
            let context = PolicyContext(
                engine.library, area: known(area), date: day, stage: .application, Findings())
            guard let word = context.term("define.minor"), !context.findings.hasErrors else {
                return members.map { _ in nil }
            }
            let evaluator = Evaluator(context.builder.finished(), over: file.batch, for: [word], isTracing: false)
            evaluator.evaluate(household: 0)
            return members.indices.map { evaluator.value(word, row: $0).truth }
        }
    }

    /// What a programme is called; nil where policy knows none of that id.
    func label(of program: String) -> Label? {
        engine.programs.first { $0.id == program }?.label
            ?? (engine.planIDs.contains(program)
                ? engine.library.ownLabel(of: program) ?? engine.library.label(of: program) : nil)
    }

    /// One household of a text; every mistake where it is wrong.
    func household(_ text: [UInt8], on day: CalendarDate) throws -> HouseholdFile {
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: text, schema: engine.library.schema, date: day, file: "", findings: &findings)
        guard !findings.contains(where: { $0.severity == .error }) else { throw CaseProblem.wrongInput(findings) }
        guard file.households.count == 1 else {
            throw CaseProblem.wrongInput([
                Diagnostic(.tooManyEntries, at: SourcePosition(line: 1, column: 1), "a case has one household")
            ])
        }
        return file
    }

    /// The decision of some programmes about the household of a batch on a day, for the area of the case, with its steps.
    ///
    /// - Parameter id: What its file calls the household.
    func assess(
        _ batch: FactBatch, id: String?, for programs: [String], in area: DivisionCode, on day: CalendarDate,
        stage: Stage
    ) throws -> Assessment {
        let findings = Findings()
        let policy = engine.policy(area: known(area), date: day, knownOn: nil, stage: stage, findings)
        guard !findings.hasErrors else { throw CaseProblem.wrongPolicy(findings.sorted) }
        return LargeStack.run {
            Assessor(engine, policy, over: batch).assess(
                household: 0, id: id, knownOn: nil, programs: programs, explain: true)
        }
    }
}
