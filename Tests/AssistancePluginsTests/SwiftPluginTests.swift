import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu
import Jiuzhu
import Testing

@testable import AssistancePlugins

@Suite("Plugins in Swift")
struct SwiftPluginTests {
    private static let zeros = String(repeating: "0", count: 64)

    /// A plugin of this very process.
    private static func plugin(_ table: UnsafeRawPointer?, log: Lines? = nil) throws -> Plugin {
        let table = try #require(table).assumingMemoryBound(to: jzp_descriptor.self)
        return Plugin(try PluginDescriptor(table), sha256: zeros) { log?.add($0) }
    }

    private static func province(_ plugin: Plugin, section: String = Province.section) -> Province {
        Province(programs: assistancePrograms + plugin.programs, section: section)
    }

    /// What plugins logged.
    final class Lines: Sendable {
        private let outcomes = Outcomes()
        func add(_ entry: PluginLogEntry) {
            outcomes.add("\(entry.plugin.name) \(entry.isWarning ? "warns" : "says"): \(entry.message)")
        }
        var all: [String] { outcomes.all }
    }

    // MARK: PluginKit

    private static let school = """
        {"residence": "rural", "members": [
          {"study": "primary", "birth": "2017-01-10"}, {"study": "none", "birth": "1990-01-01"},
          {"study": "senior", "birth": "2008-01-01"}]}
        """

    @Test("Every function of a plan comes to what it says")
    func operations() throws {
        let right = try Self.plugin(SwiftPrograms.table(SwiftPrograms.Operations(isRight: true)))
        let province = Self.province(right)
        #expect(province.findings + province.policy().1 == [])
        let decision = try province.decision(Self.school)
        #expect(decision.status == .eligible && decision.missing == [])
        #expect(decision.reasons.map(\.id) == [])
        #expect(decision.total(.monthly).known == Money(fen: 8_333))
        // The same conditions the other way round fail, every one.
        let wrong = try Self.plugin(SwiftPrograms.table(SwiftPrograms.Operations(isRight: false)))
        let reasons = try Self.province(wrong).decision(Self.school).reasons.map(\.id)
        #expect(reasons.count == 24 && Set(reasons).count == 24)
    }

    @Test("Facts, terms and standings of every kind are declared as they are written")
    func declarations() throws {
        let plugin = try Self.plugin(SwiftPrograms.table(SwiftPrograms.Declarations()))
        let program = try #require(plugin.programs.first)
        #expect(program.label == Label("营养改善计划", "school meals plan") && program.reads == [])
        let facts = program.section.facts
        #expect(facts.map(\.key) == ["meals_missed", "canteen_fee", "canteen", "enrolled_on", "diet"])
        #expect(facts.map(\.owner) == [.member, .household, .member, .member, .member])
        guard case .count(0...200) = facts[0].type, case .amount(.yuanPerMonth, 0...100_000) = facts[1].type,
            case .yesNo = facts[2].type, case .date = facts[3].type, case .code(let diets) = facts[4].type
        else {
            Issue.record("\(facts.map(\.type))")
            return
        }
        #expect(diets.codes.map(\.name) == ["halal", "any"] && diets.codes.map(\.label.chinese) == ["清真", "不限"])
        let terms = program.section.terms
        #expect(terms.map(\.path) == ["each", "share", "open", "who"])
        #expect(terms.map(\.unfilled) == [.required, .optional, .optional, .optional])
        #expect(program.standings.map(\.name) == ["fed", "fed_sum"])
        #expect(program.standings.map(\.unit) == [nil, .yuanPerYear])
        let decision = try Self.province(plugin).decision(
            #"{"members": [{"canteen": true}, {"canteen": false}]}"#)
        #expect(decision.total(.yearly).known == Money(fen: 100_000) && decision.membersPaid == 1)
    }

    @Test("A term that no file fills is named, and so are conditions that policy has")
    func unfilled() throws {
        let plugin = try Self.plugin(SwiftPrograms.table(SwiftPrograms.Declarations()))
        let section = """
            school-meals:
              who:
                - {id: rural, that: household.residence == 'rural', reason: 不在农村, reason_en: not rural}
            """
        let province = Self.province(plugin, section: section)
        let decision = try province.decision(#"{"residence": "rural", "members": [{"canteen": true}]}"#)
        #expect(decision.status == .undetermined && decision.missing.map(\.path) == ["school-meals.each"])
        let urban = try province.decision(#"{"residence": "urban", "members": [{"canteen": true}]}"#)
        #expect(urban.status == .ineligible && urban.reasons.map(\.id) == ["rural"])
    }

    @Test("A generic programme needs policy alone")
    func generic() throws {
        let plugin = try Self.plugin(SwiftPrograms.table(SwiftPrograms.Generic()))
        let section = """
            school-meals:
              checks:
                - {id: rural, that: residence == 'rural', reason: 不在农村}
              items:
                - {id: meal, label: 膳食补助, for: anyone, when: member.study == 'primary', add: 900 yuan/year}
            """
        let province = Self.province(plugin, section: section)
        #expect(province.findings + province.policy().1 == [])
        let decision = try province.decision(Self.school)
        #expect(decision.status == .eligible && decision.total(.yearly).known == Money(fen: 90_000))
    }

    @Test(
        "A plan that is wrong is said to be, and its programme is undetermined", arguments: SwiftPrograms.wrong.indices)
    func wrong(place: Int) throws {
        let (name, program, message) = SwiftPrograms.wrong[place]
        let plugin = try Self.plugin(SwiftPrograms.table(program))
        let decision = try Self.province(plugin).decision(Self.school)
        #expect(decision.status == .undetermined, "\(name)")
        #expect(
            decision.missing.map(\.label.english) == ["the plugin 'swift-plugin' 1.0.0: \(message)"], "\(name)")
    }

    @Test("A name that is none refuses the plugin, as it does in C")
    func badName() throws {
        let table = SwiftPrograms.table(SwiftPrograms.Wrong(id: "School Meals") { _ in })
        let refusal = try #require(throws: PluginRefusal.self) { try Self.plugin(table) }
        #expect(
            refusal.message
                == "programs[0]: id is no name: 64 small letters, digits and - at most, the first of them a letter")
        let nothing = try #require(throws: PluginRefusal.self) { try Self.plugin(SwiftPrograms.table()) }
        #expect(
            nothing.message
                == "the descriptor: it provides nothing: no programme, data source or payment channel")
    }

    @Test("An older host is refused, and one with fewer functions is told so")
    func olderHost() throws {
        #expect(SwiftPrograms.table(SwiftPrograms.Generic(), to: 0) == nil)
        let table = try #require(SwiftPrograms.table(SwiftPrograms.Generic()))
            .assumingMemoryBound(to: jzp_descriptor.self)
        let program = try #require(table.pointee.programs?[0])
        var host = HostTable.pointer.pointee
        host.struct_size = 64
        let province = Province(programs: assistancePrograms)
        let library = province.engine.library
        let context = PolicyContext(
            library, area: library.jurisdiction, date: Province.date, stage: .application, Findings())
        let plugin = try Self.plugin(UnsafeRawPointer(table))
        let maker = PlanMaker(try #require(plugin.programs.first as? PluginProgram), in: context)
        #expect(
            Loans.lend(maker, PluginLog(of: plugin.identity, nil)) { program.pointee.plan(program, &host, $0) }
                == JZP_FAILED)
        #expect(maker.mistakes == ["it needs a newer host: this one has fewer functions than it was built with"])
        #expect(program.pointee.plan(nil, &host, nil) == JZP_FAILED)
    }

    // MARK: Data sources and payment channels

    private static let persons = ["34052419800101001", "34052419850505002"].compactMap { first in
        CitizenNumber.checkCharacter(for: first).flatMap { try? CitizenNumber(first + String($0)) }
    }.map { QueriedPerson($0, name: "张三") }

    @Test("A registry in Swift is opened, asked and closed")
    func registry() throws {
        let source = try #require(
            try Self.plugin(SwiftPrograms.table(sources: [SwiftPrograms.Vehicles()])).sources.first)
        #expect(source.id == "vehicle-registry" && source.department == "公安部门")
        let last = try #require(Self.persons.last?.number.clearText.suffix(4))
        let open = try source.open(String(last))
        let found = try open.query(Self.persons)
        let (vehicles, value) = (try #require(open.facts.first), try #require(open.facts.last))
        #expect([vehicles, value].map(\.key) == ["vehicles", "vehicles_value"])
        #expect(
            found == [
                SourceFinding(person: 0, .unknownPerson),
                SourceFinding(
                    person: 1, .value(1, of: vehicles, day: CalendarDate(iso: "2025-03-01"), confidence: 90)),
                SourceFinding(person: 1, .none(of: value, day: nil)),
            ])
        let unopened = try #require(throws: SourceProblem.self) { try source.open(nil) }
        #expect(
            unopened.message
                == "the plugin 'swift-plugin' 1.0.0, the data source 'vehicle-registry': no extract was named")
        let empty = try source.open("")
        let failed = try #require(throws: SourceProblem.self) { try empty.query(Self.persons) }
        #expect(failed.message.hasSuffix("the extract is empty"))
    }

    @Test("A channel in Swift writes a batch and reads what the bank sends back")
    func channel() throws {
        let channel = try #require(
            try Self.plugin(SwiftPrograms.table(channels: [SwiftPrograms.Bank()])).channels.first)
        func batch(_ account: String) throws -> PaymentBatch {
            try PaymentBatch(
                id: "B1", payer: "例县财政局", day: #require(CalendarDate(iso: "2026-11-20")),
                payments: [Payment(id: "P1", name: "张三", account: account, sum: Money(fen: 71_000), purpose: "低保金")])
        }
        let written = try channel.file(of: batch("62170000"))
        #expect(String(decoding: written, as: UTF8.self) == "B1 20261120 例县财政局\nP1 张三 62170000 71000 低保金\n")
        let cash = try #require(throws: PaymentProblem.self) { try channel.file(of: batch("cash")) }
        #expect(
            cash.message
                == "the plugin 'swift-plugin' 1.0.0, the payment channel 'bank-lines': the payment P1 has no account")
        #expect(
            try channel.receipts(in: Array("P1 71000\nP2 5 户名不符\n".utf8)) == [
                PaymentReceipt(id: "P1", .paid, sum: Money(fen: 71_000)),
                PaymentReceipt(id: "P2", .returned, sum: Money(fen: 5), reason: "户名不符"),
            ])
        let wrong = try #require(throws: PaymentProblem.self) { try channel.receipts(in: Array("P1 1\nP2\n".utf8)) }
        #expect(wrong.line == 2 && wrong.message.hasSuffix("an id and a sum were expected"))
    }

    // MARK: The log

    @Test("What a plugin logs while it is called reaches the host that loaded it, and what it logs elsewhere nobody")
    func log() throws {
        let lines = Lines()
        let plugin = try Self.plugin(SwiftPrograms.table(SwiftPrograms.Declarations()), log: lines)
        _ = Self.province(plugin).policy()
        #expect(
            lines.all == [
                "swift-plugin says: a plan is made", "swift-plugin warns: nothing is wrong with it",
            ])
        HostTable.pointer.pointee.log(JZP_LOG_WARNING, "nobody called me")
        #expect(lines.all.count == 2)
    }

    @Test("A line of the log that cannot be shown is not shown")
    func badLog() throws {
        let lines = Lines()
        let identity = PluginIdentity(name: "c", version: "1", sha256: Self.zeros)
        let log = PluginLog(of: identity) { lines.add($0) }
        let answer = Loans.lend(FileCall(), log) { _ in
            for text in ["34052419800101001X", "one\ntwo", ""] { HostTable.pointer.pointee.log(JZP_LOG_DEBUG, text) }
            HostTable.pointer.pointee.log(JZP_LOG_DEBUG, nil)
            return JZP_OK
        }
        #expect(answer == JZP_OK)
        #expect(
            lines.all == [
                "c says: a line of its log has control characters, or a citizen number",
                "c says: a line of its log has control characters, or a citizen number",
                "c says: a line of its log is empty", "c says: a line of its log is NULL",
            ])
    }

    // MARK: Runtimes of their own

    private static let cashier = """
        import PluginKit
        struct Meals: Program {
            let id = "school-meals"
            let label = Label("营养改善计划", "school meals plan")
            let terms = [
                Term("each", .value(unit: "yuan/year"), of: .household, unfilled: .undetermined, Label("标准", "each"))
            ]
            func plan(_ plan: Plan) {
                let pupil = plan.fact(.member, "study").isCode("primary")
                plan.benefit(
                    "meals", Label("营养餐", "school meals"), .yearly,
                    plan.term("each").when(pupil, otherwise: plan.zero("yuan/year")))
            }
        }
        @c(jiuzhu_plugin)
        public func entry(_ host: UInt32) -> UnsafeRawPointer? {
            exportPlugin("swift-meals", version: "2.0.0", to: host, programs: [Meals()])
        }
        """

    @Test("Two with runtimes of their own answer as themselves beside a host in Swift, on eight threads at once")
    func runtimes() throws {
        let build = try PluginBuild()
        let meals = try build.swiftLibrary(
            "Meals", sources: [build.file("meals.swift", Array(Self.cashier.utf8))])
        let nursing = try build.swiftLibrary(
            "Nursing",
            sources: [
                PluginBuild.repository
                    + "/plugins/nursing-insurance/Sources/NursingInsurance/NursingInsurance.swift"
            ])
        let plugins = PluginSet(beside: assistancePrograms)
        for path in [meals, nursing, meals] { try plugins.load(path, sha256: PluginBuild.digest(path)) }
        #expect(plugins.plugins.map(\.identity.name) == ["swift-meals", "nursing-insurance"])
        #expect(plugins.plugins.flatMap(\.programs).map(\.id) == ["school-meals", "nursing-insurance"])
        let province = Province(
            plugins,
            section: """
                school-meals:
                  each: 1000 yuan/year
                nursing-insurance:
                  daily: 90 yuan/day
                """)
        #expect(province.findings == [])
        let household = """
            {"members": [{"study": "primary", "special_poverty": false},
                         {"study": "none", "special_poverty": true, "hospital_days": 12}]}
            """
        let outcomes = Outcomes()
        let threads = (0..<8).map { number in
            Worker {
                for day in 0..<4 {
                    let date = CalendarDate(days: Int(Province.date.days) + number * 4 + day) ?? Province.date
                    let (policy, found) = province.policy(on: date)
                    let file = province.households(household)
                    let decided = Assessor(province.engine, policy, over: file.batch)
                        .assess(household: 0, explain: false).determinations
                    func sum(_ program: String) -> Int64 {
                        decided.first { $0.program == program }?.total(.yearly).known?.fen ?? 0
                    }
                    outcomes.add("\(sum("school-meals")) \(sum("nursing-insurance")) \(found)")
                }
            }
        }
        for thread in threads { thread.start() }
        for thread in threads { thread.join() }
        #expect(outcomes.all == Array(repeating: "100000 108000 []", count: 32))
    }
}
