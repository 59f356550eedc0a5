import AssistanceCore
import AssistanceRecords

extension CaseOverview {
    /// The overview as JSON; docs/casework.md says what it holds. Sums are in fen.
    ///
    /// - Parameter persons: Who the members are, where somebody may read that.
    public func json(persons: [RecordPerson]? = nil) -> String {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.number("schema", 1)
        json.text("day", day.iso)
        json.write(state)
        if let persons {
            json.list("persons", persons) { json, person in
                json.beginObject()
                json.text("name", person.name ?? "")
                json.text("citizen_number", person.citizenNumber)
                json.endObject()
            }
        }
        json.list("next", next) { $0.write($1) }
        json.list("history", history) { json, done in
            json.beginObject()
            json.number("event", done.record.number)
            json.number("time", done.record.time)
            json.text("actor", done.record.actor.id)
            json.text("role", done.record.actor.role)
            json.text("office", DivisionCode(number: done.record.actor.area)?.text ?? "")
            done.event.write(to: &json)
            json.endObject()
        }
        json.endObject()
        return json.text + "\n"
    }
}

extension CaseState {
    /// The case as JSON, as it stands after a step.
    public var json: String {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.number("schema", 1)
        json.write(self)
        json.endObject()
        return json.text + "\n"
    }
}

extension JSONWriter {
    /// What a case adds up to, within an object.
    fileprivate mutating func write(_ state: CaseState) {
        number("case", state.number)
        text("stage", state.stage.rawValue)
        text("area", state.area.text)
        text("opened", state.opened.iso)
        text("last", state.last.iso)
        list("programs", state.programs) { $0.string($1) }
        number("members", Int64(state.persons.count))
        number("living", Int64(state.living.count))
        list("lacking", state.lacking) { $0.string($1) }
        list("deadlines", state.deadlines.values.sorted { ($0.due, $0.step.rawValue) < ($1.due, $1.step.rawValue) }) {
            $0.write($1)
        }
        orNull("notice_ends", state.noticeEnds?.iso)
        orNull("proposal", state.proposal?.rawValue)
        orNull("verdict", state.verdict?.rawValue)
        orNull("decided", state.decided?.iso)
        orNull("review_due", state.reviewDue?.iso)
        key("merged_into")
        if let other = state.mergedInto { integer(other) } else { null() }
        list("outcomes", state.outcomes) { $0.write($1) }
        list("running", state.running.keys.sorted()) { $0.string($1) }
        list("grants", state.grants) { $0.write($1) }
        list("tasks", state.tasks) { $0.write($1) }
        list("objections", state.objections) { $0.write($1) }
        list("complaints", state.complaints) { $0.write($1) }
    }

    private mutating func write(_ granted: CaseState.Granted) {
        beginObject()
        text("program", granted.program)
        text("benefit", granted.grant.benefit)
        text("period", granted.grant.period.rawValue)
        number("fen", granted.grant.amount.fen)
        number("given_fen", granted.given.fen)
        text("from", granted.from.iso)
        orNull("until", granted.until?.iso)
        endObject()
    }

    private mutating func write(_ task: CaseState.Task) {
        beginObject()
        text("department", task.department)
        list("programs", task.programs) { $0.string($1) }
        orNull("due", task.due?.due.iso)
        key("is_answered")
        bool(task.answer != nil)
        endObject()
    }

    private mutating func write(_ matter: CaseState.Matter) {
        beginObject()
        text("step", matter.step.rawValue)
        orNull("due", matter.due?.due.iso)
        key("is_answered")
        bool(matter.answer != nil)
        orNull("verdict", matter.verdict?.rawValue)
        endObject()
    }

    fileprivate mutating func write(_ option: CaseOption) {
        beginObject()
        text("step", option.step.rawValue)
        list("roles", option.roles) { $0.string($1.rawValue) }
        text("level", option.level.word)
        text("rule", option.rule)
        key("hindrance")
        if let hindrance = option.hindrance {
            beginObject()
            text("code", hindrance.code.rawValue)
            text("message", hindrance.message)
            endObject()
        } else {
            null()
        }
        endObject()
    }

    package mutating func orNull(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }
}
