import AssistanceCore

extension CaseEvent {
    /// The event as canonical JSON: the same event gives the same bytes. Fields that are empty are not written, and who
    /// did it stands beside it in the chain.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        write(to: &json)
        json.endObject()
        return json.bytes
    }

    /// Writes its fields within an object.
    func write(to json: inout JSONWriter) {
        json.write(action)
        if !deadlines.isEmpty { json.list("deadlines", deadlines) { $0.write($1) } }
        if let lasts { json.text("lasts", lasts.iso) }
        if let effective { json.text("effective", effective.iso) }
        json.text("rule", rule)
    }

    /// Reads what `json` has written; nil for all else.
    public init?(json bytes: [UInt8], actor: String) {
        var tokens = JSONScanner(bytes)
        guard let first = try? tokens.next(), let node = try? JSONNode.read(first, &tokens),
            let action = CaseAction(node), let rule = node["rule"]?.text
        else { return nil }
        let written = node["deadlines"]?.items ?? []
        let deadlines = written.compactMap { node -> CaseDeadline? in
            guard let step = node["step"]?.text.flatMap(CaseStep.init(rawValue:)), let due = node["due"]?.day,
                let since = node["since"]?.day
            else { return nil }
            // Before limits could be several each counted from the step of its event.
            let after = node["after"].map { $0.text.flatMap(CaseStep.init(rawValue:)) } ?? action.step
            guard let after else { return nil }
            return CaseDeadline(
                step: step, due: due, isProvisional: node["provisional"] != nil, after: after, since: since,
                isExtended: node["extended"] != nil)
        }
        guard deadlines.count == written.count else { return nil }
        self.init(
            action: action, actor: actor, deadlines: deadlines, lasts: node["lasts"]?.day,
            effective: node["effective"]?.day,
            rule: rule)
    }
}

extension CaseAction {
    /// Reads the fields of an action from an object, which may hold others besides; nil where one is not what it has to be.
    init?(_ node: JSONNode) {
        guard let step = node["step"]?.text.flatMap(CaseStep.init(rawValue:)), let day = node["day"]?.day else {
            return nil
        }
        self.init(step, on: day)
        guard case .object(let entries) = node.content else { return nil }
        for entry in entries {
            if let field = CaseField(rawValue: entry.key), !read(field, entry.value) { return nil }
        }
    }

    /// Takes one field; false where the value is not what it has to be.
    mutating func read(_ field: CaseField, _ node: JSONNode) -> Bool {
        func set<Value>(_ place: inout Value, _ value: Value?) -> Bool {
            guard let value else { return false }
            place = value
            return true
        }
        func set<Value>(_ place: inout Value?, _ value: Value?) -> Bool {
            guard let value else { return false }
            place = value
            return true
        }
        switch field {
        case .document: return set(&document, node.integer)
        case .programs: return set(&programs, node.texts)
        case .papers: return set(&papers, node.texts)
        case .persons: return set(&persons, node.list(\.integer))
        case .area: return set(&area, node.text.flatMap { DivisionCode($0) })
        case .from: return set(&from, node.day)
        case .until: return set(&until, node.day)
        case .department: return set(&department, node.text)
        case .visitors: return set(&visitors, node.texts)
        case .number: return set(&number, node.integer.flatMap { Int(exactly: $0) })
        case .verdict: return set(&verdict, node.text.flatMap(CaseVerdict.init(rawValue:)))
        case .other: return set(&other, node.integer)
        case .outcomes: return set(&outcomes, node.list(CaseOutcome.init))
        case .policy: return set(&policy, node.text)
        case .sum: return set(&sum, node.money)
        case .limit: return set(&limit, node.text.flatMap(CaseStep.init(rawValue:)))
        }
    }
}

extension CaseOutcome {
    fileprivate init?(_ node: JSONNode) {
        guard let program = node["program"]?.text, let status = node["status"]?.text.flatMap(Status.init(rawValue:)),
            let grants = (node["grants"].map { $0.list(CaseGrant.init) } ?? [])
        else { return nil }
        self.init(
            program: program, status: status, grants: grants, route: node["route"]?.text,
            reviewClass: node["class"]?.text, reviewMonths: node["months"]?.integer.flatMap { Int(exactly: $0) },
            isSettled: node["open"] == nil)
    }
}

extension CaseGrant {
    fileprivate init?(_ node: JSONNode) {
        guard let benefit = node["benefit"]?.text,
            let period = node["period"]?.text.flatMap(PaymentPeriod.init(rawValue:)),
            let amount = node["amount"]?.money, let parts = (node["parts"].map { $0.list(CasePart.init) } ?? [])
        else { return nil }
        self.init(
            benefit: benefit, period: period, amount: amount, parts: parts,
            instalments: node["instalments"].flatMap(Instalments.init), from: node["from"]?.day,
            until: node["until"]?.day)
    }
}

extension CasePart {
    fileprivate init?(_ node: JSONNode) {
        guard let numbers = node.list(\.integer), numbers.count == 2 else { return nil }
        self.init(person: numbers[0], amount: Money(fen: numbers[1]))
    }
}

extension Instalments {
    fileprivate init?(_ node: JSONNode) {
        guard let each = node["each"]?.money, let count = node["count"]?.integer.flatMap({ Int(exactly: $0) })
        else { return nil }
        self.init(first: node["first"]?.money, each: each, count: count, last: node["last"]?.money)
    }
}

extension JSONWriter {
    /// A day due.
    mutating func write(_ deadline: CaseDeadline) {
        beginObject()
        text("step", deadline.step.rawValue)
        text("due", deadline.due.iso)
        text("after", deadline.after.rawValue)
        text("since", deadline.since.iso)
        if deadline.isProvisional {
            key("provisional")
            bool(true)
        }
        if deadline.isExtended {
            key("extended")
            bool(true)
        }
        endObject()
    }

    /// The fields of an action, within an object.
    fileprivate mutating func write(_ action: CaseAction) {
        text("step", action.step.rawValue)
        text("day", action.day.iso)
        if let document = action.document { number("document", document) }
        texts("programs", action.programs)
        texts("papers", action.papers)
        if !action.persons.isEmpty { list("persons", action.persons) { $0.integer($1) } }
        if let area = action.area { text("area", area.text) }
        if let from = action.from { text("from", from.iso) }
        if let until = action.until { text("until", until.iso) }
        if let department = action.department { text("department", department) }
        texts("visitors", action.visitors)
        if let place = action.number { number("number", Int64(place)) }
        if let verdict = action.verdict { text("verdict", verdict.rawValue) }
        if let other = action.other { number("other", other) }
        if !action.outcomes.isEmpty { list("outcomes", action.outcomes) { $0.write($1) } }
        if let policy = action.policy { text("policy", policy) }
        if let sum = action.sum { number("sum", sum.fen) }
        if let limit = action.limit { text("limit", limit.rawValue) }
    }

    mutating func write(_ outcome: CaseOutcome) {
        beginObject()
        text("program", outcome.program)
        text("status", outcome.status.rawValue)
        if !outcome.grants.isEmpty {
            list("grants", outcome.grants) { json, grant in
                json.beginObject()
                json.text("benefit", grant.benefit)
                json.text("period", grant.period.rawValue)
                json.number("amount", grant.amount.fen)
                if !grant.parts.isEmpty { json.list("parts", grant.parts) { $0.write($1) } }
                if let instalments = grant.instalments { json.write(instalments) }
                if let from = grant.from { json.text("from", from.iso) }
                if let until = grant.until { json.text("until", until.iso) }
                json.endObject()
            }
        }
        if let route = outcome.route { text("route", route) }
        if let code = outcome.reviewClass { text("class", code) }
        if let months = outcome.reviewMonths { number("months", Int64(months)) }
        if !outcome.isSettled {
            key("open")
            bool(true)
        }
        endObject()
    }

    private mutating func write(_ part: CasePart) {
        beginArray()
        integer(part.person)
        integer(part.amount.fen)
        endArray()
    }

    private mutating func write(_ instalments: Instalments) {
        key("instalments")
        beginObject()
        if let first = instalments.first { number("first", first.fen) }
        number("each", instalments.each.fen)
        number("count", Int64(instalments.count))
        if let last = instalments.last { number("last", last.fen) }
        endObject()
    }

    package mutating func text(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    package mutating func number(_ name: String, _ value: Int64) {
        key(name)
        integer(value)
    }

    mutating func texts(_ name: String, _ values: [String]) {
        if !values.isEmpty { list(name, values) { $0.string($1) } }
    }

    package mutating func list<Value>(
        _ name: String, _ values: [Value], _ write: (inout JSONWriter, Value) -> Void
    ) {
        key(name)
        beginArray()
        for value in values { write(&self, value) }
        endArray()
    }
}

extension JSONNode {
    /// A day as `YYYY-MM-DD`; nil for all else.
    package var day: CalendarDate? { text.flatMap { CalendarDate(iso: $0) } }

    /// A whole number; nil for all else.
    package var integer: Int64? {
        if case .number(let text) = content { Int64(text) } else { nil }
    }

    /// Whole fen; nil for all else.
    fileprivate var money: Money? { integer.map { Money(fen: $0) } }

    fileprivate var texts: [String]? { list(\.text) }

    /// The items of an array, each read; nil where one cannot be, or it is none.
    fileprivate func list<Value>(_ read: (JSONNode) -> Value?) -> [Value]? {
        guard let items else { return nil }
        var values: [Value] = []
        values.reserveCapacity(items.count)
        for item in items {
            guard let value = read(item) else { return nil }
            values.append(value)
        }
        return values
    }
}
