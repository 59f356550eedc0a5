import AssistanceCore
import Testing

/// The published sample of a citizen number, and what must never stand in a message.
private let citizen = "34052419800101001X"
private let woman = "110101199003070126"
private let personal = [
    citizen, woman, "340524198001010011", "1980", "1990-03-07", "1990", "张", "zhangsan", "36000.125", "987654",
    "secret",
    "-4321", "2029",
]

private let day = CalendarDate(year: 2026, month: 6, day: 1) ?? .latest

private struct Outcome {
    let file: HouseholdFile
    let findings: [Diagnostic]

    var printed: [String] { findings.map(\.description) }
}

private func read(
    _ bytes: [UInt8], limits: HouseholdLimits = HouseholdLimits(), schema: FactSchema = .national,
    sourceLocation: SourceLocation = #_sourceLocation
) -> Outcome {
    var tokens = JSONScanner(bytes, file: "h.json")
    var findings: [Diagnostic] = []
    let file = HouseholdReader.read(
        &tokens, schema: schema, date: day, file: "h.json", findings: &findings, limits: limits)
    for finding in findings {
        for value in personal {
            #expect(!finding.description.contains(value), "a message holds a value", sourceLocation: sourceLocation)
        }
    }
    return Outcome(file: file, findings: findings)
}

private func read(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Outcome {
    read(Array(text.utf8), sourceLocation: sourceLocation)
}

/// The findings of a text, each as `line:column: message [code]`; all must be errors of this file.
private func mistakes(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> [String] {
    read(text, sourceLocation: sourceLocation).printed.map { line in
        let parts = line.components(separatedBy: " error: ")
        #expect(parts.count == 2 && line.hasPrefix("h.json:"), sourceLocation: sourceLocation)
        return parts.joined(separator: " ").replacingPrefix("h.json:")
    }
}

/// A text without its mark `^`, and the column the mark stood at.
private func marked(_ text: String) -> (text: String, column: Int) {
    let parts = text.components(separatedBy: "^")
    return (parts.joined(), (parts.first ?? "").unicodeScalars.count + 1)
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        guard let range = firstRange(of: separator) else { return [self] }
        return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
    }

    fileprivate func replacingPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}

extension FactBatch {
    /// The stored value of a fact by owner and key.
    fileprivate func value(_ owner: FactOwner, _ key: String, row: Int = 0) -> Int64? {
        schema.place(owner, key).flatMap { value($0, row: row) }
    }

    /// The name of a code by owner and key.
    fileprivate func code(_ owner: FactOwner, _ key: String, row: Int = 0) -> String? {
        guard let place = schema.place(owner, key), let stored = value(place, row: row),
            case .code(let list) = schema.facts[place].type
        else { return nil }
        return list[Int(stored)]?.name
    }

    /// The keys of an owner's row that were closed with "none".
    fileprivate func closed(_ owner: FactOwner, row: Int = 0) -> Set<String> {
        Set(
            statedNone.filter { $0.row == row && schema.facts[$0.place].owner == owner }.map {
                schema.facts[$0.place].key
            })
    }
}

private func days(_ iso: String) -> Int64? { CalendarDate(iso: iso).map { Int64($0.days) } }

@Suite("Reading households")
struct HouseholdReaderTests {
    @Test("A household gives its facts, and what it does not say is unknown")
    func household() {
        let outcome = read(
            """
            {"schema": 1, "id": "2026-0001", "area": "230102", "residence": "urban", "vehicles": 0,
             "financial_assets": 1234.5, "employs_others": false, "single_parent": "yes",
             "rigid_expenditure": {"medical": 8000, "others": "none"},
             "running": {"route": "grace", "since": "2025-07-01", "base": 88.8},
             "members": [
               {"citizen_number": "\(citizen)", "relation": "01", "marriage": 20,
                "income": {"wages": 36000, "business": -1200.55, "others": "none"},
                "disability_certificate": "\(citizen)63", "illness": ["serious", "chronic"], "obligors": []},
               {"birth": "2015-02-28", "sex": 2, "relation": "child", "income": "none", "disability": "none",
                "illness": [], "can_work": null,
                "obligors": [{"per_capita_income": 2e3, "able": "able"}, {}]}],
             "plots": [{"mu": 12.25, "use": "own", "crop": "corn"}]}
            """)
        #expect(outcome.printed == [])
        let batch = outcome.file.batch
        #expect(batch.count == 1)
        #expect(outcome.file.households.map(\.id) == ["2026-0001"])
        #expect(outcome.file.households.map(\.area?.text) == ["230102"])
        #expect(outcome.file.households.map(\.position) == [SourcePosition(line: 1, column: 1)])
        #expect(batch.value(.household, "area") == 230_102_000_000)
        #expect(batch.code(.household, "residence") == "urban")
        #expect(batch.value(.household, "vehicles") == 0)
        #expect(batch.value(.household, "homes") == nil)
        #expect(batch.value(.household, "financial_assets") == 123_450)
        #expect(batch.value(.household, "employs_others") == 0)
        #expect(batch.value(.household, "single_parent") == 1)
        #expect(batch.value(.household, "lone_elder") == nil)
        #expect(batch.value(.household, "size") == nil)
        #expect(batch.value(.household, "rigid_expenditure.medical") == 800_000)
        #expect(batch.value(.household, "rigid_expenditure.school") == 0)
        #expect(batch.value(.household, "rigid_expenditure.total") == 800_000)
        #expect(
            batch.closed(.household)
                == ["rigid_expenditure.school", "rigid_expenditure.rehabilitation", "rigid_expenditure.disaster"])
        #expect(batch.code(.household, "running.route") == "grace")
        #expect(batch.value(.household, "running.since") == days("2025-07-01"))
        #expect(batch.value(.household, "running.base") == 8_880)
        #expect(batch.value(.household, "running.reason") == nil)

        #expect(batch.rows(.member, of: 0) == 0..<2)
        #expect(batch.isListed(.member, of: 0) && batch.isListed(.plot, of: 0))
        #expect(batch.value(.member, "birth") == days("1980-01-01"))
        #expect(batch.code(.member, "sex") == "male")
        #expect(batch.code(.member, "relation") == "self")
        #expect(batch.code(.member, "marriage") == "married")
        #expect(batch.value(.member, "income.wages") == 3_600_000)
        #expect(batch.value(.member, "income.business") == -120_055)
        #expect(batch.value(.member, "income.other") == 0)
        #expect(batch.closed(.member).count == 15 && !batch.closed(.member).contains("income.wages"))
        #expect(batch.code(.member, "disability_kind") == "mental")
        #expect(batch.value(.member, "disability_grade") == 3)
        #expect(batch.value(.member, "illness") == 0b11)
        #expect(batch.rows(.obligor, of: 0).isEmpty && batch.isListed(.obligor, of: 0))

        #expect(batch.code(.member, "sex", row: 1) == "female")
        #expect(batch.value(.member, "income.wages", row: 1) == 0)
        #expect(batch.code(.member, "disability_kind", row: 1) == "none")
        #expect(batch.value(.member, "disability_grade", row: 1) == 0)
        #expect(batch.value(.member, "illness", row: 1) == 0)
        #expect(batch.closed(.member, row: 1).isSuperset(of: ["illness", "disability_kind", "income.wages"]))
        #expect(batch.value(.member, "can_work", row: 1) == nil)
        #expect(batch.rows(.obligor, of: 1) == 0..<2)
        #expect(batch.value(.obligor, "per_capita_income") == 200_000)
        #expect(batch.value(.obligor, "per_capita_income", row: 1) == nil)
        #expect(batch.value(.plot, "mu") == 1_225)
    }

    @Test("A file is one household, a list of them, or a list with the version of its form")
    func forms() {
        for text in ["{}", "{\"schema\":1}", "{\"schema\":null,\"size\":3}", "{\"size\":3,\"schema\":1.0}"] {
            #expect(read(text).printed == [])
            #expect(read(text).file.batch.count == 1)
        }
        for text in [
            "[{},{\"id\":\"b\"}]", "{\"households\":[{},{\"id\":\"b\"}]}",
            "{\"schema\":1,\"households\":[{},{\"id\":\"b\",\"schema\":1}]}",
            "{\"households\":[{},{\"id\":\"b\"}],\"schema\":1}",
        ] {
            let outcome = read(text)
            #expect(outcome.printed == [])
            #expect(outcome.file.batch.count == 2)
            #expect(outcome.file.households.map(\.id) == [nil, "b"])
        }
        #expect(read("[]").file.batch.count == 0)
        #expect(read("{\"households\":[]}").file.households.isEmpty)
    }

    @Test("null is not given, whatever stands there")
    func null() {
        let outcome = read(
            """
            {"id":null,"area":null,"rigid_expenditure":null,"members":[{"citizen_number":null,"birth":null,"income":null,
             "disability":{"kind":null},"disability_certificate":null,"illness":null,"obligors":null}],"plots":null}
            """)
        #expect(outcome.printed == [])
        let batch = outcome.file.batch
        #expect(batch.schema.facts.indices.allSatisfy { batch.value($0, row: 0) == nil })
        #expect(!batch.isListed(.plot, of: 0) && !batch.isListed(.obligor, of: 0))
        #expect(batch.statedNone.isEmpty)
        #expect(!read("{\"members\":null}").file.batch.isListed(.member, of: 0))
    }

    @Test("What is closed is none, but for what was mentioned, even as unknown")
    func closing() {
        let batch = read(
            """
            {"members":[{"income":{"others":"none","wages":null,"pension":5}},
             {"disability":{"others":"none","kind":"limb"},"disability_grade":2},
             {"disability_grade":2,"disability":{"others":"none"}},
             {"disability":{"others":null,"grade":1}}, {"illness":"none"}, {"illness":"serious"}],
             "plots":"none","rigid_expenditure":"none"}
            """
        ).file.batch
        #expect(batch.value(.member, "income.wages") == nil)
        #expect(batch.value(.member, "income.pension") == 500)
        #expect(batch.value(.member, "income.property") == 0)
        #expect(batch.code(.member, "disability_kind", row: 1) == "limb")
        #expect(batch.value(.member, "disability_grade", row: 1) == 2)
        #expect(batch.code(.member, "disability_kind", row: 2) == "none")
        #expect(batch.closed(.member, row: 2) == ["disability_kind"])
        #expect(batch.value(.member, "disability_kind", row: 3) == nil)
        #expect(batch.closed(.member, row: 4) == ["illness"])
        #expect(batch.value(.member, "illness", row: 5) == 1)
        #expect(batch.isListed(.plot, of: 0) && batch.rows(.plot, of: 0).isEmpty)
        #expect(batch.value(.household, "rigid_expenditure.total") == 0)
        #expect(batch.closed(.household).count == 5)
    }

    @Test("The total of rigid expenditure is given, or the sum where every part is known")
    func totals() {
        func total(_ text: String) -> Int64? {
            let outcome = read("{\"rigid_expenditure\":\(text)}")
            #expect(outcome.printed == [])
            return outcome.file.batch.value(.household, "rigid_expenditure.total")
        }
        #expect(total("12000") == 1_200_000)
        #expect(total("{\"total\":12000}") == 1_200_000)
        #expect(total("{\"total\":12000,\"medical\":7}") == 1_200_000)
        #expect(total("{\"medical\":8000}") == nil)
        #expect(total("{\"medical\":8000.01,\"others\":\"none\"}") == 800_001)
        #expect(total("{\"medical\":1,\"school\":2,\"rehabilitation\":3,\"disaster\":4,\"total\":null}") == 1_000)
        #expect(total("{\"medical\":1,\"school\":2,\"rehabilitation\":3,\"disaster\":4,\"total\":10}") == 1_000)
    }

    @Test("A number of any writing is read exactly")
    func numbers() {
        let texts: [(String, Int64)] = [
            ("0", 0), ("-0", 0), ("0.0", 0), ("0e999999999999999999999", 0), ("1", 100), ("1.5", 150), ("1.05", 105),
            ("1.500", 150), ("36000.00", 3_600_000), ("1e3", 100_000), ("1E+3", 100_000), ("15e-1", 150),
            ("105e-2", 105), ("0.00000000105e9", 105), ("100000e-5", 100), ("1e10", 1_000_000_000_000),
            ("10000000000", 1_000_000_000_000), ("10000000000.00", 1_000_000_000_000),
            ("9999999999.99", 999_999_999_999), ("0.01", 1),
        ]
        for (text, stored) in texts {
            let outcome = read("{\"financial_assets\":\(text)}")
            #expect(outcome.printed == [])
            #expect(outcome.file.batch.value(.household, "financial_assets") == stored)
        }
        #expect(read("{\"vehicles\":2e0}").file.batch.value(.household, "vehicles") == 2)
        #expect(read("{\"vehicles\":9999}").file.batch.value(.household, "vehicles") == 9_999)
    }

    @Test("Codes are read by name, and by the standard's code as text or number")
    func codes() {
        let texts = ["\"spouse\"", "\"10\"", "\"11\"", "12", "1.2e1"]
        for text in texts {
            let outcome = read("{\"members\":[{\"relation\":\(text)}]}")
            #expect(outcome.printed == [])
            #expect(outcome.file.batch.code(.member, "relation") == "spouse")
        }
        for text in ["\"self\"", "\"01\"", "\"0\"", "0", "1"] {
            #expect(read("{\"members\":[{\"relation\":\(text)}]}").file.batch.code(.member, "relation") == "self")
        }
    }

    @Test("An area has 6, 9 or 12 digits, as text or number", arguments: ["230102", "230102001", "230102001002"])
    func areas(digits: String) {
        for text in [digits, "\"\(digits)\""] {
            let outcome = read("{\"area\":\(text)}")
            #expect(outcome.printed == [])
            #expect(outcome.file.households.first?.area?.text == digits)
        }
    }

    @Test("Birth and sex given beside a citizen number that agrees are no mistake, whatever comes first")
    func agreement() {
        for text in [
            "\"birth\":\"1980-01-01\",\"citizen_number\":\"\(citizen)\",\"sex\":\"male\"",
            "\"citizen_number\":\"\(citizen.lowercased())\",\"birth\":\"1980-01-01\",\"sex\":1",
            "\"disability_certificate\":\"\(citizen)23\",\"citizen_number\":\"\(citizen)\"",
            "\"disability_certificate\":\"\(citizen)23\",\"disability\":{\"kind\":2,\"grade\":3,\"others\":\"none\"}",
        ] {
            let outcome = read("{\"members\":[{\(text)}]}")
            #expect(outcome.printed == [])
            #expect(outcome.file.batch.value(.member, "birth") == days("1980-01-01"))
            #expect(outcome.file.batch.code(.member, "sex") == "male")
        }
    }

    @Test("The birth may be the day of assessment, and size the number of members listed")
    func edges() {
        #expect(read("{\"members\":[{\"birth\":\"2026-06-01\"}],\"size\":1}").printed == [])
        #expect(read("{\"size\":40}").printed == [])
    }
}

@Suite("Mistakes in households")
struct HouseholdMistakesTests {
    @Test("A mistake of syntax is the scanner's, where it stands")
    func syntax() {
        #expect(mistakes("") == ["1:1: a JSON value was expected, and the text is empty [empty-input]"])
        #expect(
            mistakes("{\"size\":1,\"size\":1}") == ["1:11: the key 'size' stands twice in this object [duplicate-key]"])
        #expect(
            mistakes("{\"size\":\(String(repeating: "7", count: 400))}")
                == ["1:9: a number of at most 64 characters was expected [literal-range]"])
        #expect(
            mistakes("{\"members\":[{}]") == ["1:16: ',' or '}' was expected, and the text ends here [json-syntax]"])
        #expect(mistakes("{} {}") == ["1:4: the end of the text was expected after its value [json-syntax]"])
        #expect(
            read([0xEF, 0xBB, 0xBF] + Array("{}".utf8)).printed
                == ["h.json:1:1: error: UTF-8 without a byte order mark was expected [byte-order-mark]"])
        #expect(
            read(Array("{\"id\":\"".utf8) + [0xD5, 0xC5] + Array("\"}".utf8)).printed
                == ["h.json:1:8: error: UTF-8 was expected, and the bytes here are none [invalid-utf8]"])
    }

    @Test("Any number of opening brackets is a mistake and nothing worse")
    func brackets() {
        for count in 1...2_000 {
            for open in ["[", "{\"a\":", "{\"members\":["] {
                let text = String(repeating: open, count: count)
                #expect(read(text).findings.contains { $0.code == .tooDeep || $0.code == .jsonSyntax })
                if count > 70 && open != "[" { break }
            }
        }
    }

    @Test(
        "A file that is no household says what it should be",
        arguments: [
            ("3", "1:1: the file: a household object or a list of them was expected, and this is a number"),
            ("null", "1:1: the file: a household object or a list of them was expected, and this is null"),
            ("[[{}]]", "1:2: households[0]: a household object was expected, and this is a list"),
            ("[{}, \"zhangsan\"]", "1:6: households[1]: a household object was expected, and this is text"),
            ("{\"households\":{}}", "1:15: households: a list of households was expected, and this is an object"),
        ])
    func noHousehold(text: String, message: String) {
        #expect(mistakes(text) == ["\(message) [wrong-type]"])
    }

    @Test(
        "A value of the wrong type is refused with what was expected",
        arguments: [
            ("\"size\":^true", "size: a whole number from 1 to 40 was expected, and this is true or false"),
            ("\"size\":^{}", "size: a whole number from 1 to 40 was expected, and this is an object"),
            (
                "\"vehicles\":^\"987654\"",
                "vehicles: a whole number from 0 to 9,999 was expected, and this is text; write it without quotes"
            ),
            (
                "\"financial_assets\":^\"none\"",
                "financial_assets: a number from 0 to 10,000,000,000 yuan was expected, and this is text; "
                    + "write 0 for none"
            ),
            ("\"employs_others\":^1", "employs_others: true or false was expected, and this is a number"),
            ("\"employs_others\":^\"secret\"", "employs_others: true or false was expected, and this is text"),
            (
                "\"running\":{\"since\":^20290101}",
                "running.since: a day written as 2026-01-31 was expected, and this is a number; write it in quotes"
            ),
            ("\"residence\":^[]", "residence: one of urban, rural was expected, and this is a list"),
            (
                "\"area\":^false",
                "area: a division code of 6, 9 or 12 digits was expected, and this is true or false"
            ),
            ("\"id\":^17", "id: a text in quotes was expected, and this is a number"),
            ("\"plots\":^{}", "plots: a list of objects or none was expected, and this is an object"),
            (
                "\"plots\":[{\"mu\":^[[1]]}]",
                "plots[0].mu: a number from 0 to 10,000,000,000 mu was expected, and this is a list"
            ),
            ("\"members\":^7", "members: a list of objects was expected, and this is a number"),
            ("\"members\":[{},^[{}]]", "members[1]: an object was expected, and this is a list"),
            (
                "\"members\":[{\"income\":^36000}]",
                "members[0].income: an object with the facts of this group or none was expected, and this is a number"
            ),
            (
                "\"rigid_expenditure\":^[1]",
                "rigid_expenditure: an object with the facts of this group, their sum as a number or none was "
                    + "expected, and this is a list"
            ),
            (
                "\"running\":^\"none\"",
                "running: an object with the facts of this group was expected, and this is text"
            ),
            (
                "\"members\":[{\"citizen_number\":^\(woman)}]",
                "members[0].citizen_number: a text of 18 characters in quotes was expected, and this is a number"
            ),
            (
                "\"members\":[{\"illness\":[\"serious\",^{}]}]",
                "members[0].illness[1]: none, or one or more of serious, chronic, other was expected, and this is an "
                    + "object"
            ),
        ])
    func wrongType(fact: String, message: String) {
        let (text, column) = marked("{\(fact)}")
        #expect(mistakes(text) == ["1:\(column): \(message) [wrong-type]"])
    }

    @Test(
        "A number outside its range is refused with the range, and never quoted",
        arguments: [
            ("\"size\":0", "size: a whole number from 1 to 40"), ("\"size\":41", "size: a whole number from 1 to 40"),
            ("\"vehicles\":-4321", "vehicles: a whole number from 0 to 9,999"),
            ("\"vehicles\":1e400", "vehicles: a whole number from 0 to 9,999"),
            ("\"financial_assets\":-0.01", "financial_assets: a number from 0 to 10,000,000,000 yuan"),
            ("\"financial_assets\":10000000000.01", "financial_assets: a number from 0 to 10,000,000,000 yuan"),
            (
                "\"financial_assets\":1e999999999999999999999",
                "financial_assets: a number from 0 to 10,000,000,000 yuan"
            ),
            (
                "\"financial_assets\":\(String(repeating: "9", count: 64))",
                "financial_assets: a number from 0 to 10,000,000,000 yuan"
            ),
            (
                "\"members\":[{\"income\":{\"wages\":-4321}}]",
                "members[0].income.wages: a number from 0 to 10,000,000,000 yuan/year"
            ),
            (
                "\"members\":[{\"income\":{\"business\":-10000000000.01}}]",
                "members[0].income.business: a number from -10,000,000,000 to 10,000,000,000 yuan/year"
            ),
            ("\"members\":[{\"birth\":\"1899-12-31\"}]", "members[0].birth: a day from 1900-01-01 to 9999-12-31"),
        ])
    func outOfRange(fact: String, message: String) {
        let found = mistakes("{\(fact)}")
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix(": \(message) was expected, and this lies outside [out-of-range]") == true)
    }

    @Test("Wages may not be negative, net income from business may, down to its bound")
    func negative() {
        let outcome = read("{\"members\":[{\"income\":{\"business\":-10000000000}}]}")
        #expect(outcome.printed == [])
        #expect(outcome.file.batch.value(.member, "income.business") == -1_000_000_000_000)
    }

    @Test("More decimals than are kept is a mistake, never rounded")
    func decimals() {
        let amount = "a number of at most 2 decimals was expected; nothing is rounded here [too-many-decimals]"
        for text in ["36000.125", "1e-3", "0.009", "36000.000000000000000000001", "-0.001", "1e-999999999999999999999"]
        {
            #expect(
                mistakes("{\"members\":[{\"income\":{\"wages\":\(text)}}]}")
                    == ["1:32: members[0].income.wages: \(amount)"])
        }
        #expect(
            mistakes("{\"vehicles\":1.5}")
                == ["1:13: vehicles: a whole number was expected; nothing is rounded here [too-many-decimals]"])
    }

    @Test(
        "A day that the calendar does not have is refused",
        arguments: ["1990-02-30", "1990-13-01", "1990-3-7", "19900307", "1990/03/07", "", "1990-03-07T00:00:00Z"])
    func dates(text: String) {
        let message = "a day of the calendar, written as 2026-01-31, was expected [bad-date]"
        #expect(mistakes("{\"members\":[{\"birth\":\"\(text)\"}]}") == ["1:22: members[0].birth: \(message)"])
    }

    @Test("Nobody is born after the day of assessment")
    func birth() {
        let rule = "a day not after the day of assessment, 2026-06-01, was expected; correct one of them"
        #expect(
            mistakes("{\"members\":[{\"birth\":\"2026-06-02\"}]}")
                == ["1:22: members[0].birth: \(rule) [birth-after-assessment]"])
        let first17 = "34052420290101001"
        guard let check = CitizenNumber.checkCharacter(for: first17) else { return #expect(Bool(false)) }
        #expect(
            mistakes("{\"members\":[{\"citizen_number\":\"\(first17)\(check)\"}]}")
                == ["1:31: members[0].citizen_number: \(rule) [birth-after-assessment]"])
    }

    @Test("A code of no list is refused with the codes and the name probably meant")
    func unknownCodes() {
        let marriage = "single, married, widowed, divorced, unstated or a code of GB/T 2261.2"
        #expect(
            mistakes("{\"members\":[{\"marriage\":\"maried\"},{\"marriage\":\"secret\"},{\"marriage\":11}]}") == [
                "1:25: members[0].marriage: one of \(marriage) was expected, and this is no such code; "
                    + "did you mean 'married'? [unknown-code]",
                "1:47: members[1].marriage: one of \(marriage) was expected, and this is no such code [unknown-code]",
                "1:69: members[2].marriage: one of \(marriage) was expected, and this is no such code [unknown-code]",
            ])
        #expect(
            mistakes("{\"members\":[{\"illness\":[\"serius\",\"none\"]}]}") == [
                "1:25: members[0].illness[0]: one of serious, chronic, other was expected, and this is no such code; "
                    + "did you mean 'serious'? [unknown-code]",
                "1:34: members[0].illness[1]: one of serious, chronic, other was expected, and this is no such code "
                    + "[unknown-code]",
            ])
    }

    @Test(
        "A malformed area is refused", arguments: ["23010", "\"230102 哈尔滨\"", "\"230002\"", "2301020", "\"\"", "1e5"])
    func areas(text: String) {
        let rule = "a division code of GB/T 2260, or a longer one of a township or village in it, was expected"
        #expect(mistakes("{\"area\":\(text)}") == ["1:9: area: \(rule): 6, 9 or 12 digits [bad-value]"])
    }

    @Test("An unknown key is refused: with the one probably meant, or where it stands; a strange one is not quoted")
    func unknownFacts() {
        func unknown(_ text: String) -> [String] { mistakes(text) }
        #expect(
            unknown("{\"residense\":\"urban\"}")
                == ["1:2: the household: there is no fact 'residense' here; did you mean 'residence'? [unknown-fact]"])
        #expect(
            unknown("{\"members\":[{\"incme\":{\"wages\":{\"a\":[1,{\"b\":2}]}}}]}")
                == ["1:14: members[0]: there is no fact 'incme' here; did you mean 'income'? [unknown-fact]"])
        #expect(
            unknown("{\"members\":[{\"income\":{\"wagse\":1,\"othrs\":\"none\"}}]}") == [
                "1:24: members[0].income: there is no fact 'wagse' here; did you mean 'wages'? [unknown-fact]",
                "1:34: members[0].income: there is no fact 'othrs' here; did you mean 'others'? [unknown-fact]",
            ])
        #expect(
            unknown("{\"members\":[{\"wages\":1,\"income.wages\":1,\"area\":1}]}") == [
                "1:14: members[0]: there is no fact 'wages' here; it stands inside 'income' [unknown-fact]",
                "1:24: members[0]: there is no fact 'income.wages' here; it stands inside 'income' [unknown-fact]",
                "1:41: members[0]: there is no fact 'area' here; it belongs to the household [unknown-fact]",
            ])
        #expect(
            unknown("{\"obligors\":[],\"members\":[{\"income\":{\"birth\":\"1990-03-07\"}}]}") == [
                "1:2: the household: there is no fact 'obligors' here; it belongs to the member [unknown-fact]",
                "1:38: members[0].income: there is no fact 'birth' here; it stands outside 'income' [unknown-fact]",
            ])
        let keys = [citizen, "张三", "", "a b", "x" + woman, String(repeating: "secret", count: 7)]
        for key in keys {
            #expect(unknown("{\"\(key)\":1}") == ["1:2: the household: this key is no fact [unknown-fact]"])
        }
        #expect(
            unknown("{\"households\":[],\"id\":\"a\"}")
                == ["1:18: the household: there is no fact 'id' here [unknown-fact]"])
    }

    @Test("A bad citizen number or certificate is refused with the reason and shows nothing of it")
    func numbers() {
        let card = "check it against the identity card [bad-citizen-number]"
        #expect(
            mistakes("{\"members\":[{\"citizen_number\":\"340524198001010011\"},{\"citizen_number\":\"zhangsan\"}]}")
                == [
                    "1:31: members[0].citizen_number: the last character of the citizen number does not agree with the "
                        + "others; \(card)",
                    "1:71: members[1].citizen_number: a citizen number has 18 characters; \(card)",
                ])
        #expect(
            mistakes("{\"members\":[{\"disability_certificate\":\"\(citizen)93\"}]}") == [
                "1:39: members[0].disability_certificate: character 19 of a disability certificate number is a "
                    + "category, 1 to 7; check it against the certificate [bad-disability-certificate]"
            ])
    }

    @Test(
        "What contradicts itself is refused, where the given fact stands",
        arguments: [
            (
                "\"members\":[{\"birth\":^\"1990-03-07\",\"citizen_number\":\"\(citizen)\"}]",
                "members[0].birth: this does not agree with citizen_number; correct one of them"
            ),
            (
                "\"members\":[{\"citizen_number\":\"\(citizen)\",\"sex\":^\"female\"}]",
                "members[0].sex: this does not agree with citizen_number; correct one of them"
            ),
            (
                "\"members\":[{\"disability\":\"none\",\"disability_grade\":^4}]",
                "members[0].disability_grade: the fact disability_grade has another value as well; correct one of them"
            ),
            (
                "\"members\":[{\"disability_kind\":\"limb\",\"disability\":{\"kind\":^\"mental\"}}]",
                "members[0].disability.kind: the fact disability_kind has another value as well; correct one of them"
            ),
            (
                "\"members\":[{\"disability_kind\":^\"limb\",\"disability_certificate\":\"\(citizen)24\"}]",
                "members[0].disability_kind: this does not agree with disability_certificate; correct one of them"
            ),
            (
                "\"members\":[{\"citizen_number\":\"\(woman)\",\"disability_certificate\":^\"\(citizen)24\"}]",
                "members[0].disability_certificate: its first 18 characters are not the member's citizen number; "
                    + "correct one of them"
            ),
            (
                "\"size\":^3,\"members\":[{},{}]",
                "size: another number of members is listed; correct the list, or leave the size out"
            ),
            (
                "\"rigid_expenditure\":{\"others\":\"none\",\"total\":^5,\"medical\":4.99}",
                "rigid_expenditure: the total is not the sum of the parts; correct one, or leave the total out"
            ),
        ])
    func contradictions(fact: String, message: String) {
        let (text, column) = marked("{\(fact)}")
        #expect(mistakes(text).contains("1:\(column): \(message) [contradiction]"))
    }

    @Test("Forty members are read; one more is a mistake said once")
    func tooMany() {
        func members(_ count: Int) -> String {
            "{\"size\":40,\"members\":[" + Array(repeating: "{}", count: count).joined(separator: ",") + "]}"
        }
        #expect(read(members(40)).printed == [])
        #expect(read(members(40)).file.batch.rows(.member, of: 0).count == 40)
        // After `{"size":40,"members":[` (22 characters) and 40 times `{},`.
        let message = "1:143: members: at most 40 entries were expected in this list [too-many-entries]"
        #expect(mistakes(members(41)) == [message])
        #expect(mistakes(members(1_000)) == [message])
        #expect(read(members(1_000)).file.batch.rows(.member, of: 0).count == 40)
    }

    @Test("A list of members has at least one", arguments: ["[]", "\"none\""])
    func noMembers(text: String) {
        let rule = "at least one member was expected; leave the key out where nothing is known of the members"
        #expect(mistakes("{\"members\":\(text)}") == ["1:12: members: \(rule) [out-of-range]"])
    }

    @Test("Another version of the form is refused", arguments: ["2", "0", "\"1\"", "1.5", "[1]", "true"])
    func version(text: String) {
        let rule = "1 was expected, the form of household files that this library reads [schema-version]"
        #expect(mistakes("{\"schema\":\(text)}") == ["1:11: schema: \(rule)"])
        #expect(mistakes("[{\"size\":1,\"schema\":\(text)}]") == ["1:21: households[0].schema: \(rule)"])
    }

    @Test("A group closes with none alone, and only where each of its facts may be none")
    func closing() {
        #expect(
            mistakes("{\"members\":[{\"income\":{\"others\":0}}],\"running\":{\"others\":\"none\"}}") == [
                "1:33: members[0].income.others: none was expected, to say that there is nothing else; every other fact "
                    + "has its own key [bad-value]",
                "1:58: running.others: this group cannot be closed; give its facts one by one [bad-value]",
            ])
    }

    @Test("An id has 1 to 64 characters")
    func id() {
        let long = String(repeating: "低", count: 64)
        #expect(read("{\"id\":\"\(long)\"}").file.households.first?.id == long)
        for text in ["", long + "x", String(repeating: "x", count: 100_000)] {
            #expect(
                mistakes("{\"id\":\"\(text)\"}") == ["1:7: id: a text of 1 to 64 characters was expected [bad-value]"])
        }
    }

    @Test("A sum of parts beyond the total's range is refused at the group")
    func sum() {
        let text = "{\"rigid_expenditure\":{\"medical\":1e10,\"school\":0.01,\"others\":\"none\"}}"
        let range = "a number from 0 to 10,000,000,000 yuan/year"
        #expect(
            mistakes(text)
                == ["1:22: rigid_expenditure: \(range) was expected, and this lies outside [out-of-range]"])
    }

    @Test("All mistakes of a file are reported, in the order of the text, also those before a mistake of syntax")
    func several() {
        #expect(
            mistakes(
                """
                {"size": 3, "vehicls": 1,
                 "members": [{"birth": "1990-02-30"},
                             {"income": {"wages": -4321}}]}
                """) == [
                    "1:10: size: another number of members is listed; correct the list, or leave the size out "
                        + "[contradiction]",
                    "1:13: the household: there is no fact 'vehicls' here; did you mean 'vehicles'? [unknown-fact]",
                    "2:24: members[0].birth: a day of the calendar, written as 2026-01-31, was expected [bad-date]",
                    "3:35: members[1].income.wages: a number from 0 to 10,000,000,000 yuan/year was expected, and this "
                        + "lies outside [out-of-range]",
                ])
        #expect(
            mistakes("[{\"size\":0},{\"vehicles\":-4321},}").map { $0.prefix(5) } == ["1:10:", "1:25:", "1:32:"])
    }

    @Test("After a hundred mistakes one note says that there are more")
    func many() {
        let outcome = read("[" + Array(repeating: "{\"size\":0}", count: 300).joined(separator: ",") + "]")
        #expect(outcome.findings.count == 101)
        #expect(outcome.findings.prefix(100).allSatisfy { $0.severity == .error })
        #expect(
            outcome.printed.last
                == "h.json:1:1110: note: there are more mistakes than these 100; correct them and read the file again "
                + "[out-of-range]")
        #expect(outcome.file.batch.count == 300)
        #expect(
            read("[" + Array(repeating: "{\"size\":0}", count: 100).joined(separator: ",") + "]").findings.count == 100)
    }

    @Test("More households than a file may hold end the reading")
    func tooLarge() {
        var limits = HouseholdLimits()
        #expect(limits.households == 1_000_000)
        limits.households = 2_000
        let text = "[" + Array(repeating: "{}", count: 2_001).joined(separator: ",") + ",]"
        let outcome = read(Array(text.utf8), limits: limits)
        #expect(
            outcome.printed == [
                "h.json:1:6002: error: at most 2,000 households were expected in one file; divide them among several "
                    + "[too-large]"
            ])
        #expect(outcome.file.batch.count == 2_000)
    }

    @Test("A document that is no document is a mistake and no loop")
    func brokenTokens() {
        struct Broken: DocumentTokens {
            var kinds: [JSONToken.Kind]
            mutating func next() throws(Diagnostic) -> JSONToken {
                JSONToken(kinds.isEmpty ? .end : kinds.removeFirst(), at: SourcePosition(line: 1, column: 1))
            }
        }
        let pieces: [JSONToken.Kind] = [
            .beginObject, .endObject, .beginArray, .endArray, .key("members"), .key("illness"), .key("income"), .null,
            .end,
        ]
        var seed: UInt64 = 7
        for _ in 0..<3_000 {
            let kinds = (0..<8).map { _ in
                seed = seed &* 6_364_136_223_846_793_005 &+ 1
                return pieces[Int(seed >> 33) % pieces.count]
            }
            var tokens = Broken(kinds: kinds)
            var findings: [Diagnostic] = []
            let file = HouseholdReader.read(
                &tokens, schema: .national, date: day, file: "t", findings: &findings)
            #expect(file.households.count <= 8)
        }
    }
}

@Suite("The schema of facts in writing")
struct FactSchemaWritingTests {
    @Test("The JSON Schema is JSON and names every fact, group and list, at its owner")
    func jsonSchema() throws {
        let schema = FactSchema.national
        let found = try properties(of: schema.jsonSchema())
        for fact in schema.facts {
            let path = fact.group.map { "\(fact.owner.word).\($0).\(fact.key.dropFirst($0.count + 1))" }
            #expect(found.contains(path ?? "\(fact.owner.word).\(fact.key)"))
        }
        for group in schema.groups {
            for (name, _) in group.fields { #expect(found.contains("\(group.owner.word).\(group.key).\(name)")) }
            #expect(found.contains("\(group.owner.word).\(group.key).others"))
        }
        for path in [
            "household.members", "household.plots", "member.obligors", "member.citizen_number", "household.id",
            "member.disability_certificate", "household.schema", "schema", "households",
        ] {
            #expect(found.contains(path))
        }
        #expect(schema.jsonSchema(.compact).contains("\"additionalProperties\":false"))
        #expect(schema.jsonSchema(.compact).contains("\"minimum\":0.00,\"maximum\":10000000000.00"))
    }

    /// The properties of a JSON Schema by the path of the objects they stand in.
    private func properties(of text: String) throws -> Set<String> {
        var scanner = JSONScanner(Array(text.utf8))
        var found: Set<String> = []
        /// The key each open object or array is the value of, and its last key so far.
        var open: [(name: String, key: String)] = []
        while true {
            let token = try scanner.next()
            switch token.kind {
            case .beginObject, .beginArray: open.append((open.last?.key ?? "", ""))
            case .endObject, .endArray: open.removeLast()
            case .key(let key):
                open[open.count - 1].key = key
                guard open.last?.name == "properties" else { continue }
                var path: [String] = []
                for (level, entry) in open.enumerated() where level > 0 {
                    if ["$defs", "properties"].contains(open[level - 1].name) { path.append(entry.name) }
                }
                found.insert((path + [key]).joined(separator: "."))
            case .end: return found
            default: continue
            }
        }
    }

    @Test("The table of facts has a line for each, in both languages, in columns")
    func table() {
        let facts = FactSchema.national.facts
        for language in Language.allCases {
            let lines = FactSchema.national.table(in: language)
            #expect(lines.count == facts.count + 1)
            for (line, fact) in zip(lines.dropFirst(), facts) {
                #expect(line.contains(" \(fact.key) ") && line.contains(fact.label.text(in: language)))
                #expect(line.hasSuffix("  \(fact.type.range(in: language))"))
                if let standard = fact.standard { #expect(line.contains(standard)) }
            }
        }
        let english = FactSchema.national.table(in: .english)
        #expect(english.contains { $0.hasPrefix("member     income.wages ") && $0.contains("yuan/year   wages") })
        #expect(FactSchema.national.table(in: .chinese).first?.hasPrefix("所属    键") == true)
    }
}
