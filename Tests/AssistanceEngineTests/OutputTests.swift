import AssistanceCore
import AssistanceEngine
import TestSupport
import Testing

/// The outcomes that outputs are tested with.
enum OutputCase: String, CaseIterable {
    case eligible, ineligible, undetermined, bounded

    var assessment: Assessment {
        switch self {
        case .eligible: OutputFixtures.eligible
        case .ineligible: OutputFixtures.ineligible
        case .undetermined: OutputFixtures.undetermined
        case .bounded: OutputFixtures.bounded
        }
    }

    func file(_ ending: String) -> String { "Tests/Fixtures/Output/\(rawValue).\(ending)" }
}

@Suite("Assessments as text")
struct AssessmentTextTests {
    @Test("The text is the recorded one", arguments: OutputCase.allCases, Language.allCases)
    func text(_ outcome: OutputCase, in language: Language) {
        RecordedText.expect(
            AssessmentText(in: language).text(of: outcome.assessment), at: outcome.file("\(language.rawValue).txt"))
    }

    @Test("An illustrative figure is said in the first lines, with its document")
    func warning() {
        let lines = AssessmentText().lines(of: OutputFixtures.eligible).prefix(4)
        #expect(lines.contains { $0.hasPrefix("⚠") && $0.contains("示例或凭记忆(未核)") })
        #expect(lines.contains { $0.contains("某县低保标准") })
        let official = AssessmentText().lines(of: OutputFixtures.ineligible)
        #expect(!official.contains { $0.contains("⚠") })
    }

    @Test("No sum is named before it is decided whether anything is paid")
    func undetermined() {
        #expect(!AssessmentText().text(of: OutputFixtures.undetermined).contains("9,999,999"))
        #expect(!AssessmentJSON.text(of: [OutputFixtures.undetermined]).contains("9999999"))
    }

    @Test("An id cannot move the cursor of a terminal")
    func control() {
        let assessment = OutputFixtures.assessment(
            OutputFixtures.determination(.eligible), id: "a\u{1B}[2Jb\u{202E}c\nd")
        #expect(AssessmentText().lines(of: assessment)[1] == "家庭编号 a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d")
    }

    @Test("Lines of what is missing are broken to the width of a terminal, Chinese characters taking two columns")
    func wrapping() {
        var assessment = OutputFixtures.undetermined
        var decision = assessment.determinations[0]
        decision.standings = []
        decision.missing = (0..<60).map {
            Missing(path: "fact\($0)", label: Label("某项事实\($0)", "fact \($0)"), isPolicy: false)
        }
        assessment = OutputFixtures.assessment(decision)
        for language in Language.allCases {
            let lines = AssessmentText(in: language).lines(of: assessment)
            let columns = lines.map { line in line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) } }
            #expect((columns.max() ?? 0) <= 88)
            #expect(lines.contains { $0.contains("59") })
        }
    }

    @Test("An explanation nested a thousand deep is written without recursion")
    func depth() {
        var step = OutputFixtures.steps[0]
        for _ in 0..<1_000 {
            step = ExplainedStep(
                name: "outer", kind: .step, label: step.label, values: [], rule: nil, citation: nil, place: nil,
                inputs: [step],
                isRepeated: false)
        }
        var decision = OutputFixtures.determination(.eligible)
        decision.steps = [step]
        let lines = AssessmentText().lines(of: OutputFixtures.assessment(decision))
        #expect(lines.count > 1_000)
        let json = AssessmentJSON.text(of: [OutputFixtures.assessment(decision)], .compact, explains: true)
        #expect(json.hasSuffix("}"))
    }
}

@Suite("Assessments as JSON")
struct AssessmentJSONTests {
    @Test("The text is the recorded one", arguments: OutputCase.allCases)
    func text(_ outcome: OutputCase) {
        RecordedText.expect(
            AssessmentJSON.text(of: [outcome.assessment], explains: true) + "\n", at: outcome.file("json"))
    }

    @Test("Steps are written only where they are asked for")
    func steps() {
        #expect(!AssessmentJSON.text(of: [OutputFixtures.eligible]).contains("\"steps\""))
    }

    @Test("What is handed over piece by piece is the whole text")
    func pieces() {
        let assessments = OutputCase.allCases.map(\.assessment)
        var writer = AssessmentJSON(explains: true)
        var bytes = writer.takeBytes()
        for assessment in assessments {
            writer.add(assessment)
            bytes += writer.takeBytes()
        }
        writer.end()
        bytes += writer.takeBytes()
        #expect(String(decoding: bytes, as: UTF8.self) == AssessmentJSON.text(of: assessments, explains: true))
    }

    @Test("No household at all is an empty list")
    func empty() {
        #expect(AssessmentJSON.text(of: [], .compact) == #"{"schema":1,"engine":"\#(Engine.version)","households":[]}"#)
    }
}

@Suite("Published schemas")
struct PublishedSchemaTests {
    @Test("The schema of the output is the published one")
    func assessment() {
        RecordedText.expect(AssessmentJSON.schema, at: "docs/schema/assessment-1.schema.json")
    }

    @Test("The schema of household files is the published one")
    func household() {
        RecordedText.expect(FactSchema.national.jsonSchema() + "\n", at: "docs/schema/household-1.schema.json")
    }

    @Test("Every output follows the schema", arguments: OutputCase.allCases, [true, false])
    func outputs(_ outcome: OutputCase, explains: Bool) throws {
        let check = SchemaCheck(root: try JSONTree(AssessmentJSON.schema))
        let json = try JSONTree(AssessmentJSON.text(of: [outcome.assessment], explains: explains))
        #expect(check.problems(of: json) == [])
    }

    @Test("The schema refuses what is not its form")
    func refused() throws {
        let check = SchemaCheck(root: try JSONTree(AssessmentJSON.schema))
        let text = AssessmentJSON.text(of: [OutputFixtures.eligible])
        for (right, wrong) in [
            ("\"status\": \"eligible\"", "\"status\": \"perhaps\""), ("\"1213.00\"", "1213"), ("\"id\": \"base\",", ""),
            ("\"schema\": 1", "\"schema\": 2"), ("\"notes\"", "\"remarks\""),
        ] {
            let changed = text.split(separator: right, omittingEmptySubsequences: false).joined(separator: wrong)
            #expect(changed != text, "\(right) does not stand in the output")
            #expect(check.problems(of: try JSONTree(changed)) != [], "\(wrong) passed")
        }
    }
}
