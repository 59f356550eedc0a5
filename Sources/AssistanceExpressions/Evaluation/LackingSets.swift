/// The number of a set of lacking things within one evaluation.
struct LackingSet: Hashable, Sendable {
    let number: Int32
    static let none = LackingSet(number: 0)
}

/// The sets of lacking things of one evaluation.
///
/// Of a union only its two parts are kept, and its members are gathered where somebody asks for them: a large household
/// of which little is known has thousands of unions with hundreds of members each.
struct LackingSets {
    private enum Content {
        case member(Lacking)
        case union(LackingSet, LackingSet)
    }

    /// The content of the sets from number 1.
    private var contents: [Content] = []
    private var numbers: [Lacking: LackingSet] = [:]

    /// The set of one thing; always the same for the same.
    mutating func number(of lacking: Lacking) -> LackingSet {
        if let number = numbers[lacking] { return number }
        let number = add(.member(lacking))
        numbers[lacking] = number
        return number
    }

    /// What is lacking in either of two.
    mutating func union(_ a: LackingSet, _ b: LackingSet) -> LackingSet {
        if a == b || b == .none { return a }
        return a == .none ? b : add(.union(a, b))
    }

    private mutating func add(_ content: Content) -> LackingSet {
        contents.append(content)
        return LackingSet(number: Int32(contents.count))
    }

    /// The members of a set, each once: those of the first part of a union before those that only its second part has.
    func members(of set: LackingSet) -> [Lacking] {
        var members: [Lacking] = []
        var seen: Set<LackingSet> = [.none]
        var open = [set]
        while let next = open.popLast() {
            guard seen.insert(next).inserted, contents.indices.contains(Int(next.number) - 1) else { continue }
            switch contents[Int(next.number) - 1] {
            case .member(let lacking): members.append(lacking)
            case .union(let first, let second): open += [second, first]
            }
        }
        return members
    }
}
