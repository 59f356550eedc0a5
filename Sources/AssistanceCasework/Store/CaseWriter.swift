import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords
import AssistanceStorage

/// One step within one transaction: what it needs is read, checked, sealed, appended and made searchable, or nothing is.
struct CaseWriter {
    private let writer: RecordWriter
    private let policy: CasePolicy
    private let actor: CaseActor
    private let time: Int64

    init(_ writer: RecordWriter, _ policy: CasePolicy, _ actor: CaseActor, _ time: Int64) {
        (self.writer, self.policy, self.actor, self.time) = (writer, policy, actor, time)
    }

    func apply(_ request: CaseRequest) throws -> CaseState {
        guard request.action.step == .apply else {
            throw CaseRefusal(.illegalTransition, request.action.step, "a case begins with apply")
        }
        let number = try writer.integers("SELECT coalesce(max(id), 0) + 1 FROM cases").first ?? 1
        let action = try completed(request, of: nil, number)
        try checkPrograms(action)
        guard let area = action.area else {
            throw CaseRefusal(.wrongFields, .apply, "it needs area")
        }
        let event = try policy.machine(of: area, on: action.day).event(for: action, by: actor, on: nil)
        guard let state = CaseState(number: number, event) else { throw CaseProblem.damaged(number) }
        try keep(event, state)
        return state
    }

    func advance(_ number: Int64, _ request: CaseRequest) throws -> CaseState {
        try advance(try writer.state(of: number), request)
    }

    /// - Parameter before: The case as it stands; one that has had other steps since is refused.
    func advance(_ before: CaseState, _ request: CaseRequest) throws -> CaseState {
        let number = before.number
        let events = try writer.integers("SELECT events FROM cases WHERE id = ?", [.integer(number)]).first
        guard events == Int64(before.events) else {
            throw CaseRefusal(.notReady, request.action.step, "the case has had other steps since; read it again")
        }
        var state = before
        let machine = policy.machine(of: state.area, on: request.action.day)
        let action = try completed(request, of: state, number)
        let other = try action.other.map { try writer.state(of: $0) }
        let event = try machine.event(for: action, by: actor, on: state, other: other)
        guard state.fold(event) else { throw CaseProblem.damaged(number) }
        try keep(event, state)
        return state
    }

    /// The action with its documents sealed, its persons numbered, and what it computes.
    private func completed(_ request: CaseRequest, of state: CaseState?, _ number: Int64) throws -> CaseAction {
        var action = request.action
        let today = CalendarDate.at(secondsSince1970: time)
        guard action.day <= today else {
            throw CaseRefusal(.tooEarly, action.step, "\(action.day) lies in the future; today is \(today)")
        }
        switch action.step {
        case let step where step.declaresHousehold:
            guard let text = request.document else { break }
            let file = try policy.household(text, on: action.day)
            let members = file.batch.rows(.member, of: 0).count
            guard request.people.count == members || (state != nil && request.people.isEmpty) else {
                throw CaseRefusal(
                    .wrongFields, action.step,
                    "the household has \(members) members, and \(request.people.count) persons are named")
            }
            let contradicted = state.map { RunningFacts($0).contradicted(by: file.batch) } ?? []
            guard contradicted.isEmpty else {
                throw CaseRefusal(
                    .wrongFields, action.step,
                    "the case knows what it granted, and the household says otherwise of \(contradicted.joined(separator: ", ")); leave that out of the household"
                )
            }
            action.persons = try request.people.map {
                try writer.keep(person: $0.citizenNumber.clearText, name: $0.name)
            }
        case .assess:
            guard let state, request.document == nil, action.outcomes.isEmpty else {
                throw CaseRefusal(.wrongFields, .assess, "what it computes is not handed over")
            }
            try assess(state, &action)
            return action
        case .supplement:
            guard let state, request.document == nil, action.outcomes.isEmpty else {
                throw CaseRefusal(.wrongFields, .supplement, "what it computes is not handed over")
            }
            try supplement(state, &action)
            return action
        default:
            guard let state, !request.members.isEmpty else { break }
            guard request.members.allSatisfy(state.persons.indices.contains) else {
                throw CaseRefusal(
                    .notOfCase, action.step, "members are numbered from 0 to \(state.persons.count - 1)")
            }
            action.persons = request.members.map { state.persons[$0] }
        }
        if let text = request.document {
            action.document = try writer.seal(text, subject: number, kind: action.step.rawValue)
        }
        return action
    }

    private func assess(_ state: CaseState, _ action: inout CaseAction) throws {
        let text = try writer.document(state.household)
        let day = state.isRunning ? action.day : state.opened
        let file = try policy.household(text, on: day)
        let facts = RunningFacts(state).completing(file.batch, deciding: state.examined)
        let assessment = try policy.assess(
            facts, id: file.households.first?.id, for: state.examined, in: state.area, on: day,
            stage: state.isRunning ? .review : .application)
        action.outcomes = state.examined.compactMap { program in
            assessment.determinations.first { $0.program == program }.map { CaseOutcome($0, of: state.persons) }
        }
        try keep(assessment, of: state, in: &action)
    }

    /// What a programme gives for a month to the household as it was last declared, with the standings of what runs.
    private func supplement(_ state: CaseState, _ action: inout CaseAction) throws {
        try checkPrograms(action)
        // Who may not do it is refused before anything is computed or sealed.
        var asked = action
        (asked.document, asked.policy) = (state.household, policy.engine.library.pack.digest)
        asked.outcomes = action.programs.map { CaseOutcome(program: $0, status: .undetermined) }
        _ = try policy.machine(of: state.area, on: action.day).event(for: asked, by: actor, on: state)
        guard let program = action.programs.first, let month = action.from else { return }

        let file = try declared(state, on: month)
        let assessment = try policy.assess(
            RunningFacts(state).completing(file.batch), id: file.households.first?.id, for: [program], in: state.area,
            on: month, stage: .review)
        guard let found = assessment.determinations.first(where: { $0.program == program }) else {
            throw CaseRefusal(.notEntitled, .supplement, "no policy of the area offers \(program) on \(month)")
        }
        action.outcomes = [try MonthlySupplement(found, month).outcome(of: state.persons)]
        try keep(assessment, of: state, in: &action)
    }

    /// The household as it was last declared, on the first day of a month.
    private func declared(_ state: CaseState, on month: CalendarDate) throws -> HouseholdFile {
        do {
            return try policy.household(writer.document(state.household), on: month)
        } catch CaseProblem.wrongInput {
            throw CaseRefusal(
                .notReady, .supplement,
                "the household as it was last declared was not so on \(month): it cannot be read for that day")
        }
    }

    /// Seals an assessment as the document of a step, and keeps the policy that it was made with.
    private func keep(_ found: Assessment, of state: CaseState, in action: inout CaseAction) throws {
        var assessment = found
        // What was applied for is kept, and of its steps what letters cite: all else is computed again from the household and
        // the pack, and a file of a province would be ten times as large with it.
        for place in assessment.determinations.indices {
            assessment.determinations[place].steps = assessment.determinations[place].steps.cited
        }
        // What is not official among all that programmes rest on stands in the pack; the weakest of it is told.
        assessment.weakDocuments = []
        var json = AssessmentJSON(.compact, explains: true)
        json.add(assessment)
        json.end()
        action.document = try writer.seal(json.takeBytes(), subject: state.number, kind: action.step.rawValue)
        action.policy = assessment.receipt.policyDigest
        try writer.keep(pack: policy.engine.library.pack.bytes, digest: assessment.receipt.policyDigest)
    }

    private func checkPrograms(_ action: CaseAction) throws {
        let known = policy.engine.planIDs
        let others = action.programs.filter { !known.contains($0) }
        guard others.isEmpty else {
            throw CaseRefusal(
                .notOfCase, action.step,
                "no programme is called \(others.joined(separator: ", ")); there are \(known.joined(separator: ", "))")
        }
    }

    private func keep(_ event: CaseEvent, _ state: CaseState) throws {
        let actor = try RecordActor(actor, writer.database.path)
        _ = try writer.append(
            subject: state.number, kind: event.action.step.rawValue, time: time, actor: actor, body: event.json)
        try writer.project(state)
    }
}
