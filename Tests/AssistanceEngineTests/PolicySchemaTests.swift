import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

@Suite("JSON Schemas of policy files")
struct PolicySchemaTests {
    private static func text(_ kind: PolicyFileKind) -> String {
        PolicySchema.text(of: kind, sections: Engine.sections(of: assistancePrograms))
    }

    /// A schema beside that of the household files of a policy.
    private static func check(_ kind: PolicyFileKind, _ facts: FactSchema = .national) throws -> SchemaCheck {
        SchemaCheck(
            root: try JSONTree(text(kind)), others: ["household-1.schema.json": try JSONTree(facts.jsonSchema())])
    }

    /// The facts of the policy that a test file asks.
    private static func facts(of file: String, _ root: YAMLNode) throws -> FactSchema {
        let own = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let folder = root["policy"]?.text.flatMap { $0 == "." ? nil : Repository.policies + "/" + $0 } ?? own
        let side = PolicySide(folder, in: Repository.policies, programs: assistancePrograms, Findings())
        return try #require(side).library.schema
    }

    /// What a schema says of a text of YAML.
    private static func problems(_ text: String, _ kind: PolicyFileKind = .policy) throws -> [String] {
        let (root, findings) = YAMLReader.read(Array(text.utf8), file: "x.yaml")
        #expect(findings.isEmpty)
        let tree = JSONTree(try #require(root))
        return try check(kind).problems(of: tree)
    }

    @Test("The published schemas are those of the code", arguments: PolicyFileKind.allCases)
    func published(kind: PolicyFileKind) {
        RecordedText.expect(Self.text(kind), at: "docs/schema/\(kind.rawValue)-1.schema.json")
    }

    @Test("Every policy file of the project is valid")
    func ownFiles() throws {
        let checks = try Dictionary(uniqueKeysWithValues: PolicyFileKind.allCases.map { ($0, try Self.check($0)) })
        let folders = [
            Repository.policies, Repository.tests + "/worked", Repository.tests + "/features",
            Repository.fixtures + "/policies/china", Repository.fixtures + "/policies/invented",
        ]
        let files = folders.flatMap { PolicyFiles.files(below: $0, ending: ".yaml") }
        #expect(files.count > 100)
        for file in files {
            let bytes = try #require(PolicyFiles.read(file))
            let root = try #require(YAMLReader.read(bytes, file: file).root)
            let kind = PolicyFileKind(path: file)
            let check = kind == .tests ? try Self.check(kind, Self.facts(of: file, root)) : checks[kind]
            let problems = check?.problems(of: JSONTree(root)) ?? ["no schema"]
            #expect(problems == [], Comment(rawValue: Repository.relative(file)))
        }
    }

    @Test(
        "A mistake that the shape shows is found as one types",
        arguments: [
            ("low-income: {line: {iss: standard}}", "$.low-income.line"),
            ("low-incme: {line: standard}", "$: low-incme is not in the schema"),
            ("low-income: {rotues: {single: none}}", "$.low-income: rotues is not in the schema"),
            ("low-income: {routes: {single: nonne}}", "$.low-income.routes.single"),
            ("low-income: {routes: {household: {rounding: upwards}}}", "$.low-income.routes.household"),
            ("low-income: {routes: {household: {income: line}}}", "$.low-income.routes.household"),
            ("low-income: {supplements: {stacking: most, items: []}}", "$.low-income.supplements"),
            ("low-income: {supplements: [{for: minor, add: 1 yuan/month}]}", "$.low-income.supplements"),
            ("means: {excluded: [{code: wages, form: 2030-01-01}]}", "$.means.excluded"),
            ("facts: {reeds: {type: count, label: 苇田}}", "$.facts.reeds: 'reeds' does not match"),
            ("facts: {household.reeds: {type: number, label: 苇田}}", "$.facts.household.reeds.type"),
            ("codes: {self_care: [{code: special, like: unable}]}", "$.codes.self_care[0]: label is missing"),
            ("means: {property: [{id: a, taht: true}]}", "$.means.property"),
            ("figures: {Standard: 1 yuan/month}", "$.figures.Standard: 'Standard' does not match"),
            ("figures: {standard: {unit: yuan/moth, is: 1}}", "$.figures.standard"),
            ("figures: {standard: {from: 2030-1-1, is: 1}}", "$.figures.standard"),
            ("from: 1 January 2030", "$.from: '1 January 2030' does not match"),
            ("follows: county", "$.follows"),
        ])
    func mistakes(text: String, expected: String) throws {
        let problems = try Self.problems("area: 230000 黑龙江省\nsource: a\n" + text)
        #expect(problems.contains { $0.hasPrefix(expected) }, "\(problems)")
    }

    @Test("Mistakes in the other kinds of files are found")
    func otherMistakes() throws {
        #expect(try Self.problems("from: 2030-01-01") == ["$: area is missing"])
        #expect(
            try Self.problems("documents: {a: {title: t, status: offical}}", .documents) == [
                "$.documents.a.status: string(\"offical\") is not among the values"
            ])
        #expect(
            try Self.problems("documents: {a: {status: official}}", .documents) == ["$.documents.a: title is missing"])
        #expect(try !Self.problems("area: 哈尔滨市", .areas).isEmpty)
        #expect(try !Self.problems("area: 230000 黑龙江省\nareas: [{code: 230100 哈尔滨市, form: 2030-01-01}]", .areas).isEmpty)
        #expect(try !Self.problems("cases: []", .tests).isEmpty)
        #expect(
            try Self.problems("cases: [{name: a, household: {residense: urban}, expect: {status: x}}]", .tests) == [
                "$.cases[0].expect.status: string(\"x\") is not among the values",
                "$.cases[0].household: residense is not in the schema",
            ])
    }

    // MARK: The schema and the reader know the same keys

    /// Blocks of the schema, and a policy with such a block: `KEY` stands where a key of it is written.
    private static let blocks = [
        ("value-block", "low-income: {line: {is: standard, KEY: x}}"),
        ("range-block", "low-income: {standings: {edge: {income: {is: below line, KEY: x}}}}"),
        ("check", "low-income: {routes: {household: {checks: [{id: a, KEY: x}]}}}"),
        ("item", "low-income: {supplements: [{id: a, for: anyone, KEY: x}]}"),
        ("item-table", "low-income: {supplements: [{id: a, for: anyone, add: {KEY: x}}]}"),
        ("benefit", "heating: {snapshot: 09-30, items: [{id: a, KEY: x}]}"),
        ("payer", "heating: {snapshot: 09-30, items: [{id: a, add: 1 yuan, payers: [{KEY: x}]}]}"),
        ("layer", "define: {w: {of: 1 yuan/month, layers: [{id: a, KEY: x}]}}"),
        ("shared-cap", "define: {w: {of: 1 yuan/month, layers: [{id: a, rate: 1%}], shared: {KEY: x}}}"),
        ("exclusion", "exclusions: [{id: a, KEY: x}]"),
        ("range-row", "low-income: {standings: {edge: {income: {rows: [{KEY: x}]}}}}"),
    ]

    @Test("What the reader takes for unknown the schema does, and the other way round", arguments: blocks)
    func sameKeys(block: String, policy: String) throws {
        let schema = try JSONTree(Self.text(.policy))
        let definitions = try #require(schema["$defs"])
        func keys(_ name: String) -> Set<String> {
            guard case .object(let members)? = definitions[name]?["properties"] else { return [] }
            return Set(members.keys)
        }
        let known = keys(block)
        #expect(!known.isEmpty)
        var all = Self.blocks.reduce(into: Set(["KEY"])) { $0.formUnion(keys($1.0)) }
        // What serves another purpose is passed over unread, and so its keys are: exclusions serve none.
        if block == "exclusion" { all.remove("purpose") }
        for key in all.sorted() {
            let isUnknown = Self.findings(policy.replacing("KEY", with: key)).contains {
                $0.code == .unknownKey && $0.message.hasSuffix("'\(key)'")
            }
            #expect(isUnknown == !known.contains(key), "'\(key)' in \(block)")
        }
    }

    private static func findings(_ text: String) -> [Diagnostic] {
        let files = [
            PolicyFile(path: "china/areas.yaml", bytes: Array("area: 000000 全国".utf8)),
            PolicyFile(
                path: "china/documents.yaml", bytes: Array("documents: {a: {title: a, status: illustrative}}".utf8)),
            PolicyFile(
                path: "china/policy.yaml",
                bytes: Array(
                    "area: 000000 全国\nfrom: 2030-01-01\nsource: a\nfigures: {standard: 1 yuan/month}\n\(text)".utf8)
            ),
        ]
        let found = Findings()
        let library = PolicyLibrary(
            files: files, jurisdiction: "china", sections: Engine.sections(of: assistancePrograms), found)
        let check = PolicyCheck(
            policies: "", programs: assistancePrograms, asOf: CalendarDate(iso: "2031-01-01") ?? .today())
        return found.sorted + check.findings(of: library)
    }
}
