extension FactSchema {
    /// The JSON Schema (2020-12) of a household file with these facts.
    ///
    /// It accepts what the reader of household files accepts, as far as JSON Schema can say it: not whether a day is one
    /// of the calendar, a check character agrees, or two facts contradict each other.
    public func jsonSchema(_ layout: JSONWriter.Layout = .pretty) -> String {
        var document = HouseholdSchemaWriter(self, layout)
        document.write()
        return document.json.text
    }
}

/// Writes the JSON Schema of household files.
private struct HouseholdSchemaWriter {
    private(set) var json: JSONWriter
    private let schema: FactSchema

    init(_ schema: FactSchema, _ layout: JSONWriter.Layout) {
        self.schema = schema
        json = JSONWriter(layout)
    }

    /// The whole document: one household, a list of them, or both with the version of the form.
    mutating func write() {
        object { writer in
            writer.text("$schema", "https://json-schema.org/draft/2020-12/schema")
            writer.text("title", "Household file")
            writer.anyOf([
                { $0.reference(.household) },
                { $0.households() },
                { writer in
                    writer.closedObject { writer in
                        writer.property(HouseholdKeys.Name.schema) { $0.version() }
                        writer.property(HouseholdKeys.Name.households) { $0.households() }
                    }
                    writer.member("required") { $0.strings([HouseholdKeys.Name.households]) }
                },
            ])
            writer.property("$defs") { writer in
                for owner in FactOwner.allCases { writer.property(owner.word) { $0.definition(of: owner) } }
            }
        }
    }

    private mutating func households() {
        text("type", "array")
        integer("maxItems", HouseholdLimits().households)
        property("items") { $0.reference(.household) }
    }

    // MARK: Owners

    private mutating func definition(of owner: FactOwner) {
        label(owner.label)
        closedObject { writer in
            writer.special(owner)
            for fact in writer.schema.facts where fact.owner == owner && fact.group == nil {
                writer.property(fact.key) { $0.fact(fact) }
            }
            for group in writer.schema.groups where group.owner == owner {
                writer.property(group.key) { $0.group(group) }
            }
            for list in FactOwner.allCases where list.parent == owner {
                guard let key = list.listKey else { continue }
                writer.property(key) { $0.list(list) }
            }
        }
    }

    /// The keys that are not facts.
    private mutating func special(_ owner: FactOwner) {
        switch owner {
        case .household:
            property(HouseholdKeys.Name.schema) { $0.version() }
            property(HouseholdKeys.Name.id) { writer in
                writer.types(["string", "null"])
                writer.integer("minLength", 1)
                writer.integer("maxLength", HouseholdKeys.idLength)
            }
        case .member:
            property(HouseholdKeys.Name.citizenNumber) { $0.string(matching: "[0-9]{17}[0-9Xx]") }
            property(HouseholdKeys.Name.disabilityCertificate) {
                $0.string(matching: "[0-9]{17}[0-9Xx][1-7][1-4]")
            }
        case .obligor, .plot, .bill, .loss: break
        }
    }

    private mutating func list(_ owner: FactOwner) {
        label(owner.label)
        anyOf([
            { writer in
                writer.text("type", "array")
                if owner == .member { writer.integer("minItems", 1) }
                writer.integer("maxItems", owner.limit)
                writer.property("items") { $0.reference(owner) }
            },
            { $0.values(owner == .member ? [] : [.text(FactGroup.none)]) },
        ])
    }

    private mutating func group(_ group: FactGroup) {
        let isClosable = group.isClosable(in: schema)
        let none: [Value] = isClosable ? [.text(FactGroup.none)] : []
        var forms: [(inout Self) -> Void] = [
            { writer in
                writer.closedObject { writer in
                    for (name, place) in group.fields {
                        let fact = writer.schema.facts[place]
                        writer.property(name) { $0.fact(fact) }
                    }
                    writer.property(FactGroup.others) { $0.values(none) }
                }
            },
            { $0.values(none) },
        ]
        if let total = group.total.map({ schema.facts[$0] }) { forms.append { $0.fact(total) } }
        anyOf(forms)
    }

    // MARK: Facts

    private mutating func fact(_ fact: Fact) {
        label(fact.label)
        if !fact.type.unit.isEmpty { text("x-unit", fact.type.unit) }
        if let standard = fact.standard { text("x-standard", standard) }
        switch fact.type {
        case .code(let list): values(Self.values(of: list))
        case .codes(let list):
            let codes = Self.values(of: list)
            anyOf([
                { writer in
                    writer.text("type", "array")
                    writer.property("items") { $0.values(codes, orNull: false) }
                },
                { $0.values([.text(FactGroup.none)] + codes) },
            ])
        case .yesNo: values([.bool(true), .bool(false), .text("yes"), .text("no")])
        case .date:
            text("format", "date")
            string(matching: "(?:19|[2-9][0-9])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
        case .count(let range):
            types(["integer", "null"])
            bounds(range, decimals: 0)
        case .amount(_, let range):
            types(["number", "null"])
            // That there are two decimals at most is the reader's to say: `multipleOf: 0.01` makes validators that
            // compute in binary fractions refuse 8639.88.
            bounds(range, decimals: fact.type.decimals)
        case .division:
            anyOf([
                { $0.string(matching: Self.division) },
                { writer in
                    writer.text("type", "integer")
                    writer.anyOf([6, 9, 12].map { digits in { $0.integers(ofDigits: digits) } })
                },
            ])
        }
    }

    /// Six digits of a county or what it lies in, nine of a township, twelve of a village; no gap between the levels.
    private static let division =
        "(?:0{6}|0{9}|0{12}|(?!00)[0-9]{2}0{4}(?:0{3}){0,2}|(?!00)[0-9]{2}(?!00)[0-9]{4}(?:(?!000)[0-9]{3}(?:[0-9]{3})?|"
        + "0{3}(?:0{3})?)?)"

    private mutating func integers(ofDigits digits: Int) {
        // The first two digits are a province, and so not 00.
        let least = (0..<digits - 1).reduce(Int64(1)) { power, _ in power * 10 }
        integer("minimum", least)
        integer("maximum", least * 10 - 1)
    }

    private mutating func bounds(_ range: ClosedRange<Int64>, decimals: Int) {
        member("minimum") { $0.json.decimal(Self.text(range.lowerBound, decimals)) }
        member("maximum") { $0.json.decimal(Self.text(range.upperBound, decimals)) }
    }

    private static func text(_ stored: Int64, _ decimals: Int) -> String {
        decimals == 0 ? String(stored) : Money(fen: stored).text
    }

    /// The names of codes, the standard's codes that mean them, and those that can be written as numbers.
    private static func values(of list: CodeList) -> [Value] {
        let standard = list.codes.flatMap(\.standard)
        var numbers: [Int64] = []
        for number in standard.compactMap({ ASCII.number($0.utf8) }) where !numbers.contains(number) {
            numbers.append(number)
        }
        return (list.codes.map(\.name) + standard).map(Value.text) + numbers.map(Value.integer)
    }

    // MARK: Words of JSON Schema

    private enum Value {
        case text(String)
        case bool(Bool)
        case integer(Int64)
    }

    /// One of these values, or null for what is not known.
    private mutating func values(_ values: [Value], orNull: Bool = true) {
        member("enum") { writer in
            writer.json.beginArray()
            for value in values {
                switch value {
                case .text(let text): writer.json.string(text)
                case .bool(let bool): writer.json.bool(bool)
                case .integer(let integer): writer.json.integer(integer)
                }
            }
            if orNull { writer.json.null() }
            writer.json.endArray()
        }
    }

    private mutating func version() { values([.integer(HouseholdKeys.version)]) }

    private mutating func string(matching pattern: String) {
        types(["string", "null"])
        text("pattern", "^\(pattern)$")
    }

    private mutating func reference(_ owner: FactOwner) { text("$ref", "#/$defs/\(owner.word)") }

    private mutating func label(_ label: Label) { text("title", "\(label.chinese) (\(label.english))") }

    private mutating func types(_ names: [String]) { member("type") { $0.strings(names) } }

    private mutating func strings(_ texts: [String]) {
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
    }

    private mutating func text(_ key: String, _ value: String) { member(key) { $0.json.string(value) } }

    private mutating func integer(_ key: String, _ value: some BinaryInteger) { member(key) { $0.json.integer(value) } }

    /// An object that has these keys and no other.
    private mutating func closedObject(_ properties: (inout Self) -> Void) {
        text("type", "object")
        property("properties", properties)
        member("additionalProperties") { $0.json.bool(false) }
    }

    private mutating func anyOf(_ forms: [(inout Self) -> Void]) {
        member("anyOf") { writer in
            writer.json.beginArray()
            for form in forms { writer.object(form) }
            writer.json.endArray()
        }
    }

    private mutating func property(_ key: String, _ body: (inout Self) -> Void) { member(key) { $0.object(body) } }

    private mutating func member(_ key: String, _ value: (inout Self) -> Void) {
        json.key(key)
        value(&self)
    }

    private mutating func object(_ body: (inout Self) -> Void) {
        json.beginObject()
        body(&self)
        json.endObject()
    }
}
