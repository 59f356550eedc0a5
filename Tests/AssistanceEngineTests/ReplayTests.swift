import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

@Suite("Replaying recorded decisions")
struct ReplayTests {
    static let programs: [any AssistanceProgram] = [LowIncomeProgram()]
    static let household =
        #"[{"id": "A", "residence": "urban", "members": [{"birth": "1990-01-01", "disability": "none", "income": {"wages": 2400, "others": "none"}}]}, {"id": "B", "residence": "urban"}]"#

    static func engine(_ jurisdiction: String = "late") -> Engine {
        let library = PolicyLibrary.load(
            jurisdiction, in: Repository.fixtures + "/policies", sections: Engine.sections(of: programs), Findings())
        return Engine(library, programs: programs)
    }

    static func households(_ text: String = household) -> HouseholdFile {
        var scanner = JSONScanner(Array(text.utf8), file: "h.json")
        var problems: [Diagnostic] = []
        return HouseholdReader.read(
            &scanner, schema: .national, date: OutputFixtures.day("2023-06-01"), file: "h.json", findings: &problems)
    }

    /// What `assess` writes.
    static func record(explain: Bool = true, knownOn: String? = nil) -> String {
        let (engine, households) = (engine(), households())
        let date = OutputFixtures.day("2023-06-01")
        let known = knownOn.map(OutputFixtures.day)
        let policy = engine.policy(
            area: engine.library.jurisdiction, date: date, knownOn: known, stage: .application, Findings())
        let assessor = Assessor(engine, policy, over: households.batch)
        return AssessmentJSON.text(
            of: households.households.indices.map {
                assessor.assess(household: $0, id: households.households[$0].id, knownOn: known, explain: explain)
            }, explains: explain)
    }

    static func replay(_ record: String, _ engine: Engine? = engine(), _ households: HouseholdFile = households())
        -> [ReplayOutcome]
    {
        let findings = Findings()
        let records = RecordedAssessment.read(Array(record.utf8), file: "r.json", findings)
        let replay = Replay(engine)
        let outcomes = records.enumerated().map { place, record in
            replay.run(record, at: place, file: "h.json", findings) { _ in households }
        }
        #expect(findings.sorted.map(\.description) == [])
        return outcomes
    }

    @Test("the same facts under the same policy are the same decision", arguments: [true, false], [nil, "2023-10-19"])
    func same(explain: Bool, knownOn: String?) {
        #expect(Self.replay(Self.record(explain: explain, knownOn: knownOn)) == [.same, .same])
    }

    @Test("a decision in other words, and under another engine, is the same")
    func words() {
        let text = Self.record().replacing("\"zh\": \"", with: "\"zh\": \"某").replacing(
            "\"title\": \"", with: "\"title\": \"x"
        )
        .replacing("\"engine\": \"\(Engine.version)\"", with: "\"engine\": \"0.0.1\"")
        #expect(Self.replay(text) == [.same, .same])
    }

    @Test("what was recorded otherwise is named, value by value, the steps where they were recorded")
    func differs() {
        let text = Self.record().replacing("\"450.00\"", with: "\"451.00\"").replacing(
            "\"650 yuan/month\"", with: "null")
        guard case .differs(let differences)? = Self.replay(text).first else {
            Issue.record("nothing differs")
            return
        }
        let named = differences.map { "\($0.path) \($0.recorded ?? "-") \($0.found ?? "-")" }
        #expect(
            named == [
                "low-income.monthly 451.00 450.00", "low-income.benefits.base.amount 451.00 450.00",
                "low-income.benefits.base.parts[0].amount 451.00 450.00",
                "low-income.figures.standard - 650 yuan/month", "low-income.steps.line - 650 yuan/month",
            ])
        #expect(Self.replay(Self.record().replacing("\"eligible\"", with: "\"ineligible\"")).first != .same)
    }

    @Test("a reason, a missing fact or a task that was recorded and is none is named")
    func gone() {
        let text = Self.record(explain: false).replacing(
            "\"subject_to\": [\n", with: "\"subject_to\": [{\"id\": \"oath\"}, ")
        #expect(
            Self.replay(text).first
                == .differs([ReplayDifference(path: "low-income.subject_to.oath", recorded: "oath", found: nil)]))
    }

    @Test("it cannot be made again without its policy, its facts or its household")
    func cannot() {
        let record = Self.record()
        let digest = Self.engine().policyDigest
        #expect(Self.replay(record, nil) == [.cannot(.policy(recorded: digest)), .cannot(.policy(recorded: digest))])
        #expect(Self.replay(record, Self.engine("invented")).first == .cannot(.policy(recorded: digest)))
        let richer = Self.households(Self.household.replacing("2400", with: "2401"))
        guard case .cannot(.facts)? = Self.replay(record, Self.engine(), richer).first else {
            Issue.record("other facts are not noticed")
            return
        }
        #expect(
            Self.replay(record, Self.engine(), Self.households("[]")) == [.cannot(.household), .cannot(.household)])
    }

    @Test("without the policy nobody knows what facts there are, and the households are not read")
    func unread() throws {
        let record = try #require(
            RecordedAssessment.read(Array(Self.record().utf8), file: "r.json", Findings()).first)
        let outcome = Replay(nil).run(record, at: 0, file: "h.json", Findings()) { _ in
            Issue.record("the households are read")
            return Self.households()
        }
        #expect(outcome == .cannot(.policy(recorded: record.receipt.policyDigest)))
    }

    @Test("a household is found by its id wherever it stands")
    func order() {
        let parts = Self.household.dropFirst().dropLast().split(separator: ", {\"id\": \"B\"")
        let turned = "[{\"id\": \"B\"\(parts[1]), \(parts[0])]"
        #expect(Self.replay(Self.record(), Self.engine(), Self.households(turned)) == [.same, .same])
    }

    @Test("the digest is that of the pack, from the tree and from the pack, and changes with any byte")
    func digest() throws {
        let engine = Self.engine()
        let pack = engine.library.pack
        #expect(engine.policyDigest == pack.digest)
        let again = try #require(PolicyPack(reading: pack.bytes, file: "x", Findings()))
        let library = PolicyLibrary(
            files: again.files.reversed(), jurisdiction: again.jurisdiction,
            sections: Engine.sections(of: Self.programs), Findings())
        #expect(Engine(library, programs: Self.programs).policyDigest == engine.policyDigest)
        let other = PolicyPack(jurisdiction: pack.jurisdiction, files: pack.files.dropLast())
        #expect(other.digest != pack.digest)
        #expect(PolicyPack(jurisdiction: "china", files: pack.files).digest != pack.digest)
    }

    @Test(
        "what is no record is said to be none, by its place",
        arguments: [
            ("[]", "1:1: error: the JSON that 'jiuzhu assess --format json' prints was expected [wrong-type]"),
            ("{}", "1:1: error: the list 'households' is missing: this is no result of 'assess' [missing-key]"),
            ("{\"schema\": 2, \"households\": []}", "1:12: error: schema 1 was expected [schema-version]"),
            ("{\"households\": [1]}", "1:17: error: households[0]: an object was expected [wrong-type]"),
            ("{\"households\": [{}]}", "1:17: error: households[0]: the key 'receipt' is missing [missing-key]"),
            (
                "{\"households\": [], ",
                "1:20: error: a key in double quotes was expected after ',', and the text ends here [json-syntax]"
            ),
            ("{\"households\": []} 1", "1:20: error: the end of the text was expected after its value [json-syntax]"),
        ])
    func malformed(text: String, expected: String) {
        let findings = Findings()
        #expect(RecordedAssessment.read(Array(text.utf8), file: "r.json", findings).isEmpty)
        #expect(findings.sorted.map(\.description) == ["r.json:" + expected])
    }

    @Test("all that is wrong with a receipt is said")
    func receipt() {
        let text = """
            {"households": [{"stage": "twice", "area": {"code": "23"}, "programs": {},
            "receipt": {"engine": 1, "policy_digest": "x", "facts_digest": "y", "date": "2023-02-30", "known_on": 5}}]}
            """
        let findings = Findings()
        #expect(RecordedAssessment.read(Array(text.utf8), file: "r.json", findings).isEmpty)
        #expect(
            findings.sorted.map(\.description) == [
                "r.json:1:27: error: households[0].stage: application or review was expected [wrong-type]",
                "r.json:1:53: error: households[0].area.code: a division code was expected [wrong-type]",
                "r.json:1:72: error: households[0].programs: a list was expected [wrong-type]",
                "r.json:2:23: error: households[0].receipt.engine: a version was expected [wrong-type]",
                "r.json:2:77: error: households[0].receipt.date: a day was expected [wrong-type]",
                "r.json:2:103: error: households[0].receipt.known_on: a day was expected [wrong-type]",
            ])
    }

    @Test("steps nested deeper than a record may be are one finding, and no crash")
    func deep() {
        let nested = String(repeating: "[", count: 300)
        let findings = Findings()
        #expect(RecordedAssessment.read(Array("{\"households\": [\(nested)".utf8), file: "r.json", findings).isEmpty)
        #expect(findings.sorted.map(\.code) == [.tooDeep])
    }

    @Test("the report names what differs, in both languages, and counts")
    func report() throws {
        let record = try #require(
            RecordedAssessment.read(Array(Self.record().utf8), file: "r.json", Findings()).first)
        var report = ReplayReport()
        report.add(record, .same)
        report.add(record, .differs([ReplayDifference(path: "p.monthly", recorded: "1\u{1B}[2J", found: nil)]))
        report.add(record, .cannot(.policy(recorded: "0123456789abcdef")))
        #expect(
            report.text(in: .english) == """
                same     A
                differs  A
                  p.monthly: 1\u{FFFD}[2J → none
                cannot   A
                  its policy is not at hand (digest 0123456789ab)
                1 same, 1 differs, 1 cannot

                """)
        #expect(report.text(in: .chinese).hasSuffix("一致 1 户,不一致 1 户,无法重算 1 户\n"))
        #expect(report.hasDifferences && report.hasObstacles)
        #expect(report.json.contains("\"outcome\": \"cannot\",\n      \"obstacle\": \"policy\""))
    }
}
