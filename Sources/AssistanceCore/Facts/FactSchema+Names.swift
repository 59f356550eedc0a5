extension FactGroup {
    /// The group of what officers decide within the bounds of policy (裁量): `decided.each`.
    public static let decided = "decided"
}

extension FactSchema {
    /// Why a place cannot add a fact of this key, as a sentence; nil where it can.
    ///
    /// A name must mean one thing: in a household file, and in an expression that leaves out the owner.
    public func objection(to owner: FactOwner, _ key: String) -> String? {
        let name = "\(owner.word).\(key)"
        if place(owner, key) != nil { return "there is a fact '\(name)' already" }
        let keys = HouseholdKeys(self)
        let (group, field) = split(key)
        guard let group else {
            let isMeant = keys.key(owner, key) != nil || (owner, key) == (.member, FactSchema.age)
            if isMeant || key == HouseholdKeys.Name.households { return "'\(name)' has a meaning of its own already" }
            return shadowed(by: owner, key)
        }
        if group == FactGroup.decided {
            return "a decision is declared by the term that leaves it open, with 'within:'"
        }
        if field == FactGroup.others || field == FactGroup.total {
            return "'\(field)' has a meaning of its own in every group"
        }
        switch keys.key(owner, group) {
        case nil, .group?: return shadowed(by: owner, key)
        default: return "'\(owner.word).\(group)' is no group"
        }
    }

    /// What is computed from the date of birth stands beside the facts of a member.
    public static let age = "age"

    private func split(_ key: String) -> (group: String?, field: String) {
        guard let dot = key.firstIndex(of: ".") else { return (nil, key) }
        return (String(key[..<dot]), String(key[key.index(after: dot)...]))
    }

    /// The fact of an owner around or inside that has the key: which of them a bare name means would change.
    private func shadowed(by owner: FactOwner, _ key: String) -> String? {
        let other = FactOwner.allCases.first { other in
            other != owner && (other.isWithin(owner) || owner.isWithin(other)) && place(other, key) != nil
        }
        return other.map { "there is a fact '\($0.word).\(key)'; a name without its owner would mean another" }
    }
}
