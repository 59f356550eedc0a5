import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import TestSupport

/// A household of test data, its facts as the integers that a batch stores. A list that is nil is not given.
struct SampleHousehold {
    typealias Facts = [String: Int64]

    var facts: Facts = [:]
    var members: [SampleMember]? = []
    var plots: [Facts]? = []
}

/// A member of test data.
struct SampleMember {
    var facts: SampleHousehold.Facts = [:]
    var obligors: [SampleHousehold.Facts]? = []

    subscript(_ key: String) -> Int64 {
        get { facts[key] ?? 0 }
        set { facts[key] = newValue }
    }
}

/// The facts that programmes read, and their values by name. A grade of self-care that was assessed wins over the tasks
/// that are known: it is no unknown fact, and stays out.
enum SampleFacts {
    static let schema = Situation.engine.library.schema

    static let incomes = schema.keys(of: .member).filter { $0.hasPrefix("income.") }
    static let household = [
        "residence", "rigid_expenditure.total", "running.route", "running.base", "running.grace_until", "heating",
        "heated_area",
    ]
    static let member =
        [
            "birth", "relation", "lives_with_family", "away", "away_since", "disability_kind", "disability_grade",
            "illness", "can_work", "refusals", "study", "study_full_time", "orphan", "special_poverty",
            "tasks_failed", "mode", "own_wages", decided,
        ] + registers + incomes
    static let registers = [
        "monitored", "other_low_income", "hardship_worker", "hardship_veteran", "poverty_register",
    ]
    /// What an officer decided of the sum of a person on individual coverage.
    static let decided = "decided.each"
    static let obligor = schema.keys(of: .obligor)
    static let plot = schema.keys(of: .plot)

    static func keys(of owner: FactOwner) -> [String] {
        switch owner {
        case .household: household
        case .member: member
        case .obligor: obligor
        case .plot: plot
        case .bill, .loss: []
        }
    }

    static func range(_ owner: FactOwner, _ key: String) -> ClosedRange<Int64> {
        schema.place(owner, key).map { schema.facts[$0].type.storedRange } ?? 0...0
    }

    /// The stored integer of a code.
    static func code(_ owner: FactOwner, _ key: String, _ name: String) -> Int64 {
        guard let place = schema.place(owner, key) else { return -1 }
        switch schema.facts[place].type {
        case .code(let list): return Int64(list.index(of: name) ?? -1)
        case .codes(let list): return list.index(of: name).map { 1 << Int64($0) } ?? -1
        default: return -1
        }
    }

    static func code(_ key: String, _ name: String) -> Int64 { code(.member, key, name) }
}

extension SampleHousehold {
    /// Adds the household to a batch, without what is hidden. Paths are those in which an assessment names what is missing.
    func append(to batch: inout FactBatch, hiding hidden: Set<String> = []) {
        let schema = batch.schema
        func put(_ facts: Facts, _ owner: FactOwner, _ row: Int, _ path: String) {
            for key in SampleFacts.keys(of: owner) {
                guard let value = facts[key], !hidden.contains(path + key), let place = schema.place(owner, key)
                else { continue }
                batch.set(place, row: row, to: value)
            }
        }
        put(facts, .household, batch.add(.household), "")
        if let members, !hidden.contains("members") {
            batch.markListed(.member)
            for (place, member) in members.enumerated() {
                let path = "members[\(place)]."
                put(member.facts, .member, batch.add(.member), path)
                guard let obligors = member.obligors, !hidden.contains(path + "obligors") else { continue }
                batch.markListed(.obligor)
                for (number, obligor) in obligors.enumerated() {
                    put(obligor, .obligor, batch.add(.obligor), path + "obligors[\(number)].")
                }
            }
        }
        if let plots, !hidden.contains("plots") {
            batch.markListed(.plot)
            for (place, plot) in plots.enumerated() { put(plot, .plot, batch.add(.plot), "plots[\(place)].") }
        }
    }

    /// Every path that can be hidden: facts first, then lists.
    var paths: [String] {
        var paths = SampleFacts.household
        var lists = ["plots"]
        for place in (members ?? []).indices {
            paths += SampleFacts.member.map { "members[\(place)].\($0)" }
            lists.append("members[\(place)].obligors")
        }
        for place in (plots ?? []).indices { paths += SampleFacts.plot.map { "plots[\(place)].\($0)" } }
        return paths + lists + ["members"]
    }

    /// One household in a batch of its own.
    func batch(hiding hidden: Set<String> = []) -> FactBatch {
        var batch = FactBatch(schema: SampleFacts.schema)
        append(to: &batch, hiding: hidden)
        return batch
    }
}

// MARK: Completions

extension SampleHousehold {
    /// What a completion puts in the place of what is hidden.
    enum Filling: CaseIterable {
        /// Such values as the sample households have.
        case likely
        /// Anything in the range of the schema.
        case anything
        /// Either end of the range.
        case extreme
        /// The lower end of every range, and empty lists.
        case lowest
        /// The upper end of every range, and long lists.
        case highest
    }

    /// The household with something else in the place of everything hidden.
    ///
    /// A special-poverty standing that nobody stated counts as none, so that is what a completion says as well.
    func completed(_ hidden: Set<String>, _ filling: Filling, on date: CalendarDate, _ random: inout SeededRandom)
        -> SampleHousehold
    {
        var result = self
        func fill(_ facts: inout Facts, _ owner: FactOwner, _ path: String, _ like: Facts) {
            for key in SampleFacts.keys(of: owner) where hidden.contains(path + key) {
                facts[key] =
                    key == "special_poverty"
                    ? 0 : Self.value(owner, key, filling, like[key] ?? 0, &random)
            }
        }
        func like(_ owner: FactOwner) -> Facts {
            owner == .member
                ? Self.member(on: date, isFirst: random.chance(30), &random).facts : Self.entry(owner, &random)
        }
        func count(_ least: Int, _ most: Int) -> Int {
            switch filling {
            case .likely, .anything: least + random.below(most)
            case .extreme: random.pick([least, 40])
            case .lowest: least
            case .highest: 40
            }
        }
        func list(_ owner: FactOwner, _ least: Int, _ most: Int) -> [Facts] {
            (0..<count(least, most)).map { _ in
                let model = like(owner)
                var facts = model
                for key in SampleFacts.keys(of: owner) {
                    facts[key] =
                        key == "special_poverty" ? 0 : Self.value(owner, key, filling, model[key] ?? 0, &random)
                }
                return facts
            }
        }
        fill(&result.facts, .household, "", Self.running(on: date, &random))
        if hidden.contains("members") {
            result.members = list(.member, 1, 4).map { SampleMember(facts: $0, obligors: []) }
        } else {
            result.members = members?.enumerated().map { place, member in
                var member = member
                let path = "members[\(place)]."
                fill(&member.facts, .member, path, like(.member))
                if hidden.contains(path + "obligors") { member.obligors = list(.obligor, 0, 3) }
                return member
            }
        }
        if hidden.contains("plots") {
            result.plots = list(.plot, 0, 4)
        } else {
            result.plots = plots?.enumerated().map { place, plot in
                var plot = plot
                fill(&plot, .plot, "plots[\(place)].", like(.plot))
                return plot
            }
        }
        return result
    }

    private static func value(
        _ owner: FactOwner, _ key: String, _ filling: Filling, _ likely: Int64, _ random: inout SeededRandom
    ) -> Int64 {
        let range = SampleFacts.range(owner, key)
        switch filling {
        case .likely: return likely
        case .anything: return random.chance(50) ? likely : random.number(in: range)
        case .extreme: return random.pick([range.lowerBound, range.upperBound])
        case .lowest: return range.lowerBound
        case .highest: return range.upperBound
        }
    }
}

// MARK: Random households

extension SampleHousehold {
    /// The incomes that the sample households have most of.
    static let usualIncomes = [
        "income.wages", "income.business", "income.property", "income.pension", "income.other_transfer",
        "income.maintenance_received", "income.farm_subsidy", "income.old_age_allowance", "income.other",
    ]

    /// One to six members, with every fact that low income reads.
    static func random(on date: CalendarDate, _ random: inout SeededRandom) -> SampleHousehold {
        var household = SampleHousehold()
        household.facts = running(on: date, &random)
        let size = random.pick([1, 1, 2, 2, 3, 3, 4, 5, 6])
        household.members = (0..<size).map { member(on: date, isFirst: $0 == 0, &random) }
        household.plots = random.chance(40) ? (0..<(1 + random.below(3))).map { _ in entry(.plot, &random) } : []
        return household
    }

    /// Adults who cannot work, have nothing and live together.
    static func adults(_ size: Int, _ residence: String, age: Int = 40, on date: CalendarDate)
        -> SampleHousehold
    {
        var household = SampleHousehold()
        household.facts = [
            "residence": SampleFacts.code(.household, "residence", residence), "rigid_expenditure.total": 0,
            "running.route": 0, "running.base": 50_000, "running.grace_until": Int64(date.days),
        ]
        household.members = (0..<size).map { place in
            var member = SampleMember()
            for key in SampleFacts.member where key != SampleFacts.decided { member[key] = 0 }
            member["birth"] = Int64(date.days) - Int64(age * 365 + 30 + place)
            member["relation"] = SampleFacts.code("relation", place == 0 ? "head" : "sibling")
            member["lives_with_family"] = 1
            member["away_since"] = Int64(date.days)
            return member
        }
        return household
    }

    static func running(on date: CalendarDate, _ random: inout SeededRandom) -> Facts {
        let day = Int64(date.days)
        return [
            "residence": Int64(random.below(2)),
            "rigid_expenditure.total": random.chance(30) ? Int64(random.below(2_000_000)) : 0,
            "running.route": Int64(random.below(4)),
            "running.base": random.pick([0, 1, 40_000, 63_200, 83_200, 150_001, Int64(random.below(500_000))]),
            "running.grace_until": day + random.pick([-400, -1, 0, 1, 30, 200]),
            "heating": Int64(random.below(3)), "heated_area": random.pick([0, 3_000, 4_500, 4_501, 6_000]),
        ]
    }

    static func entry(_ owner: FactOwner, _ random: inout SeededRandom) -> Facts {
        var facts: Facts = [:]
        for key in SampleFacts.keys(of: owner) {
            let range = SampleFacts.range(owner, key)
            facts[key] = random.number(in: range.lowerBound...min(range.upperBound, range.lowerBound + 3))
        }
        if owner == .plot { facts["mu"] = Int64(random.below(1_200)) }
        if owner == .obligor { facts["age"] = random.pick([17, 45, 59, 60, 69, 70, 80]) }
        return facts
    }

    static func member(on date: CalendarDate, isFirst: Bool, _ random: inout SeededRandom) -> SampleMember {
        func code(_ key: String, _ name: String) -> Int64 { SampleFacts.code(key, name) }
        var facts: Facts = [:]
        let relation =
            isFirst
            ? random.pick(["self", "head"])
            : random.pick(["spouse", "child", "child", "child", "parent", "grandchild", "sibling", "relative"])
        let ages: [Int]
        switch relation {
        case "child", "grandchild": ages = [0, 5, 12, 15, 16, 17, 18, 19, 22, 30]
        case "parent": ages = [50, 59, 60, 61, 80]
        default: ages = [16, 18, 24, 35, 45, 55, 59, 60, 61, 75]
        }
        let age = random.pick(ages)
        // Half of them around their birthday.
        let since = random.chance(50) ? random.pick([-1, 0, 1]) : random.below(364)
        let birthday = CalendarDate(year: date.year - age, month: date.month, day: min(date.day, 28)) ?? date
        facts["birth"] = min(Int64(date.days), Int64(birthday.days) - Int64(since))
        facts["relation"] = code("relation", relation)
        facts["lives_with_family"] = random.chance(85) ? 1 : 0
        facts["away"] =
            random.chance(88)
            ? code("away", "none")
            : code("away", random.pick(["clergy", "clergy", "prison", "detox", "conscript", "missing"]))
        facts["away_since"] = Int64(date.days) - random.pick([10, 1_094, 1_095, 1_096, 1_097, 3_000])
        facts["disability_grade"] = random.chance(70) ? 0 : Int64(1 + random.below(4))
        facts["disability_kind"] =
            facts["disability_grade"] == 0
            ? 0 : code("disability_kind", random.pick(["vision", "limb", "intellectual", "mental", "multiple"]))
        facts["illness"] = random.chance(75) ? 0 : Int64(random.below(8))
        facts["tasks_failed"] = random.chance(60) ? 0 : Int64(random.below(7))
        facts["mode"] = Int64(random.below(2))
        facts["own_wages"] = random.chance(20) ? 1 : 0
        facts["can_work"] = random.chance(age >= 16 && age < 65 ? 55 : 5) ? 1 : 0
        facts["refusals"] = random.chance(85) ? 0 : random.pick([1, 2, 3, 4])
        facts["study"] =
            age < 26 && random.chance(60)
            ? code(
                "study",
                random.pick(["primary", "junior", "senior", "college", "bachelor", "postgraduate", "preschool"])) : 0
        facts["study_full_time"] = random.chance(70) ? 1 : 0
        facts["orphan"] = age < 20 && random.chance(15) ? Int64(random.below(4)) : 0
        facts["special_poverty"] = random.chance(4) ? 1 : 0
        // Without another draw, so that households stay what they were: by the day of birth.
        for (place, register) in SampleFacts.registers.enumerated() {
            facts[register] = facts["birth", default: 0] % Int64(5 + place) == 0 ? 1 : 0
        }
        for income in SampleFacts.incomes { facts[income] = 0 }
        for _ in 0..<random.below(3) {
            facts[random.pick(usualIncomes)] = Int64(random.below(300_000))
        }
        if random.chance(20) { facts["income.business"] = -Int64(random.below(400_000)) }
        if random.chance(30) { facts[random.pick(SampleFacts.incomes)] = Int64(random.below(200_000)) }
        return SampleMember(
            facts: facts, obligors: random.chance(20) ? [entry(.obligor, &random)] : [])
    }

    /// The same household with what an officer decided for each member, within the bounds of every situation.
    func decided(_ random: inout SeededRandom) -> SampleHousehold {
        var household = self
        for place in (members ?? []).indices {
            household.members?[place][SampleFacts.decided] = random.pick([0, 1, 58_500, Int64(random.below(58_500))])
        }
        return household
    }

    /// The same household with its income moved near a threshold of a place, where that can be done by raising one income.
    ///
    /// - Parameter ratios: the thresholds, in percent of the line.
    func calibrated(
        _ place: LowIncomeByHand, _ random: inout SeededRandom,
        to ratios: [Int64] = [0, 30, 60, 90, 99, 100, 100, 100, 101, 119, 120, 121, 149, 150, 150, 151, 200, 400]
    ) -> SampleHousehold {
        let now = place.decide(self, isReview: false)
        guard random.chance(85), let members, now.counted > 0 else { return self }
        let line = place.line(self) * 12 * Int64(now.counted)
        let target = line * random.pick(ratios) / 100 + random.pick([-1, 0, 0, 1])
        let earners = members.indices.filter { place.isCounted(members[$0]) }
        var household = self
        let earner = random.pick(earners)
        household.members?[earner]["income.wages"] += max(0, target - now.income)
        return household
    }
}
