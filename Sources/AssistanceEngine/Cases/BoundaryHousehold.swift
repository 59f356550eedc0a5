import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// The household of boundary cases: one adult, of whom all that the policy asks for is stated to be nothing.
struct BoundaryHousehold {
    /// The years of the adult: of age, and not old.
    private static let years = 40

    private let schema: FactSchema
    private let date: CalendarDate
    /// The facts that the policy reads, by number.
    private let facts: [Int]
    private let lists: [FactOwner]

    /// The household for a policy that reads these facts.
    init(_ read: Set<Int>, _ schema: FactSchema, on date: CalendarDate) {
        self.schema = schema
        self.date = date
        facts = read.sorted()
        lists = FactOwner.allCases.filter { owner in
            owner != .household && owner != .member && read.contains { schema.facts[$0].owner == owner }
        }
    }

    /// The code facts of the household that a case chooses: town or countryside.
    func choices(_ read: Set<Int>) -> [[Int: Int64]] {
        let places = read.filter { place in
            if case .code = schema.facts[place].type { return schema.facts[place].owner == .household }
            return false
        }
        guard let place = places.sorted().first, places.count == 1 else { return [[:]] }
        return schema.facts[place].type.storedRange.map { [place: $0] }
    }

    // MARK: Text

    /// The facts of an owner as the entries of a mapping in YAML, but for those that a case states itself.
    ///
    /// - Parameter stated: What a case states, by number; nothing else is written where `isWhole` is not set.
    func entries(of owner: FactOwner, stating stated: [Int: Int64], isWhole: Bool) -> [String] {
        var written: Set<String> = []
        var entries: [String] = []
        for place in (isWhole ? facts : []) + stated.keys.sorted() where schema.facts[place].owner == owner {
            if let group = group(of: place) {
                guard written.insert(group.key).inserted else { continue }
                if let value = text(of: group, stated) { entries.append("\(group.key): \(value)") }
            } else if let value = stated[place] ?? (isWhole ? base(place) : nil), written.insert("\(place)").inserted {
                entries.append("\(schema.facts[place].key): \(text(place, value))")
            }
        }
        guard isWhole else { return entries }
        return entries
            + lists.filter { $0.parent == owner }.compactMap { list in
                list.listKey.map { "\($0): \(FactGroup.none)" }
            }
    }

    /// The whole household with what a case states.
    func text(stating stated: [Int: Int64], area: DivisionCode) -> String {
        let household = ["area: \(area.text)"] + entries(of: .household, stating: stated, isWhole: true)
        let member = entries(of: .member, stating: stated, isWhole: true)
        return "{" + (household + ["members: [{\(member.joined(separator: ", "))}]"]).joined(separator: ", ") + "}"
    }

    private func group(of place: Int) -> FactGroup? {
        schema.groups.first { group in group.fields.contains { $0.place == place } }
    }

    /// A group is closed where it can be, so that what it does not name is nothing; nil where it would say nothing.
    private func text(of group: FactGroup, _ stated: [Int: Int64]) -> String? {
        let fields = group.fields.filter { stated[$0.place] != nil }
        if fields.isEmpty { return group.isClosable(in: schema) ? FactGroup.none : nil }
        if let total = group.total, let value = stated[total] { return text(total, value) }
        var named = fields.map { "\($0.name): \(text($0.place, stated[$0.place] ?? 0))" }
        let others = group.fields.filter { stated[$0.place] == nil }
        if group.isClosable(in: schema), others.allSatisfy({ isAmount($0.place) }) {
            named.append("\(FactGroup.others): \(FactGroup.none)")
        } else if group.isClosable(in: schema) {
            // Of a certificate's kind and grade, both are something or neither is.
            let isNone = fields.allSatisfy { stated[$0.place] == schema.facts[$0.place].type.noneValue }
            named += others.compactMap { field in
                schema.facts[field.place].type.noneValue.map {
                    "\(field.name): \(text(field.place, isNone ? $0 : $0 + 1))"
                }
            }
        }
        return "{" + named.joined(separator: ", ") + "}"
    }

    private func isAmount(_ place: Int) -> Bool {
        if case .amount = schema.facts[place].type { true } else { false }
    }

    /// What the household states where a case says nothing else; nil for what is left unknown.
    private func base(_ place: Int) -> Int64? {
        let fact = schema.facts[place]
        switch fact.type {
        case .date:
            guard fact == .birth else { return nil }
            return CalendarDate(year: date.year - Self.years, month: 1, day: 1).map { Int64($0.days) }
        case .code(let list): return Int64(list.index(of: "none") ?? list.index(of: "head") ?? 0)
        case .yesNo: return fact.key == "lives_with_family" ? 1 : 0
        case .count, .amount: return fact.type.noneValue ?? fact.type.storedRange.lowerBound
        case .codes: return 0
        case .division: return nil
        }
    }

    /// A stored value as a household file writes it.
    func text(_ place: Int, _ stored: Int64) -> String {
        switch schema.facts[place].type {
        case .code(let list): return Int(exactly: stored).flatMap { list[$0]?.name } ?? ""
        case .codes: return "[]"
        case .yesNo: return stored == 0 ? "false" : "true"
        case .date: return Int(exactly: stored).flatMap { CalendarDate(days: $0) }?.iso ?? ""
        case .count, .division: return String(stored)
        case .amount:
            let text = Money(fen: stored).text
            return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
        }
    }

    /// The household as a batch; nil where what a case states contradicts itself.
    func batch(stating stated: [Int: Int64], area: DivisionCode) -> FactBatch? {
        let (root, problems) = YAMLReader.read(Array(text(stating: stated, area: area).utf8), file: "")
        guard let root, problems.isEmpty else { return nil }
        var tokens = YAMLTokens(root)
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(&tokens, schema: schema, date: date, file: "", findings: &findings)
        return findings.contains { $0.severity == .error } ? nil : file.batch
    }
}
