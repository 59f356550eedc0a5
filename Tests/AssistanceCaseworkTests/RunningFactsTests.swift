import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import Testing

@Suite("What a case knows of what it granted")
struct RunningFactsTests {
    /// A couple on low income with a supplement for the second, who is on special poverty too.
    private static func granted() throws -> SampleCase {
        var low = SampleCase.lowIncome
        low.route = "household"
        low.grants.append(
            CaseGrant(
                benefit: "supplements", period: .monthly, amount: Money(fen: 20_850),
                parts: [CasePart(person: 2, amount: Money(fen: 20_850))]))
        let support = CaseOutcome(
            program: "special-poverty", status: .eligible,
            grants: [
                CaseGrant(
                    benefit: "basic", period: .monthly, amount: Money(fen: 90_000),
                    parts: [CasePart(person: 2, amount: Money(fen: 90_000))])
            ])
        var sample = try SampleCase(for: ["low-income", "special-poverty"])
        try sample.takeToGranted([low, support])
        return sample
    }

    private static func batch(_ json: String) throws -> FactBatch {
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: Array(json.utf8), schema: .national, date: SampleCase.day("2026-06-01"), file: "",
            findings: &findings)
        try #require(findings.map(\.description) == [])
        return file.batch
    }

    private static func value(_ batch: FactBatch, _ owner: FactOwner, _ key: String, row: Int = 0) throws -> Int64? {
        batch.value(try #require(batch.schema.place(owner, key)), row: row)
    }

    @Test("Route, base, first day, class, supplements and standings come from the case; the rest is the household's")
    func completes() throws {
        let sample = try Self.granted()
        let said = try Self.batch(
            #"{"schema": 1, "low_income": false, "running": {"route": "grace", "base": 1, "reason": "pension"}, "members": [{}, {}]}"#
        )
        let batch = RunningFacts(sample.state).completing(said)
        #expect(try Self.value(batch, .household, "running.route") == 0)
        #expect(try Self.value(batch, .household, "running.base") == 80_000)
        #expect(
            try Self.value(batch, .household, "running.since") == Int64(SampleCase.day("2026-02-01").days))
        #expect(try Self.value(batch, .household, "running.class") == 0)
        #expect(try Self.value(batch, .household, "running.reason") == 2)
        #expect(try Self.value(batch, .household, "running.grace_until") == nil)
        #expect(try Self.value(batch, .household, "low_income") == 1)
        #expect(try [0, 1].map { try Self.value(batch, .member, "running_supplement", row: $0) } == [0, 20_850])
        #expect(try [0, 1].map { try Self.value(batch, .member, "special_poverty", row: $0) } == [nil, 1])
    }

    @Test("A standing that is decided anew is nobody's beforehand")
    func decidedAnew() throws {
        let sample = try Self.granted()
        let said = try Self.batch(
            #"{"schema": 1, "low_income": true, "members": [{}, {"special_poverty": true}]}"#)
        let batch = RunningFacts(sample.state).completing(said, deciding: ["low-income"])
        #expect(try Self.value(batch, .household, "low_income") == nil)
        #expect(try Self.value(batch, .member, "special_poverty", row: 1) == 1)
        #expect(try Self.value(batch, .household, "running.base") == 80_000)
    }

    @Test("What the household says otherwise is named, and what it leaves out or says alike is not")
    func contradicted() throws {
        let facts = RunningFacts(try Self.granted().state)
        #expect(
            facts.contradicted(
                by: try Self.batch(
                    #"{"schema": 1, "low_income": false, "running": {"route": "single", "base": 800}, "members": [{"running_supplement": 1}, {"special_poverty": false}]}"#
                )) == ["running.route", "low_income", "members[0].running_supplement", "members[1].special_poverty"])
        #expect(facts.contradicted(by: try Self.batch(#"{"schema": 1, "members": [{}, {}]}"#)) == [])
    }

    @Test("Where the household has other members than the case, nothing is said of members")
    func otherMembers() throws {
        let facts = RunningFacts(try Self.granted().state)
        let batch = facts.completing(try Self.batch(#"{"schema": 1, "members": [{}, {}, {}]}"#))
        #expect(try Self.value(batch, .household, "running.base") == 80_000)
        #expect(try Self.value(batch, .member, "special_poverty", row: 1) == nil)
    }

    @Test("A case of which nothing runs knows nothing, and changes no fact")
    func nothing() throws {
        let said = try Self.batch(#"{"schema": 1, "low_income": true, "running": {"base": 5}, "members": [{}, {}]}"#)
        let batch = RunningFacts(try SampleCase().state).completing(said, deciding: ["low-income"])
        #expect(try Self.value(batch, .household, "running.base") == 500)
        #expect(try Self.value(batch, .household, "low_income") == 1)
    }

    // MARK: In a file

    @Test("A review goes on from what was granted: first the same sum, then a gradual exit, and its end is kept")
    func reviews() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        let base = try #require(try desk.store.state(of: number, for: SampleDesk.clerk).running["low-income"])
        #expect(base.route == "household")
        // More than the line, and less than half as much again: the base goes on for the six months of Mudanjiang.
        try desk.review(
            number, replacing: (#""basic_pension": 1800"#, #""basic_pension": 17000"#),
            (#"{"kind": "limb", "grade": 2}"#, #""none""#))
        let exit = try desk.store.state(of: number, for: SampleDesk.clerk)
        #expect(exit.running["low-income"]?.route == "grace")
        #expect(exit.running["low-income"]?.grants.first?.amount == base.grants.first?.amount)
        #expect(exit.grants.last { $0.grant.benefit == "base" }?.until == SampleCase.day("2027-04-01"))
        // A review within those months begins no new ones.
        try desk.take(number, .recheck, on: "2026-12-01")
        try desk.take(number, .verify, on: "2026-12-02", text: "核对结果一致")
        try desk.take(number, .visit, on: "2026-12-03", text: "属实") {
            ($0.action.visitors, $0.action.from) = (["surveyor-1", "village-3"], SampleCase.day("2026-12-03"))
        }
        let again = try #require(try desk.take(number, .assess, on: "2026-12-04").outcomes.first)
        #expect(again.route == "grace")
        #expect(again.grants.first?.amount == base.grants.first?.amount)
        #expect(again.grants.first?.until == SampleCase.day("2027-04-01"))
        #expect(try desk.store.verify(anchor: nil).isWhole)
    }

    @Test("A household that says otherwise than the case is refused when it is reported, and nothing is kept")
    func refused() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        let before = try desk.store.records.head
        let household = try SampleDesk.household([(#""plots""#, #""running": {"route": "single"}, "plots""#)])
        do {
            try desk.take(number, .report, on: "2026-09-01") { $0.document = household }
            Issue.record("it was taken")
        } catch CaseProblem.refused(let refusal) {
            #expect(
                refusal.description
                    == "report: refused (wrong-fields): the case knows what it granted, and the household says otherwise of running.route; leave that out of the household"
            )
        }
        #expect(try desk.store.records.head == before)
    }
}
