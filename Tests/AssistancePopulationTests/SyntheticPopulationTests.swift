import AssistanceCore
import Testing

@testable import AssistancePopulation

@Suite("The synthetic population")
struct SyntheticPopulationTests {
    static func population(_ households: Int, seed: UInt64 = 7) -> SyntheticPopulation {
        let areas = ["230102", "231025"].compactMap { DivisionCode($0) }
        return SyntheticPopulation(areas: areas, seed: seed, households: households, schema: .national)
    }

    /// All values of a household, by fact and row, with the sizes of its lists.
    static func values(_ batch: FactBatch, _ household: Int) -> [[Int64?]] {
        func rows(_ owner: FactOwner) -> [Int] {
            guard let parent = owner.parent else { return [household] }
            return rows(parent).flatMap { Array(batch.rows(owner, of: $0)) }
        }
        return batch.schema.facts.indices.map { place in
            rows(batch.schema.facts[place].owner).map { batch.value(place, row: $0) }
        }
    }

    @Test("Any part of a population is the same, whatever is made with it")
    func partsAreStable() {
        let population = Self.population(300)
        let whole = population.batch(0..<300)
        let part = population.batch(120..<140)
        #expect(part.count == 20)
        for row in 0..<20 {
            #expect(Self.values(whole, 120 + row) == Self.values(part, row))
        }
    }

    @Test("Another seed gives other households; what lies beyond the population is left out")
    func seedsDiffer() {
        let (one, other) = (Self.population(5).batch(0..<5), Self.population(5, seed: 8).batch(0..<5))
        #expect((0..<5).contains { Self.values(one, $0) != Self.values(other, $0) })
        #expect(Self.population(5).batch(3..<9).count == 2)
        #expect(Self.population(-1).batch(0..<9).count == 0)
    }

    @Test("Every fact is known but those of a grant that runs and of what may not be")
    func factsAreKnown() {
        let batch = Self.population(2_000).batch(0..<2_000)
        let unknown = batch.schema.facts.indices.filter { place in
            let rows = batch.table(batch.schema.facts[place].owner).count
            return (0..<rows).contains { batch.value(place, row: $0) == nil }
        }
        let keys = unknown.map { batch.schema.facts[$0].key }
        #expect(
            keys == [
                "size", "repaired_on", "running.route", "running.base", "running.since", "running.reason",
                "running.class",
                "running.grace_until", "away_since", "entered", "school_area", "registered_unemployed_since",
                "retires_on",
            ])
    }

    @Test("Every key of the columns is one of the schema, and every code the nation's of its place")
    func columnsAreKnown() throws {
        let schema = FactSchema.national
        func check<Row>(_ columns: [PopulationColumn<Row>], _ owner: FactOwner) {
            for column in columns { #expect(schema.place(owner, column.key) != nil, "\(column.key)") }
        }
        check(PopulationColumns.household, .household)
        check(PopulationColumns.member, .member)
        check(PopulationColumns.obligor, .obligor)
        check(PopulationColumns.plot, .plot)
        check(PopulationColumns.bill, .bill)
        check(PopulationColumns.loss, .loss)
        func check<Code: CaseIterable & RawRepresentable<Int64>>(
            _: Code.Type, _ owner: FactOwner, _ key: String
        ) throws {
            let place = try #require(schema.place(owner, key))
            let list = try #require(schema.facts[place].type.codeList)
            let names = list.codes.map { $0.name.lowercased().filter(\.isLetter) }
            let words = ["myself": "self", "itself": "self", "one": "1", "two": "2", "three": "3"]
            for code in Code.allCases {
                let word = "\(code)".lowercased()
                let name = names.indices.contains(Int(code.rawValue)) ? list.codes[Int(code.rawValue)].name : ""
                #expect(
                    name == words[word] ?? word || name.lowercased().filter(\.isLetter) == words[word] ?? word,
                    "\(key) \(word)")
            }
        }
        try check(Residence.self, .household, "residence")
        try check(Heating.self, .household, "heating")
        try check(AreaKind.self, .household, "area_kind")
        try check(HomeKind.self, .household, "home_kind")
        try check(HouseDanger.self, .household, "house_danger")
        try check(Cause.self, .household, "cause")
        try check(ReliefKind.self, .household, "relief_kind")
        try check(Severity.self, .household, "severity")
        try check(Need.self, .household, "unmet_needs")
        try check(Sex.self, .member, "sex")
        try check(Relation.self, .member, "relation")
        try check(Marriage.self, .member, "marriage")
        try check(DisabilityKind.self, .member, "disability_kind")
        try check(Illness.self, .member, "illness")
        try check(SelfCare.self, .member, "self_care")
        try check(SupportMode.self, .member, "mode")
        try check(Study.self, .member, "study")
        try check(Orphan.self, .member, "orphan")
        try check(JobKind.self, .member, "job_kind")
        try check(InsurancePlan.self, .member, "plan")
        try check(CivilCapacity.self, .member, "civil_capacity")
        try check(Able.self, .obligor, "able")
        try check(ObligorStanding.self, .obligor, "standing")
        try check(Whereabouts.self, .obligor, "whereabouts")
        try check(LandUse.self, .plot, "use")
        try check(Crop.self, .plot, "crop")
        try check(BillKind.self, .bill, "kind")
        try check(HospitalLevel.self, .bill, "hospital_level")
        try check(Disease.self, .bill, "disease")
        try check(Disaster.self, .loss, "event")
        try check(Damage.self, .loss, "damage")
        try check(Dwelling.self, .loss, "dwelling")
    }

    @Test("The margins come out as they are documented")
    func margins() {
        let batch = Self.population(20_000).batch(0..<20_000)
        func share(_ owner: FactOwner, _ key: String, _ holds: (Int64) -> Bool) -> Int {
            guard let place = batch.schema.place(owner, key) else { return -1 }
            let rows = batch.table(owner).count
            return (0..<rows).count { batch.value(place, row: $0).map(holds) ?? false } * 100 / rows
        }
        #expect((64...68).contains(share(.household, "residence") { $0 == 0 }))
        #expect((4...8).contains(share(.member, "disability_grade") { $0 > 0 }))
        #expect((48...53).contains(share(.member, "sex") { $0 == 1 }))
        let members = batch.table(.member).count
        #expect((2_400...2_800).contains(members * 1_000 / 20_000))
    }
}
