/// A column of a table of households, members, or entries of a list: what one of its cells says in a household file.
public struct HouseholdColumn: Hashable, Sendable {
    /// The name of the column: `income.wages`, `income.others`, `illness`, `plots`.
    public let name: String
    /// The key of the entry: `income`.
    public let key: String
    /// The key inside a group; nil outside one.
    public let field: String?
    /// The fact; nil for what is none, such as an id or what closes a group or a list.
    public let fact: Int?

    /// Whether its cells are several codes.
    public func hasSeveral(in schema: FactSchema) -> Bool {
        guard let fact, case .codes = schema.facts[fact].type else { return false }
        return true
    }

    /// The token of a cell's text, which is not empty.
    public func token(_ text: String, in schema: FactSchema) -> JSONToken.Kind {
        guard let fact else { return .string(text) }
        return schema.facts[fact].type.token(text)
    }
}

extension FactType {
    /// The token that a text without quotes is for a value of this type.
    func token(_ text: String) -> JSONToken.Kind {
        switch self {
        case .count, .amount: JSONNumber.isValid(text) ? .number(text) : .string(text)
        case .yesNo: text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
        case .code, .codes, .date, .division: .string(text)
        }
    }
}

extension FactSchema {
    /// The columns that a table of an owner's entries may have: its facts in their order, what closes its groups and
    /// lists, and the texts that stand for facts.
    public func columns(of owner: FactOwner) -> [HouseholdColumn] {
        func plain(_ key: String) -> HouseholdColumn { HouseholdColumn(name: key, key: key, field: nil, fact: nil) }
        var columns: [HouseholdColumn] = []
        if owner == .household { columns.append(plain(HouseholdKeys.Name.id)) }
        for (place, fact) in facts.enumerated() where fact.owner == owner {
            let field = fact.group.map { String(fact.key.dropFirst($0.count + 1)) }
            columns.append(HouseholdColumn(name: fact.key, key: fact.group ?? fact.key, field: field, fact: place))
        }
        for group in groups where group.owner == owner && group.isClosable(in: self) {
            columns.append(plain(group.key))
            columns.append(
                HouseholdColumn(
                    name: group.key + "." + FactGroup.others, key: group.key, field: FactGroup.others, fact: nil))
        }
        if owner == .member {
            columns += [HouseholdKeys.Name.citizenNumber, HouseholdKeys.Name.disabilityCertificate].map(plain)
        }
        columns += FactOwner.allCases.filter { $0.parent == owner && $0 != .member }.compactMap {
            $0.listKey.map(plain)
        }
        return columns
    }
}
