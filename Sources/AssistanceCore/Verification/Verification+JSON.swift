extension QueriedPerson {
    /// The most persons of one list.
    static let limit = 100_000

    /// Reads `[{"citizen_number": "…", "name": "…"}]`; the name may be left out.
    public static func list(json bytes: [UInt8], file: String = "") throws(Diagnostic) -> [QueriedPerson] {
        let records = try JSONRecord.list(
            try JSONRecord.document(bytes, file: file), of: "persons", limit: limit, keys: ["citizen_number", "name"],
            file: file)
        var persons: [QueriedPerson] = []
        for record in records {
            persons.append(
                QueriedPerson(try record.citizenNumber("citizen_number"), name: try record.optionalText("name")))
        }
        return persons
    }
}

extension SourceFinding {
    /// `{"schema": 1, "source": "vehicle-registry", "findings": [{"person": 0, "outcome": "value", "fact":
    /// "household.vehicles", "value": "1", "day": "2026-01-31", "confidence": 95}]}`; the outcome is `value`, `none` or
    /// `unknown-person`, and what does not apply is null. Several codes are one text with spaces between.
    public static func json(_ findings: [SourceFinding], of source: any DataSource) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("source")
        json.string(source.id)
        json.key("findings")
        json.beginArray()
        for finding in findings { finding.write(to: &json) }
        json.endArray()
        json.endObject()
        return json.takeBytes()
    }

    private func write(to json: inout JSONWriter) {
        var (outcome, fact, value, day, confidence): (String, Fact?, Int64?, CalendarDate?, Int?)
        switch statement {
        case .value(let stored, let of, let on, let how):
            (outcome, fact, value, day, confidence) = ("value", of, stored, on, how)
        case .none(let of, let on): (outcome, fact, value, day, confidence) = ("none", of, nil, on, nil)
        case .unknownPerson: (outcome, fact, value, day, confidence) = ("unknown-person", nil, nil, nil, nil)
        }
        func string(_ key: String, _ text: String?) {
            json.key(key)
            if let text { json.string(text) } else { json.null() }
        }
        json.beginObject()
        json.key("person")
        json.integer(person)
        string("outcome", outcome)
        string("fact", fact?.name)
        string("value", value.flatMap { value in fact.map { $0.texts(of: value).joined(separator: " ") } })
        string("day", day?.iso)
        json.key("confidence")
        if let confidence { json.integer(confidence) } else { json.null() }
        json.endObject()
    }
}
