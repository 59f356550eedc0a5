import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// What stages, loans and the layers of the population look like to whoever reads a decision.
@Suite("Stages, loans and layers as text and JSON")
struct StagesAndLayersTests {
    private static func assess(_ json: String, program: String, on day: String) throws -> Assessment {
        let loading = Findings()
        let library = PolicyLibrary.load(
            "heilongjiang", in: Repository.policies, sections: Engine.sections(of: assistancePrograms), loading)
        let engine = Engine(library, programs: assistancePrograms, run: [program])
        let date = try #require(CalendarDate(iso: day))
        var problems: [Diagnostic] = []
        var tokens = JSONScanner(Array(json.utf8), file: "h.json")
        let file = HouseholdReader.read(
            &tokens, schema: library.schema, date: date, file: "h.json", findings: &problems)
        #expect(problems.isEmpty && loading.sorted.isEmpty)
        let findings = Findings()
        let policy = engine.policy(
            area: try #require(DivisionCode("231025")), date: date, stage: .application, findings)
        #expect(findings.sorted.isEmpty)
        return Assessor(engine, policy, over: file.batch).assess(household: 0, explain: false)
    }

    private static let flood = """
        {"winter_need": false, "members": [{}, {}], "losses": [
          {"relocated": true, "persons": 2, "days": 10, "damage": "collapsed", "dwelling": "vacant",
           "dead": 0, "missing": 0, "drought_need": false}]}
        """

    @Test("Every stage that applies is named with its sum, and the work of each is listed")
    func stages() throws {
        let lines = AssessmentText(in: .english).lines(
            of: try Self.assess(Self.flood, program: "disaster", on: "2025-08-01"))
        #expect(lines.contains("  route           emergency relief"))
        #expect(lines.contains("                  transitional living"))
        #expect(lines.contains("  amount          1,000.00 yuan, once"))
        #expect(lines.contains { $0.contains("basic living secured within 12 hours of the disaster") })
        #expect(!lines.contains { $0.contains("village review") })
    }

    @Test("A stage that is closed says why, and one that is for nobody says nothing")
    func closed() throws {
        let vacant = Self.flood.split(separator: "\n").joined(separator: "\n")
            .replacing("\"relocated\": true", with: "\"relocated\": false").replacing(
                "\"days\": 10", with: "\"days\": 0")
        let assessment = try Self.assess(vacant, program: "disaster", on: "2025-08-01")
        let decision = try #require(assessment.determinations.first)
        #expect(decision.status == .ineligible && decision.reasons.map(\.id) == ["lived-in"])
        let lines = AssessmentText().lines(of: assessment)
        #expect(lines.contains { $0.contains("倒损住房恢复重建") })
        #expect(lines.contains { $0.contains("长期空置房、附属用房和临时用房不予救助") })
        #expect(!lines.contains { $0.contains("未紧急转移安置") })
    }

    @Test("A loan is shown as what has to be paid back, and is in no sum")
    func loan() throws {
        let student = """
            {"low_income": true, "members": [
              {"study": "bachelor", "grade": 2, "decided": {"college_grant": 3700}}]}
            """
        let assessment = try Self.assess(student, program: "education", on: "2025-09-01")
        let decision = try #require(assessment.determinations.first)
        #expect(decision.total(.yearly).known?.fen == 370_000)
        let lines = AssessmentText(in: .english).lines(of: assessment)
        #expect(lines.contains { $0.contains("20,000.00 yuan/year loan at most, to be") })
    }

    @Test("Each member's layer is named in text and JSON, and who is in which group")
    func layers() throws {
        let member = """
            "birth": "1980-01-01", "away": "none", "disability": "none", "illness": [], "can_work": false,
            "refusals": 0, "orphan": "none", "income": "none", "other_low_income": false,
            "hardship_veteran": false, "poverty_register": false
            """
        let household = """
            {"residence": "rural", "rigid_expenditure": 0, "plots": [], "members": [
              {"relation": "head", "monitored": true, "hardship_worker": false, "special_poverty": false, \(member)},
              {"relation": "spouse", "monitored": false, "hardship_worker": true, "special_poverty": true, \(member)}]}
            """
        let assessment = try Self.assess(household, program: "low-income", on: "2025-09-01")
        let population = try #require(assessment.determinations.first?.standing("population"))
        #expect(population.status == .eligible && population.layers.map(\.code) == ["low_income", "special_poverty"])
        let groups = try #require(assessment.determinations.first?.standing("priority_groups"))
        #expect(groups.layers.map(\.code) == ["closed_plant_worker"] && groups.layers.map(\.member) == [1])
        let text = AssessmentText().text(of: assessment)
        #expect(text.contains("低收入人口"))
        #expect(text.contains("成员1(户主):最低生活保障对象"))
        #expect(text.contains("成员2(配偶):特困人员"))
        #expect(text.contains("成员2(配偶):去产能困难职工"))
        #expect(AssessmentJSON.text(of: [assessment]).contains(#""layer": "special_poverty""#))
    }
}
