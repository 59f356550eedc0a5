import AssistanceCore
import Testing

@Suite("Building households")
struct HouseholdBuilderTests {
    private let day = CalendarDate(year: 2026, month: 6, day: 1) ?? .latest

    /// The households of a builder, which must go together.
    private func households(of builder: HouseholdBuilder) -> HouseholdFile {
        var findings: [Diagnostic] = []
        let file = builder.households(on: day, findings: &findings)
        #expect(findings.isEmpty)
        return file
    }

    private func read(_ json: String) -> HouseholdFile {
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: Array(json.utf8), schema: .national, date: day, file: "", findings: &findings)
        #expect(findings.isEmpty)
        return file
    }

    private func expectSame(_ built: HouseholdFile, _ read: HouseholdFile) {
        #expect(built.households.map(\.id) == read.households.map(\.id))
        #expect(built.households.map(\.area) == read.households.map(\.area))
        #expect(built.batch.statedNone == read.batch.statedNone)
        for owner in FactOwner.allCases {
            let (one, other) = (built.batch.table(owner), read.batch.table(owner))
            #expect(one.count == other.count && one.starts == other.starts && one.listed == other.listed)
        }
        for (place, fact) in read.batch.schema.facts.enumerated() {
            for row in 0..<read.batch.table(fact.owner).count {
                #expect(built.batch.value(place, row: row) == read.batch.value(place, row: row), "\(fact.name)[\(row)]")
            }
        }
    }

    @Test("Households that are built are those of a file that says the same")
    func sameAsFile() throws {
        let file = read(
            """
            [{"id": "a", "area": "230102", "residence": "urban", "size": 2, "financial_assets": 1234.5,
              "rigid_expenditure": {"medical": 100, "school": 50, "others": "none"}, "plots": "none",
              "members": [
                {"citizen_number": "34052419800101001X", "income": {"wages": 36000, "others": "none"},
                 "illness": ["serious", "chronic"], "obligors": [{"supports": 3}, {}]},
                {"birth": "2015-03-04", "income": "none", "disability": "none", "bills": []}]},
             {"residence": "rural"}]
            """)
        var builder = HouseholdBuilder(schema: .national)
        try builder.beginHousehold(id: "a")
        for (name, text) in [
            ("area", "230102"), ("residence", "urban"), ("size", "2"), ("financial_assets", "1234.5"),
            ("rigid_expenditure.medical", "100"), ("rigid_expenditure.school", "50"),
            ("rigid_expenditure.others", "none"), ("plots", "none"),
        ] {
            try builder.set("household." + name, to: text)
        }
        try builder.beginEntry(.member)
        for (name, text) in [
            ("citizen_number", "34052419800101001X"), ("income.wages", "36000"), ("income.others", "none"),
            ("illness", "serious chronic"),
        ] {
            try builder.set("member." + name, to: text)
        }
        try builder.beginEntry(.obligor)
        try builder.set("obligor.supports", to: "3")
        try builder.beginEntry(.obligor)
        try builder.beginEntry(.member)
        for (name, text) in [("birth", "2015-03-04"), ("income", "none"), ("disability", "none")] {
            try builder.set("member." + name, to: text)
        }
        try builder.markListed(.bill)
        try builder.beginHousehold()
        try builder.set("household.residence", to: "rural")
        #expect(builder.count == 2 && builder.count(.member) == 2 && builder.count(.obligor) == 2)
        expectSame(households(of: builder), file)
        // The same again in the memory of the first.
        let json = #"{"members": [{"birth": "2015-03-04"}]}"#
        builder.removeAll()
        try builder.beginHousehold()
        try builder.beginEntry(.member)
        try builder.set("member.birth", to: "2015-03-04")
        expectSame(households(of: builder), read(json))
        // And behind it those of a text.
        var findings: [Diagnostic] = []
        builder.read(json: Array(json.utf8), date: day, findings: &findings)
        #expect(findings.isEmpty)
        expectSame(households(of: builder), read("[\(json), \(json)]"))
    }

    @Test("A fact that is set again has the last value; a none is one until something else is set")
    func replaced() throws {
        let schema = FactSchema.national
        let (vehicles, homes) = (
            try schema.place(named: "household.vehicles"), try schema.place(named: "household.homes")
        )
        var builder = HouseholdBuilder(schema: schema)
        try builder.beginHousehold()
        try builder.set(vehicles, count: 9_999)
        try builder.set(vehicles, count: 1)
        try builder.setNone(homes)
        var batch = households(of: builder).batch
        #expect(batch.value(vehicles, row: 0) == 1 && batch.value(homes, row: 0) == 0)
        #expect(batch.isStatedNone(homes, row: 0) && !batch.isStatedNone(vehicles, row: 0))
        try builder.set(homes, count: 0)
        #expect(!households(of: builder).batch.isStatedNone(homes, row: 0))
        try builder.setNone(homes)
        try builder.unset(homes)
        batch = households(of: builder).batch
        #expect(batch.value(homes, row: 0) == nil && batch.statedNone.isEmpty)
        #expect(!batch.isStatedNone(homes, row: -1) && !batch.isStatedNone(homes, row: 1_000))
        #expect(!batch.isStatedNone(-1, row: 0) && !batch.isStatedNone(100_000, row: 0))
    }

    @Test("What is thrown holds nothing of the value")
    func masked() throws {
        var builder = HouseholdBuilder(schema: .national)
        try builder.beginHousehold()
        try builder.beginEntry(.member)
        let secrets = ["34052419800101001X", "110101199003070125", "secret", "张三", "1990-13-07", "987654.321"]
        for column in FactOwner.allCases.flatMap({ owner in
            FactSchema.national.columns(of: owner).map { "\(owner.word).\($0.name)" }
        }) {
            for secret in secrets {
                do throws(ValueFlaw) {
                    try builder.set(column, to: secret)
                } catch {
                    #expect(!secrets.contains { error.message.contains($0) }, "\(column)")
                    #expect(error.suggestion.map(secrets.contains) != true)
                }
            }
        }
        let flaw = #expect(throws: ValueFlaw.self) { try builder.set("34052419800101001X", to: "1") }
        #expect(flaw?.code == .unknownFact && flaw?.message == "this name is no fact" && flaw?.suggestion == nil)
    }

    @Test("More mistakes than a hundred are not counted one by one")
    func manyMistakes() throws {
        var builder = HouseholdBuilder(schema: .national)
        for _ in 0..<150 {
            try builder.beginHousehold()
            try builder.beginEntry(.member)
            try builder.set("member.birth", to: "2026-06-02")
        }
        var findings: [Diagnostic] = []
        _ = builder.households(on: day, findings: &findings)
        #expect(findings.count == 101)
        #expect(
            findings.first?.description
                == "error: households[0].members[0].birth: a day not after the day of assessment, 2026-06-01, was "
                + "expected; correct one of them [birth-after-assessment]")
        #expect(findings.last?.severity == .note)
    }
}
