import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu

/// A policy as large as policies can be, or larger: either a stated limit refuses it, or it loads in little time.
struct LimitCase: Sendable {
    /// What becomes of it.
    enum Outcome: Equatable, Sendable {
        case loads
        /// It is refused with so many findings, and this is the first.
        case refused(String, of: Int = 1)
    }

    let name: String
    let expected: Outcome
    /// The files of an invented city, beside its areas and documents.
    let files: @Sendable () -> [PolicyFile]

    /// Loads it beside a nation's policy, and compiles it for the city.
    func outcome(beside nation: [PolicyFile]) -> Outcome {
        let findings = Findings()
        let own = files()
        let usual = [
            Self.file("areas", "area: 231000 牡丹江市\n"),
            Self.file("documents", "documents: {x: {title: x, status: official}}\n"),
        ]
        let library = PolicyLibrary(
            files: nation + own + usual.filter { file in !own.contains { $0.path == file.path } }, jurisdiction: "city",
            sections: Engine.sections(of: assistancePrograms), findings)
        if !findings.hasErrors {
            let engine = Engine(library, programs: assistancePrograms)
            _ = engine.policy(area: library.jurisdiction, date: TrialRunner.date, stage: .application, findings)
        }
        let errors = findings.sorted.filter { $0.severity == .error }
        return errors.first.map { .refused($0.description, of: errors.count) } ?? .loads
    }

    // MARK: Making

    /// One policy file of the city, with the given lines below `area`, `from` and `source`.
    private init(
        _ name: String, _ expected: Outcome = .loads, policy: @escaping @Sendable () -> String
    ) {
        self.init(name, expected, files: { [Self.policy("policy", policy())] })
    }

    private init(_ name: String, _ expected: Outcome = .loads, files: @escaping @Sendable () -> [PolicyFile]) {
        self.name = name
        self.expected = expected
        self.files = files
    }

    private static func file(_ name: String, _ text: String) -> PolicyFile {
        PolicyFile(path: "city/\(name).yaml", bytes: Array(text.utf8))
    }

    private static func policy(_ name: String, area: String = "231000", _ text: String) -> PolicyFile {
        file(name, "area: \(area)\nfrom: 2020-01-01\nsource: x\n\(text)")
    }

    private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (1...count).map { line($0) + "\n" }.joined()
    }

    /// The code of a village: 10,000 of them in a county.
    private static func village(_ number: Int) -> String { "231025\(100 + number / 100)\(100 + number % 100)" }

    private static func day(_ number: Int) -> String { CalendarDate(days: number)?.iso ?? "" }

    static let all: [LimitCase] = bytes + lists + expressions

    private static let bytes = [
        LimitCase(
            "a file of 50 MB",
            .refused("city/policy.yaml:1:1: error: the file has more than 8388608 bytes; split it [too-large]")
        ) {
            "figures: {x: 900 yuan/month}\n" + String(repeating: "# no more than that\n", count: 50 << 20 / 20)
        },
        LimitCase("a file of 8 MB") {
            "figures: {x: 900 yuan/month}\n" + String(repeating: "# no more than that\n", count: 8 << 20 / 20 - 10)
        },
        LimitCase(
            "two million values",
            .refused(
                "city/policy.yaml:5:3999988: error: the file has more than 2000000 keys and values; split it [too-large]"
            )
        ) {
            "figures: {x: 900 yuan/month}\nlow-income: [\(String(repeating: "1,", count: 2_000_000))1]\n"
        },
        LimitCase(
            "a million values",
            .refused("city/policy.yaml:5:13: error: 'low-income' is a mapping here, not a list [wrong-shape]")
        ) {
            "figures: {x: 900 yuan/month}\nlow-income: [\(String(repeating: "1,", count: 1_000_000))1]\n"
        },
        LimitCase(
            "65 lists in each other",
            .refused(
                "city/policy.yaml:4:76: error: lists and mappings stand more than 64 deep in each other [too-deep]")
        ) {
            "figures: {x: \(String(repeating: "[", count: 100))\n"
        },
        LimitCase(
            "a billion by aliases",
            .refused(
                "city/policy.yaml:5:7: error: policy files have no anchors or aliases; write the value out or name it under 'define:' [yaml-alias]",
                of: 81)
        ) {
            "figures:\n"
                + lines(9) { "  x\($0): &x\($0) [\($0 == 1 ? "1" : String(repeating: "*x\($0 - 1),", count: 9))]" }
        },
        LimitCase(
            "a thousand mistakes and one",
            .refused(
                "city/policy.yaml:5:7: error: policy files have no anchors or aliases; write the value out or name it under 'define:' [yaml-alias]",
                of: 1001)
        ) {
            "figures:\n" + lines(1_001) { "  x\($0): *x" }
        },
        LimitCase(
            "an article of a thousand bytes and one",
            .refused(
                "city/policy.yaml:4:23: error: an article has at most 1000 bytes, and this one 1001 [too-large]")
        ) { "figures: {x: {source: x \(String(repeating: "a", count: 1_001)), is: 900 yuan/month}}\n" },
        LimitCase("an article of a thousand bytes") {
            "figures: {x: {source: x \(String(repeating: "a", count: 1_000)), is: 900 yuan/month}}\n"
        },
        LimitCase(
            "a label of two hundred bytes and one",
            .refused("city/policy.yaml:4:22: error: 'label' has at most 200 bytes, and this one 201 [too-large]")
        ) { "figures: {x: {label: \(String(repeating: "a", count: 201)), is: 900 yuan/month}}\n" },
        LimitCase(
            "a note of a thousand bytes and one",
            .refused("city/policy.yaml:4:21: error: 'note' has at most 1000 bytes, and this one 1001 [too-large]")
        ) { "figures: {x: {note: \(String(repeating: "a", count: 1_001)), is: 900 yuan/month}}\n" },
        LimitCase("a label and a note as long as they may be") {
            let (label, note) = (String(repeating: "a", count: 200), String(repeating: "a", count: 1_000))
            return "figures: {x: {label: \(label), note: \(note), is: 900 yuan/month}}\n"
        },
        LimitCase(
            "100,000 unknown keys",
            .refused("city/policy.yaml:5:3: error: 'low-income' has no key 'standart1' [unknown-key]", of: 2001)
        ) { "low-income:\n" + lines(100_000) { "  standart\($0): x" } },
        LimitCase("1,000 files") {
            (1...1_000).map { number in policy("p\(number)", "figures: {x\(number): 900 yuan/month}\n") }
        },
    ]

    private static let lists = [
        LimitCase(
            "a table of 100,000 rows",
            .refused(
                "city/policy.yaml:20007:9: error: a table has at most 20000 rows; give areas files of their own [too-large]"
            )
        ) {
            "low-income:\n  cap:\n    rows:\n" + lines(100_000) { "      - {n: \($0), is: \($0) yuan/month}" }
        },
        LimitCase("a table of 20,000 rows") {
            "low-income:\n  cap:\n    rows:\n" + lines(20_000) { "      - {n: \($0), is: \($0) yuan/month}" }
        },
        LimitCase("10,000 areas, each with an entry") {
            [file("areas", "area: 231000 牡丹江市\nareas:\n" + lines(10_000) { "  - \(village($0 - 1)) 村\($0)" })]
                + (1...10_000).map { policy("p\($0)", area: village($0 - 1), "figures: {x: \($0) yuan/month}\n") }
        },
        LimitCase("10,000 areas with one entry") {
            let areas = (0..<10_000).map(village)
            return [
                file("areas", "area: 231000 牡丹江市\nareas:\n" + areas.map { "  - \($0) 村\($0)\n" }.joined()),
                policy("policy", area: "[\(areas.joined(separator: ", "))]", "figures: {x: 900 yuan/month}\n"),
            ]
        },
        LimitCase(
            "1,000 figures for each of 1,000 areas",
            .refused(
                "city/policy.yaml:204:9: error: a policy has at most 200000 entries, each counted for every area it is given for [too-large]"
            )
        ) {
            let areas = (0..<1_000).map(village)
            return [
                file("areas", "area: 231000 牡丹江市\nareas:\n" + areas.map { "  - \($0) 村\($0)\n" }.joined()),
                policy(
                    "policy", area: "[\(areas.joined(separator: ", "))]",
                    "figures:\n" + lines(1_000) { "  x\($0): 900 yuan/month" }),
            ]
        },
        LimitCase("a history of 10,000 entries") {
            "figures:\n  standard:\n" + lines(10_000) { "    - {from: \(day($0)), is: \($0) yuan/month}" }
        },
        LimitCase("10,000 documents") {
            [
                file(
                    "documents",
                    "documents:\n  x: {title: x, status: official}\n"
                        + lines(10_000) { "  d\($0): {title: t\($0), status: official, date: 2020-01-01}" }),
                policy("policy", "figures:\n" + lines(10_000) { "  f\($0): {is: 9 yuan/month, source: d\($0)}" }),
            ]
        },
        LimitCase(
            "10,000 sources that are not there",
            .refused(
                "city/policy.yaml:5:34: error: no documents.yaml declares the document 'd1'; did you mean 'dd1'? [unknown-document]",
                of: 2001)
        ) {
            [
                file(
                    "documents",
                    "documents:\n  x: {title: x, status: official}\n"
                        + lines(900) { "  dd\($0): {title: t, status: official}" }),
                policy("policy", "figures:\n" + lines(10_000) { "  f\($0): {is: 9 yuan/month, source: d\($0)}" }),
            ]
        },
        LimitCase(
            "10,000 areas that are not there",
            .refused(
                "city/p1.yaml:1:7: error: no areas.yaml has the area 231026010001; did you mean '231025100100'? [unknown-area]",
                of: 2001)
        ) {
            [file("areas", "area: 231000 牡丹江市\nareas:\n" + lines(10_000) { "  - \(village($0 - 1)) 村\($0)" })]
                + (1...5_000).map {
                    policy("p\($0)", area: "2310260\(10000 + $0) 村\($0)", "figures: {x: \($0) yuan/month}\n")
                }
        },
        LimitCase(
            "20,000 names that are not there",
            .refused(
                "city/policy.yaml:608:10: error: unknown name 'wordd1'; did you mean 'word1'? [unknown-name]", of: 2001)
        ) {
            "define:\n" + lines(600) { "  word\($0): {label: 词, is: n > 1}" }
                + "low-income:\n  cap:\n    rows:\n"
                + lines(20_000) { "      - {wordd\($0): yes, is: \($0) yuan/month}" }
        },
        LimitCase("10,000 words") {
            "define:\n" + lines(10_000) { "  w\($0): {label: 词, is: member.age >= \($0)}" }
                + "figures: {x: 900 yuan/month}\n"
        },
        LimitCase("500 items that exclude each other") {
            "low-income:\n  supplements:\n    stacking: highest\n    items:\n"
                + lines(500) {
                    "      - {id: i\($0), label: 项, for: anyone, when: member.age == \($0), add: \($0) yuan/month}"
                }
        },
        LimitCase(
            "5,000 items", .refused("city/policy.yaml:508:9: error: a list has at most 500 elements [too-large]")
        ) {
            "low-income:\n  supplements:\n    stacking: highest\n    items:\n"
                + lines(5_000) {
                    "      - {id: i\($0), label: 项, for: anyone, when: member.age == \($0), add: \($0) yuan/month}"
                }
        },
        LimitCase(
            "5,000 checks", .refused("city/policy.yaml:506:11: error: a list has at most 500 elements [too-large]")
        ) {
            "low-income:\n  routes:\n    household:\n      checks:\n"
                + lines(5_000) { "        - {id: c\($0), that: n != \($0), reason: 不符合, reason_en: no}" }
        },
    ]

    /// A condition of a check.
    private static func check(_ expression: String) -> String {
        "low-income:\n  routes:\n    household:\n      checks: [{id: x, reason: 不符合, that: \"\(expression)\"}]\n"
    }

    private static let expressions = [
        LimitCase(
            "an expression of 1 MB",
            .refused(
                "city/policy.yaml:7:44: error: an expression has at most 65536 bytes; split it with 'define:' [too-large]"
            )
        ) {
            check(String(repeating: "household.size == 1 || ", count: 1 << 20 / 23) + "true")
        },
        LimitCase(
            "an expression of 10,001 parts",
            .refused(
                "city/policy.yaml:7:48938: error: an expression has at most 10000 parts; split it with 'define:' [too-large]"
            )
        ) {
            check("1 in [\((1...10_000).map(String.init).joined(separator: ","))]")
        },
        LimitCase(
            "a chain of 257 operators",
            .refused(
                "city/policy.yaml:7:44: error: a chain has at most 256 operators; split it with 'define:' [too-large]")
        ) {
            check(String(repeating: "household.size == 1 || ", count: 257) + "true")
        },
        LimitCase(
            "65 brackets",
            .refused(
                "city/policy.yaml:7:108: error: an expression is nested at most 64 deep; split it with 'define:' [too-deep]"
            )
        ) {
            check(String(repeating: "(", count: 65) + "true" + String(repeating: ")", count: 65))
        },
        LimitCase(
            "33 words that name each other",
            .refused(
                "city/policy.yaml:37:8: error: words and figures name each other more than 32 deep from here [too-deep]"
            )
        ) {
            "define:\n" + lines(40) { "  w\($0): {label: 词, is: w\($0 + 1)}" } + "  w41: {label: 词, is: n > 1}\n"
                + check("w1")
        },
    ]
}
