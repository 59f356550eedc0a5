import AssistanceCore

/// Invented households with every fact that low income asks for: a third of them poor enough to be eligible.
///
/// The same seed gives the same bytes. The margins are made up; they describe no place.
enum SyntheticPopulation {
    static func batch(households: Int, seed: UInt64) -> FactBatch {
        var random = SplitMix(state: seed)
        var batch = FactBatch()
        let schema = batch.schema
        func place(_ owner: FactOwner, _ key: String) -> Int { schema.place(owner, key) ?? 0 }
        func code(_ owner: FactOwner, _ key: String, _ name: String) -> Int64 {
            guard case .code(let list) = schema.facts[place(owner, key)].type else { return 0 }
            return Int64(list.index(of: name) ?? 0)
        }
        let incomes = schema.group(.member, "income")?.fields ?? []
        let (head, spouse, child, parent) = (
            code(.member, "relation", "head"), code(.member, "relation", "spouse"), code(.member, "relation", "child"),
            code(.member, "relation", "parent")
        )
        let keys = Dictionary(uniqueKeysWithValues: schema.keys(of: .member).map { ($0, place(.member, $0)) })
        func set(_ key: String, _ row: Int, _ value: Int64) {
            if let place = keys[key] { batch.set(place, row: row, to: value) }
        }
        let residence = place(.household, "residence")
        let rigid = place(.household, "rigid_expenditure.total")
        for _ in 0..<households {
            let household = batch.add(.household)
            batch.set(residence, row: household, to: Int64(random.below(2)))
            batch.set(rigid, row: household, to: random.below(4) == 0 ? Int64(random.below(2_000_000)) : 0)
            batch.markListed(.plot)
            let poor = random.below(100) < 55
            let size = [1, 1, 2, 2, 2, 3, 3, 4, 4, 5][random.below(10)]
            for place in 0..<size {
                let row = batch.add(.member)
                batch.markListed(.obligor)
                let relation = place == 0 ? head : place == 1 ? spouse : place < 4 ? child : parent
                let age =
                    relation == child
                    ? random.below(25) : relation == parent ? 60 + random.below(30) : 24 + random.below(60)
                let birth = 20_000 - age * 365 - random.below(365)
                set("birth", row, Int64(birth))
                set("relation", row, relation)
                set("lives_with_family", row, 1)
                set("away", row, code(.member, "away", "none"))
                set("orphan", row, code(.member, "orphan", "none"))
                set(
                    "study", row,
                    age < 19 && age > 5 ? code(.member, "study", "primary") : code(.member, "study", "none"))
                set("study_full_time", row, age < 19 ? 1 : 0)
                let disabled = random.below(100) < 12
                set("disability_grade", row, disabled ? Int64(1 + random.below(4)) : 0)
                set("disability_kind", row, disabled ? Int64(1 + random.below(7)) : 0)
                set("illness", row, random.below(100) < 10 ? 1 : 0)
                let works = age >= 18 && age < 65 && random.below(100) < 60
                set("can_work", row, works ? 1 : 0)
                set("works", row, works ? 1 : 0)
                set("refusals", row, random.below(50) == 0 ? 3 : 0)
                set("special_poverty", row, 0)
                for income in incomes { batch.set(income.place, row: row, to: 0) }
                if works { set("income.wages", row, Int64(random.below(poor ? 1_200_000 : 6_000_000))) }
                if age >= 60 { set("income.basic_pension", row, Int64(random.below(200_000))) }
                if random.below(5) == 0 { set("income.farm_subsidy", row, Int64(random.below(100_000))) }
            }
        }
        return batch
    }
}

/// SplitMix64: small, fast and the same everywhere.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int((next() >> 33) % UInt64(bound)) }
}
