import AssistanceCore

extension CaseMachine {
    /// What has to be done, allowed or past before a step.
    func checkReadiness(of action: CaseAction, on state: CaseState, _ rule: Procedure.Rule) throws(CaseRefusal) {
        func refuse(_ code: CaseRefusal.Code, _ message: String) -> CaseRefusal {
            CaseRefusal(code, action.step, message, rule: rule.name)
        }
        switch action.step {
        case .askPapers where state.hasAsked:
            throw refuse(.alreadyDone, "papers are asked for once and completely, and have been asked for")
        case .accept where !state.lacking.isEmpty:
            throw refuse(.notReady, "papers lack: \(state.lacking.joined(separator: ", "))")
        case .verify:
            let without = state.unpermitted(on: action.day)
            guard without.isEmpty else {
                throw refuse(
                    .notPermitted,
                    "\(without.count) of \(state.living.count) members have not allowed verification on \(action.day)")
            }
        case .visit:
            guard action.visitors.count >= 2, Set(action.visitors).count == action.visitors.count else {
                throw refuse(.notReady, "a home visit is made by two persons or more, each named once")
            }
            guard let day = action.from, day >= state.opened, day <= action.day else {
                throw refuse(.wrongFields, "the day of the visit lies outside \(state.opened) to \(action.day)")
            }
        case .assess:
            let lacking = [
                needs(.verify, for: state) && state.verification == nil ? CaseStep.verify : nil,
                needs(.visit, for: state) && state.visits.isEmpty ? .visit : nil,
                state.tasks.contains { $0.answer == nil } ? .answer : nil,
            ].compactMap { $0?.rawValue }
            guard lacking.isEmpty else {
                throw refuse(.notReady, "before it comes \(lacking.joined(separator: ", "))")
            }
            let others = action.outcomes.map(\.program).filter { !state.examined.contains($0) }
            guard others.isEmpty, Set(action.outcomes.map(\.program)).count == action.outcomes.count else {
                throw refuse(
                    .notOfCase,
                    "it holds each programme that is examined once, and no other: \(state.examined.joined(separator: ", "))"
                )
            }
        case .review where action.verdict == .approve:
            let open = state.outcomes.filter { $0.status == .undetermined || !$0.isSettled }
            guard open.isEmpty else {
                throw refuse(
                    .undetermined,
                    "\(open.map(\.program).joined(separator: ", ")) is not decided; report what is missing and assess again"
                )
            }
        case .publish where state.proposal != .approve:
            throw refuse(.notReady, "only what is proposed to be granted is shown to the public")
        case .confirm: try checkConfirmation(action, state, refuse)
        case .settle:
            try checkOpen(action.number, of: state.objections, refuse)
        case .reply:
            try checkOpen(action.number, of: state.complaints, refuse)
        case .answer:
            guard let place = action.number, state.tasks.indices.contains(place - 1) else {
                throw refuse(.notOfCase, "the case has \(state.tasks.count) tasks, numbered from 1")
            }
            guard state.tasks[place - 1].answer == nil else {
                throw refuse(.alreadyDone, "task \(place) has been answered")
            }
        case .supplement: try checkSupplement(action, state, refuse)
        case .appeal:
            guard let decided = state.decided else { throw refuse(.notReady, "there is no decision to appeal against") }
            guard let limit = rule.lasts, let last = calendar.last(of: limit, after: decided), action.day <= last
            else { throw refuse(.tooLate, "an appeal against the decision of \(decided) is no longer possible") }
        case .withdraw where state.isRunning, .merge where state.isRunning:
            throw refuse(
                .notReady,
                "before it comes end, for \(state.running.keys.sorted().joined(separator: ", ")) is paid")
        case .recount where !state.limitsOfRound.contains(where: \.isProvisional):
            throw refuse(.notReady, "no day due is provisional")
        case .extend: try checkExtension(action, state, refuse)
        case .supplyPapers:
            let others = action.papers.filter { !state.lacking.contains($0) }
            guard others.isEmpty else {
                throw refuse(.notOfCase, "not asked for: \(others.joined(separator: ", "))")
            }
        default: break
        }
    }

    /// Whether policy gives the step to anybody for a programme of the case; what it gives to nobody is not needed.
    private func needs(_ step: CaseStep, for state: CaseState) -> Bool {
        state.examined.contains {
            procedure.rule(for: step, program: $0, sum: nil, hasRelatives: !state.relatives.isEmpty) != nil
        }
    }

    private func checkSupplement(
        _ action: CaseAction, _ state: CaseState, _ refuse: (CaseRefusal.Code, String) -> CaseRefusal
    ) throws(CaseRefusal) {
        guard let month = action.from, let program = action.programs.first, action.programs.count == 1,
            month == month.firstOfMonth
        else { throw refuse(.wrongFields, "it is for one programme, and from is the first day of its month") }
        guard month <= action.day else { throw refuse(.tooEarly, "the month of \(month) has not begun") }
        guard !state.programs.contains(program) else {
            throw refuse(.notReady, "the case has applied for \(program) itself, and is decided upon there")
        }
        guard state.receives(inMonthOf: month) else {
            throw refuse(.notReady, "nothing is paid to the case by the month in the month of \(month)")
        }
        guard state.living.count == state.persons.count else {
            throw refuse(.notReady, "a member has died since the household was declared; report the household first")
        }
        guard !state.has(program, inMonthOf: month) else {
            throw refuse(.alreadyDone, "\(program) has been given for the month of \(month)")
        }
    }

    private func checkConfirmation(
        _ action: CaseAction, _ state: CaseState, _ refuse: (CaseRefusal.Code, String) -> CaseRefusal
    ) throws(CaseRefusal) {
        guard action.verdict == .approve else { return }
        guard state.proposal == .approve else {
            throw refuse(.notReady, "what the review does not propose cannot be approved; send it back")
        }
        if let ends = state.noticeEnds {
            guard action.day > ends else {
                throw refuse(.tooEarly, "the public notice lasts until \(ends)")
            }
            let open = state.objections.filter { $0.answer == nil }.count
            guard open == 0 else { throw refuse(.notReady, "\(open) objections are not settled") }
        } else if !state.isRunning, needs(.publish, for: state) {
            throw refuse(.notReady, "before it comes publish")
        }
    }

    /// A time is extended where policy says to how much, once, and while it runs.
    private func checkExtension(
        _ action: CaseAction, _ state: CaseState, _ refuse: (CaseRefusal.Code, String) -> CaseRefusal
    ) throws(CaseRefusal) {
        let step = action.limit?.rawValue ?? ""
        guard let due = action.limit.flatMap({ state.deadlines[$0] }) else {
            let others = state.deadlines.keys.map(\.rawValue).sorted()
            throw refuse(
                .notOfCase,
                "no time of \(step) runs; what is due is \(others.isEmpty ? "nothing" : others.joined(separator: ", "))"
            )
        }
        guard let (now, _) = extendable(action.limit, on: state) else {
            throw refuse(.notReady, "policy does not let the time of \(step) be longer; it is due on \(due.due)")
        }
        guard !now.isExtended else {
            throw refuse(.alreadyDone, "the time of \(step) has been extended to \(now.due), and is extended once")
        }
        guard action.day <= now.due else {
            throw refuse(.tooLate, "the time of \(step) passed on \(now.due), and is extended before it has passed")
        }
    }

    private func checkOpen(
        _ number: Int?, of matters: [CaseState.Matter], _ refuse: (CaseRefusal.Code, String) -> CaseRefusal
    ) throws(CaseRefusal) {
        guard let number, matters.indices.contains(number - 1) else {
            throw refuse(.notOfCase, "the case has \(matters.count) of them, numbered from 1")
        }
        guard matters[number - 1].answer == nil else {
            throw refuse(.alreadyDone, "number \(number) has been answered")
        }
    }

    /// Whether what a step names belongs to the case.
    func checkSubject(_ request: Request) throws(CaseRefusal) {
        let (action, state) = (request.action, request.state)
        func refuse(_ code: CaseRefusal.Code, _ message: String) -> CaseRefusal {
            CaseRefusal(code, action.step, message)
        }
        guard Set(action.persons).count == action.persons.count, Set(action.programs).count == action.programs.count
        else { throw refuse(.wrongFields, "each person and each programme stands once") }
        guard let state else {
            guard let area = action.area, area.level >= .township else {
                throw refuse(.wrongFields, "area has to be a township or a village, of 9 or 12 digits")
            }
            return
        }
        switch action.step {
        case .registerRelative, .authorize, .recordDeath:
            guard action.persons.allSatisfy(state.living.contains) else {
                throw refuse(.notOfCase, "persons holds somebody who is no living member of the case")
            }
        case .dispatch, .relieve:
            let others = action.programs.filter { !state.programs.contains($0) }
            guard others.isEmpty else {
                throw refuse(.notOfCase, "not applied for: \(others.joined(separator: ", "))")
            }
            if let objection = action.department.flatMap(procedure.departments.objection) {
                throw refuse(.wrongFields, objection)
            }
        case .end:
            let others = action.programs.filter { state.running[$0] == nil }
            guard others.isEmpty else {
                throw refuse(.notOfCase, "not running: \(others.joined(separator: ", "))")
            }
        case .transfer:
            guard let area = action.area, area.level >= .township, area != state.area else {
                throw refuse(.wrongFields, "area has to be another township or village")
            }
        case .merge:
            guard let other = request.other, other.number == action.other, other.number != state.number,
                other.stage != .closed, other.persons.contains(where: state.persons.contains)
            else {
                throw refuse(.notOfCase, "other has to be another open case that shares a member with this one")
            }
        default: break
        }
    }
}
