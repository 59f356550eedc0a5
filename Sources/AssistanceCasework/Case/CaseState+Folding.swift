import AssistanceCore

extension CaseState {
    /// The case that an application begins; nil where the event is none.
    public init?(number: Int64, _ event: CaseEvent) {
        let action = event.action
        guard action.step == .apply, let household = action.document, let area = action.area else { return nil }
        self.number = number
        (self.area, opened, last) = (area, action.day, action.day)
        (programs, examined) = (action.programs, action.programs)
        (self.household, persons) = (household, action.persons)
        doers[action.step] = [event.actor]
        note(event.deadlines)
    }

    /// Takes the next event in. False where it is not one that `CaseMachine` could have allowed; the state is then of no use.
    public mutating func fold(_ event: CaseEvent) -> Bool {
        let action = event.action
        guard let transition = CaseTransition.all[action.step], transition.isOpen(at: stage) else { return false }
        // Before it is taken, for what sends the case back begins a round in which nobody has done anything yet.
        doers[action.step, default: []].insert(event.actor)
        // A step of the round may have to be done again; of all others the time is over.
        if !CaseStep.ofRound.contains(action.step) { limits.removeAll { $0.step == action.step } }
        guard take(event) else { return false }
        if stage == .closed { limits = [] }
        events += 1
        last = max(last, action.day)
        note(event.deadlines)
        return true
    }

    private mutating func note(_ deadlines: [CaseDeadline]) {
        for deadline in deadlines where !CaseStep.answers.contains(deadline.step) {
            limits.removeAll { $0.step == deadline.step && $0.after == deadline.after }
            limits.append(deadline)
        }
    }

    /// Takes over days that were counted anew of what waits for an answer: they stand with what waits.
    private mutating func recount(_ deadlines: [CaseDeadline]) {
        func counted(_ due: CaseDeadline?) -> CaseDeadline? {
            due.map { due in deadlines.first(where: due.isSame) ?? due }
        }
        for place in tasks.indices { tasks[place].due = counted(tasks[place].due) }
        for place in objections.indices { objections[place].due = counted(objections[place].due) }
        for place in complaints.indices { complaints[place].due = counted(complaints[place].due) }
    }

    private mutating func take(_ event: CaseEvent) -> Bool {
        let action = event.action
        switch action.step {
        case .apply: return false
        case .askPapers: (stage, lacking, hasAsked) = (.incomplete, action.papers, true)
        case .supplyPapers:
            lacking.removeAll(where: action.papers.contains)
            if lacking.isEmpty { stage = .applied }
        case .accept: stage = .accepted
        case .decline: (declined, decided, stage) = (stage, action.day, .closed)
        case .withdraw: stage = .closed
        case .registerRelative: for person in action.persons { relatives[person] = action.visitors }
        case .authorize:
            guard let from = action.from, let until = action.until else { return false }
            permissions.append(Permission(persons: action.persons, from: from, until: until))
        case .dispatch:
            guard let department = action.department else { return false }
            tasks.append(Task(department: department, programs: action.programs, due: event.due(.answer)))
        case .answer:
            guard let place = action.number, tasks.indices.contains(place - 1) else { return false }
            tasks[place - 1].answer = action.document
        case .verify: verification = action.document
        case .visit: if let record = action.document { visits.append(record) }
        case .assess: (stage, outcomes, assessment) = (.assessed, action.outcomes, action.document)
        case .review:
            return take(verdict: action.verdict) {
                $0.proposal = action.verdict; $0.stage = .reviewed
            }
        case .publish: (stage, noticeEnds) = (.noticed, event.lasts)
        case .object: objections.append(event.matter(answeredBy: .settle))
        case .settle:
            guard let place = action.number, objections.indices.contains(place - 1) else { return false }
            objections[place - 1].answer = action.document
            objections[place - 1].verdict = action.verdict
            if action.verdict == .approve { sendBack() }
        case .confirm:
            return take(verdict: action.verdict) {
                $0.verdict = action.verdict; $0.stage = .confirmed
            }
        case .decide: decide(event)
        case .relieve:
            guard let program = action.programs.first, let sum = action.sum else { return false }
            let relief = CaseGrant(benefit: action.step.rawValue, period: .once, amount: sum)
            grants.append(
                Granted(
                    program: program, grant: relief, from: action.day, until: nil, event: events + 1, by: .relieve,
                    given: sum))
        case .supplement:
            guard let program = action.programs.first, let month = action.from else { return false }
            for outcome in action.outcomes where outcome.program == program {
                grants += outcome.grants.map {
                    Granted(program: program, grant: $0, from: month, until: nil, event: events + 1, by: .supplement)
                }
            }
        case .report:
            if let declared = action.document { household = declared }
            if !action.persons.isEmpty { persons = action.persons }
            if stage == .granted { review() }
        case .recheck: review()
        case .end:
            for program in action.programs { stop(program, on: event.effective ?? action.day) }
            examined.removeAll(where: action.programs.contains)
            if running.isEmpty { stage = .closed }
        case .transfer: if let area = action.area { self.area = area }
        case .recordDeath:
            dead.formUnion(action.persons)
            if living.isEmpty {
                for program in running.keys { stop(program, on: event.effective ?? action.day) }
                stage = .closed
            } else if stage == .granted {
                review()
            }
        case .merge: (stage, mergedInto) = (.closed, action.other)
        case .complain, .appeal: complaints.append(event.matter(answeredBy: .reply))
        case .reply:
            guard let place = action.number, complaints.indices.contains(place - 1) else { return false }
            complaints[place - 1].answer = action.document
            complaints[place - 1].verdict = action.verdict
            if complaints[place - 1].step == .appeal, action.verdict == .approve { reopen() }
        case .extend, .recount: recount(event.deadlines)
        }
        return true
    }

    private mutating func take(verdict: CaseVerdict?, _ go: (inout CaseState) -> Void) -> Bool {
        guard let verdict else { return false }
        if verdict == .sendBack { sendBack() } else { go(&self) }
        return true
    }

    /// Begins a review of what runs. What was paid once is over, and would be granted a second time.
    private mutating func review() {
        examined = programs.filter { running[$0] != nil }
        begin()
    }

    /// Opens the case again, since an appeal was right: what was not taken up stands where it stood, and all else is examined
    /// again. Where another appeal has brought that about before, this one changes nothing more.
    private mutating func reopen() {
        if let declined {
            (stage, self.declined, decided) = (declined, nil, nil)
        } else if decided != nil {
            examined = programs
            begin()
        }
    }

    /// Sends the case back to be examined again. The time that counts from before the round, as from the acceptance, runs on.
    private mutating func sendBack() {
        let running = limits.filter { !CaseStep.ofRound.contains($0.after) }
        begin()
        limits += running.filter { CaseStep.ofRound.contains($0.step) }
    }

    /// Begins a round of verification and visits; where something runs it is a review.
    private mutating func begin() {
        stage = isRunning ? .reviewing : .accepted
        (verification, visits, tasks, outcomes, assessment) = (nil, [], [], [], nil)
        (proposal, noticeEnds, objections, verdict) = (nil, nil, [], nil)
        doers = doers.filter { !CaseStep.ofRound.contains($0.key) }
        limits.removeAll { CaseStep.ofRound.contains($0.step) }
    }

    private mutating func decide(_ event: CaseEvent) {
        let day = event.action.day
        (decision, decided) = (event.action.document, day)
        limits.removeAll { CaseStep.ofRound.contains($0.step) }
        let effective = event.effective ?? day
        for outcome in outcomes {
            stop(outcome.program, on: effective)
            guard verdict == .approve, outcome.status == .eligible else { continue }
            if !outcome.isPaidOnce { running[outcome.program] = outcome }
            replaceOnce(outcome.program)
            var relief = reliefLeft(of: outcome.program)
            for grant in outcome.grants {
                let given = grant.period == .once ? min(relief, grant.amount) : .zero
                relief = relief.subtracting(given) ?? .zero
                // What is paid once or by the year was fixed by the assessment; what is paid by the month begins with the
                // decision, unless the assessment lets it begin later.
                let from = grant.period == .monthly ? max(effective, grant.from ?? effective) : grant.from ?? day
                grants.append(
                    Granted(
                        program: outcome.program, grant: grant, from: from, until: grant.until, event: events + 1,
                        by: .decide, given: given))
            }
        }
        stage = running.isEmpty ? .closed : .granted
        let months = running.values.compactMap(\.reviewMonths).min()
        reviewDue = months.flatMap { day.adding(months: $0, endOfMonth: .clamp) }
    }

    /// Withdraws what was granted once, where the same programme is granted again, as after an appeal: the new grant stands in
    /// its place, and what was paid is set off.
    private mutating func replaceOnce(_ program: String) {
        for place in grants.indices
        where grants[place].program == program && grants[place].grant.period == .once && grants[place].by == .decide {
            (grants[place].until, grants[place].given) = (grants[place].from, .zero)
        }
    }

    /// What was handed over for a programme and has not been set off against a grant yet.
    ///
    /// What stays of it in the end is not claimed back: it was given for an emergency before anything could be examined,
    /// and a smaller sum, or none, does not show that it was given wrongly.
    private func reliefLeft(of program: String) -> Money {
        grants.reduce(Money.zero) { left, granted in
            guard granted.program == program else { return left }
            return (granted.by == .relieve ? left.adding(granted.given) : left.subtracting(granted.given)) ?? .zero
        }
    }

    /// Ends what runs of a programme by the month from a day on. What is paid once or by the year has been earned.
    private mutating func stop(_ program: String, on day: CalendarDate) {
        running[program] = nil
        for place in grants.indices where grants[place].program == program && grants[place].grant.period == .monthly {
            if grants[place].until.map({ day < $0 }) ?? true { grants[place].until = max(day, grants[place].from) }
        }
    }
}

extension CaseStep {
    /// The steps that are done anew in each round.
    static let ofRound: Set<CaseStep> = [
        .dispatch, .answer, .verify, .visit, .assess, .review, .publish, .object, .settle, .confirm, .decide,
    ]

    /// The steps that answer something that waits: each has a time of its own.
    static let answers: Set<CaseStep> = [.answer, .settle, .reply]
}

extension CaseEvent {
    fileprivate func due(_ step: CaseStep) -> CaseDeadline? {
        deadlines.filter { $0.step == step }.min { $0.due < $1.due }
    }

    /// The matter that an objection, complaint or appeal opens.
    fileprivate func matter(answeredBy step: CaseStep) -> CaseState.Matter {
        CaseState.Matter(step: action.step, document: action.document ?? 0, due: due(step))
    }
}
