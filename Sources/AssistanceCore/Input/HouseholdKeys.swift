/// What a key of an entry of a household file stands for.
enum HouseholdKey {
    /// A fact, by its place in the schema.
    case fact(Int)
    /// A group of facts, by its place in the schema's groups.
    case group(Int)
    /// A list of entries.
    case list(FactOwner)
    /// The version of the file's form.
    case schema
    /// The caller's name for the household.
    case id
    /// The citizen number, from which birth and sex are read.
    case citizenNumber
    /// The number of the disability certificate, from which kind and grade are read.
    case disabilityCertificate
}

/// All keys of a household file, from the schema.
struct HouseholdKeys {
    /// The keys that stand for more than one fact, with their spelling.
    enum Name {
        static let schema = "schema"
        static let households = "households"
        static let id = "id"
        static let citizenNumber = "citizen_number"
        static let disabilityCertificate = "disability_certificate"
    }

    /// The version of the form that this library reads.
    static let version: Int64 = 1
    /// The most characters of an id.
    static let idLength = 64

    /// The schema.
    let schema: FactSchema
    private let keys: [FactOwner: [String: HouseholdKey]]

    // The facts that have a meaning to the reader; nil where the schema has none.
    let area, size, birth, sex, disabilityKind, disabilityGrade: Int?

    init(_ schema: FactSchema) {
        self.schema = schema
        var keys: [FactOwner: [String: HouseholdKey]] = [:]
        for (place, fact) in schema.facts.enumerated() where fact.group == nil {
            keys[fact.owner, default: [:]][fact.key] = .fact(place)
        }
        for (place, group) in schema.groups.enumerated() { keys[group.owner, default: [:]][group.key] = .group(place) }
        for owner in FactOwner.allCases {
            guard let parent = owner.parent, let key = owner.listKey else { continue }
            keys[parent, default: [:]][key] = .list(owner)
        }
        keys[.household, default: [:]][Name.schema] = .schema
        keys[.household, default: [:]][Name.id] = .id
        keys[.member, default: [:]][Name.citizenNumber] = .citizenNumber
        keys[.member, default: [:]][Name.disabilityCertificate] = .disabilityCertificate
        self.keys = keys
        area = schema.place(of: .area)
        size = schema.place(of: .size)
        birth = schema.place(of: .birth)
        sex = schema.place(of: .sex)
        disabilityKind = schema.place(of: .disabilityKind)
        disabilityGrade = schema.place(of: .disabilityGrade)
    }

    /// What a key of an owner's entries stands for; nil where there is no such key.
    func key(_ owner: FactOwner, _ name: String) -> HouseholdKey? { keys[owner]?[name] }

    /// All keys of an owner's entries.
    func names(_ owner: FactOwner) -> [String] { keys[owner].map { Array($0.keys) } ?? [] }

    /// Where a key that has no meaning here would have one: `it stands inside 'income'`; nil where nowhere.
    func home(of name: String, wantedIn owner: FactOwner) -> String? {
        let group = schema.groups.first { group in
            group.owner == owner && group.fields.contains { $0.name == name || group.key + "." + $0.name == name }
        }
        if let group { return "it stands inside '\(group.key)'" }
        let other = FactOwner.allCases.first { $0 != owner && key($0, name) != nil }
        return other.map { "it belongs to the \($0.label.english)" }
    }
}
