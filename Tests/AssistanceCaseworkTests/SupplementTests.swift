import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords
import Testing

/// The price subsidy of a month, under the policy of 牡丹江 with figures of two months that are invented.
@Suite("What those who receive are given for one month without applying")
struct SupplementTests {
    private static let program = "allowances.price-subsidy"
    private static let payer = CaseActor(id: "payer-1", role: .payer, area: SampleDesk.county)

    /// In July 2026 an index reaches its trigger, in August none does, from September on nothing is known.
    private static let engine = SampleDesk.engine(with: [
        PolicyFile(
            path: "heilongjiang/mudanjiang/prices.yaml",
            bytes: Array(
                """
                area: 231000 牡丹江市
                from: 2026-07-01
                source: case-roles
                figures:
                  cpi:
                    - {from: 2026-07-01, is: 3.6%}
                    - {from: 2026-08-01, is: 3.4%}
                    - {from: 2026-09-01, unit: ratio, unknown: 当月指数未公布}
                  food_cpi:
                    - {from: 2026-07-01, is: 2.0%}
                    - {from: 2026-09-01, unit: ratio, unknown: 当月指数未公布}
                  scpi:
                    - {from: 2026-07-01, is: 4.2%}
                    - {from: 2026-09-01, unit: ratio, unknown: 当月指数未公布}

                """.utf8))
    ])

    private static func give(
        _ month: String, in desk: SampleDesk, by actor: CaseActor = payer
    ) throws -> SupplementReport {
        try desk.store.supplement(
            program, month: SampleCase.day(month + "-01"), in: SampleDesk.county, on: SampleCase.day("2026-09-05"),
            by: actor, at: SampleDesk.now)
    }

    private static func request(_ month: String) -> CaseRequest {
        var action = CaseAction(.supplement, on: SampleCase.day("2026-09-05"))
        (action.programs, action.from) = ([program], SampleCase.day(month))
        return CaseRequest(action)
    }

    private static func advance(_ number: Int64, _ request: CaseRequest, in desk: SampleDesk) throws {
        _ = try desk.store.advance(number, request, by: payer, at: SampleDesk.now)
    }

    @Test("Every running case is given the month once, with each person's part and the decision that gives it")
    func month() throws {
        let desk = try SampleDesk(under: Self.engine)
        let number = try desk.takeToGranted().number
        // An application that is open is given nothing.
        _ = try desk.apply(on: "2026-06-01")
        let report = try Self.give("2026-07", in: desk)
        #expect(report.given == 1)
        #expect(report.before == 0)
        #expect(report.refused.isEmpty)
        let state = try desk.store.state(of: number, for: Self.payer)
        let granted = try #require(state.grants.last)
        #expect(granted.program == Self.program)
        #expect(granted.grant.period == .once)
        #expect(granted.from == SampleCase.day("2026-07-01"))
        #expect(granted.grant.amount == report.sum)
        #expect(granted.grant.parts.map(\.person) == state.persons)
        // 4.2 % of the standard of 632 yuan for each of the two, to the nearest fen.
        #expect(granted.grant.parts.map(\.amount.fen) == [2654, 2654])
        #expect(state.stage == .granted)
        #expect(state.running.keys.sorted() == ["low-income"])
        let event = try #require(try desk.store.history(of: number, for: Self.payer).last?.event)
        #expect(event.action.step == .supplement)
        let sealed = try #require(event.action.document)
        #expect(try desk.store.records.read { try $0.document(sealed) }.contains(Self.program))

        let letter = try desk.letter(.payment, number, on: "2026-07-20").text
        #expect(letter.contains("  价格临时补贴  价格临时补贴  53.08元\u{FF08}一次性\u{FF09}  全额      2026年7月1日  —\n"))

        let again = try Self.give("2026-07", in: desk)
        #expect(again.given == 0)
        #expect(again.before == 1)
        #expect(again.sum == .zero)
        #expect(try desk.store.state(of: number, for: Self.payer) == state)
        #expect(try desk.store.verify(anchor: nil).problems.map(\.description) == [])
    }

    @Test("A second run gives what was lacking; a case under review waits until the review is over")
    func lacking() throws {
        let desk = try SampleDesk(under: Self.engine)
        let first = try desk.takeToGranted().number
        try desk.take(first, .recheck, on: "2026-08-03")
        let open = try Self.give("2026-07", in: desk)
        #expect(open.given == 0)
        #expect(open.refused.values.map { $0 } == [1])
        #expect(open.refused.keys.first?.code == .illegalTransition)
        #expect(
            open.refused.keys.first?.message.hasPrefix("the case is under review (复核中); what may be done now is ")
                ?? false)
        let second = try desk.takeToGranted().number
        let report = try Self.give("2026-07", in: desk)
        #expect(report.given == 1)
        #expect(report.refused.values.map { $0 } == [1])
        #expect(try desk.store.state(of: second, for: Self.payer).grants.last?.program == Self.program)
    }

    @Test(
        "Of a family in which one member is covered alone that member is given it; what is not known of others is named"
    )
    func single() throws {
        let desk = try SampleDesk(under: Self.engine)
        let unknown = try Self.grantSingle(in: desk, stating: "")
        let known = try Self.grantSingle(
            in: desk,
            stating: #""veteran": false, "unemployment_benefit": false, "hiv_child": false, "orphan": "none", "#)
        #expect(try desk.store.state(of: known, for: Self.payer).running["low-income"]?.route == "single")
        let report = try Self.give("2026-07", in: desk)
        #expect(report.given == 1)
        #expect(
            report.refused.map { "\($0.value) \($0.key.code.rawValue): \($0.key.message)" } == [
                "1 undetermined: allowances.price-subsidy is not decided for the month of 2026-07-01: members.hiv_child; members.orphan; members.unemployment_benefit; members.veteran"
            ])
        let state = try desk.store.state(of: known, for: Self.payer)
        #expect(state.grants.last?.grant.parts == [CasePart(person: state.persons[0], amount: Money(fen: 2654))])
        #expect(try desk.store.state(of: unknown, for: Self.payer).grants.last?.program == "low-income")
    }

    /// The family of 柳树镇 in which the husband is covered alone, granted.
    private static func grantSingle(in desk: SampleDesk, stating facts: String) throws -> Int64 {
        let text = String(
            decoding: try SampleDesk.bytes(of: SampleDesk.root + "/Examples/households/03-severe-disability.json"),
            as: UTF8.self)
        let household = text.split(separator: "231025105").joined(separator: "231025100")
            .split(separator: #""works": "#).joined(separator: facts + #""works": "#)
        var action = CaseAction(.apply, on: SampleCase.day("2026-06-01"))
        (action.programs, action.area) = (["low-income"], SampleDesk.township)
        let people = try ["34052419800101001X", "11010519491231002X", "440524188001010014"].map {
            try #require(CasePerson(citizenNumber: CitizenNumber($0), name: "某"))
        }
        let number = try desk.store.apply(
            CaseRequest(action, document: Array(household.utf8), people: people), by: SampleDesk.clerk,
            at: SampleDesk.now
        ).number
        try desk.take(number, .accept, on: "2026-06-02")
        try desk.take(number, .authorize, on: "2026-06-02") {
            $0.members = [0, 1, 2]
            ($0.action.from, $0.action.until) = (SampleCase.day("2026-06-02"), SampleCase.day("2027-06-01"))
        }
        try desk.take(number, .verify, on: "2026-06-05", text: "核对结果一致")
        try desk.take(number, .visit, on: "2026-06-06", text: "邻里反映情况属实") {
            ($0.action.visitors, $0.action.from) = (["surveyor-1", "village-3"], SampleCase.day("2026-06-06"))
        }
        try desk.take(number, .assess, on: "2026-06-08")
        try desk.take(number, .review, on: "2026-06-09") { $0.action.verdict = .approve }
        try desk.take(number, .publish, on: "2026-06-10", text: "公示")
        try desk.take(number, .confirm, on: "2026-06-18") { $0.action.verdict = .approve }
        try desk.take(number, .decide, on: "2026-06-22", text: "决定书")
        return number
    }

    @Test("Where policy does not give it nothing is kept, and the reason is said")
    func notGiven() throws {
        let desk = try SampleDesk(under: Self.engine)
        let number = try desk.takeToGranted().number
        let head = try desk.store.records.head
        func refused(_ month: String) throws -> [String] {
            try Self.give(month, in: desk).refused.map { "\($0.value) \($0.key.code.rawValue): \($0.key.message)" }
        }
        #expect(
            try refused("2026-08") == [
                "1 not-entitled: allowances.price-subsidy is not given for the month of 2026-08-01: 当月价格指数未达到启动条件 (no index of the month reaches its trigger)"
            ])
        #expect(
            try refused("2026-09") == [
                "1 undetermined: allowances.price-subsidy is not decided for the month of 2026-09-01: 低收入居民基本生活费用价格涨幅:当月指数未公布 (rise of prices for those of low income in the month: 当月指数未公布); 居民消费价格月度涨幅:当月指数未公布 (rise of consumer prices in the month: 当月指数未公布); 食品价格月度涨幅:当月指数未公布 (rise of food prices in the month: 当月指数未公布)"
            ])
        // Nothing was paid by the month in June.
        #expect(try refused("2026-06") == [])
        #expect(
            Self.message { try Self.advance(number, Self.request("2026-06-01"), in: desk) }
                == "nothing is paid to the case by the month in the month of 2026-06-01")
        #expect(
            Self.message { try Self.advance(number, Self.request("2026-07-02"), in: desk) }
                == "it is for one programme, and from is the first day of its month")
        #expect(
            Self.message { try Self.advance(number, Self.request("2026-10-01"), in: desk) }
                == "the month of 2026-10-01 has not begun")
        #expect(
            Self.message { _ = try Self.give("2026-07", in: desk, by: SampleDesk.reviewer) }
                == "the cases of 231025 do not belong to 231025100")
        #expect(
            Self.message { _ = try Self.give("2026-07", in: desk, by: SampleDesk.confirmer) }
                == "confirmer may not do it, but payer")
        var request = Self.request("2026-07-01")
        request.action.programs = ["allowances.price"]
        #expect(
            Self.message { try Self.advance(number, request, in: desk) }?.hasPrefix(
                "no programme is called allowances.price; there are ") ?? false)
        request = Self.request("2026-07-01")
        request.document = Array("[]".utf8)
        #expect(
            Self.message { try Self.advance(number, request, in: desk) } == "what it computes is not handed over")
        #expect(try desk.store.records.head == head)
    }

    private static func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch CaseProblem.refused(let refusal) {
            return refusal.message
        } catch {
            return "\(error)"
        }
    }
}
