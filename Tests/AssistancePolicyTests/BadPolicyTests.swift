import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import Testing

/// Wrong policy files. Each names in its last lines, as `# expect: …`, the findings it must have, all of them.
@Suite struct BadPolicyTests {
    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")
    private static let folder = root + "/Tests/Policies/bad"
    private static let names = PolicyFiles.names(in: folder).filter { $0.hasSuffix(".yaml") }

    /// The findings of files that stand beside an invented nation.
    private static func findings(_ files: [PolicyFile], of folder: String) -> [Diagnostic] {
        let found = Findings()
        let nation = PolicyFiles.jurisdiction("china", in: root + "/Tests/Fixtures/policies")
        let library = PolicyLibrary(
            files: nation + files, jurisdiction: folder, sections: Engine.sections(of: assistancePrograms), found)
        let check = PolicyCheck(policies: root, programs: assistancePrograms, asOf: .today())
        found.report(check.findings(of: library))
        return found.sorted
    }

    private static func files(of folder: String, as name: String) -> [PolicyFile] {
        PolicyFiles.names(in: folder).compactMap { file in
            PolicyFiles.read(folder + "/" + file).map { PolicyFile(path: name + "/" + file, bytes: $0) }
        }
    }

    @Test("a wrong file has exactly the findings it names", arguments: names)
    func findings(of name: String) throws {
        let bytes = try #require(PolicyFiles.read(Self.folder + "/" + name))
        let text = String(decoding: bytes, as: UTF8.self)
        let expected = text.split(separator: "\n").filter { $0.hasPrefix("# expect: ") }.map { $0.dropFirst(10) }
        let found = Self.findings(
            Self.files(of: Self.folder + "/base", as: "bad") + [PolicyFile(path: "bad/" + name, bytes: bytes)],
            of: "bad")
        let prefix = "bad/\(name):"
        let lines = found.map(\.description).map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        #expect(lines == expected.map(String.init))
        let code = name.dropLast(5).split(separator: "-").filter { Int($0) == nil }.joined(separator: "-")
        #expect(found.contains { $0.code.rawValue == code }, "the file is named after a code that it does not show")
    }

    @Test("every code that a policy file can have is shown by a file")
    func everyCodeHasAFile() {
        let elsewhere: Set<DiagnosticCode> = [
            // Bytes that no text file can hold, or too many of them: the tests of the YAML reader.
            .invalidUTF8, .byteOrderMark, .tooLarge, .tooDeep,
            // A folder, not a file.
            .noPolicy, .unreadableFile, .notATestFile,
            // Boundary cases, and the tests they are written as.
            .noThreshold, .toFillIn,
            // A file that is laid over a policy.
            .nothingReformed,
            // Packs.
            .notAPack, .packForm, .packDamaged, .packPath,
            // Household files.
            .jsonSyntax, .unknownFact, .wrongType, .outOfRange, .tooManyDecimals, .badDate, .badCitizenNumber,
            .badDisabilityCertificate, .contradiction, .tooManyEntries, .birthAfterAssessment, .areaOutsidePolicy,
            .missingArea, .schemaVersion,
            // Files of many households.
            .cutOff, .brokenEncoding, .csvSyntax, .rowOrder,
            // Plugins.
            .plugin,
        ]
        let missing = DiagnosticCode.allCases.filter { code in
            !elsewhere.contains(code) && !Self.names.contains { $0 == code.rawValue + ".yaml" }
        }
        #expect(missing == [])
    }

    /// The findings of one invented file with a table of so many rows.
    private static func longTable(_ count: Int, _ row: (Int) -> String) -> [String] {
        let rows = (0..<count).map { "      - {\(row($0)), is: \($0) yuan/month}\n" }.joined()
        let text = "area: 231000 牡丹江市\nfrom: 2030-01-01\nsource: example-1\nlow-income:\n  cap:\n    rows:\n" + rows
        return findings(
            files(of: folder + "/base", as: "bad") + [PolicyFile(path: "bad/long.yaml", bytes: Array(text.utf8))],
            of: "bad"
        ).map(\.description)
    }

    @Test("a table longer than a policy can be is refused at its first row too many")
    func tooLongTable() {
        #expect(
            Self.longTable(20_001) { "n: \($0)" } == [
                "bad/long.yaml:20007:9: error: a table has at most 20000 rows; give areas files of their own [too-large]"
            ])
    }

    @Test("in a long table of bands and codes each row is compared with those it could overlap")
    func longTable() {
        let found = Self.longTable(3_000) { place in
            let band = place / 2 == 700 ? "from 700 upto 701" : "from \(place / 2) below \(place / 2 + 1)"
            return "n: \(band), residence: \(place % 2 == 0 ? "urban" : "rural")"
        }
        #expect(
            found == [
                "bad/long.yaml:1409:9: error: this row and the one in line 1407 can both match; say 'pick: first', 'highest' or 'lowest', or make them exclude each other [overlapping-rows]",
                "bad/long.yaml:1410:9: error: this row and the one in line 1408 can both match; say 'pick: first', 'highest' or 'lowest', or make them exclude each other [overlapping-rows]",
            ])
    }

    @Test("a list of codes and the facts of a policy have limits, and what lies beyond is said once")
    func limits() {
        func found(_ text: String) -> [String] {
            let text = "area: 231000 牡丹江市\nfrom: 2030-01-01\nsource: example-1\n" + text
            return Self.findings(
                Self.files(of: Self.folder + "/base", as: "bad")
                    + [PolicyFile(path: "bad/long.yaml", bytes: Array(text.utf8))], of: "bad"
            ).map(\.description)
        }
        // Three are the nation's.
        let codes = (1...59).map { "    - {code: c\($0), like: unable, label: 级}\n" }.joined()
        let more = "    - {code: d1, like: unable, label: 级}\n    - {code: d2, like: unable, label: 级}\n"
        #expect(found("codes:\n  self_care:\n" + codes) == [])
        #expect(
            found("codes:\n  self_care:\n" + codes + more) == [
                "bad/long.yaml:65:7: error: a list has at most 62 codes, the nation's among them [too-large]"
            ])
        let facts = (1...1_002).map { "  household.f\($0): {type: yes/no, label: 事项}\n" }.joined()
        #expect(
            found("facts:\n" + facts) == [
                "bad/long.yaml:1005:3: error: a policy declares at most 1000 facts [too-large]"
            ])
    }

    @Test("a list of more items than can be weighed against each other is refused at the first too many")
    func longList() {
        let items = (0...500).map { "      - {id: i\($0), add: 1 yuan}\n" }.joined()
        let rows = (0...500).map { "  - {id: e\($0), among: [low-income, special-poverty], keep: both}\n" }.joined()
        let text =
            "area: 231000 牡丹江市\nfrom: 2030-01-01\nsource: example-1\nallowances:\n  long:\n    items:\n" + items
            + "exclusions:\n" + rows
        let found = Self.findings(
            Self.files(of: Self.folder + "/base", as: "bad")
                + [PolicyFile(path: "bad/long.yaml", bytes: Array(text.utf8))], of: "bad")
        #expect(
            found.map(\.description) == [
                "bad/long.yaml:507:9: error: a list has at most 500 elements [too-large]",
                "bad/long.yaml:1009:5: error: a list has at most 500 elements [too-large]",
            ])
    }

    @Test("twelve mistakes at four depths are twelve findings in the order of their lines")
    func twelveMistakes() {
        let found = Self.findings(Self.files(of: Self.folder + "/twelve-mistakes", as: "twelve"), of: "twelve")
        #expect(
            found.map(\.description) == [
                "twelve/policy.yaml:2:7: error: 231000 is 牡丹江市, not 牡丹江 [area-name]",
                "twelve/policy.yaml:5:1: error: a policy file has no key 'colour' [unknown-key]",
                "twelve/policy.yaml:8:24: error: 'from' is a day written as 2021-07-01 [bad-value]",
                "twelve/policy.yaml:9:24: error: no documents.yaml declares the document 'exmaple-1'; did you mean 'example-1'? [unknown-document]",
                "twelve/policy.yaml:14:21: error: 'rurl' is not one of urban, rural; did you mean 'rural'? [unknown-code]",
                "twelve/policy.yaml:18:25: error: cannot compare yuan and yuan/month: the units differ; one of them is for each month or year: write its '/month' or '/year', or multiply it by a time such as 12 months [unit-mismatch]",
                "twelve/policy.yaml:19:25: error: there is no fact 'hoems' of household; did you mean 'household.homes'? [unknown-name]",
                "twelve/policy.yaml:20:23: error: an expression is expected here, not a list [wrong-shape]",
                "twelve/policy.yaml:28:13: error: this row and the one in line 27 can both match; say 'pick: first', 'highest' or 'lowest', or make them exclude each other [overlapping-rows]",
                "twelve/policy.yaml:30:5: error: two items or more need 'stacking: highest', 'sum' or 'first' [missing-stacking]",
                "twelve/policy.yaml:31:51: error: a bare number; write its unit, as in '150 yuan/month' [bare-number]",
                "twelve/policy.yaml:32:38: error: a whole number divided by a whole number would drop its remainder; divide the quantity itself, as in 'minimum_wage / 6', or write a share such as 50% [integer-division]",
            ])
    }

    @Test("mistakes in the list of areas and of documents")
    func areasAndDocuments() {
        func found(_ name: String, _ text: String) -> [String] {
            var files = [
                "areas.yaml": "area: 231000 牡丹江市\n", "documents.yaml": "documents: {d: {title: t, status: official}}\n",
            ]
            files[name] = text
            return Self.findings(files.map { PolicyFile(path: "x/" + $0.key, bytes: Array($0.value.utf8)) }, of: "x")
                .map(\.description)
        }
        #expect(
            found("areas.yaml", "areas: [231025 林口县]\n") == [
                "x/areas.yaml:1:1: error: the key 'area' is missing: the code and name of the jurisdiction [missing-key]"
            ])
        #expect(
            found("areas.yaml", "area: 231000\n") == [
                "x/areas.yaml:1:7: error: an area is a code and its name, as in 230100 哈尔滨市 [bad-value]"
            ])
        #expect(
            found("areas.yaml", "area: 231000 牡丹江市\nareas: [230102 道里区, {code: 231025 林口县, form: 2020-01-01}]\n") == [
                "x/areas.yaml:2:9: error: 230102 does not lie below 231000 [bad-value]",
                "x/areas.yaml:2:40: error: an area has no key 'form'; did you mean 'from'? [unknown-key]",
            ])
        let codes = """
            area: 231000 牡丹江市
            areas:
              - {code: 231024 柴河县, until: 2020-01-01, successor: 231099 林口县}
              - {code: 231026 绥阳县, until: 2020-01-01, successor: 231025 林口}
              - {code: 231027 穆棱县, successor: 231025}
              - {code: 231028 东宁县, from: 2020-01-01, until: 2020-01-01}
              - {code: 231029 宁安县, until: 2020-01-01, successor: 林口县}
              - {code: 231081 绥芬河市, until: 2020-01-01, successor: 450100 南宁市}
              - 231025 林口县

            """
        #expect(
            found("areas.yaml", codes) == [
                "x/areas.yaml:3:54: error: no areas.yaml has the area 231099 [unknown-area]",
                "x/areas.yaml:4:54: error: 231025 is 林口县, not 林口 [area-name]",
                "x/areas.yaml:5:35: error: an area with a successor has an 'until': the day on which it ended [missing-key]",
                "x/areas.yaml:6:5: error: the code ends on 2020-01-01, not after it begins on 2020-01-01 [date-order]",
                "x/areas.yaml:7:54: error: an area begins with its division code of 6, 9 or 12 digits [bad-value]",
            ])
        #expect(
            found(
                "documents.yaml",
                "documents:\n  d: {title: t, status: offical}\n  e: {status: official, date: 2020-02-30}\n") == [
                    "x/documents.yaml:2:25: error: a status is official, reported or illustrative; did you mean 'official'? [bad-value]",
                    "x/documents.yaml:3:6: error: the key 'title' is missing [missing-key]",
                    "x/documents.yaml:3:31: error: 'date' is a day written as 2021-07-01 [bad-value]",
                ])
        #expect(
            found("documents.yaml", "documents:\n  nation: {title: t, status: official}\n") == [
                "x/documents.yaml:2:3: error: the document 'nation' is declared twice [duplicate-identifier]"
            ])
    }
}
