/// Households put together fact by fact, for hosts that have records and no documents.
///
/// A household is begun, then its members and the entries of its lists; each begins below the newest row of what it
/// belongs to. Facts are set on the newest row of their owner, or on the one that was selected; setting one again replaces
/// it. They are those of household files: what is set is checked as the reader of files checks it, and what is wrong is
/// thrown at once and changes nothing. What does not go together is found when `households` is asked.
///
/// A value type; not safe to share between threads while it is filled.
public struct HouseholdBuilder: Sendable {
    /// The facts that can be set.
    public var schema: FactSchema { rules.keys.schema }

    private let rules: EntryRules
    private let names: HouseholdNames
    private let slots: [Slot]
    private var batch: FactBatch
    private var ids: [String?] = []
    /// By the row of a member the numbers that stand for facts of it.
    private var numbers: [Int: Numbers] = [:]
    /// By owner the newest row below the newest rows above it, or -1; and the one whose facts are set.
    private var newest: [Int]
    private var current: [Int]

    /// What setting a fact by its number needs to know of it.
    fileprivate struct Slot {
        let owner: FactOwner
        let kind: Kind
    }

    fileprivate enum Kind: UInt8 { case code, codes, yesNo, date, count, amount, division }

    private struct Numbers {
        var citizen: CitizenNumber?
        var certificate: DisabilityCertificate?
    }

    /// An empty builder for the facts of a schema.
    public init(schema: FactSchema) {
        let keys = HouseholdKeys(schema)
        rules = EntryRules(keys: keys)
        names = HouseholdNames(schema)
        slots = schema.facts.map { Slot(owner: $0.owner, kind: Kind($0.type)) }
        batch = FactBatch(schema: schema)
        newest = FactOwner.allCases.map { _ in -1 }
        current = newest
    }

    /// How many households there are.
    public var count: Int { batch.count }

    /// How many rows there are of an owner, over all households.
    public func count(_ owner: FactOwner) -> Int { batch.table(owner).count }

    /// Forgets all households, and keeps the memory for the next.
    public mutating func removeAll() {
        batch.removeAll()
        ids.removeAll(keepingCapacity: true)
        if !numbers.isEmpty { numbers.removeAll(keepingCapacity: true) }
        for owner in newest.indices { (newest[owner], current[owner]) = (-1, -1) }
    }

    // MARK: Rows

    /// Begins a household. The id is the caller's own name for it.
    public mutating func beginHousehold(id: String? = nil) throws(ValueFlaw) {
        guard batch.count < HouseholdLimits().households else {
            let most = ASCII.grouped(UInt64(HouseholdLimits().households.magnitude))
            throw ValueFlaw(code: .tooLarge, message: "at most \(most) households were expected; divide them")
        }
        if let id, let flaw = EntryRules.id(id) { throw flaw }
        ids.append(id)
        begin(.household)
    }

    /// Begins a member, or an entry of a list, below the newest row of what it belongs to.
    public mutating func beginEntry(_ owner: FactOwner) throws(ValueFlaw) {
        let parent = try newestParent(of: owner)
        guard batch.rows(owner, of: parent).count < owner.limit else {
            throw EntryRules.tooManyEntries(owner)
        }
        begin(owner)
    }

    private mutating func begin(_ owner: FactOwner) {
        let row = batch.add(owner)
        (newest[owner.rawValue], current[owner.rawValue]) = (row, row)
        // What belongs to the row before is not meant any more.
        for below in FactOwner.allCases where below != owner && below.isWithin(owner) {
            (newest[below.rawValue], current[below.rawValue]) = (-1, -1)
        }
    }

    /// Says that the list of an owner, of the newest row that it belongs to, is complete, though it may have no entry.
    public mutating func markListed(_ owner: FactOwner) throws(ValueFlaw) {
        batch.markListed(owner, of: try newestParent(of: owner))
    }

    private func newestParent(of owner: FactOwner) throws(ValueFlaw) -> Int {
        guard let parent = owner.parent else {
            throw ValueFlaw(code: .wrongType, message: "a household has no list that it could stand in")
        }
        guard newest[parent.rawValue] >= 0 else { throw missingRow(parent) }
        return newest[parent.rawValue]
    }

    /// Makes a row that exists the one whose facts are set next. Rows of an owner count from 0 over all households, in the
    /// order in which they were begun. Entries are still begun below the newest.
    public mutating func select(_ owner: FactOwner, row: Int) throws(ValueFlaw) {
        guard row >= 0, row < batch.table(owner).count else {
            let count = batch.table(owner).count
            throw ValueFlaw(
                code: .rowOrder, message: "there is no such row of a \(owner.word); there are \(count), from 0")
        }
        current[owner.rawValue] = row
    }

    private func row(_ owner: FactOwner) throws(ValueFlaw) -> Int {
        guard current[owner.rawValue] >= 0 else { throw missingRow(owner) }
        return current[owner.rawValue]
    }

    private func missingRow(_ owner: FactOwner) -> ValueFlaw {
        let place = owner == .household ? "" : " in this household"
        return ValueFlaw(code: .rowOrder, message: "no \(owner.word) has been begun\(place)")
    }

    // MARK: Facts by name

    /// Whether a name means anything to `set`.
    public func isName(_ name: String) -> Bool { names[name] != nil }

    /// Sets what a household file says under a key, as text: `member.birth` `1980-05-01`, `member.illness` `serious chronic`
    /// (several codes with spaces between), `member.income.others` `none` (nothing else in the group), `member.income`
    /// `none` (nothing at all), `household.plots` `none`, `member.citizen_number`.
    public mutating func set(_ name: String, to text: String) throws(ValueFlaw) {
        guard let meaning = names[name] else { throw names.unknown(name) }
        switch meaning {
        case .fact(let fact): try set(fact, text: text)
        case .group(let place): try set(schema.groups[place], text)
        case .others(let place):
            guard text == FactGroup.none else {
                let rule = "none was expected, to say that there is nothing else; every other fact has its own name"
                throw ValueFlaw(code: .badValue, message: rule)
            }
            let group = schema.groups[place]
            rules.close(group, in: &batch, row: try row(group.owner))
        case .list(let owner): try setList(owner, text)
        case .citizenNumber:
            let row = try row(.member)
            numbers[row, default: Numbers()].citizen = try EntryRules.citizenNumber(text)
        case .disabilityCertificate:
            let row = try row(.member)
            numbers[row, default: Numbers()].certificate = try EntryRules.disabilityCertificate(text)
        }
    }

    /// Sets a whole group: to nothing at all, or its total.
    private mutating func set(_ group: FactGroup, _ text: String) throws(ValueFlaw) {
        if text == FactGroup.none, group.isClosable(in: schema) {
            let row = try row(group.owner)
            let nones = group.fields.compactMap { field in
                schema.facts[field.place].type.noneValue.map { (fact: field.place, value: $0) }
            }
            if let other = nones.first(where: { batch.value($0.fact, row: row) ?? $0.value != $0.value }) {
                let rule = "the fact \(schema.facts[other.fact].key) has another value; correct one of them"
                throw ValueFlaw(code: .contradiction, message: rule)
            }
            for none in nones { batch.set(none.fact, row: row, to: none.value, statedNone: true) }
        } else if let total = group.total {
            try set(total, text: text)
        } else {
            throw ValueFlaw(
                code: .wrongType, message: "none was expected; the facts of this group have their own names")
        }
    }

    private mutating func setList(_ owner: FactOwner, _ text: String) throws(ValueFlaw) {
        guard let parent = owner.parent else { return }
        let row = try row(parent)
        guard text == FactGroup.none, owner != .member else {
            throw ValueFlaw(
                code: .wrongType, message: "only none can be said of a list; its entries are begun one by one")
        }
        guard batch.rows(owner, of: row).isEmpty else {
            throw ValueFlaw(code: .contradiction, message: "this list has entries; correct one of them")
        }
        batch.markListed(owner, of: row)
    }

    // MARK: Facts by number

    /// Sets a fact from text, as a household file has it; several codes stand with spaces between.
    public mutating func set(_ fact: Int, text: String) throws(ValueFlaw) {
        let row = try row(try slot(fact).owner)
        let declared = schema.facts[fact]
        var (value, isNone): (Int64, Bool) = (0, false)
        if case .codes = declared.type {
            isNone = text == FactGroup.none
            let codes = isNone ? [] : text.split(separator: " ")
            if codes.isEmpty, !isNone { _ = try declared.stored(.string(text)) }
            for code in codes { value |= try declared.stored(.string(String(code))) }
        } else {
            value = try declared.stored(declared.type.token(text))
        }
        batch.set(fact, row: row, to: value, statedNone: isNone)
    }

    /// Sets a count.
    public mutating func set(_ fact: Int, count: Int64) throws(ValueFlaw) { try store(fact, count, as: .count) }

    /// Sets an amount in hundredths of its unit: in fen for money. A unit that is named must be the fact's own; nothing is
    /// converted.
    public mutating func set(_ fact: Int, hundredths: Int64, unit: String? = nil) throws(ValueFlaw) {
        if let unit, try slot(fact).kind == .amount, unit != names.units[fact] {
            let suggestion = names.units[fact]
            throw ValueFlaw(
                code: .unitMismatch, message: "an amount in \(suggestion) was expected, and another unit was named")
        }
        try store(fact, hundredths, as: .amount)
    }

    /// Sets yes or no.
    public mutating func set(_ fact: Int, yesNo: Bool) throws(ValueFlaw) { try store(fact, yesNo ? 1 : 0, as: .yesNo) }

    /// Sets a day.
    public mutating func set(_ fact: Int, date: CalendarDate) throws(ValueFlaw) {
        try store(fact, Int64(date.days), as: .date)
    }

    /// Sets a code by its place in the list of the fact, or a set of codes as bits by place; no code is a stated none.
    public mutating func set(_ fact: Int, code: Int64) throws(ValueFlaw) {
        let isSet = try slot(fact).kind == .codes
        try store(fact, code, as: isSet ? .codes : .code, statedNone: isSet && code == 0)
    }

    /// States that there is none: zero, no, or the code `none`.
    public mutating func setNone(_ fact: Int) throws(ValueFlaw) {
        let kind = try slot(fact).kind
        guard let none = schema.facts[fact].type.noneValue else {
            throw ValueFlaw(
                code: .wrongType, message: "\(schema.facts[fact].expectation) was expected; there is no none of it")
        }
        try store(fact, none, as: kind, statedNone: true)
    }

    /// Makes a fact unknown again.
    public mutating func unset(_ fact: Int) throws(ValueFlaw) {
        batch.unset(fact, row: try row(try slot(fact).owner))
    }

    private func slot(_ fact: Int) throws(ValueFlaw) -> Slot {
        guard slots.indices.contains(fact) else {
            throw ValueFlaw(
                code: .unknownFact, message: "there is no fact of this number; there are \(slots.count), from 0")
        }
        return slots[fact]
    }

    private mutating func store(
        _ fact: Int, _ value: Int64, as kind: Kind, statedNone: Bool = false
    ) throws(ValueFlaw) {
        let slot = try slot(fact)
        guard slot.kind == kind else {
            throw ValueFlaw(
                code: .wrongType,
                message: "\(schema.facts[fact].expectation) was expected, and this is \(kind.words)")
        }
        guard batch.set(fact, row: try row(slot.owner), to: value, statedNone: statedNone) else {
            throw schema.facts[fact].outOfRange
        }
    }

    // MARK: Households as JSON

    /// Adds the households of a text of JSON behind those that are there.
    ///
    /// - Parameters:
    ///   - date: The day of assessment; nobody is born after it.
    ///   - findings: Where mistakes are added. With an error among them nothing is added.
    public mutating func read(json: [UInt8], date: CalendarDate, findings: inout [Diagnostic]) {
        var limits = HouseholdLimits()
        limits.households -= batch.count
        var own: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: json, schema: schema, date: date, file: "", findings: &own, limits: limits)
        findings += own
        guard !own.contains(where: { $0.severity == .error }) else { return }
        batch.append(file.batch)
        ids += file.households.map(\.id)
        for owner in FactOwner.allCases {
            let rows = owner.parent.map { batch.rows(owner, of: newest[$0.rawValue]) } ?? 0..<batch.count
            newest[owner.rawValue] = rows.last ?? -1
        }
        current = newest
    }

    // MARK: The households

    /// The households as they were put together, with what follows from their facts. Mistakes go to `findings`; with an
    /// error among them the households must not be used.
    ///
    /// - Parameter date: The day of assessment; nobody is born after it.
    public func households(on date: CalendarDate, findings: inout [Diagnostic]) -> HouseholdFile {
        var log = FindingLog(limit: HouseholdLimits().findings)
        var batch = batch
        func report(_ owner: FactOwner, _ row: Int, _ key: String, _ flaw: ValueFlaw) {
            let path = self.path(owner, row, key)
            log.add(Diagnostic(flaw.code, at: .none, "\(path): \(flaw.message)", suggestion: flaw.suggestion))
        }
        for (row, numbers) in numbers.sorted(by: { $0.key < $1.key }) {
            for problem in derive(numbers, row, &batch, on: date) { report(.member, row, problem.key, problem.flaw) }
        }
        for group in schema.groups where group.total != nil {
            for row in 0..<batch.table(group.owner).count {
                guard let problem = rules.total(of: group, in: &batch, row: row) else { continue }
                report(group.owner, row, problem.key, problem.flaw)
            }
        }
        if let birth = rules.keys.birth {
            for row in 0..<self.batch.table(.member).count {
                // Of what follows from a number that was said already.
                guard let days = self.batch.value(birth, row: row), let flaw = EntryRules.birth(days, on: date) else {
                    continue
                }
                report(.member, row, schema.facts[birth].key, flaw)
            }
        }
        for row in 0..<batch.count where batch.isListed(.member, of: row) {
            let members = batch.rows(.member, of: row).count
            if members == 0 {
                report(.household, row, FactOwner.member.listKey ?? "", EntryRules.noMembers)
            } else if let problem = rules.size(batch, household: row, members: members) {
                report(.household, row, problem.key, problem.flaw)
            }
        }
        findings += log.sorted
        return HouseholdFile(
            batch: batch,
            households: ids.enumerated().map { row, id in
                let area = rules.keys.area.flatMap { batch.value($0, row: row) }.flatMap(DivisionCode.init(number:))
                return HouseholdFile.Header(id: id, position: .none, area: area)
            })
    }

    /// Sets what follows from the numbers of a member, and answers what does not agree.
    private func derive(
        _ numbers: Numbers, _ row: Int, _ batch: inout FactBatch, on date: CalendarDate
    ) -> [EntryRules.Problem] {
        var problems = [rules.mismatch(numbers.citizen, numbers.certificate)].compactMap { $0 }
        let derived =
            (numbers.certificate.map(rules.derived) ?? [])
            + rules.derived(from: numbers.citizen, or: numbers.certificate)
        for fact in derived {
            if let problem = rules.objection(to: fact, in: batch, row: row) {
                problems.append(problem)
            } else if fact.fact == rules.keys.birth, batch.value(fact.fact, row: row) == nil,
                let flaw = EntryRules.birth(fact.value, on: date)
            {
                problems.append(EntryRules.Problem(key: fact.source, fact: nil, flaw: flaw))
            } else {
                batch.set(fact.fact, row: row, to: fact.value)
            }
        }
        return problems
    }

    /// Where a key would stand in a household file; of several households with the place of its own.
    private func path(_ owner: FactOwner, _ row: Int, _ key: String) -> String {
        guard let list = owner.listKey, let above = owner.parent else {
            return batch.count == 1 ? key : "households[\(row)].\(key)"
        }
        let (local, parent) = batch.place(of: row, owner)
        return path(above, parent, "\(list)[\(local)].\(key)")
    }
}

extension HouseholdBuilder.Kind {
    fileprivate init(_ type: FactType) {
        switch type {
        case .code: self = .code
        case .codes: self = .codes
        case .yesNo: self = .yesNo
        case .date: self = .date
        case .count: self = .count
        case .amount: self = .amount
        case .division: self = .division
        }
    }

    /// What it is, for a message.
    fileprivate var words: String {
        switch self {
        case .code: "the place of a code"
        case .codes: "a set of codes"
        case .yesNo: "yes or no"
        case .date: "a day"
        case .count: "a count"
        case .amount: "an amount"
        case .division: "a division code"
        }
    }
}
