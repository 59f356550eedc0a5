import AssistanceCasework
import AssistanceCore
import AssistanceRecords

/// A case that went through its steps, done again for other persons in other places.
///
/// What a copy writes is what its steps would have written, sealed, chained and listed in the same way. Only what an office
/// decides is not decided again, which is nearly all that a step costs.
struct CaseTemplate {
    fileprivate let steps: [(event: CaseEvent, record: RecordEvent, document: [UInt8]?)]
    fileprivate let persons: [Int64]

    init(_ number: Int64, of store: CaseStore) throws {
        steps = try store.records.read { reader in
            try reader.events(of: number).map { record in
                guard let event = CaseEvent(json: record.body, actor: record.actor.id) else {
                    throw CaseProblem.damaged(number)
                }
                return (event, record, try event.action.document.map { try reader.document($0) })
            }
        }
        persons = steps.first?.event.action.persons ?? []
    }
}

/// One case on its way through the steps of a template.
struct CaseCopy {
    private let template: CaseTemplate
    private let number: Int64
    private let area: DivisionCode
    private let people: [CasePerson]
    private var persons: [Int64: Int64] = [:]
    private var done = 0
    private var state: CaseState?

    init(_ template: CaseTemplate, as number: Int64, in area: DivisionCode, of people: [CasePerson]) {
        (self.template, self.number, self.area, self.people) = (template, number, area, people)
    }

    /// Does the next step; false where there is none. The lists get the case with its last.
    mutating func advance(_ writer: RecordWriter) throws -> Bool {
        guard template.steps.indices.contains(done) else { return false }
        let (event, record, document) = template.steps[done]
        if done == 0 {
            for (person, known) in zip(people, template.persons) {
                persons[known] = try writer.keep(person: person.citizenNumber.clearText, name: person.name)
            }
        }
        var action = event.action
        action.document = try document.map { try writer.seal($0, subject: number, kind: action.step.rawValue) }
        action.persons = action.persons.compactMap { persons[$0] }
        if action.area != nil { action.area = area }
        for outcome in action.outcomes.indices {
            for grant in action.outcomes[outcome].grants.indices {
                let parts = action.outcomes[outcome].grants[grant].parts
                action.outcomes[outcome].grants[grant].parts = parts.map {
                    CasePart(person: persons[$0.person] ?? 0, amount: $0.amount)
                }
            }
        }
        let copy = CaseEvent(
            action: action, actor: event.actor, deadlines: event.deadlines, lasts: event.lasts,
            effective: event.effective, rule: event.rule)
        let written = try writer.append(
            subject: number, kind: record.kind, time: record.time, actor: record.actor, body: copy.json)
        if state == nil {
            state = CaseState(number: number, copy)
        } else if state?.fold(copy) != true {
            throw CaseProblem.damaged(written.subject)
        }
        done += 1
        if done == template.steps.count, let state { try writer.project(state) }
        return true
    }
}
