import AssistanceCore
import AssistancePolicy
import Testing

private func position(_ line: Int, _ column: Int) -> SourcePosition { SourcePosition(line: line, column: column) }

/// All tokens of a text, with the end.
private func tokens(_ text: String) throws -> [JSONToken] {
    let root = try #require(YAMLReader.read(Array(text.utf8), file: "h.yaml").root)
    var tokens = YAMLTokens(root)
    var found: [JSONToken] = []
    while found.last?.kind != .end { found.append(try tokens.next()) }
    #expect(try tokens.next().kind == .end)
    return found
}

private func household(_ tokens: some DocumentTokens, file: String) -> (HouseholdFile, [String]) {
    var tokens = tokens
    var findings: [Diagnostic] = []
    let day = CalendarDate(year: 2026, month: 6, day: 1) ?? .latest
    let households = HouseholdReader.read(
        &tokens, schema: .national, date: day, file: file, findings: &findings)
    return (households, findings.map(\.description))
}

private func households(yaml: String) throws -> (HouseholdFile, [String]) {
    let root = try #require(YAMLReader.read(Array(yaml.utf8), file: "h.yaml").root)
    return household(YAMLTokens(root), file: "h.yaml")
}

/// All that a batch holds, in a form that can be compared.
private struct Content: Equatable {
    var rows: [FactOwner: [Range<Int>]] = [:]
    var listed: [FactOwner: [Bool]] = [:]
    var values: [FactReference: Int64] = [:]
    var statedNone: Set<FactReference>

    init(_ batch: FactBatch) {
        statedNone = batch.statedNone
        for owner in FactOwner.allCases {
            let parents = owner.parent.map { batch.table($0).count } ?? batch.count
            rows[owner] = (0..<parents).map { batch.rows(owner, of: $0) }
            listed[owner] = (0..<parents).map { batch.isListed(owner, of: $0) }
        }
        for (place, fact) in batch.schema.facts.enumerated() {
            for row in 0..<batch.table(fact.owner).count {
                values[FactReference(place: place, row: row)] = batch.value(place, row: row)
            }
        }
    }
}

@Suite("YAML as tokens")
struct YAMLTokensTests {
    @Test("A tree gives the tokens JSON would, each at its place")
    func order() throws {
        let found = try tokens("a: [1, {b: x}]\n'c':\n  - -2.5e3\n  - {}\n  - []\n")
        let expected: [(JSONToken.Kind, Int, Int)] = [
            (.beginObject, 1, 1), (.key("a"), 1, 1), (.beginArray, 1, 4), (.number("1"), 1, 5), (.beginObject, 1, 8),
            (.key("b"), 1, 9), (.string("x"), 1, 12), (.endObject, 1, 12), (.endArray, 1, 12), (.key("c"), 2, 1),
            (.beginArray, 3, 3), (.number("-2.5e3"), 3, 5), (.beginObject, 4, 5), (.endObject, 4, 5),
            (.beginArray, 5, 5), (.endArray, 5, 5), (.endArray, 5, 5), (.endObject, 5, 5), (.end, 5, 5),
        ]
        #expect(found == expected.map { JSONToken($0.0, at: position($0.1, $0.2)) })
    }

    @Test(
        "A text without quotes is what JSON reads there, and a string where JSON would read nothing",
        arguments: [
            ("true", .bool(true)), ("false", .bool(false)), ("null", .null), ("~", .null), ("", .null),
            ("0", .number("0")), ("-1.50", .number("-1.50")), ("1e3", .number("1e3")), ("01", .string("01")),
            ("+1", .string("+1")), (".5", .string(".5")), ("1.", .string("1.")), ("0x10", .string("0x10")),
            ("1_000", .string("1_000")), ("36,000", .string("36,000")), ("yes", .string("yes")),
            ("True", .string("True")), ("1990-03-07", .string("1990-03-07")), (".nan", .string(".nan")),
            ("'true'", .string("true")), ("\"1\"", .string("1")), ("''", .string("")), ("'null'", .string("null")),
            ("34052419800101001X", .string("34052419800101001X")), ("|\n  1\n", .string("1\n")),
        ] as [(String, JSONToken.Kind)])
    func scalars(text: String, kind: JSONToken.Kind) throws {
        #expect(try tokens("a: \(text)").map(\.kind) == [.beginObject, .key("a"), kind, .endObject, .end])
    }

    @Test("What the YAML reader has reported is null")
    func cut() throws {
        #expect(try tokens("a: !x 1").map(\.kind) == [.beginObject, .key("a"), .null, .endObject, .end])
    }

    @Test("The same household in JSON and in YAML gives the same facts")
    func same() throws {
        let json = """
            {"schema": 1, "households": [
              {"id": "a", "area": "230102001", "residence": "urban", "vehicles": 0, "financial_assets": 1234.50,
               "employs_others": false, "single_parent": true, "rigid_expenditure": {"medical": 8000, "others": "none"},
               "running": {"route": "single", "since": "2025-07-01", "class": "A"},
               "members": [
                 {"citizen_number": "34052419800101001X", "relation": "01", "marriage": "20", "away": "none",
                  "income": {"wages": 36000, "business": -1200.55, "others": "none"}, "illness": ["serious"],
                  "disability_certificate": "34052419800101001X63", "obligors": [{"supports": 2}]},
                 {"birth": "2015-02-28", "sex": 2, "income": "none", "disability": {"kind": "limb"}, "illness": [],
                  "can_work": null, "obligors": []}],
               "plots": [{"mu": 12.25, "crop": "corn"}, {}]},
              {"id": "b", "size": 3, "plots": "none"}]}
            """
        let yaml = """
            schema: 1
            households:
              - id: a
                area: 230102001
                residence: urban
                vehicles: 0
                financial_assets: 1234.5    # yuan
                employs_others: no
                single_parent: yes
                rigid_expenditure: {medical: 8e3, others: none}
                running: {route: single, since: 2025-07-01, class: A}
                members:
                  - citizen_number: 34052419800101001X
                    relation: 01
                    marriage: 20
                    away: none
                    income: {wages: 36000, business: -1200.55, others: none}
                    illness: [serious]
                    disability_certificate: 34052419800101001X63
                    obligors:
                      - supports: 2
                  - birth: 2015-02-28
                    sex: 2
                    income: none
                    disability: {kind: limb}
                    illness: []
                    can_work:
                    obligors: none
                plots:
                  - {mu: 12.25, crop: corn}
                  - {}
              - {id: b, size: 3, plots: []}
            """
        let (fromJSON, jsonFindings) = household(JSONScanner(Array(json.utf8)), file: "h.json")
        let (fromYAML, yamlFindings) = try households(yaml: yaml)
        #expect(jsonFindings == [] && yamlFindings == [])
        #expect(Content(fromJSON.batch) == Content(fromYAML.batch))
        #expect(Content(fromYAML.batch).values.count > 40 && fromYAML.batch.count == 2)
        #expect(fromJSON.households.map(\.id) == fromYAML.households.map(\.id))
        #expect(fromJSON.households.map(\.area) == fromYAML.households.map(\.area))
        #expect(fromYAML.households.map(\.position) == [position(3, 5), position(32, 5)])
    }

    @Test("A mistake in a household in YAML is reported where it stands, and not quoted")
    func mistakes() throws {
        let (_, findings) = try households(
            yaml: """
                residence: urbn
                members:
                  - birth: 1990-02-30
                    citizen_number: 110101199003070126
                    income: {wages: '36000', wagse: 1}
                  - zhangsan
                """)
        let amount =
            "a number from 0 to 10,000,000,000 yuan/year was expected, and this is text; write it without quotes"
        #expect(
            findings == [
                "h.yaml:1:12: error: residence: one of urban, rural was expected, and this is no such code; "
                    + "did you mean 'urban'? [unknown-code]",
                "h.yaml:3:12: error: members[0].birth: a day of the calendar, written as 2026-01-31, was expected "
                    + "[bad-date]",
                "h.yaml:4:21: error: members[0].citizen_number: a text of 18 characters in quotes was expected, and "
                    + "this is a number [wrong-type]",
                "h.yaml:5:21: error: members[0].income.wages: \(amount) [wrong-type]",
                "h.yaml:5:30: error: members[0].income: there is no fact 'wagse' here; did you mean 'wages'? "
                    + "[unknown-fact]",
                "h.yaml:6:5: error: members[1]: an object was expected, and this is text [wrong-type]",
            ])
    }

    @Test("A number of 400 digits is out of range, and a file of one text is no household")
    func oddities() throws {
        let (_, long) = try households(yaml: "vehicles: " + String(repeating: "7", count: 400))
        #expect(
            long == [
                "h.yaml:1:11: error: vehicles: a whole number from 0 to 9,999 was expected, and this lies outside [out-of-range]"
            ])
        let (_, text) = try households(yaml: "zhangsan")
        #expect(
            text == [
                "h.yaml:1:1: error: the file: a household object or a list of them was expected, and this is text "
                    + "[wrong-type]"
            ])
    }
}
