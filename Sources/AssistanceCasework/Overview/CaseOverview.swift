import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords

/// 个案概览: a case as somebody who works on it sees it: where it stands, what is due, what was done, and what may be done
/// next by whom. It holds no personal data.
public struct CaseOverview: Sendable {
    /// The case as it stands.
    public let state: CaseState
    /// All that was done, in its order.
    public let history: [(event: CaseEvent, record: RecordEvent)]
    /// The day that it is looked at.
    public let day: CalendarDate
    /// What the area of the case is called; empty where policy does not know it.
    public let place: String
    /// What the programmes of the case are called, by id, as far as policy knows them.
    public let programs: [String: Label]
    /// The departments that policy names for the area of the case on that day.
    public let departments: [Department]
    /// What may be done on that day, in the order of steps; empty where the file was opened without a policy.
    public let next: [CaseOption]
}

/// 可办事项: a step that the stage of a case allows, and who may do it.
public struct CaseOption: Sendable {
    /// What can be done.
    public let step: CaseStep
    /// In which capacity.
    public let roles: [CaseRole]
    /// At which level the office stands.
    public let level: DivisionLevel
    /// Document and article, or the place in the policy files.
    public let rule: String
    /// What still stands in its way, where that can be told; of a review or confirmation, in the way of consent.
    public let hindrance: CaseRefusal?
}

extension CaseStore {
    /// A case as it stands on a day, for an office that it belongs to.
    public func overview(
        of number: Int64, on day: CalendarDate, for actor: CaseActor
    ) throws(CaseProblem) -> CaseOverview {
        try CaseProblem.of {
            try records.read { reader in
                let (state, history) = try reader.history(of: number)
                try state.check(actor, records.path)
                let machine = policy?.machine(of: state.area, on: day)
                let ids = Set(state.programs + state.grants.map(\.program))
                let programs = policy.map { policy in
                    ids.compactMap { id in policy.label(of: id).map { (id, $0) } }
                }
                return CaseOverview(
                    state: state, history: history, day: day,
                    place: policy?.engine.library.areas.fullName(of: state.area) ?? "",
                    programs: Dictionary(uniqueKeysWithValues: programs ?? []),
                    departments: machine?.procedure.departments ?? [],
                    next: machine?.options(for: state, on: day) ?? [])
            }
        }
    }

    /// Who the members of a case are, in the order of the household, for an office that it belongs to.
    ///
    /// That somebody has read it is noted in the file before it is answered.
    public func persons(
        of number: Int64, by actor: CaseActor, at time: Int64
    ) throws(CaseProblem) -> [RecordPerson] {
        try CaseProblem.of {
            try records.write { writer in
                let state = try writer.state(of: number)
                let reader = try state.check(actor, records.path)
                try writer.note(read: number, what: "persons", actor: reader, time: time)
                return try state.persons.map(writer.person)
            }
        }
    }
}

extension CaseState {
    /// Refuses an office that the case does not belong to, and answers the actor as the file knows one.
    @discardableResult
    func check(_ actor: CaseActor, _ path: String) throws(RecordProblem) -> RecordActor {
        guard actor.area.contains(area) else {
            throw RecordProblem(
                .refused, "case \(number) does not belong to \(actor.area.text); ask the office that it belongs to",
                path: path)
        }
        return try RecordActor(actor, path)
    }
}

extension RecordActor {
    init(_ actor: CaseActor, _ path: String) throws(RecordProblem) {
        guard let named = RecordActor(id: actor.id, role: actor.role.rawValue, area: actor.area.number) else {
            throw RecordProblem(
                .refused, "an actor is 1 to 64 letters, digits, '.', '_' and '-'", path: path)
        }
        self = named
    }
}

extension CaseMachine {
    /// What may be done with a case on a day, and by whom.
    func options(for state: CaseState, on day: CalendarDate) -> [CaseOption] {
        CaseStep.allCases.compactMap { step in
            guard CaseTransition.all[step]?.isOpen(at: state.stage) ?? false,
                let action = nextAction(step, on: state, day), let rule = try? rule(for: action, on: state)
            else { return nil }
            return CaseOption(
                step: step, roles: CaseRole.allCases.filter(rule.roles.contains), level: rule.level, rule: rule.name,
                hindrance: hindrance(of: action, on: state, rule))
        }
    }

    /// The step as it would be done next, as far as the case tells; nil where there is nothing to do.
    private func nextAction(_ step: CaseStep, on state: CaseState, _ day: CalendarDate) -> CaseAction? {
        var action = CaseAction(step, on: max(day, state.last))
        switch step {
        case .askPapers where state.hasAsked: return nil
        case .supplyPapers: action.papers = state.lacking
        case .answer:
            guard let place = state.tasks.firstIndex(where: { $0.answer == nil }) else { return nil }
            action.number = place + 1
        case .settle:
            guard let place = state.objections.firstIndex(where: { $0.answer == nil }) else { return nil }
            action.number = place + 1
        case .reply:
            guard let place = state.complaints.firstIndex(where: { $0.answer == nil }) else { return nil }
            action.number = place + 1
        case .review: action.verdict = .approve
        case .confirm: action.verdict = state.proposal
        case .relieve:
            action.programs = state.programs.filter { procedure.rule(for: step, program: $0) != nil }
            if action.programs.isEmpty { return nil }
        case .extend:
            guard let due = state.openLimits.first(where: { extendable($0.step, on: state)?.now.isExtended == false })
            else { return nil }
            action.limit = due.step
        // It is done for a whole area and a month, of which the case alone says nothing.
        case .supplement: return nil
        case .recount where !state.limitsOfRound.contains(where: \.isProvisional): return nil
        default: break
        }
        return action
    }

    private func hindrance(of action: CaseAction, on state: CaseState, _ rule: Procedure.Rule) -> CaseRefusal? {
        // Of a visit nothing can be said before it is known who went.
        guard action.step != .visit else { return nil }
        do throws(CaseRefusal) {
            try checkReadiness(of: action, on: state, rule)
            return nil
        } catch { return error }
    }
}
