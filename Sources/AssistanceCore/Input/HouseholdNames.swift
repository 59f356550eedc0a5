/// What can be said of a household by one name and one text: facts, groups of them, lists, and numbers that stand for
/// facts, each with the word of its owner before it.
struct HouseholdNames {
    enum Meaning {
        /// A fact, by its place in the schema.
        case fact(Int)
        /// All facts of a group, by its place in the schema's groups.
        case group(Int)
        /// What is not named of a group.
        case others(Int)
        /// A list of entries.
        case list(FactOwner)
        case citizenNumber
        case disabilityCertificate
    }

    /// By the number of a fact its unit, empty where it has none.
    let units: [String]
    private let meanings: [String: Meaning]

    init(_ schema: FactSchema) {
        units = schema.facts.map(\.type.unit)
        var meanings: [String: Meaning] = [:]
        for (place, group) in schema.groups.enumerated() {
            let name = "\(group.owner.word).\(group.key)"
            meanings[name] = .group(place)
            if group.isClosable(in: schema) { meanings["\(name).\(FactGroup.others)"] = .others(place) }
        }
        for owner in FactOwner.allCases {
            guard let parent = owner.parent, let key = owner.listKey else { continue }
            meanings["\(parent.word).\(key)"] = .list(owner)
        }
        let member = FactOwner.member.word
        meanings["\(member).\(HouseholdKeys.Name.citizenNumber)"] = .citizenNumber
        meanings["\(member).\(HouseholdKeys.Name.disabilityCertificate)"] = .disabilityCertificate
        for (place, fact) in schema.facts.enumerated() { meanings[fact.name] = .fact(place) }
        self.meanings = meanings
    }

    subscript(name: String) -> Meaning? { meanings[name] }

    /// Why a name means nothing: with the one that was probably meant.
    func unknown(_ name: String) -> ValueFlaw {
        let fact = isQuotable(name) ? "there is no fact '\(name)'" : "this name is no fact"
        return ValueFlaw(
            code: .unknownFact, message: fact, suggestion: home(of: name) ?? closestName(to: name, among: meanings.keys)
        )
    }

    /// The name that ends as one does, of the same owner where there is one: `member.income.wages` for `member.wages`.
    private func home(of name: String) -> String? {
        guard isQuotable(name), let field = name.split(separator: ".").last else { return nil }
        let homes = meanings.keys.filter { $0.hasSuffix(".\(field)") }.sorted()
        return homes.first { $0.prefix { $0 != "." } == name.prefix { $0 != "." } } ?? homes.first
    }
}

extension Fact {
    /// The key with the word of its owner before it: `member.income.wages`.
    public var name: String { "\(owner.word).\(key)" }
}

extension FactSchema {
    /// The number of the fact of a name such as `member.income.wages`; throws the name that was probably meant.
    public func place(named name: String) throws(ValueFlaw) -> Int {
        if let dot = name.firstIndex(of: "."), let owner = FactOwner.allCases.first(where: { $0.word == name[..<dot] }),
            let place = place(owner, String(name[name.index(after: dot)...]))
        {
            return place
        }
        let names = HouseholdNames(self)
        guard names[name] == nil else {
            throw ValueFlaw(code: .unknownFact, message: "'\(name)' is no single fact; it is set by its name and text")
        }
        throw names.unknown(name)
    }
}
