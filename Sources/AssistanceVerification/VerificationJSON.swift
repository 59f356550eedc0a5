import AssistanceCore

extension Verification {
    /// Writes the verification in the form that `docs/schema/verification-1.schema.json` publishes.
    ///
    /// Members count from 0; values are texts as in a household file; sums are yuan, `{"least", "most"}` where they are not
    /// known and null where there are none.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        json.optional("id", id)
        json.optional("area", area.text)
        json.optional("date", date.iso)
        json.list("sources", sources) { json, source in
            json.optional("id", source.id)
            json.optional("label", source.label.chinese)
            json.optional("department", source.department)
        }
        json.list("members", members) { $0.optional("authorisation", $1.permission.word) }
        json.list("facts", facts) { json, fact in
            json.optional("source", sources.indices.contains(fact.source) ? sources[fact.source].id : nil)
            json.optional("fact", fact.fact.name)
            json.optional("member", fact.member)
            json.optional("outcome", fact.outcome.rawValue)
            json.optional("declared", fact.text(of: fact.declared))
            json.optional("found", fact.text(of: fact.found))
            json.key("at_least")
            json.bool(fact.isAtLeast)
            json.optional("day", fact.day?.iso)
            json.optional("confidence", fact.confidence)
        }
        json.list("unasked", unasked) { json, data in
            json.optional("department", data.department.id)
            json.optional("department_label", data.department.label.chinese)
            json.optional("kind", data.kind.id)
            json.optional("label", data.kind.label.chinese)
            json.key("facts")
            json.beginArray()
            for fact in data.facts { json.string(fact.name) }
            json.endArray()
        }
        json.list("decisions", decisions) { json, decision in
            json.optional("program", decision.program)
            json.optional("label", decision.label.chinese)
            json.key("changed")
            json.bool(decision.isChanged)
            json.key("declared")
            json.side(decision.declared)
            json.key("verified")
            json.side(decision.verified)
        }
        json.endObject()
    }
}

extension VerifiedFact {
    /// A value of the fact as a household file says it; several codes with spaces between, and none of them as `none`.
    func text(of value: Int64?) -> String? {
        guard let texts = value.map(fact.texts) else { return nil }
        return texts.isEmpty ? FactGroup.none : texts.joined(separator: " ")
    }
}

extension JSONWriter {
    fileprivate mutating func optional(_ name: String, _ text: String?) {
        key(name)
        if let text { string(text) } else { null() }
    }

    fileprivate mutating func optional(_ name: String, _ number: Int?) {
        key(name)
        if let number { integer(number) } else { null() }
    }

    fileprivate mutating func list<Item>(_ name: String, _ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
        key(name)
        beginArray()
        for item in items {
            beginObject()
            write(&self, item)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func side(_ side: VerifiedDecision.Side) {
        beginObject()
        optional("status", side.status.rawValue)
        for period in PaymentPeriod.allCases {
            guard let sum = side.totals[period], sum.known == nil else {
                optional(period.rawValue, side.totals[period]?.known?.text)
                continue
            }
            key(period.rawValue)
            beginObject()
            optional("least", sum.least.text)
            optional("most", sum.isUnbounded ? nil : sum.most.text)
            endObject()
        }
        endObject()
    }
}
