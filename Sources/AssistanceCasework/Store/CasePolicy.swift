import AssistanceCore
import AssistanceEngine
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

    /// What a programme is called; nil where policy knows none of that id.
    func label(of program: String) -> Label? {
        engine.programs.first { $0.id == program }?.label
            ?? (engine.planIDs.contains(program) ? engine.library.label(of: program) : nil)
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

    /// The decision of a household's programmes on a day, for the area of the case.
    func assess(
        _ file: HouseholdFile, in area: DivisionCode, on day: CalendarDate, stage: Stage
    ) throws -> Assessment {
        let known = area.chain.first { engine.library.areas[$0] != nil } ?? engine.library.jurisdiction
        let findings = Findings()
        let policy = engine.policy(area: known, date: day, knownOn: nil, stage: stage, findings)
        guard !findings.hasErrors else { throw CaseProblem.wrongPolicy(findings.sorted) }
        return LargeStack.run {
            Assessor(engine, policy, over: file.batch).assess(
                household: 0, id: file.households.first?.id, knownOn: nil, explain: false)
        }
    }
}
