// The values of an entry: facts, groups of facts, and the texts that stand for facts.
extension HouseholdReading {
    /// The value of a fact from its first token.
    mutating func readFact(
        _ place: Int, from value: JSONToken, in entry: inout HouseholdEntry
    ) throws(Diagnostic) {
        let fact = keys.schema.facts[place]
        defer { entry.mentions.append(HouseholdEntry.Mention(place: place, position: value.position)) }
        switch (value.kind, fact.type) {
        case (.null, _): return
        case (.string(FactGroup.none), .codes): set(place, to: 0, at: value.position, in: entry, statedNone: true)
        case (.beginArray, .codes):
            guard let set = try readCodes(of: fact) else { return }
            self.set(place, to: set, at: value.position, in: entry, statedNone: set == 0)
        default:
            do throws(ValueFlaw) {
                set(place, to: try fact.stored(value.kind), at: value.position, in: entry)
            } catch {
                report(error, at: value.position)
                try skip(value)
            }
        }
    }

    /// The codes up to the end of a list, as a set of bits; nil where one is wrong.
    private mutating func readCodes(of fact: Fact) throws(Diagnostic) -> Int64? {
        var set: Int64? = 0
        var token = try tokens.next()
        var index = 0
        while token.kind != .endArray {
            do throws(ValueFlaw) {
                let code = try fact.stored(token.kind)
                set = set.map { $0 | code }
            } catch {
                path.enter(index)
                report(error, at: token.position)
                path.leave()
                set = nil
                try skip(token)
            }
            token = try tokens.next()
            index += 1
        }
        return set
    }

    /// Sets a fact, unless that contradicts what is known or cannot be.
    mutating func set(
        _ place: Int, to value: Int64, at position: SourcePosition, in entry: HouseholdEntry, statedNone: Bool = false
    ) {
        if let known = batch.value(place, row: entry.row), known != value {
            return report(EntryRules(keys: keys).otherValue(of: place), at: position)
        }
        if place == keys.birth, let flaw = EntryRules.birth(value, on: date) { return report(flaw, at: position) }
        batch.set(place, row: entry.row, to: value, statedNone: statedNone)
    }

    // MARK: Groups

    /// The value of a group: its facts, `none`, or the sum of all where the group has one.
    mutating func readGroup(
        _ place: Int, from value: JSONToken, in entry: inout HouseholdEntry
    ) throws(Diagnostic) {
        let group = keys.schema.groups[place]
        switch value.kind {
        case .null: return
        case .string(FactGroup.none) where group.isClosable(in: keys.schema):
            for (_, fact) in group.fields { setNone(fact, at: value.position, in: &entry) }
            return
        case .beginObject: try readFields(of: place, at: value.position, in: &entry)
        case .number:
            guard let total = group.total else { fallthrough }
            try readFact(total, from: value, in: &entry)
        default:
            let total = group.total == nil ? "" : ", their sum as a number"
            let none = group.isClosable(in: keys.schema) ? " or none" : ""
            reportWrongType(value, expected: "an object with the facts of this group\(total)\(none)")
            return try skip(value)
        }
        if !entry.groups.contains(where: { $0.place == place }) {
            entry.groups.append(HouseholdEntry.Group(place: place, position: value.position))
        }
    }

    private mutating func setNone(_ place: Int, at position: SourcePosition, in entry: inout HouseholdEntry) {
        guard let none = keys.schema.facts[place].type.noneValue else { return }
        set(place, to: none, at: position, in: entry, statedNone: true)
        entry.mentions.append(HouseholdEntry.Mention(place: place, position: position))
    }

    private mutating func readFields(
        of place: Int, at position: SourcePosition, in entry: inout HouseholdEntry
    ) throws(Diagnostic) {
        let group = keys.schema.groups[place]
        var token = try tokens.next()
        while let name = try key(token) {
            let value = try tokens.next()
            if let fact = group.fields.first(where: { $0.name == name })?.place {
                enter(name)
                try readFact(fact, from: value, in: &entry)
                leave()
            } else if name == FactGroup.others {
                enter(name)
                let isClosed = try readOthers(value, of: group)
                leave()
                entry.groups.append(HouseholdEntry.Group(place: place, position: position, isClosed: isClosed))
            } else {
                let names = group.fields.map(\.name) + [FactGroup.others]
                let home = keys.key(entry.owner, name) == nil ? nil : "it stands outside '\(group.key)'"
                reportUnknown(name, at: token.position, among: names, home: home)
                try skip(value)
            }
            token = try tokens.next()
        }
    }

    /// Whether `others` closes the group.
    private mutating func readOthers(_ value: JSONToken, of group: FactGroup) throws(Diagnostic) -> Bool {
        switch value.kind {
        case .null: return false
        case .string(FactGroup.none):
            if group.isClosable(in: keys.schema) { return true }
            report(.badValue, at: value.position, "this group cannot be closed; give its facts one by one")
        default:
            let rule = "none was expected, to say that there is nothing else; every other fact has its own key"
            report(.badValue, at: value.position, rule)
            try skip(value)
        }
        return false
    }

    // MARK: Texts that stand for facts

    mutating func readSchema() throws(Diagnostic) {
        let value = try tokens.next()
        switch value.kind {
        case .null: return
        case .number(let text) where (try? ExactDecimal.read(text, decimals: 0)) == HouseholdKeys.version: return
        default:
            enter(HouseholdKeys.Name.schema)
            let rule = "\(HouseholdKeys.version) was expected, the form of household files that this library reads"
            report(.schemaVersion, at: value.position, rule)
            leave()
            try skip(value)
        }
    }

    mutating func readID(_ value: JSONToken) throws(Diagnostic) -> String? {
        guard let text = try text(value, expected: "a text") else { return nil }
        guard let flaw = EntryRules.id(text) else { return text }
        report(flaw, at: value.position)
        return nil
    }

    mutating func readCitizenNumber(_ value: JSONToken, in entry: inout HouseholdEntry) throws(Diagnostic) {
        guard let text = try text(value, expected: "a text of 18 characters") else { return }
        do throws(ValueFlaw) {
            entry.citizen = (try EntryRules.citizenNumber(text), value.position)
        } catch {
            report(error, at: value.position)
        }
    }

    mutating func readDisabilityCertificate(_ value: JSONToken, in entry: inout HouseholdEntry) throws(Diagnostic) {
        guard let text = try text(value, expected: "a text of 20 characters") else { return }
        do throws(ValueFlaw) {
            entry.certificate = (try EntryRules.disabilityCertificate(text), value.position)
        } catch {
            report(error, at: value.position)
        }
    }

    /// The text of a value; nil where it was not given or is something else.
    private mutating func text(_ value: JSONToken, expected: String) throws(Diagnostic) -> String? {
        switch value.kind {
        case .string(let text): return text
        case .null: return nil
        default:
            let hint = if case .number = value.kind { " in quotes" } else { "" }
            reportWrongType(value, expected: expected + hint)
            try skip(value)
            return nil
        }
    }
}
