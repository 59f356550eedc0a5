import AssistanceCore
import AssistanceRecords

/// 经办规则: whether somebody may do a step with a case on a day, and what follows from it.
///
/// It changes nothing: it answers the event, which the case then folds. May be shared between threads.
public struct CaseMachine: Sendable {
    /// The procedure of the case's area on the day.
    public let procedure: Procedure
    /// The working days.
    public let calendar: WorkingCalendar

    /// The rules of a day.
    public init(procedure: Procedure, calendar: WorkingCalendar) {
        (self.procedure, self.calendar) = (procedure, calendar)
    }

    /// The event of a step, where it is allowed; a refusal with the rule that forbids it, where it is not.
    ///
    /// - Parameters:
    ///   - state: The case as it stands; nil for an application.
    ///   - other: The case that this one is merged into.
    public func event(
        for action: CaseAction, by actor: CaseActor, on state: CaseState?, other: CaseState? = nil
    ) throws(CaseRefusal) -> CaseEvent {
        let request = Request(action: action, actor: actor, state: state, other: other)
        try checkStage(request)
        try checkFields(action)
        let rule = try rule(for: request.action, on: request.state)
        try checkActor(request, rule)
        if let state { try checkReadiness(of: action, on: state, rule) }
        try checkSubject(request)
        let lasts = rule.lasts.flatMap { calendar.last(of: $0, after: action.day) }
        return CaseEvent(
            action: action, actor: actor.id, deadlines: deadlines(after: action, lasting: lasts, on: state),
            lasts: lasts,
            effective: rule.effect.flatMap { $0.day(of: action.step == .end ? action.from ?? action.day : action.day) },
            rule: rule.name)
    }

    /// What is asked, and of which case.
    struct Request {
        let action: CaseAction
        let actor: CaseActor
        let state: CaseState?
        let other: CaseState?
    }

    private func checkStage(_ request: Request) throws(CaseRefusal) {
        let step = request.action.step
        guard let transition = CaseTransition.all[step] else { return }
        guard let state = request.state else {
            guard transition.isOpen(at: nil) else {
                throw CaseRefusal(.illegalTransition, step, "there is no case yet; a case begins with apply")
            }
            return
        }
        guard transition.isOpen(at: state.stage) else {
            let may = CaseStep.allCases.filter { CaseTransition.all[$0]?.isOpen(at: state.stage) ?? false }
            throw CaseRefusal(
                .illegalTransition, step,
                "the case is \(state.stage.label.english) (\(state.stage.label.chinese)); what may be done now is "
                    + may.map(\.rawValue).joined(separator: ", "))
        }
        guard request.action.day >= state.last else {
            throw CaseRefusal(
                .tooEarly, step,
                "\(request.action.day) lies before the last step of the case, which was on \(state.last)")
        }
    }

    private func checkFields(_ action: CaseAction) throws(CaseRefusal) {
        let (required, optional) = action.step.fields
        let given = action.givenFields
        let lacking = CaseField.allCases.filter { required.contains($0) && !given.contains($0) }
        let needless = CaseField.allCases.filter { given.contains($0) && !required.union(optional).contains($0) }
        guard lacking.isEmpty, needless.isEmpty else {
            let parts = [
                lacking.isEmpty ? nil : "it needs " + lacking.map(\.rawValue).joined(separator: ", "),
                needless.isEmpty ? nil : "it has no " + needless.map(\.rawValue).joined(separator: ", "),
            ]
            throw CaseRefusal(.wrongFields, action.step, parts.compactMap { $0 }.joined(separator: "; "))
        }
        if let from = action.from, let until = action.until, until < from {
            throw CaseRefusal(.wrongFields, action.step, "until (\(until)) lies before from (\(from))")
        }
        // They stand in the clear: no room for a story, no name of a person, and nothing that would not be seen.
        let texts = action.papers + (action.department.map { [$0] } ?? [])
        guard texts.allSatisfy({ (1...64).contains($0.count) && MessageLine($0).text == $0 }) else {
            throw CaseRefusal(
                .wrongFields, action.step, "a paper or department is named by 1 to 64 plain characters")
        }
        guard action.visitors.allSatisfy({ RecordActor(id: $0, role: "", area: 0) != nil }) else {
            throw CaseRefusal(
                .wrongFields, action.step,
                "visitors are staff numbers of 1 to 64 letters, digits, '.', '_' and '-', and no names")
        }
        if let sum = action.sum, sum.fen <= 0 {
            throw CaseRefusal(.wrongFields, action.step, "the sum has to be more than nothing")
        }
    }

    /// The rule of the step; of several programmes that of the highest level.
    func rule(for action: CaseAction, on state: CaseState?) throws(CaseRefusal) -> Procedure.Rule {
        let uses: [(program: String, sum: Money?)] =
            switch action.step {
            case .confirm: (state?.outcomes ?? []).map { ($0.program, $0.sum) }
            case .relieve: action.programs.map { ($0, action.sum) }
            default: (action.programs.isEmpty ? state?.programs ?? [] : action.programs).map { ($0, nil) }
            }
        let hasRelatives = !(state?.relatives.isEmpty ?? true)
        var found: Procedure.Rule?
        for use in uses.isEmpty ? [("", nil)] : uses {
            guard
                let rule = procedure.rule(
                    for: action.step, program: use.program, sum: use.sum, hasRelatives: hasRelatives)
            else {
                let whose = use.program.isEmpty ? "" : " for \(use.program)"
                throw CaseRefusal(
                    .noRule, action.step,
                    "no policy of \(procedure.area.text) on \(procedure.date) says who may do it\(whose); fill procedure.\(action.step.rawValue)"
                )
            }
            if found.map({ rule.level < $0.level }) ?? true { found = rule }
        }
        guard let found else { throw CaseRefusal(.noRule, action.step, "no policy says who may do it") }
        return found
    }

    private func checkActor(_ request: Request, _ rule: Procedure.Rule) throws(CaseRefusal) {
        let (actor, step) = (request.actor, request.action.step)
        guard rule.roles.contains(actor.role) else {
            let roles = CaseRole.allCases.filter(rule.roles.contains).map(\.rawValue).joined(separator: " or ")
            throw CaseRefusal(.wrongRole, step, "\(actor.role.rawValue) may not do it, but \(roles)", rule: rule.name)
        }
        guard actor.area.level == rule.level else {
            throw CaseRefusal(
                .wrongLevel, step, "an office of \(actor.area.level) may not do it, but one of \(rule.level)",
                rule: rule.name)
        }
        guard let area = request.state?.area ?? request.action.area, actor.area.contains(area) else {
            throw CaseRefusal(.outsideArea, step, "the case does not belong to \(actor.area.text)", rule: rule.name)
        }
        guard let state = request.state else { return }
        let clashes = CaseStep.allCases.filter {
            rule.apart.contains($0) && (state.doers[$0]?.contains(actor.id) ?? false)
        }
        guard clashes.isEmpty else {
            throw CaseRefusal(
                .notApart, step,
                "\(actor.id) has done \(clashes.map(\.rawValue).joined(separator: ", ")), and one person may not do both",
                rule: rule.name)
        }
    }

    // MARK: Times

    /// The rule of a step as far as its times go: that of the programme applied for first.
    private func timed(_ step: CaseStep, _ programs: [String]) -> [TimeLimit] {
        procedure.rule(for: step, program: programs.first)?.limits ?? []
    }

    /// What is due after a step, with what that step counts anew or extends.
    private func deadlines(after action: CaseAction, lasting last: CalendarDate?, on state: CaseState?)
        -> [CaseDeadline]
    {
        // A notice is over with its last day.
        let since = action.step == .publish ? last ?? action.day : action.day
        let begun = CaseStep.allCases.flatMap { step in
            timed(step, state?.programs ?? action.programs).filter { $0.after == action.step }.compactMap {
                deadline(step, $0, since: since)
            }
        }
        guard let state else { return begun }
        switch action.step {
        case .recount: return begun + state.limitsOfRound.filter(\.isProvisional).compactMap { counted($0, state) }
        case .extend: return begun + [extendable(action.limit, on: state)?.longer].compactMap { $0 }
        default: return begun
        }
    }

    private func deadline(
        _ step: CaseStep, _ limit: TimeLimit, since: CalendarDate, isExtended: Bool = false
    ) -> CaseDeadline? {
        calendar.due(limit, after: since).map { due, isProvisional in
            CaseDeadline(
                step: step, due: due, isProvisional: isProvisional, after: limit.after, since: since,
                isExtended: isExtended)
        }
    }

    /// A day due by the working days that are known now.
    private func counted(_ due: CaseDeadline, _ state: CaseState) -> CaseDeadline? {
        let limit = timed(due.step, state.programs).first { $0.after == due.after }
        return (due.isExtended ? limit?.extended : limit).flatMap {
            deadline(due.step, $0, since: due.since, isExtended: due.isExtended)
        }
    }

    /// The time of a step that policy lets be longer, as it is and as it would be: the first that is due, of those that have
    /// not been extended before any that has.
    func extendable(_ step: CaseStep?, on state: CaseState) -> (now: CaseDeadline, longer: CaseDeadline)? {
        let found = state.openLimits.filter { $0.step == step }.compactMap { now -> (CaseDeadline, CaseDeadline)? in
            let limit = timed(now.step, state.programs).first { $0.after == now.after }?.extended
            return limit.flatMap { deadline(now.step, $0, since: now.since, isExtended: true) }.map { (now, $0) }
        }
        return found.min { ($0.0.isExtended ? 1 : 0, $0.0.due) < ($1.0.isExtended ? 1 : 0, $1.0.due) }
    }
}

/// 经办人: who acts, in which capacity, and where the office is; the host has checked who it is.
public struct CaseActor: Hashable, Sendable {
    /// The staff number.
    public let id: String
    /// In which capacity.
    public let role: CaseRole
    /// The division of the office.
    public let area: DivisionCode

    /// Who acts.
    public init(id: String, role: CaseRole, area: DivisionCode) {
        (self.id, self.role, self.area) = (id, role, area)
    }
}

extension CaseAction {
    /// The fields that hold something.
    var givenFields: Set<CaseField> {
        let given: [(CaseField, Bool)] = [
            (.document, document != nil), (.programs, !programs.isEmpty), (.papers, !papers.isEmpty),
            (.persons, !persons.isEmpty), (.area, area != nil), (.from, from != nil), (.until, until != nil),
            (.department, department != nil), (.visitors, !visitors.isEmpty), (.number, number != nil),
            (.verdict, verdict != nil), (.other, other != nil), (.outcomes, !outcomes.isEmpty),
            (.policy, policy != nil), (.sum, sum != nil), (.limit, limit != nil),
        ]
        return Set(given.filter(\.1).map(\.0))
    }
}

extension Procedure.Rule {
    /// Document and article, and the place in the policy files.
    var name: String { citation.map { "\($0.text), \(place)" } ?? place }
}
