import AssistanceCasework
import AssistanceCore
import AssistancePolicy
import TestSupport
import Testing

@Suite("JSON Schemas of cases")
struct CaseSchemaTests {
    @Test("The published schemas are those of the code")
    func published() {
        RecordedText.expect(CaseShapes.request, at: "docs/schema/case-request-1.schema.json")
        RecordedText.expect(CaseShapes.overview, at: "docs/schema/case-1.schema.json")
        RecordedText.expect(CaseShapes.list, at: "docs/schema/cases-1.schema.json")
    }

    // MARK: Requests

    private static func problems(of request: String) throws -> [String] {
        try SchemaCheck(root: JSONTree(CaseShapes.request)).problems(of: JSONTree(request))
    }

    @Test("Requests that the examples and the page show are valid, and are read")
    func shown() throws {
        let folder = Repository.root + "/Examples/casework"
        let page = try #require(PolicyFiles.read(Repository.root + "/docs/casework.md"))
        let shown = String(decoding: page, as: UTF8.self).split(separator: "```json\n").dropFirst()
            .compactMap { $0.split(separator: "```").first.map(String.init) }.filter { $0.contains("\"step\"") }
        let examples = try ["couple.json", "farmers.json", "illness.json"].map {
            String(decoding: try #require(PolicyFiles.read(folder + "/" + $0)), as: UTF8.self)
        }
        #expect(shown.count == 1)
        for text in shown + examples {
            #expect(try Self.problems(of: text) == [])
            _ = try CaseRequest(json: Array(text.utf8))
        }
    }

    @Test(
        "What a step needs and may have is what the reader and the table of steps say",
        arguments: [
            #"{"step": "visit", "day": "2026-06-06", "from": "2026-06-05", "visitors": ["s-1", "v-3"]}"#,
            #"{"step": "authorize", "day": "2026-06-02", "members": [0, 1], "from": "2026-06-02", "until": "2027-06-01"}"#,
            #"{"step": "relieve", "day": "2026-06-02", "programs": ["temporary-relief"], "sum": "2000.00"}"#,
            #"{"step": "dispatch", "day": "2026-06-02", "programs": ["housing"], "department": "housing"}"#,
            #"{"step": "settle", "day": "2026-06-02", "number": 1, "verdict": "refuse"}"#,
            #"{"step": "assess", "day": "2026-06-02"}"#, #"{"step": "report", "day": "2026-06-02"}"#,
            #"{"step": "transfer", "day": "2026-06-02", "area": "231025101"}"#,
        ])
    func right(request: String) throws {
        #expect(try Self.problems(of: request) == [])
        _ = try CaseRequest(json: Array(request.utf8))
    }

    @Test(
        "A request that lacks something, has something too much, or is no request is found",
        arguments: [
            #"{"step": "visit", "day": "2026-06-06", "from": "2026-06-05"}"#,
            #"{"step": "accept", "day": "2026-06-06", "sum": "1.00"}"#, #"{"step": "accept"}"#,
            #"{"step": "acept", "day": "2026-06-06"}"#,
            #"{"step": "authorize", "day": "2026-06-02", "members": ["0"], "from": "2026-06-02", "until": "2027-06-01"}"#,
            #"{"step": "relieve", "day": "2026-06-02", "programs": ["temporary-relief"], "sum": 2000}"#,
            #"{"step": "transfer", "day": "2026-06-02", "area": "2310"}"#,
            #"{"step": "apply", "day": "2026-06-02", "programs": ["heating"], "area": "231025100", "people": []}"#,
            "[]",
        ])
    func wrong(request: String) throws {
        #expect(try Self.problems(of: request) != [])
    }

    // MARK: What is shown

    @Test("A case is valid wherever it stands, with names and without, and so is where it stands after a step")
    func overview() throws {
        let check = SchemaCheck(root: try JSONTree(CaseShapes.overview))
        let desk = try SampleDesk()
        func problems(_ number: Int64, _ day: String) throws -> [String] {
            let overview = try desk.store.overview(of: number, on: SampleCase.day(day), for: SampleDesk.clerk)
            let persons = try desk.store.persons(of: number, by: SampleDesk.clerk, at: 7)
            return try [overview.json(), overview.json(persons: persons), overview.state.json].flatMap {
                check.problems(of: try JSONTree($0))
            }
        }
        let granted = try desk.takeToGranted()
        #expect(try problems(granted.number, "2026-06-23") == [])
        try desk.take(granted.number, .recheck, on: "2027-06-01")
        #expect(try problems(granted.number, "2027-06-02") == [])
        let other = try desk.apply(on: "2026-06-01").number
        try desk.take(other, .askPapers, on: "2026-06-01") { $0.action.papers = ["identity"] }
        #expect(try problems(other, "2026-06-02") == [])
        try desk.take(other, .supplyPapers, on: "2026-06-02") { $0.action.papers = ["identity"] }
        try desk.take(other, .accept, on: "2026-06-02")
        try desk.take(other, .dispatch, on: "2026-06-03") {
            ($0.action.department, $0.action.programs) = ("housing", ["low-income"])
        }
        try desk.take(other, .complain, on: "2026-06-03", text: "投诉")
        #expect(try problems(other, "2026-06-04") == [])
        let text = try desk.store.overview(of: other, on: SampleCase.day("2026-06-04"), for: SampleDesk.clerk).json()
        for (right, wrong) in [
            ("\"stage\": \"accepted\"", "\"stage\": \"open\""), ("\"tasks\"", "\"task\""),
            ("\"is_answered\": false", "\"is_answered\": 0"), ("\"step\": \"dispatch\"", "\"step\": \"send\""),
        ] {
            let changed = text.replacing(right, with: wrong)
            #expect(changed != text, "\(right) does not stand in the output")
            #expect(check.problems(of: try JSONTree(changed)) != [], "\(wrong) passed")
        }
    }

    @Test("A list of cases is valid, and so is an empty one")
    func list() throws {
        let check = SchemaCheck(root: try JSONTree(CaseShapes.list))
        let desk = try SampleDesk()
        _ = try desk.takeToGranted()
        _ = try desk.apply(on: "2026-06-01")
        let rows = try desk.store.list(in: SampleDesk.county, for: SampleDesk.confirmer, limit: 10)
        #expect(rows.count == 2)
        for rows in [rows, []] { #expect(check.problems(of: try JSONTree(CaseRow.json(rows))) == []) }
        #expect(
            check.problems(of: try JSONTree(CaseRow.json(rows).replacing("\"review_due\"", with: "\"review\""))) != [])
    }
}
