import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Foundation
import Jiuzhu
import TestSupport
import Testing

@Suite("Boundary cases of terms")
struct PolicyCasesTests {
    private static func cases(_ area: String, _ date: String) throws -> PolicyCases {
        let findings = Findings()
        let library = PolicyLibrary.load(
            "heilongjiang", in: Repository.policies, sections: Engine.sections(of: assistancePrograms), findings)
        #expect(!findings.hasErrors)
        return PolicyCases(
            library, programs: assistancePrograms, area: try #require(DivisionCode(area)),
            on: try #require(CalendarDate(iso: date)))
    }

    private static func file(
        _ key: String, _ area: String, _ date: String, records: Bool = false
    ) throws -> String {
        let findings = Findings()
        switch try cases(area, date).write(key, policy: "heilongjiang", records: records, findings) {
        case .file(let text): return text
        case .none(let code, let message): return "\(message) [\(code.rawValue)]"
        case .wrongPolicy: return findings.sorted.map(\.description).joined(separator: "\n")
        }
    }

    /// The names and the households of the cases of a file.
    private static func households(_ text: String) throws -> [String] {
        let root = try #require(YAMLReader.read(Array(text.utf8), file: "").root)
        return (root["cases"]?.items ?? []).map { one in
            let member = one["household"]?["members"]?.items?.first
            let facts = member?["birth"]?.text ?? member?["income"]?["wages"]?.text ?? member?["income"]?.text ?? ""
            return "\(one["name"]?.text ?? ""): \(facts)"
        }
    }

    /// Runs a test file.
    private static func test(_ text: String) throws -> PolicyTestReport {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).test.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return PolicyTester(policies: Repository.policies, programs: assistancePrograms).run([file.path])
    }

    @Test("The line of edge families, a fen of a year below, at it and above, in town and countryside")
    func income() throws {
        let text = try Self.file("low-income.standings.edge.income", "231025", "2026-06-01")
        #expect(
            try Self.households(text) == [
                "per_capita_income just below 832 yuan/month (urban): 9983.99",
                "per_capita_income at 832 yuan/month (urban): 9984",
                "per_capita_income just above 832 yuan/month (urban): 9984.01",
                "per_capita_income just below 632 yuan/month (rural): 7583.99",
                "per_capita_income at 632 yuan/month (rural): 7584",
                "per_capita_income just above 632 yuan/month (rural): 7584.01",
                "per_capita_income just below 1248 yuan/month (urban): 14975.99",
                "per_capita_income at 1248 yuan/month (urban): 14976",
                "per_capita_income just above 1248 yuan/month (urban): 14976.01",
                "per_capita_income just below 948 yuan/month (rural): 11375.99",
                "per_capita_income at 948 yuan/month (rural): 11376",
                "per_capita_income just above 948 yuan/month (rural): 11376.01",
            ])
        #expect(
            text.hasPrefix(
                "# 低保边缘家庭收入条件 (low-income.standings.edge.income), 231025 林口县\n#   from line below 150% * line  ("))
        #expect(text.contains("\ndefaults:\n  area: 231025\n  residence: urban\n"))
        #expect(PolicyFormat.format(Array(text.utf8), file: "a.test.yaml").bytes == Array(text.utf8))
    }

    @Test("An age, a day apart; also on 29 February; through the words that items use")
    func ages() throws {
        #expect(
            try Self.households(Self.file("define.elder", "231025", "2026-06-01")) == [
                "member.age just below 60: 1966-06-02", "member.age at 60: 1966-06-01",
                "member.age just above 60: 1966-05-31",
            ])
        #expect(
            try Self.households(Self.file("define.minor", "231025", "2026-03-01")) == [
                "member.age just below 18: 2008-03-02", "member.age at 18: 2008-03-01",
                "member.age just above 18: 2008-02-29",
            ])
        let supplements = try Self.households(Self.file("low-income.supplements", "231025", "2026-06-01"))
        #expect(supplements.contains("member.age at 60: 1966-06-01"))
        #expect(supplements.contains("member.age at 18: 2008-06-01"))
        #expect(supplements.contains("member.disability_grade at 3: "))
    }

    @Test("A rounded limit lies where the rounding puts it")
    func rounded() throws {
        // 150 % of 878.4 a month and the like: Harbin rounds limits up to whole yuan.
        let found = try Self.households(Self.file("low-income.standings.edge.income", "230102", "2022-06-01"))
        #expect(found.contains("per_capita_income at 1253 yuan/month (urban): 15036"))
        #expect(found.contains("per_capita_income at 938 yuan/month (rural): 11256"))
    }

    @Test(
        "What is recorded passes, whatever the term",
        arguments: [
            ("low-income.routes.household.income", "231025", "2026-06-01"),
            ("low-income.standings.edge.income", "231025", "2026-06-01"),
            ("low-income.standings.edge.layers", "230102", "2022-06-01"),
            ("low-income.supplements", "231025", "2026-06-01"), ("define.elder", "230102", "2022-06-01"),
            ("low-income.routes.grace.income", "231025", "2026-06-01"),
            ("special-poverty.livelihood.income", "231025", "2026-06-01"),
            ("define.able_kin", "231025", "2026-06-01"),
        ])
    func recorded(key: String, area: String, date: String) throws {
        let text = try Self.file(key, area, date, records: true)
        let report = try Self.test(text)
        #expect(report.isPassed, Comment(rawValue: report.text))
        #expect(report.passed >= 3)
    }

    @Test("What is to be filled in is asked for, each case once")
    func toFillIn() throws {
        let report = try Self.test(Self.file("define.elder", "231025", "2026-06-01"))
        #expect(!report.isPassed)
        #expect(report.findings.map(\.code) == [.toFillIn, .toFillIn, .toFillIn])
        #expect(
            report.findings.first?.message
                == "write what must be decided about this case, such as {status: eligible, total: 100}")
    }

    @Test("A term without thresholds, without an entry, or that nobody reaches alone has no cases, and says why")
    func none() throws {
        #expect(
            try Self.file("low-income.line", "231025", "2026-06-01")
                == "'low-income.line' compares with nothing on 2026-06-01, so it has no boundary cases [no-threshold]")
        #expect(
            try Self.file("low-income.cap", "231025", "2026-06-01")
                == "nothing fills 'low-income.cap' for 231025 林口县 on 2026-06-01 [unfilled]")
        #expect(try Self.file("low-income.standings.rigid", "231025", "2026-06-01").hasSuffix("[unfilled]"))
        #expect(try Self.file("figures.disposable", "231025", "2026-06-01").hasSuffix("[unfilled]"))
        #expect(
            try Self.file("special-poverty.obligor_unable", "231025", "2026-06-01")
                == "no single fact of a household of one reaches what 'special-poverty.obligor_unable' compares with [no-threshold]"
        )
    }
}
