import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

@Suite("What changed between two policies")
struct PolicyDiffTests {
    /// A policy of an invented province, with its terms.
    private static func side(_ text: String) throws -> PolicySide {
        let files = [
            PolicyFile(
                path: "p/areas.yaml", bytes: Array("area: 990000 例省\nareas: [990100 甲市, 990200 乙市]".utf8)),
            PolicyFile(
                path: "p/documents.yaml",
                bytes: Array(
                    "documents:\n  old: {title: 旧, number: 例〔2029〕1号, status: official}\n  new: {title: 新, number: 例〔2030〕1号, status: official}"
                        .utf8)),
            PolicyFile(path: "p/policy.yaml", bytes: Array(text.utf8)),
        ]
        let findings = Findings()
        let library = PolicyLibrary(
            files: files, jurisdiction: "p", sections: Engine.sections(of: [LowIncomeProgram()]), findings)
        #expect(findings.sorted == [])
        return PolicySide(library, prefix: "")
    }

    private static func text(_ old: String, _ new: String, area: String? = nil) throws -> String {
        let head = "area: 990000 例省\nfrom: 2029-01-01\nsource: old 第一条\n"
        let code = area.flatMap(DivisionCode.init)
        return try PolicyDiff(side(head + old), side(head + new), area: code).text(in: .english)
    }

    @Test("A figure that rises shows from what to what, by how much, since when, by which document, and where")
    func figure() throws {
        let old =
            "figures:\n  standard:\n    unit: yuan/month\n    rows:\n      - {residence: urban, is: 780}\n      - {residence: rural, is: 585}\n"
        let new = """
            figures:
              standard:
                - from: 2029-01-01
                  unit: yuan/month
                  rows:
                    - {residence: urban, is: 780}
                    - {residence: rural, is: 585}
                - from: 2030-01-01
                  source: new
                  unit: yuan/month
                  rows:
                    - {residence: urban, is: 832}
                    - {residence: rural, is: 7000 yuan/year}
            """
        #expect(
            try Self.text(old, new) == """
                990000 例省
                  figures.standard  standard
                    residence urban: 780 → 832 yuan/month (+6.67 %)
                    residence rural: 585 yuan/month → 7000 yuan/year (-0.28 %)
                      old from 2029-01-01  例〔2029〕1号 第一条  p/policy.yaml:6
                      new from 2030-01-01  例〔2030〕1号  p/policy.yaml:11

                1 change

                """)
    }

    @Test("Items, checks and conditions are shown line by line; what was added or is gone says so")
    func lists() throws {
        let old = """
            define: {old: member.age >= 60}
            means:
              property:
                - {id: money, that: household.financial_assets <= 1000 yuan}
                - {id: cars, that: household.vehicles == 0}
            """
        let new = """
            means:
              property:
                - {id: money, that: household.financial_assets <= 2000 yuan, reason: 超限}
                - {id: homes, that: household.homes <= 1}
            low-income: {cap: 900 yuan/month}
            """
        let text = try Self.text(old, new)
        #expect(
            text == """
                990000 例省
                  define.old  old
                    - member.age >= 60
                      old from 2029-01-01  例〔2029〕1号 第一条  p/policy.yaml:4
                      new nothing after
                  low-income.cap  limit of the grant
                    + 900 yuan/month
                      old nothing before
                      new from 2029-01-01  例〔2029〕1号 第一条  p/policy.yaml:8
                  means.property  property
                    - cars: that household.vehicles == 0
                    money: that household.financial_assets <= 1000 yuan → that household.financial_assets <= 2000 yuan, reason 超限
                    + homes: that household.homes <= 1
                      old from 2029-01-01  例〔2029〕1号 第一条  p/policy.yaml:7
                      new from 2029-01-01  例〔2029〕1号 第一条  p/policy.yaml:6

                3 changes

                """)
    }

    @Test("The same rule by another document, or to another day, is a change; another name is none")
    func sources() throws {
        let old = "figures: {standard: {is: 780 yuan/month, label: 标准}}"
        #expect(try Self.text(old, "figures: {standard: {label: 低保标准, is: 780 yuan/month}}") == "no difference\n")
        let renewed = try Self.text(old, "figures: {standard: {is: 780 yuan/month, source: new}}")
        #expect(renewed.contains("    the same rule, by another document or to another day\n"))
        #expect(renewed.contains("new from 2029-01-01  例〔2030〕1号  "))
        let ended = try Self.text(old, "figures: {standard: {is: 780 yuan/month, until: 2031-01-01}}")
        #expect(ended.contains("new from 2029-01-01 until 2031-01-01  "))
    }

    @Test("Areas that share an entry are one change, and one area sees its own and those above it")
    func areas() throws {
        let own = "figures: {standard: 1 yuan/month, disposable: 2 yuan/year}"
        let old = try Self.side("area: [990100 甲市, 990200 乙市]\nfrom: 2029-01-01\nsource: old\n" + own)
        let new = try Self.side(
            "area: [990100 甲市, 990200 乙市]\nfrom: 2029-01-01\nsource: old\n" + own.replacing("1 yuan", with: "3 yuan"))
        let all = PolicyDiff(old, new)
        #expect(all.changes.map { $0.areas.map(\.code.text) } == [["990100", "990200"]])
        #expect(
            all.text(in: .chinese).hasPrefix(
                "990100 甲市、990200 乙市\n  figures.standard  standard\n    1 → 3 元/月 (+200.00 %)\n"))
        #expect(PolicyDiff(old, new, area: DivisionCode("990200")).changes.map { $0.areas.map(\.name) } == [["乙市"]])
        #expect(PolicyDiff(old, new, area: DivisionCode("990000")).changes.isEmpty)
    }

    @Test("Of two days the nearest entry is compared for an area, from wherever it comes")
    func days() throws {
        let side = try Self.side(
            """
            area: 990000 例省
            from: 2029-01-01
            source: old
            figures:
              standard:
                - {from: 2029-01-01, is: 500 yuan/month}
                - {from: 2030-01-01, source: new, is: 550 yuan/month}
              disposable: {from: 2029-06-01, until: 2030-06-01, is: 0 yuan/year}
            """)
        func diff(_ from: String, _ to: String, _ area: String?) throws -> [String] {
            let days = try (#require(CalendarDate(iso: from)), #require(CalendarDate(iso: to)))
            return PolicyDiff(side, from: days.0, to: days.1, area: area.flatMap(DivisionCode.init)).changes.map {
                "\($0.areas.first?.code.text ?? "") \($0.term) "
                    + $0.lines.map { "\($0.old ?? "-") \($0.new ?? "-") \($0.percent ?? "")" }.joined()
            }
        }
        #expect(
            try diff("2029-12-31", "2030-01-01", "990100") == [
                "990100 figures.standard 500 yuan/month 550 yuan/month +10.00"
            ])
        #expect(
            try diff("2029-12-31", "2030-01-01", nil) == [
                "990000 figures.standard 500 yuan/month 550 yuan/month +10.00"
            ])
        #expect(try diff("2029-01-01", "2029-06-01", nil) == ["990000 figures.disposable - 0 yuan/year "])
        #expect(
            try diff("2030-01-01", "2029-01-01", nil) == [
                "990000 figures.disposable 0 yuan/year - ",
                "990000 figures.standard 550 yuan/month 500 yuan/month -9.09",
            ])
        #expect(try diff("2030-01-02", "2030-01-03", "990100") == [])
    }

    @Test("The JSON says what the text says")
    func json() throws {
        let head = "area: 990000 例省\nfrom: 2029-01-01\nsource: old 第一条\nfigures: {standard: "
        let diff = try PolicyDiff(Self.side(head + "780 yuan/month}"), Self.side(head + "832 yuan/month}"))
        let tree = try JSONTree(diff.json)
        let change = try #require(tree["changes"]?.items.first)
        #expect(change["areas"]?.items.first?["code"]?.text == "990000")
        #expect(change["term"]?.text == "figures.standard")
        #expect(change["lines"]?.items.first?["percent"]?.text == "+6.67")
        #expect(change["old"]?["rule"]?.items.first?.text == "780 yuan/month")
        #expect(change["new"]?["place"]?.text == "p/policy.yaml:4")
        #expect(change["new"]?["article"]?.text == "第一条")
    }

    @Test("What is no folder and no pack is said")
    func nothing() {
        let findings = Findings()
        let side = PolicySide(
            Repository.tests + "/nowhere", in: Repository.policies, programs: assistancePrograms, findings)
        #expect(side == nil)
        #expect(findings.sorted.map(\.code) == [.noPolicy])
    }
}
