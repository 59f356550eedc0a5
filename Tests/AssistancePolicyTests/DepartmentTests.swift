import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import Testing

/// The catalogue of departments and of what they hold; what can be wrong with it stands in `Tests/Policies/bad`.
@Suite("Departments from policy files")
struct DepartmentTests {
    private static let (province, county) = (DivisionCode("230000") ?? .nation, DivisionCode("231025") ?? .nation)

    /// A policy of an invented nation, province and county.
    private static func library(nation: String, province: String, county: String) throws -> PolicyLibrary {
        func file(_ path: String, _ text: String) -> PolicyFile { PolicyFile(path: path, bytes: Array(text.utf8)) }
        func departments(_ area: String, _ text: String) -> String {
            "area: \(area)\nfrom: 2030-01-01\nsource: law 第五十八条\n" + text
        }
        let findings = Findings()
        let library = PolicyLibrary(
            files: [
                file("china/areas.yaml", "area: 000000 全国\n"),
                file(
                    "china/documents.yaml",
                    "documents: {law: {title: 法, status: official}, ours: {title: 例, status: illustrative}}\n"),
                file("china/departments.yaml", departments("000000 全国", nation)),
                file("p/areas.yaml", "area: 230000 黑龙江省\nareas: [231025 林口县]\n"),
                file("p/departments.yaml", departments("230000 黑龙江省", province)),
                file("p/county.yaml", departments("231025 林口县", county)),
            ], jurisdiction: "p", sections: Engine.sections(of: assistancePrograms), findings)
        try #require(findings.sorted.map(\.description) == [])
        return library
    }

    private static let nation = """
        departments:
          tax: {label: 税务机关, label_en: tax authority, kinds: [{id: income, label: 个税, facts: [member.income.wages]}]}
          police:
            label: 公安机关
            kinds:
              - {id: vehicles, label: 机动车登记, facts: household.vehicles}
              - {id: register, label: 户籍, source: ours, facts: [member.birth, household.vehicles]}

        """

    @Test("A department has its kinds of data in their order, each with its facts and its own or the entry's article")
    func read() throws {
        let library = try Self.library(nation: Self.nation, province: "", county: "")
        let day = try #require(CalendarDate(iso: "2030-06-01"))
        let departments = library.departments(area: Self.county, on: day)
        #expect(departments.map(\.id) == ["police", "tax"])
        let police = try #require(departments[id: "police"])
        #expect(police.label == Label("公安机关", "公安机关"))
        #expect(police.kinds.map(\.id) == ["vehicles", "register"])
        #expect(police.kinds.map(\.citation?.text) == ["《法》 第五十八条", "《例》"])
        #expect(police.facts.map(\.name) == ["household.vehicles", "member.birth"])
        #expect(departments[id: "tax"]?.label == Label("税务机关", "tax authority"))
        #expect(library.procedure(area: Self.county, on: day).departments == departments)
        let before = try #require(CalendarDate(iso: "2029-12-31"))
        #expect(library.departments(area: Self.county, on: before) == [])
    }

    @Test(
        "A province adds a department, a county writes one anew, and others keep the nation's; facts may be the place's own"
    )
    func nearest() throws {
        let library = try Self.library(
            nation: Self.nation,
            province: """
                facts: {household.reeds: {type: count, range: 0 to 9, label: 苇田}}
                departments: {water: {label: 水务, kinds: [{id: reeds, label: 苇田, facts: household.reeds}]}}

                """,
            county: "departments: {police: {label: 县公安局, kinds: [{id: v, label: 车, facts: household.vehicles}]}}\n")
        let day = try #require(CalendarDate(iso: "2030-06-01"))
        func labels(_ area: DivisionCode) -> [String] {
            library.departments(area: area, on: day).map { "\($0.id) \($0.label.chinese) \($0.facts.count)" }
        }
        #expect(labels(.nation) == ["police 公安机关 2", "tax 税务机关 1"])
        #expect(labels(Self.province) == ["police 公安机关 2", "tax 税务机关 1", "water 水务 1"])
        #expect(labels(Self.county) == ["police 县公安局 1", "tax 税务机关 1", "water 水务 1"])
    }

    @Test("A name that is no department's is refused with what there is, and a likely one is meant")
    func objection() throws {
        let day = try #require(CalendarDate(iso: "2030-06-01"))
        let all = try Self.library(nation: Self.nation, province: "", county: "").departments(area: .nation, on: day)
        #expect(all.objection(to: "police") == nil)
        #expect(
            all.objection(to: "polise")
                == "there is no department 'polise'; did you mean 'police'? There are police, tax")
        #expect(all.objection(to: "banks") == "there is no department 'banks'; there are police, tax")
        #expect(
            all.objection(to: "公安机关")
                == "there is no department of this name; did you mean 'police'? There are police, tax")
        #expect(
            [Department]().objection(to: "police")
                == "policy names no departments; declare them under 'departments' in a policy file")
    }

    @Test("The nation's catalogue names what order 649 names, and cites it; all else is illustrative")
    func published() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let findings = Findings()
        let library = PolicyLibrary.load(
            "heilongjiang/harbin", in: root + "/Policies", sections: Engine.sections(of: assistancePrograms), findings)
        try #require(!findings.hasErrors)
        let all = library.departments(area: library.jurisdiction, on: try #require(CalendarDate(iso: "2026-06-01")))
        #expect(
            all.map(\.id) == [
                "agriculture", "banks", "civil-affairs", "disabled-federation", "education", "health",
                "housing", "housing-fund", "human-resources", "insurers", "market-regulation", "medical-insurance",
                "public-security", "real-estate", "securities", "tax", "veterans",
            ])
        let kinds = all.flatMap(\.kinds)
        #expect(kinds.count == 28)
        let named = kinds.filter { $0.citation?.text == "国务院令第649号 第五十八条" }
        #expect(named.count == 11)
        #expect(
            Set(kinds.filter { !named.contains($0) }.map { $0.citation?.document.status }) == [.illustrative])
    }
}
