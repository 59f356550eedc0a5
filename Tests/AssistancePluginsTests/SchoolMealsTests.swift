import AssistanceCore
import AssistanceEngine
import AssistancePlugins
import AssistancePolicy
import Jiuzhu
import Testing

@Suite("A programme of a plugin is a programme like any other")
struct SchoolMealsTests {
    private static let pupil = #"{"study": "primary", "canteen": true}"#
    private static let adult = #"{"study": "none", "canteen": false}"#

    private static func household(_ residence: String, _ members: String...) -> String {
        #"{"residence": "\#(residence)", "members": [\#(members.joined(separator: ", "))]}"#
    }

    /// The province and the folder that its plugin was built in.
    private static func province(_ section: String = Province.section) throws -> (Province, PluginSet) {
        let build = try PluginBuild()
        let plugins = try PluginSet.of([Source.meals], in: build)
        return (Province(plugins, section: section), plugins)
    }

    @Test("Two pupils of a rural household are paid, each their part, and the steps say why")
    func eligible() throws {
        let (province, plugins) = try Self.province()
        #expect(province.findings == [] && province.policy().1 == [])
        let json = Self.household("rural", Self.pupil, Self.adult, #"{"study": "junior", "canteen": true}"#)
        let decision = try province.decision(json, explain: true)
        #expect(decision.status == .eligible && decision.missing == [])
        #expect(decision.label.chinese == "营养改善计划")
        #expect(decision.total(.yearly) == MoneyRange(Money(fen: 200_000), Money(fen: 200_000)))
        let benefit = try #require(decision.benefits.first)
        #expect(benefit.id == "meals" && benefit.label.english == "school meals" && benefit.period == .yearly)
        #expect(
            benefit.parts.map(\.amount) == [Money(fen: 100_000), Money(fen: 100_000)]
                && benefit.parts.map(\.member) == [0, 2])
        #expect(decision.membersPaid == 2)

        func steps(_ steps: [ExplainedStep]) -> [ExplainedStep] { steps + steps.flatMap { Self.below($0) } }
        let all = decision.steps.flatMap { Self.below($0) }
        let meal = try #require(all.first { $0.name == "meal" })
        #expect(meal.rule == "canteen ? each : 0" && meal.label.chinese == "每生膳食补助")
        #expect(meal.values.map(\.exact) == ["1000 yuan/year", "0 yuan/year", "1000 yuan/year"])
        let each = try #require(all.first { $0.name == "each" })
        #expect(each.place == "x/meals.yaml:5" && each.citation?.text == "例教〔2025〕1号 第一条")
        #expect(all.contains { $0.name == "canteen" && $0.kind == .fact })

        let receipt = try #require(province.assessments(json).first).receipt
        let identity = try #require(plugins.plugins.first).identity
        #expect(receipt.plugins == [identity] && identity.name == "school-meals" && identity.version == "1.2.0")
    }

    private static func below(_ step: ExplainedStep) -> [ExplainedStep] { [step] + step.inputs.flatMap(below) }

    @Test("Who is not meant is told why, by the condition that fails")
    func ineligible() throws {
        let (province, _) = try Self.province()
        let urban = try province.decision(Self.household("urban", Self.pupil))
        #expect(urban.status == .ineligible && urban.benefits.isEmpty)
        #expect(urban.reasons.map(\.id) == ["rural"] && urban.reasons.map(\.label.chinese) == ["不是农村家庭"])
        let adult = try province.decision(Self.household("rural", Self.adult))
        #expect(adult.reasons.map(\.label.english) == ["not in compulsory school"] && adult.reasons.first?.member == 0)
        let home = try province.decision(Self.household("rural", #"{"study": "primary", "canteen": false}"#))
        #expect(home.status == .ineligible && home.reasons.map(\.id) == ["items"])
    }

    @Test("What is not known is asked for: a fact of the plugin's, or the term that no file fills")
    func undetermined() throws {
        let (province, _) = try Self.province()
        let unknown = try province.decision(Self.household("rural", #"{"study": "primary"}"#, Self.adult))
        #expect(unknown.status == .undetermined)
        #expect(unknown.missing.map(\.path) == ["members[0].canteen"])
        #expect(unknown.missing.map(\.label.chinese) == ["成员1的在校就餐"])
        let unpublished = try Self.province("school-meals:\n  each: {unknown: 标准未见公布}").0
        let open = try unpublished.decision(Self.household("rural", Self.pupil))
        #expect(open.status == .undetermined && open.missing.map(\.path) == ["school-meals.each"])
        #expect(open.missing.map(\.label.english) == ["for each pupil: 标准未见公布"])
    }

    @Test("In bulk each household is decided as it is by itself, in columns")
    func bulk() throws {
        let (province, _) = try Self.province()
        var households: [String] = []
        for residence in ["\"rural\"", "\"urban\"", "null"] {
            for study in ["\"primary\"", "\"senior\"", "null"] {
                for canteen in ["true", "false", "null"] {
                    households.append(
                        #"{"residence": \#(residence), "members": [\#(Self.adult), {"study": \#(study), "canteen": \#(canteen)}]}"#
                    )
                }
            }
        }
        let json = "[" + households.joined(separator: ", ") + "]"
        let file = province.households(json)
        let bulk = BulkAssessor(province.policy().0, programs: ["school-meals"], over: file.batch)
        #expect(bulk.usesColumns(0))
        let totals = try #require(bulk.run().first)
        #expect(totals.decidedByRow == 0)
        var counts: [Status: Int] = [:]
        for (row, assessment) in province.assessments(json).enumerated() {
            let decision = try #require(assessment.determinations.first { $0.program == "school-meals" })
            #expect(Totals.codes[Int(totals.status[row])] == decision.status, "household \(row)")
            if decision.status == .eligible { #expect(totals.sum(0, household: row) == decision.total(.yearly)) }
            counts[decision.status, default: 0] += 1
        }
        #expect(counts == [.eligible: 1, .ineligible: 19, .undetermined: 7])
    }

    @Test("Its terms are read like all others, with place, suggestion and unit")
    func policy() throws {
        let (wrong, _) = try Self.province("school-meals:\n  eech: 1000 yuan/year")
        #expect(
            wrong.findings == [
                "x/meals.yaml:5:3: error: 'school-meals' has no key 'eech'; did you mean 'each'? [unknown-key]"
            ])
        let (unit, _) = try Self.province("school-meals:\n  each: 1000 yuan")
        #expect(unit.policy().1.count == 1)
        #expect(unit.policy().1.first?.hasPrefix("x/meals.yaml:5:9: error: ") == true)
        #expect(unit.policy().1.first?.hasSuffix("[unit-mismatch]") == true)
        let without = Province(PluginSet(beside: assistancePrograms))
        #expect(
            without.findings == ["x/meals.yaml:4:1: error: a policy file has no key 'school-meals' [unknown-key]"])
    }

    @Test("Policy may name its facts, and a programme after it what it tells")
    func names() throws {
        let section = """
            school-meals:
              each: "household.members.exists(m, member.canteen) ? 1000 yuan/year : 800 yuan/year"
            define:
              at_table: member.canteen
            """
        let (province, _) = try Self.province(section)
        #expect(province.findings == [])
        #expect(province.policy().1.isEmpty)
        #expect(province.engine.library.schema.place(.member, "canteen") != nil)
        #expect(province.engine.library.schema.table(in: .english).contains { $0.contains("eats at school") })
        #expect(try province.decision(Self.household("rural", Self.pupil)).status == .eligible)
        // A place cannot declare the fact once more.
        let (twice, _) = try Self.province(
            "facts:\n  member.canteen: {type: yes/no, label: 食堂}\n" + Province.section)
        #expect(
            twice.findings == [
                "x/meals.yaml:5:3: error: there is a fact 'member.canteen' already [taken-name]"
            ])
    }

    @Test("A record is made again with the same plugin, and cannot be without it")
    func replay() throws {
        let (province, plugins) = try Self.province()
        let json = Self.household("rural", Self.pupil)
        let text = AssessmentJSON.text(of: province.assessments(json), explains: false)
        let identity = try #require(plugins.plugins.first).identity
        #expect(text.contains(#""name": "school-meals""#) && text.contains("\"sha256\": \"\(identity.sha256)\""))
        #expect(
            AssessmentText(in: .english).text(of: try #require(province.assessments(json).first)).contains(
                "plugin school-meals 1.2.0, \(identity.sha256.prefix(12))"))
        let record = try #require(RecordedAssessment.read(Array(text.utf8), file: "r.json", Findings()).first)
        #expect(record.receipt.plugins == [identity])
        func again(_ engine: Engine) -> ReplayOutcome {
            Replay(engine).run(record, at: 0, file: "h.json", Findings()) { _ in province.households(json) }
        }
        #expect(again(province.engine) == .same)
        let bare = Engine(province.engine.library, programs: assistancePrograms)
        #expect(again(bare) == .cannot(.plugin(identity)))
        #expect(
            ReplayObstacle.plugin(identity).label.english
                == "the plugin school-meals 1.2.0 is not at hand (digest \(identity.sha256.prefix(12)))")
    }

    @Test("A receipt that is wrong about its plugins is no receipt")
    func badReceipt() throws {
        let (province, _) = try Self.province()
        let text = AssessmentJSON.text(of: province.assessments(Self.household("rural", Self.pupil)))
        let wrong = text.replacing(#""version": "1.2.0""#, with: #""version": 1"#)
        let findings = Findings()
        #expect(RecordedAssessment.read(Array(wrong.utf8), file: "r.json", findings).isEmpty)
        #expect(
            findings.sorted.map(\.message) == ["households[0].receipt.plugins[0].version: a version was expected"])
        let old = text.replacing(#""plugins": ["#, with: #""extensions": ["#)
        #expect(RecordedAssessment.read(Array(old.utf8), file: "r.json", Findings()).first?.receipt.plugins == [])
    }

    @Test("A plugin built against the first header, as it was, keeps working")
    func frozen() throws {
        let build = try PluginBuild()
        let path = try build.library(
            "frozen", Source.meals, headers: PluginBuild.repository + "/Tests/ABI/plugin-1")
        let plugins = PluginSet(beside: assistancePrograms)
        try plugins.load(path, sha256: PluginBuild.digest(path))
        let decision = try Province(plugins).decision(Self.household("rural", Self.pupil))
        #expect(decision.total(.yearly) == MoneyRange(Money(fen: 100_000), Money(fen: 100_000)))
    }

    @Test("A plugin in C++ is a plugin like one in C")
    func cxx() throws {
        let build = try PluginBuild()
        let path = try build.library("cxx", Source.meals, by: ["c++", "-std=c++17", "-x", "c++"])
        let plugins = PluginSet(beside: assistancePrograms)
        try plugins.load(path, sha256: PluginBuild.digest(path))
        let decision = try Province(plugins).decision(Self.household("rural", Self.pupil))
        #expect(decision.total(.yearly).known == Money(fen: 100_000))
    }

    @Test("Eight threads plan different days at once and decide alike")
    func threads() throws {
        let (province, _) = try Self.province()
        let outcomes = Outcomes()
        let threads = (0..<8).map { number in
            Worker {
                for day in 0..<4 {
                    let date = CalendarDate(days: Int(Province.date.days) + number * 4 + day) ?? Province.date
                    let (policy, found) = province.policy(on: date)
                    let file = province.households(Self.household("rural", Self.pupil))
                    let decision = Assessor(province.engine, policy, over: file.batch)
                        .assess(household: 0, explain: false).determinations.first { $0.program == "school-meals" }
                    outcomes.add("\(decision?.total(.yearly).known?.fen ?? 0) \(found)")
                }
            }
        }
        for thread in threads { thread.start() }
        for thread in threads { thread.join() }
        #expect(outcomes.all == Array(repeating: "100000 []", count: 32))
    }
}
