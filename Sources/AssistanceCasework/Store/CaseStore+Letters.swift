import AssistanceCore
import AssistanceRecords
import AssistanceStorage

extension CaseStore {
    /// 文书: a letter of a case, with the names of its members. Who read them is noted in the log of reads.
    ///
    /// It tells of the case as it stood after the last step of its kind, whatever came later. A decision that is confirmed
    /// and not yet handed over is answered as it would be handed over on this day. Refused where the case has not what
    /// the letter tells of, and where the actor's office is not of its area.
    ///
    /// - Parameter time: When, in seconds since 1970 by the host's clock; the day is that of China (UTC+8).
    public func letter(
        _ kind: LetterKind, of number: Int64, by actor: CaseActor, at time: Int64
    ) throws(CaseProblem) -> Letter {
        try CaseProblem.of {
            let policy = try policy(for: kind.step ?? .decide)
            return try records.write { writer in
                try LetterReader(writer, policy, actor, time).letter(kind, of: number)
            }
        }
    }

    /// 送达决定书: hands over the decision of a confirmed case: writes its letter of that day, seals the letter's text as the
    /// document of the step `decide`, and does the step, or nothing of it.
    ///
    /// - Parameters:
    ///   - day: The day on which it is handed over.
    ///   - time: When, in seconds since 1970 by the host's clock.
    public func decide(
        _ number: Int64, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(CaseProblem) -> Letter {
        try CaseProblem.of {
            let policy = try policy(for: .decide)
            return try records.write { writer in
                let letter = try LetterReader(writer, policy, actor, time, on: day).decision(of: number)
                let request = CaseRequest(CaseAction(.decide, on: day), document: Array(letter.text.utf8))
                _ = try CaseWriter(writer, policy, actor, time).advance(number, request)
                return letter
            }
        }
    }

    /// 公示: what a township, or all of another area, shows to the public of the cases whose notice began on a day: names
    /// masked, nothing of minors. Who read the names is noted in the log of reads of each case.
    public func notice(
        in area: DivisionCode, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(CaseProblem) -> Letter {
        try CaseProblem.of {
            let policy = try policy(for: .publish)
            return try records.write { writer in
                try LetterReader(writer, policy, actor, time).notice(in: area, on: day)
            }
        }
    }
}

/// Reads what letters are made of, and notes who does, within one transaction.
private struct LetterReader {
    private let writer: RecordWriter
    private let policy: CasePolicy
    private let actor: CaseActor
    private let time: Int64
    private let today: CalendarDate

    /// - Parameter day: The day that letters bear; by the time where none is named.
    init(
        _ writer: RecordWriter, _ policy: CasePolicy, _ actor: CaseActor, _ time: Int64, on day: CalendarDate? = nil
    ) {
        (self.writer, self.policy, self.actor, self.time) = (writer, policy, actor, time)
        today = day ?? .at(secondsSince1970: time)
    }

    func letter(_ kind: LetterKind, of number: Int64) throws -> Letter {
        var steps = try steps(of: number)
        if kind == .decision, let state = steps.last?.after, state.stage == .confirmed {
            steps.append(try draft(after: state))
        }
        return try letter(kind, of: number, after: steps)
    }

    /// The decision as it is handed over on the day; refused where none is confirmed.
    func decision(of number: Int64) throws -> Letter {
        var steps = try steps(of: number)
        guard let state = steps.last?.after else { throw CaseProblem.noCase(number) }
        steps.append(try draft(after: state))
        return try letter(.decision, of: number, after: steps)
    }

    private func letter(_ kind: LetterKind, of number: Int64, after steps: [Step]) throws -> Letter {
        guard let last = steps.last else { throw CaseProblem.noCase(number) }
        try checkOffice(last.after.area, last.event.action.step)
        guard let step = steps.last(where: { kind.tells(of: $0.event, from: $0.before, to: $0.after) }) else {
            throw kind.absence
        }
        try note(number, "letter-" + kind.rawValue)
        return Letter(try LetterWriter.page(kind, matter(kind, step, after: steps)))
    }

    func notice(in area: DivisionCode, on day: CalendarDate) throws -> Letter {
        try checkOffice(area, .publish)
        let rows = try writer.rows(
            in: area, "AND opened <= ?3 AND last >= ?3 ORDER BY id", [.integer(Int64(day.days))], .max)
        let items = try rows.compactMap { row -> PublicNotice.Item? in
            let step = try steps(of: row.number).last { $0.event.action.step == .publish && $0.event.action.day == day }
            guard let state = step?.after, area.contains(state.area) else { return nil }
            try note(row.number, "public-notice")
            let procedure = policy.machine(of: state.area, on: day).procedure
            return PublicNotice.Item(
                state: state, applicant: try applicant(of: state, on: day),
                citations: state.programs.flatMap { program in
                    [CaseStep.publish, .object].compactMap { procedure.rule(for: $0, program: program)?.citation }
                })
        }
        guard !items.isEmpty else {
            throw CaseRefusal(
                .notReady, .publish,
                "no notice of a case in \(area.text) began on \(day); name a day on which cases were published")
        }
        let notice = PublicNotice(
            area: (area, policy.name(of: area)), day: day, items: items, programs: policy.publicName(of:))
        return Letter(notice.page)
    }

    // MARK: Steps

    /// A step with the case before and after it.
    private typealias Step = (before: CaseState?, event: CaseEvent, after: CaseState)

    private func steps(of number: Int64) throws -> [Step] {
        var state: CaseState?
        return try writer.events(of: number).map { record in
            let before = state
            let event = try CaseState.fold(record, into: &state)
            guard let state else { throw CaseProblem.damaged(number) }
            return (before, event, state)
        }
    }

    /// The decision as it would be handed over on the day.
    private func draft(after state: CaseState) throws -> Step {
        var action = CaseAction(.decide, on: today)
        // The letter that this is for will be its document; until then it has the number of one that is there.
        action.document = state.household
        let event = try policy.machine(of: state.area, on: today).event(for: action, by: actor, on: state)
        var after = state
        guard after.fold(event) else { throw CaseProblem.damaged(state.number) }
        return (state, event, after)
    }

    // MARK: What a letter is made of

    private func matter(_ kind: LetterKind, _ step: Step, after steps: [Step]) throws -> LetterMatter {
        let (state, day) = (step.after, step.event.action.day)
        let machine = policy.machine(of: state.area, on: day)
        var names = LetterNames()
        for person in state.persons {
            names.persons[person] = try writer.person(person).name.map { MessageLine($0).text }
        }
        for area in state.area.chain { names.areas[area] = policy.name(of: area) }
        // While a review has computed nothing yet, what runs rests on the decision before it.
        let assessment = state.assessment ?? steps.last { $0.event.action.step == .decide }?.after.assessment
        // What was given for a month rests on decisions of its own, the last of which says what it is called.
        let given = steps.filter { $0.event.action.step == .supplement && $0.after.events <= state.events }
        let decision = try ([assessment] + given.reversed().map(\.event.action.document)).compactMap { $0 }
            .compactMap { RecordedDecision(try writer.document($0)) }
            .reduce(nil) { first, next in first?.completed(by: next) ?? next }
        for program in Set(state.programs + state.grants.map(\.program) + (step.before?.running.keys.map { $0 } ?? []))
        {
            names.programs[program] = decision?.programs[program]?.label ?? policy.label(of: program)?.chinese
        }
        let appeal = machine.procedure.rule(for: .appeal, program: state.programs.first)?.lasts
        return LetterMatter(
            before: step.before, state: state, event: step.event,
            lines: try reasons(kind, step, after: steps), decision: decision, names: names,
            procedure: machine.procedure, appealEnds: appeal.flatMap { machine.calendar.last(of: $0, after: day) },
            today: today)
    }

    /// The lines of the paper in which the reasons stand: of a decision the confirmer's opinion, else that of the step.
    private func reasons(_ kind: LetterKind, _ step: Step, after steps: [Step]) throws -> [String] {
        let document: Int64? =
            switch step.event.action.step {
            case .decide:
                steps.last { $0.event.action.step == .confirm && $0.after.events < step.after.events }?.event
                    .action.document
            case .decline, .end: step.event.action.document
            default: nil
            }
        guard let document else { return [] }
        return String(decoding: try writer.document(document), as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { MessageLine(String($0)).text }
    }

    /// The masked name of the applicant; nil where it is a minor's, or may be.
    private func applicant(of state: CaseState, on day: CalendarDate) throws -> MaskedName? {
        let file = try policy.household(try writer.document(state.household), on: day)
        let minors = policy.minors(in: file, in: state.area, on: day)
        guard let person = state.addressee, let place = state.persons.firstIndex(of: person),
            minors.indices.contains(place), minors[place] == false, let name = try writer.person(person).name
        else { return nil }
        return MaskedName(name)
    }

    // MARK: Who reads

    private func checkOffice(_ area: DivisionCode, _ step: CaseStep) throws(CaseRefusal) {
        guard actor.area.contains(area) else {
            throw CaseRefusal(
                .outsideArea, step,
                "the names of \(area.text) are not shown to an office of \(actor.area.text); ask the office it belongs to"
            )
        }
    }

    private func note(_ number: Int64, _ what: String) throws {
        try writer.note(read: number, what: what, actor: RecordActor(actor, writer.database.path), time: time)
    }
}
