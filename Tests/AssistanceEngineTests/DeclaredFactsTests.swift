import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// The schema of a policy: what its files add to the facts of the nation, wherever facts are read and shown.
@Suite("Facts that a policy declares")
struct DeclaredFactsTests {
    /// The engine of an invented province below `Tests/Policies/features`.
    private static func engine(_ name: String) -> Engine {
        let findings = Findings()
        let files =
            PolicyFiles.jurisdiction("china", in: Repository.policies)
            + PolicyFiles.tree(Repository.root + "/Tests/Policies/features/" + name)
        let library = PolicyLibrary(
            files: files, jurisdiction: Repository.root + "/Tests/Policies/features/" + name,
            sections: Engine.sections(of: assistancePrograms), findings)
        #expect(findings.sorted.isEmpty)
        return Engine(library, programs: assistancePrograms, run: ["low-income"])
    }

    private static let date = CalendarDate(iso: "2025-03-10") ?? .latest

    /// The household of a JSON text, with what is wrong with it.
    private static func read(_ json: String, _ schema: FactSchema) -> (HouseholdFile, [String]) {
        var findings: [Diagnostic] = []
        var tokens = JSONScanner(Array(json.utf8), file: "h.json")
        let file = HouseholdReader.read(&tokens, schema: schema, date: date, file: "h.json", findings: &findings)
        return (file, findings.map(\.description))
    }

    private static func assess(_ json: String, _ engine: Engine) throws -> Assessment {
        let (file, problems) = read(json, engine.library.schema)
        #expect(problems == [])
        let findings = Findings()
        let policy = engine.policy(
            area: engine.library.jurisdiction, date: date, stage: .application, findings)
        #expect(findings.sorted.isEmpty)
        return Assessor(engine, policy, over: file.batch).assess(household: 0, explain: true)
    }

    @Test("The table of facts and the JSON Schema have them, with their unit, range and document")
    func listed() {
        let schema = Self.engine("declared-facts").library.schema
        let table = schema.table(in: .english)
        #expect(
            table.contains {
                $0.hasPrefix("household  reeds ") && $0.contains(" amount  ") && $0.contains(" yuan/year ")
                    && $0.contains("income from reeds") && $0.contains("例民〔2025〕3号 第二条  0 to 100,000")
            })
        #expect(table.contains { $0.hasPrefix("member     share ") && $0.contains(" % ") && $0.hasSuffix("0 to 100") })
        #expect(table.contains { $0.hasPrefix("member     post ") && $0.hasSuffix("none, forest, road") })
        #expect(schema.table(in: .chinese).contains { $0.contains("苇田收入") && $0.contains("元/年") })
        let json = schema.jsonSchema(.compact)
        #expect(json.contains("\"coal_stove\":{\"title\":\"燃煤取暖 (heats with coal)\""))
        #expect(json.contains("\"enum\":[\"none\",\"forest\",\"road\",\"05\",5,null]"))
        #expect(!FactSchema.national.jsonSchema(.compact).contains("coal_stove"))
    }

    @Test("A household file with mistakes in them gets each finding with its place")
    func mistakes() {
        let schema = Self.engine("declared-facts").library.schema
        let json = """
            {"coal_stov": true, "coal_stove": 1, "reeds": 100000.01, "moved_on": "2025-02-30",
             "forest": {"trees": 1.5, "cutt": 3}, "mine_years": 3,
             "members": [{"mine_years": 61, "post": "forrest", "labels": ["veteran", "nobody"], "share": 0.125,
                          "income": {"lottery": -1}, "decided": "none"}]}
            """
        #expect(
            Self.read(json, schema).1 == [
                "h.json:1:2: error: the household: there is no fact 'coal_stov' here; did you mean 'coal_stove'? [unknown-fact]",
                "h.json:1:35: error: coal_stove: true or false was expected, and this is a number [wrong-type]",
                "h.json:1:47: error: reeds: a number from 0 to 100,000 yuan/year was expected, and this lies outside [out-of-range]",
                "h.json:1:70: error: moved_on: a day of the calendar, written as 2026-01-31, was expected [bad-date]",
                "h.json:2:22: error: forest.trees: a whole number was expected; nothing is rounded here [too-many-decimals]",
                "h.json:2:27: error: forest: there is no fact 'cutt' here; did you mean 'cut'? [unknown-fact]",
                "h.json:2:39: error: the household: there is no fact 'mine_years' here; it belongs to the member [unknown-fact]",
                "h.json:3:29: error: members[0].mine_years: a whole number from 0 to 60 was expected, and this lies outside [out-of-range]",
                "h.json:3:41: error: members[0].post: one of none, forest, road or a code of 例民〔2025〕3号 was expected, and this is no such code; did you mean 'forest'? [unknown-code]",
                "h.json:3:74: error: members[0].labels[1]: one of veteran, returnee was expected, and this is no such code [unknown-code]",
                "h.json:3:94: error: members[0].share: a number of at most 2 decimals was expected; nothing is rounded here [too-many-decimals]",
                "h.json:4:37: error: members[0].income.lottery: a number from 0 to 10,000,000 yuan/year was expected, and this lies outside [out-of-range]",
                "h.json:4:53: error: members[0].decided: an object with the facts of this group was expected, and this is text [wrong-type]",
            ])
    }

    @Test("What an officer decided outside the bounds is said with the bounds, the document and the line")
    func violation() throws {
        let engine = Self.engine("decisions")
        let json = """
            {"residence": "rural", "members": [{"birth": "1960-01-01", "relation": "head", "away": "none",
             "disability": {"kind": "limb", "grade": 1}, "illness": [], "can_work": false, "refusals": 0,
             "study_full_time": false, "orphan": "none", "special_poverty": false,
             "income": {"pension": 10800, "others": "none"}, "decided": {"each": 500}}]}
            """
        let assessment = try Self.assess(json, engine)
        let decision = try #require(assessment.determinations.first)
        let violation = try #require(decision.violations.first)
        #expect(decision.violations.count == 1 && violation.id == "each" && violation.member == 0)
        #expect(violation.label.chinese == "单人保每人金额:经办人员确定的 500.00 元/月 超出规定范围 160.00 至 320.00 元/月")
        #expect(
            violation.label.english
                == "individual coverage: sum of each who is paid: the decided 500.00 yuan/month lies outside the range 160.00 to 320.00 yuan/month"
        )
        #expect(violation.citation?.text == "例民〔2025〕5号 第四条")
        #expect(violation.place?.hasSuffix("features/decisions/policy.yaml:21") == true)
        #expect(decision.monthly == MoneyRange(Money(fen: 16_500), Money(fen: 32_500)))
        #expect(
            decision.missing.map(\.label.chinese) == ["成员1(户主)的单人保每人金额(由地方或经办人员确定)"])
        #expect(decision.missing.allSatisfy { !$0.isPolicy })
        let text = AssessmentText().text(of: assessment)
        #expect(text.contains("裁量超限"))
        #expect(AssessmentJSON.text(of: [assessment]).contains("\"violations\": ["))
    }

    @Test("Households read by the facts of the nation, or of another policy, are read by name")
    func otherSchema() throws {
        let engine = Self.engine("decisions")
        let other = Self.engine("declared-facts").library.schema
        let json = "{\"residence\": \"rural\", \"coal_stove\": true, \"members\": [{\"post\": \"forest\"}]}"
        let findings = Findings()
        let policy = engine.policy(
            area: engine.library.jurisdiction, date: Self.date, stage: .application, findings)
        var batch = FactBatch(schema: .national)
        batch.add(.household)
        for batch in [Self.read(json, other).0.batch, batch] {
            let decision = try #require(
                Assessor(engine, policy, over: batch).assess(household: 0, explain: false).determinations.first)
            #expect(decision.status == .undetermined && decision.violations.isEmpty)
            let totals = try #require(BulkAssessor(policy, over: batch).run().first)
            #expect(totals.status == [2])
        }
    }

    @Test(
        "Totals in bulk equal one assessment at a time, whatever was decided",
        arguments: [nil, 0, 15_999, 20_000, 32_001])
    func bulk(decided: Int64?) throws {
        let engine = Self.engine("decisions")
        let findings = Findings()
        let policy = engine.policy(
            area: engine.library.jurisdiction, date: Self.date, stage: .application, findings)
        var random = SeededRandom(7)
        var batch = FactBatch(schema: engine.library.schema)
        let winter = try #require(batch.schema.place(.household, "decided.winter"))
        for _ in 0..<300 {
            var household = SampleHousehold.random(on: Self.date, &random)
            // Most of them between the line and one and a half times the line, where individual coverage is.
            let earned = 12 * 110_000 * Int64(household.members?.count ?? 0)
            household.members?[0]["income.wages"] += random.chance(70) ? earned : 0
            for place in household.members?.indices ?? 0..<0 {
                if random.chance(30) { household.members?[place]["disability_grade"] = 1 }
                household.members?[place].facts[SampleFacts.decided] = decided
            }
            household.append(to: &batch)
            if random.chance(50) { batch.set(winter, row: batch.count - 1, to: Int64(random.below(4_000))) }
        }
        let bulk = BulkAssessor(policy, over: batch)
        #expect(bulk.usesColumns(0))
        let totals = try #require(bulk.run().first)
        let assessor = Assessor(engine, policy, over: batch)
        var singles = 0
        for row in 0..<batch.count {
            let decision = try #require(assessor.assess(household: row, explain: false).determinations.first)
            if decision.route == "single" { singles += 1 }
            #expect(Totals.codes[Int(totals.status[row])] == decision.status)
            for (place, id) in ["base", "supplements"].enumerated() {
                let found = totals.least[place][row]...max(totals.least[place][row], totals.most[place][row])
                #expect(found == decision.fen(id), "\(id) of household \(row)")
            }
        }
        #expect(singles > 3)
        print("decisions in bulk: \(batch.count) households, \(singles) covered singly, by row \(totals.decidedByRow)")
    }
}
