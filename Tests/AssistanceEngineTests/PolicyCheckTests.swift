import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Foundation
import Jiuzhu
import TestSupport
import Testing

@Suite struct PolicyCheckTests {
    private func check(_ date: String, _ paths: String...) -> PolicyCheckReport {
        PolicyCheck(
            policies: Repository.fixtures + "/policies", programs: assistancePrograms,
            asOf: CalendarDate(iso: date) ?? .today()
        ).run(paths)
    }

    @Test func thePoliciesOfTheRepositoryHaveNoErrors() {
        let report = check("2025-01-01", Repository.policies)
        #expect(!report.hasErrors, Comment(rawValue: "\n" + Repository.relative(report.text)))
        #expect(report.plans > 0)
    }

    @Test func aLadderWhoseConditionsExcludeEachOtherIsWarnedOf() {
        let folder = Repository.tests + "/worked/w36-linkou"
        let report = PolicyCheck(policies: Repository.policies, programs: assistancePrograms, asOf: .today()).run([
            folder
        ])
        #expect(
            report.findings.map { Repository.relative($0.description) } == [
                "Tests/Policies/worked/w36-linkou/policy.yaml:44:18: warning: no household can meet this together with 'income' (Tests/Policies/worked/w36-linkou/policy.yaml:43), so 'rigid-expenditure household' (刚性支出困难家庭) never holds [never-holds]"
            ])
    }

    @Test func theReportCountsSourcesAndNamesWhatIsUnfilled() {
        let folder = Repository.fixtures + "/policies"
        #expect(
            check("2029-01-01", folder).summary == [
                "entries       official      reported  illustrative",
                "china                0             0            24",
                "invented             0             0             3",
                "late                 0             0             4",
                "in all               0             0            31",
                "terms that nothing fills on 2029-01-01:",
                "  231000 牡丹江市",
                "    figures.standard  standard:each place sets its own",
                "    means.property  家庭财产状况",
                "  232700 大兴安岭地区: none",
                "9 files, 10 plans, 0 errors, 0 warnings",
            ])
        #expect(check("2030-01-01", folder + "/invented").summary.contains("nothing is unfilled on 2030-01-01"))
    }

    @Test func aJurisdictionIsCheckedWithWhatStandsAboveIt() {
        let report = check("2025-01-01", Repository.policies + "/heilongjiang/harbin/")
        #expect(!report.hasErrors)
        #expect(report.files.contains(Repository.policies + "/china/areas.yaml"))
        #expect(report.files.contains(Repository.policies + "/heilongjiang/areas.yaml"))
        #expect(!report.files.contains { $0.contains("qiqihar") })
    }

    @Test func aFolderOutsideThePoliciesIsCheckedWithTheNation() {
        let folder = Repository.tests + "/bad/twelve-mistakes"
        let report = check("2030-01-01", folder)
        #expect(report.hasErrors)
        #expect(report.findings.count == 12)
        #expect(report.findings.allSatisfy { $0.file == folder + "/policy.yaml" })
        #expect(report.findings == report.findings.sorted { $0.position < $1.position })
        #expect(report.summary.last == "6 files, 4 plans, 12 errors, 0 warnings")
    }

    @Test func aFolderThatIsNotThereIsAnError() {
        #expect(
            Repository.relative(check("2030-01-01", Repository.tests + "/nowhere").text)
                == "Tests/Policies/nowhere:1:1: error: there is no such folder [no-policy]\nnothing is unfilled on 2030-01-01\n0 files, 0 plans, 1 error, 0 warnings"
        )
    }
}

@Suite struct PolicyShowTests {
    private func show(_ date: String, knownOn: String? = nil, area: String = "231000") -> PolicyShow {
        let findings = Findings()
        let library = PolicyLibrary.load(
            "invented", in: Repository.fixtures + "/policies", sections: Engine.sections(of: assistancePrograms),
            findings)
        return PolicyShow(
            library, area: DivisionCode(area) ?? .nation, on: CalendarDate(iso: date) ?? .today(),
            knownOn: knownOn.flatMap(CalendarDate.init(iso:)), root: "Policies")
    }

    @Test func whatWasCorrectedStaysInTheHistory() {
        let library = ReplayTests.engine().library
        let show = PolicyShow(library, area: library.jurisdiction, on: CalendarDate(iso: "2022-06-01") ?? .today())
        let text = show.text(of: "figures.standard")
        #expect(text.contains("in force\n  residence urban: 600 yuan/month\n  residence rural: 400 yuan/month\n"))
        let history = text.components(separatedBy: "history\n").last?.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        #expect(
            history?.prefix(5).dropFirst() == [
                "232700 大兴安岭地区 2022-01-01 residence urban: 600 yuan/month; residence rural: 440 yuan/month 《invented standards of 2022》 第一条",
                "corrected by the next",
                "232700 大兴安岭地区 2022-01-01 residence urban: 600 yuan/month; residence rural: 400 yuan/month 《invented standards of 2022》 第一条",
                "corrects the one before, on 2022-05-06: 农村标准误录为 440",
            ])
    }

    @Test func aTermIsShownWithItsSourceAndItsHistory() {
        #expect(
            show("2030-06-01", area: "231025").text(of: "figures.standard") == """
                figures.standard  standard
                231025 林口县, 2030-06-01

                in force
                  residence urban: 900 yuan/month
                  residence rural: 700 yuan/month
                    231000 牡丹江市, from 2030-01-01
                    《invented standards》, illustrative
                    Policies/invented/standard.yaml:7

                above it, where no row of the nearer matches
                  unknown: each place sets its own (unit: yuan/month)
                    000000 全国, from 2020-01-01
                    例〔2020〕1号 第一条 《invented national rules》, illustrative
                    Policies/china/low-income.yaml:7

                history
                  area             from        until  value                                                             document
                  231000 牡丹江市  2030-01-01         residence urban: 900 yuan/month; residence rural: 700 yuan/month  《invented standards》
                  000000 全国      2020-01-01         unknown: each place sets its own (unit: yuan/month)               例〔2020〕1号 第一条
                """)
    }

    @Test func whatNothingFillsSaysWhatThatMeans() {
        #expect(
            show("2030-06-01").text(of: "means.maintenance") == """
                means.maintenance  赡养、抚养、扶养费认定
                231000 牡丹江市, 2030-06-01

                nothing fills this term on 2030-06-01; there is none
                """)
        #expect(show("2029-06-01").text(of: "means.property").contains("; what depends on it is undetermined"))
    }

    @Test func namesMayBeShortAndWrongOnesAreGuessed() {
        let show = show("2030-06-01")
        #expect(show.terms(named: "standard") == ["figures.standard"])
        #expect(show.terms(named: "routes.single") == ["low-income.routes.single"])
        #expect(show.terms(named: "edge.income") == ["low-income.standings.edge.income"])
        #expect(show.terms(named: "who") == ["low-income.routes.single.who"])
        #expect(show.terms(named: "standrad") == [])
        #expect(show.suggestion(for: "standrad") == "figures.standard")
        #expect(show.suggestion(for: "low-income.suplements") == "low-income.supplements")
    }

    @Test func listsAreShownElementByElementAndTheOverviewNamesAll() {
        let show = show("2030-06-01")
        let text = show.text(of: "low-income.supplements")
        #expect(text.contains("\n  stacking: highest\n  severe: for severe_disability, add 100 yuan/month\n"))
        let overview = show.overview
        for key in show.terms { #expect(overview.contains("\n  \(key) "), "\(key) is not in the overview") }
        #expect(overview.contains("\nnothing fills\n"))
    }
}
