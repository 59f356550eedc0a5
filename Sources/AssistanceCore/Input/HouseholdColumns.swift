/// Households that come column by column: each column is a fact, or a text that stands for facts, of every row of its
/// owner. The rules are those of household files.
///
/// First the rows, then the columns in any order, and `finish` at the end. A value type; not safe to share between
/// threads while it is filled.
public struct HouseholdColumns: Sendable {
    /// Where the rows come from: what findings count by.
    public struct Origin: Sendable {
        /// The number of the first household in its source, from 0.
        public var household: Int
        /// The number of the first member where members are a source of their own; nil where they are lists of their
        /// households.
        public var member: Int?

        /// Rows of a source.
        public init(household: Int, member: Int? = nil) {
            self.household = household
            self.member = member
        }
    }

    /// The facts so far.
    public private(set) var batch: FactBatch
    /// The most mistakes that are kept.
    private static let limit = 100

    private let keys: HouseholdKeys
    private let date: CalendarDate
    private let origin: Origin
    private var log = FindingLog(limit: limit)
    /// For each group that is closed in some rows: where all of it is none, and where nothing else is.
    private var closings: [Int: (whole: [Int], others: [Int])] = [:]
    private var citizens: [Int: CitizenNumber] = [:]
    private var certificates: [Int: DisabilityCertificate] = [:]

    private var rules: EntryRules { EntryRules(keys: keys) }

    /// Rows of which nothing is known yet.
    ///
    /// - Parameters:
    ///   - date: The day of assessment; nobody is born after it.
    ///   - lists: The rows of members and lists.
    public init(
        schema: FactSchema, date: CalendarDate, households: Int, lists: [FactOwner: FactTable], from origin: Origin
    ) {
        keys = HouseholdKeys(schema)
        self.date = date
        self.origin = origin
        batch = FactBatch(schema: schema, households: households, lists: lists)
    }

    /// Why a list of an owner cannot have so many entries; nil where it can.
    public static func objection(to entries: Int, of owner: FactOwner) -> ValueFlaw? {
        if entries > owner.limit { return EntryRules.tooManyEntries(owner) }
        return owner == .member && entries == 0 ? EntryRules.noMembers : nil
    }

    /// Why a text in the place of a list does not say that the list has no entries; nil where it does.
    public static func objection(to text: String, asListOf owner: FactOwner) -> ValueFlaw? {
        if text != FactGroup.none { return EntryRules.onlyNone }
        return owner == .member ? EntryRules.noMembers : nil
    }

    /// Why a text is no id of a household; nil where it is.
    public static func objection(toID text: String) -> ValueFlaw? { EntryRules.id(text) }

    /// What is wrong, by row: up to a hundred mistakes. With one of them the households must not be used.
    public var findings: [Diagnostic] { log.sorted }

    // MARK: Columns

    /// Sets a fact of every row of its owner; `FactColumn.unknown` where it is unknown.
    public mutating func set(_ place: Int, _ values: [Int64]) {
        guard keys.schema.facts.indices.contains(place) else { return }
        let fact = keys.schema.facts[place]
        for row in batch.set(place, stored: values) { report(fact.outOfRange, fact.owner, row, fact.key) }
        guard place == keys.birth else { return }
        for (row, days) in values.enumerated() {
            if let flaw = EntryRules.birth(days, on: date) { report(flaw, fact.owner, row, fact.key) }
        }
    }

    /// Reads a column that is no fact: what closes a group, and the texts that stand for facts; nil where a row has none.
    public mutating func set(_ column: HouseholdColumn, of owner: FactOwner, _ texts: [String?]) {
        for (row, text) in texts.enumerated() {
            guard let text else { continue }
            do throws(ValueFlaw) {
                try read(text, column, owner, row)
            } catch {
                report(error, owner, row, column.name)
            }
        }
    }

    private mutating func read(
        _ text: String, _ column: HouseholdColumn, _ owner: FactOwner, _ row: Int
    ) throws(ValueFlaw) {
        switch keys.key(owner, column.key) {
        case .citizenNumber: citizens[row] = try EntryRules.citizenNumber(text)
        case .disabilityCertificate: certificates[row] = try EntryRules.disabilityCertificate(text)
        case .group(let group):
            guard text == FactGroup.none else { throw EntryRules.onlyNone }
            if column.field == nil {
                closings[group, default: ([], [])].whole.append(row)
            } else {
                closings[group, default: ([], [])].others.append(row)
            }
        default: break
        }
    }

    /// What follows from all columns together, once they are set.
    public mutating func finish() {
        finishNumbers()
        for place in keys.schema.groups.indices { finish(place) }
        for household in 0..<batch.count where batch.isListed(.member, of: household) {
            let members = batch.rows(.member, of: household).count
            if let problem = rules.size(batch, household: household, members: members) {
                report(problem, .household, household)
            }
        }
    }

    private mutating func finishNumbers() {
        for row in Set(citizens.keys).union(certificates.keys).sorted() {
            let (citizen, certificate) = (citizens[row], certificates[row])
            if let problem = rules.mismatch(citizen, certificate) { report(problem, .member, row) }
            let derived = (certificate.map(rules.derived) ?? []) + rules.derived(from: citizen, or: certificate)
            for derived in derived { derive(derived, row) }
        }
    }

    private mutating func derive(_ derived: EntryRules.Derived, _ row: Int) {
        if let problem = rules.objection(to: derived, in: batch, row: row) { return report(problem, .member, row) }
        if derived.fact == keys.birth, let flaw = EntryRules.birth(derived.value, on: date) {
            return report(flaw, .member, row, derived.source)
        }
        batch.set(derived.fact, row: row, to: derived.value)
    }

    private mutating func finish(_ place: Int) {
        let group = keys.schema.groups[place]
        if let (whole, others) = closings[place] {
            for row in others { rules.close(group, in: &batch, row: row) }
            for row in whole { setNone(group, row) }
        }
        // A total without parts that came is what it says.
        guard group.total != nil, !group.parts.isEmpty, group.parts.allSatisfy({ batch.columns[$0] != nil }) else {
            return
        }
        for row in 0..<batch.table(group.owner).count {
            if let problem = rules.total(of: group, in: &batch, row: row) { report(problem, group.owner, row) }
        }
    }

    /// Everything of a group is none.
    private mutating func setNone(_ group: FactGroup, _ row: Int) {
        for (_, fact) in group.fields {
            guard let none = keys.schema.facts[fact].type.noneValue else { continue }
            guard batch.value(fact, row: row).map({ $0 == none }) ?? true else {
                report(rules.otherValue(of: fact), group.owner, row, group.key)
                continue
            }
            batch.set(fact, row: row, to: none, statedNone: true)
        }
    }

    // MARK: Findings

    /// A mistake in a row of an owner, under a key of its.
    public mutating func report(_ flaw: ValueFlaw, _ owner: FactOwner, _ row: Int, _ key: String) {
        let (path, root) = place(owner, row)
        log.add(
            Diagnostic(
                flaw.code, at: SourcePosition(line: root + 1, column: 1), "\(path).\(key): \(flaw.message)",
                suggestion: flaw.suggestion))
    }

    private mutating func report(_ problem: EntryRules.Problem, _ owner: FactOwner, _ row: Int) {
        report(problem.flaw, owner, row, problem.key)
    }

    /// Where a row stands: `households[7].members[2]`, and the number of the row of the source that it is part of.
    private func place(_ owner: FactOwner, _ row: Int) -> (path: String, root: Int) {
        if owner == .member, let first = origin.member { return ("members[\(first + row)]", first + row) }
        guard let parent = owner.parent, let list = owner.listKey else {
            return ("households[\(origin.household + row)]", origin.household + row)
        }
        let (local, above) = batch.place(of: row, owner)
        let (path, root) = place(parent, above)
        return ("\(path).\(list)[\(local)]", root)
    }
}
