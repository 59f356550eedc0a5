import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import Testing

@Suite("Procedure and calendar from policy files")
struct PolicyProcedureTests {
    private static let policies =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        + "/Policies"

    private static func library(_ jurisdiction: String) -> PolicyLibrary {
        let findings = Findings()
        let library = PolicyLibrary.load(
            jurisdiction, in: policies, sections: Engine.sections(of: assistancePrograms), findings)
        #expect(findings.sorted.map(\.description) == [])
        return library
    }

    /// A policy of an invented nation, province and county.
    private static func invented(
        nation: String, province: String = "", county: String = "", reform: String? = nil
    ) -> PolicyLibrary {
        func file(_ path: String, _ area: String, _ text: String) -> PolicyFile {
            let head = "area: \(area)\nfrom: 2030-01-01\nsource: first\n"
            return PolicyFile(path: path, bytes: Array((head + text).utf8))
        }
        func plain(_ path: String, _ text: String) -> PolicyFile { PolicyFile(path: path, bytes: Array(text.utf8)) }
        let findings = Findings()
        let library = PolicyLibrary(
            files: [
                plain("china/areas.yaml", "area: 000000 全国\n"),
                plain("p/areas.yaml", "area: 230000 黑龙江省\nareas: [231025 林口县]\n"),
                plain(
                    "p/documents.yaml",
                    "documents:\n  first: {title: first, status: official}\n  later: {title: later, status: official, published: 2030-03-05}\n"
                ),
                file("china/nation.yaml", "000000 全国", nation), file("p/province.yaml", "230000 黑龙江省", province),
                file("p/county.yaml", "231025 林口县", county),
            ],
            jurisdiction: "p", reform: reform.map { file("reform.yaml", "230000 黑龙江省", $0) },
            sections: Engine.sections(of: assistancePrograms), findings)
        #expect(findings.sorted.map(\.description) == [])
        return library
    }

    private static let county = DivisionCode("231025") ?? .nation

    private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    // MARK: Procedure

    @Test("Of a step the nearest area's rows come first, and where none fits those above it")
    func nearestFirst() throws {
        let library = Self.invented(
            nation:
                "procedure:\n  confirm: {by: confirmer, level: county, within: 30 working days after accept extendable to 45, apart: [assess, review]}\n",
            province: "procedure:\n  confirm: {for: [low-income, allowances], by: confirmer, level: township}\n",
            county:
                "procedure:\n  confirm: {for: temporary-relief, up-to: 2000 yuan, by: [clerk, reviewer], level: village}\n"
        )
        let procedure = library.procedure(area: Self.county, on: try Self.day("2030-06-01"))
        #expect(procedure.rules[.confirm]?.map(\.level) == [.village, .township, .county])
        func level(_ program: String, _ fen: Int64? = nil) -> DivisionLevel? {
            procedure.rule(for: .confirm, program: program, sum: fen.map(Money.init(fen:)))?.level
        }
        #expect(level("temporary-relief", 200_000) == .village)
        #expect(level("temporary-relief", 200_001) == .county)
        #expect(level("temporary-relief") == .county)
        #expect(level("low-income") == .township)
        #expect(level("allowances.orphan") == .township)
        #expect(level("medical") == .county)
        let nation = try #require(procedure.rule(for: .confirm, program: "medical"))
        #expect(nation.limits == [TimeLimit(count: 30, unit: .workingDays, after: .accept, extendable: 45)])
        #expect(nation.apart == [.assess, .review])
        #expect(nation.place == "china/nation.yaml:5:12")
        #expect(nation.citation?.document.id == "first")
        #expect(procedure.rule(for: .accept, program: "medical") == nil)
    }

    @Test("A rule holds from its day until another follows, and a later entry corrects an earlier one for all days")
    func history() throws {
        let library = Self.invented(
            nation: """
                procedure:
                  publish:
                    - {from: 2030-01-01, by: clerk, level: township, lasts: 5 days}
                    - {from: 2030-01-01, corrects: 2030-02-01 误录为 5 日, by: clerk, level: township, lasts: 7 days}
                    - {from: 2031-01-01, source: later, by: clerk, level: village, lasts: 3 working days}
                """)
        func lasts(_ date: String) throws -> TimeLimit? {
            library.procedure(area: Self.county, on: try Self.day(date)).rule(for: .publish)?.lasts
        }
        #expect(try lasts("2029-12-31") == nil)
        #expect(try lasts("2030-01-15") == TimeLimit(count: 7, unit: .days, after: .publish))
        #expect(try lasts("2031-01-01") == TimeLimit(count: 3, unit: .workingDays, after: .publish))
    }

    @Test("A reform's row comes before what the same area says, and after what the areas below it say")
    func reform() throws {
        let library = Self.invented(
            nation: "procedure:\n  accept: {by: clerk, level: township}\n",
            province: "procedure:\n  accept: {by: clerk, level: prefecture}\n",
            county: "procedure:\n  accept: {for: medical, by: clerk, level: county}\n",
            reform: "procedure:\n  accept: {by: clerk, level: village}\n")
        let procedure = library.procedure(area: Self.county, on: try Self.day("2030-06-01"))
        #expect(procedure.rules[.accept]?.map(\.level) == [.county, .village, .prefecture, .township])
    }

    @Test("Papers are those of every programme and of each, every one once, by the nearest list")
    func papers() throws {
        let library = Self.invented(
            nation: """
                procedure:
                  papers:
                    common: [{id: identity, label: 居民身份证, label_en: identity card}]
                    low-income: [{id: means, label: 收入声明}, {id: deposits, label: 存款证明}]
                    allowances: [{id: means, label: 收入声明}, {id: certificate, label: 证件}]
                """, county: "procedure:\n  papers:\n    low-income: [{id: means, label: 收入声明}]\n")
        let procedure = library.procedure(area: Self.county, on: try Self.day("2030-06-01"))
        #expect(
            procedure.papers(for: ["low-income", "allowances.orphan"]).map(\.id) == [
                "identity", "means", "certificate",
            ])
        #expect(procedure.papers(for: []).map(\.label.english) == ["identity card"])
        let above = library.procedure(area: .nation, on: try Self.day("2030-06-01"))
        #expect(above.papers(for: ["low-income"]).map(\.id) == ["identity", "means", "deposits"])
    }

    @Test("Every step of a case is somebody's under the nation's policy, whatever the programme")
    func everyStep() throws {
        let library = Self.library("china")
        let procedure = library.procedure(area: .nation, on: try Self.day("2026-01-05"))
        for step in CaseStep.allCases where step != .relieve {
            for program in assistancePrograms {
                #expect(procedure.rule(for: step, program: program.id) != nil, "\(step.rawValue) of \(program.id)")
            }
        }
        #expect(procedure.rule(for: .relieve, program: "temporary-relief")?.effect == .sameDay)
        #expect(procedure.rule(for: .visit, program: "low-income", hasRelatives: true)?.level == .county)
        #expect(procedure.rule(for: .visit, program: "low-income")?.level == .township)
        #expect(procedure.papers(for: ["low-income"]).map(\.id).last == "means")
    }

    private static let places:
        [(policy: String, area: String, program: String, sum: Int64?, level: DivisionLevel, days: Int?)] = [
            ("hebei", "130000", "low-income", nil, .county, 30),
            ("shandong", "370800", "low-income", nil, .county, 20),
            ("shandong/qingdao", "370202", "low-income", nil, .township, 20),
            ("shandong/qingdao", "370202", "special-poverty", nil, .county, nil),
            ("anhui", "340100", "special-poverty", nil, .township, nil),
            ("anhui", "341525", "low-income", nil, .township, 30),
            ("anhui", "341525", "temporary-relief", 199_999, .township, nil),
            ("anhui", "341525", "temporary-relief", 200_000, .county, nil),
            ("guizhou", "520200", "temporary-relief", 150_000, .township, nil),
            ("guizhou", "520200", "temporary-relief", 150_001, .county, nil),
            ("heilongjiang/shuangyashan", "230502", "special-poverty", nil, .county, 15),
        ]

    @Test("Provinces and cities confirm where and by when their documents say", arguments: places)
    func confirms(
        _ place: (policy: String, area: String, program: String, sum: Int64?, level: DivisionLevel, days: Int?)
    ) throws {
        let area = try #require(DivisionCode(place.area))
        let procedure = Self.library(place.policy).procedure(area: area, on: try Self.day("2026-01-05"))
        let rule = try #require(
            procedure.rule(for: .confirm, program: place.program, sum: place.sum.map(Money.init(fen:))))
        #expect(rule.level == place.level)
        #expect(rule.limits.first?.count == place.days)
        #expect(rule.apart == [.assess, .review])
    }

    // MARK: Calendar

    private static let published = [
        // Holidays that fall on weekdays, weekends that are worked, and the days beside them.
        ("2018-02-15", false), ("2018-02-11", true), ("2018-02-22", true), ("2018-09-30", true), ("2018-12-29", true),
        ("2018-12-31", false), ("2019-05-02", false), ("2019-05-05", true), ("2019-10-08", true), ("2020-01-31", false),
        ("2020-02-01", false), ("2020-02-03", true), ("2020-10-08", false), ("2020-10-10", true), ("2021-09-18", true),
        ("2021-09-21", false), ("2022-10-09", true), ("2022-10-07", false), ("2022-12-31", false),
        ("2023-01-02", false),
        ("2023-06-25", true), ("2024-02-09", true), ("2024-02-16", false), ("2024-09-14", true), ("2025-02-04", false),
        ("2025-04-27", true), ("2025-10-08", false), ("2026-01-02", false), ("2026-01-04", true), ("2026-02-23", false),
        ("2026-09-20", true), ("2026-09-25", false), ("2026-10-10", true), ("2026-10-12", true),
    ]

    @Test("The days of 2018 to 2026 are worked or off as the notices say", arguments: published)
    func worked(_ text: String, _ isWorked: Bool) throws {
        let calendar = Self.library("china").workingCalendar(area: .nation, on: try Self.day("2026-01-05"))
        #expect(calendar.isWorkingDay(try Self.day(text)) == isWorked)
        #expect(calendar.notices.map(\.year) == Array(2018...2026))
        #expect(calendar.isSettled(try Self.day(text)))
    }

    /// The weekdays of the year, less the eleven holidays of the law, from 2025 on thirteen; in 2020 less two more.
    private static let counts = [
        (2018, 250), (2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248),
        (2026, 248),
    ]

    @Test("A year has as many working days as are known of it", arguments: counts)
    func count(_ year: Int, _ count: Int) throws {
        let calendar = Self.library("china").workingCalendar(area: .nation, on: try Self.day("2026-01-05"))
        let first = try #require(CalendarDate(year: year, month: 1, day: 1))
        let days = (0..<366).compactMap { first.adding(days: $0) }.filter { $0.year == year }
        #expect(days.count(where: calendar.isWorkingDay) == count)
    }

    @Test("Before its notice a year is not known, and what was counted then is counted anew after it")
    func asPublished() throws {
        let library = Self.library("china")
        let limit = try #require(TimeLimit(count: 5, unit: .workingDays, after: .accept))
        let start = try Self.day("2020-01-22")
        func due(on date: String, knownOn: String? = nil) throws -> String? {
            let calendar = library.workingCalendar(
                area: .nation, on: try Self.day(date), knownOn: try knownOn.map(Self.day))
            return calendar.due(limit, after: start).map { "\($0.day) \($0.isProvisional ? "provisional" : "settled")" }
        }
        #expect(try due(on: "2019-11-20") == "2020-01-29 provisional")
        #expect(try due(on: "2020-01-22") == "2020-02-04 settled")
        #expect(try due(on: "2020-01-26") == "2020-02-06 settled")
        // The extension was published a day after it was decided.
        #expect(try due(on: "2020-01-26", knownOn: "2020-01-26") == "2020-02-04 settled")
        #expect(try due(on: "2020-01-26", knownOn: "2020-01-27") == "2020-02-06 settled")
    }

    @Test("A province has a year of its own where it says so, and the nation's others")
    func ownYear() throws {
        let library = Self.invented(
            nation:
                "calendar:\n  2030: {holidays: [{name: 元旦, off: 2030-01-01}]}\n  2031: {holidays: [{name: 元旦, off: 2031-01-01}]}\n",
            province: "calendar:\n  2030: {holidays: [{name: 元旦, off: 2030-01-01}, {name: 三月三, off: 2030-04-05}]}\n")
        let date = try Self.day("2030-02-01")
        let own = library.workingCalendar(area: Self.county, on: date)
        #expect(!own.isWorkingDay(try Self.day("2030-04-05")))
        #expect(own.notices.map(\.year) == [2030, 2031])
        #expect(library.workingCalendar(area: .nation, on: date).isWorkingDay(try Self.day("2030-04-05")))
    }

    @Test("What is said of cases is no policy of an area to decide by, and makes no day on which anything changes")
    func decidesNothing() throws {
        let library = Self.invented(
            nation: "figures:\n  standard: {is: 900 yuan/month}\n",
            county:
                "procedure:\n  accept: {by: clerk, level: township}\ncalendar:\n  2030: {from: 2030-02-01, holidays: []}\n"
        )
        #expect(library.turningPoints().keys.sorted() == [.nation])
        #expect(library.decisiveKeys == ["figures.standard"])
        #expect(library.filledKeys == ["calendar.2030", "figures.standard", "procedure.accept"])
    }
}
