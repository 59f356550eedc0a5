import AssistanceCore
import AssistancePolicy
import Synchronization

/// The policies of the areas of many households, each made ready for bulk when it is first asked for.
///
/// May be shared between threads.
public final class BulkPrograms: Sendable {
    private let engine: Engine
    private let date: CalendarDate
    private let knownOn: CalendarDate?
    private let stage: Stage
    private let made = Mutex<[DivisionCode: BulkProgram]>([:])

    /// The policies of an engine on a day.
    public init(_ engine: Engine, date: CalendarDate, knownOn: CalendarDate?, stage: Stage) {
        (self.engine, self.date, self.knownOn, self.stage) = (engine, date, knownOn, stage)
    }

    /// The policy of an area; throws what is wrong with it.
    public func program(of area: DivisionCode) throws(PolicyProblem) -> BulkProgram {
        if let known = made.withLock({ $0[area] }) { return known }
        let findings = Findings()
        let policy = engine.policy(area: area, date: date, knownOn: knownOn, stage: stage, findings)
        guard !findings.hasErrors else { throw PolicyProblem(findings: findings.sorted) }
        let program = BulkProgram(policy)
        made.withLock { $0[area] = program }
        return program
    }
}

/// Why the policy of an area cannot be used.
public struct PolicyProblem: Error, Sendable {
    /// What is wrong with it, errors among them.
    public let findings: [Diagnostic]
}
