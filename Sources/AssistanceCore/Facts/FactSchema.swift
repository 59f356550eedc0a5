/// All facts an assessment may read, in a fixed order, with look-up by owner and key.
///
/// Immutable; may be shared between threads.
public struct FactSchema: Sendable {
    /// The facts; a fact's place here is its number everywhere.
    public let facts: [Fact]
    /// The groups that can be closed with "none".
    public let groups: [FactGroup]
    private let places: [FactOwner: [String: Int]]
    /// The numbers of facts whose declaration is wrong, which has been said; nothing is said of what uses them.
    private let broken: Set<Int>

    /// The facts of the nation.
    public static let national = FactSchema(
        facts: Fact.householdFacts + Fact.memberFacts + Fact.obligorFacts + Fact.plotFacts + Fact.billFacts
            + Fact.lossFacts)

    /// A schema of the given facts; those of the numbers in `broken` have been declared with a mistake.
    public init(facts: [Fact], broken: Set<Int> = []) {
        self.facts = facts
        self.broken = broken
        var places: [FactOwner: [String: Int]] = [:]
        for (place, fact) in facts.enumerated() { places[fact.owner, default: [:]][fact.key] = place }
        self.places = places
        var groups: [FactGroup] = []
        for (place, fact) in facts.enumerated() {
            guard let key = fact.group else { continue }
            if let known = groups.firstIndex(where: { $0.key == key && $0.owner == fact.owner }) {
                groups[known].fields.append((String(fact.key.dropFirst(key.count + 1)), place))
            } else {
                groups.append(
                    FactGroup(key: key, owner: fact.owner, fields: [(String(fact.key.dropFirst(key.count + 1)), place)])
                )
            }
        }
        let kind = places[.member]?["disability_kind"]
        let grade = places[.member]?["disability_grade"]
        if let kind, let grade {
            groups.append(FactGroup(key: "disability", owner: .member, fields: [("kind", kind), ("grade", grade)]))
        }
        self.groups = groups
    }

    /// The number of a fact, or nil where there is none of this key.
    public func place(_ owner: FactOwner, _ key: String) -> Int? { places[owner]?[key] }

    /// The number of a fact of the schema.
    public func place(of fact: Fact) -> Int? { place(fact.owner, fact.key) }

    /// The keys of an owner's facts, for suggestions.
    public func keys(of owner: FactOwner) -> [String] { facts.filter { $0.owner == owner }.map(\.key) }

    /// Whether the declaration of a fact is wrong, so that nothing can be computed from it.
    public func isBroken(_ place: Int) -> Bool { broken.contains(place) }

    /// The group of a key, or nil where there is none.
    public func group(_ owner: FactOwner, _ key: String) -> FactGroup? {
        groups.first { $0.owner == owner && $0.key == key }
    }
}

extension FactSchema {
    /// The schema with more facts, whose numbers are the next ones.
    public func adding(_ more: [Fact]) -> FactSchema { FactSchema(facts: facts + more, broken: broken) }

    /// The schema with another code in a list, for every fact that has this list.
    public func adding(_ code: Code, to list: CodeList) -> FactSchema {
        let longer = CodeList(list.codes + [code], isOpen: list.isOpen)
        return FactSchema(
            facts: facts.map { fact in
                switch fact.type {
                case .code(list): fact.with(.code(longer))
                case .codes(list): fact.with(.codes(longer))
                default: fact
                }
            }, broken: broken)
    }

    /// A list of the nation's with the codes that places have added to it.
    public func current(_ list: CodeList) -> CodeList {
        guard list.isOpen else { return list }
        return open.lazy.compactMap(\.type.codeList).first { $0.codes.starts(with: list.codes) } ?? list
    }

    /// The schema in which a fact counts as declared with a mistake.
    public func breaking(_ place: Int) -> FactSchema { FactSchema(facts: facts, broken: broken.union([place])) }

    /// The facts of the schema whose codes a place may add to.
    public var open: [Fact] { facts.filter { $0.type.codeList?.isOpen == true } }
}

/// Facts that stand together in a household file and can be closed: `income: {wages: 36000, others: none}`,
/// `disability: none`. What is closed is a stated zero; what is omitted stays unknown.
public struct FactGroup: Sendable {
    /// The key of the group.
    public let key: String
    /// Whose facts they are.
    public let owner: FactOwner
    /// The field names inside the group and the facts they set.
    public var fields: [(name: String, place: Int)]
}
