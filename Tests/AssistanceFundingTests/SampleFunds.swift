import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceFunding
import AssistancePolicy
import AssistanceRecords
import Foundation
import Testing

/// A file of invented cases of a county, granted by events that stand in the chain as any others; it is removed with its
/// folder.
final class SampleFunds {
    static let county = DivisionCode("231025") ?? .nation
    static let township = DivisionCode("231025100") ?? .nation
    static let province = DivisionCode("230000") ?? .nation
    static let payer = CaseActor(id: "payer-1", role: .payer, area: county)
    static let confirmer = CaseActor(id: "confirmer-1", role: .confirmer, area: county)
    static let treasury = CaseActor(id: "treasury-1", role: .payer, area: province)
    static let general = Fund(.province)
    static let earmarked = Fund(.central, earmark: "low-income")

    let folder: String
    private var states: [Int64: CaseState] = [:]
    let cases: CaseStore
    let payments: PaymentStore

    /// What the nation says of payments in these tests.
    static let nation = """
        payments:
          propose: {by: payer, level: county}
          confirm: {by: confirmer, level: county, apart: propose}
          drop: {by: payer, level: county}
          receive: {by: payer, level: county}
          move: {by: payer, level: [province, county]}

        """

    /// The files of an invented nation and province.
    static func files(nation: String = nation, province: String = "") -> [PolicyFile] {
        func file(_ path: String, _ text: String) -> PolicyFile { PolicyFile(path: path, bytes: Array(text.utf8)) }
        let head = "from: 2020-01-01\nsource: first\n"
        return [
            file("china/areas.yaml", "area: 000000 全国\n"),
            file("p/areas.yaml", "area: 230000 黑龙江省\nareas: [231025 林口县]\n"),
            file("p/documents.yaml", "documents:\n  first: {title: first, status: illustrative}\n"),
            file("china/payments.yaml", "area: 000000 全国\n" + head + nation),
            file("p/payments.yaml", "area: 230000 黑龙江省\n" + head + province),
        ]
    }

    /// The policy that they are, and what is wrong with it.
    static func policy(nation: String = nation, province: String = "") -> (library: PolicyLibrary, findings: [String]) {
        let findings = Findings()
        let library = PolicyLibrary(
            files: files(nation: nation, province: province), jurisdiction: "p", sections: Engine.sections(of: []),
            findings)
        return (library, findings.sorted.map(\.description))
    }

    /// - Parameter policy: Under which policy; nil for none.
    init(under policy: PolicyLibrary? = policy().library) throws {
        var template = Array("/tmp/jiuzhu-funds.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        cases = try CaseStore.create(
            folder + "/cases.db", keys: RecordKeys(secret: Array(repeating: 7, count: 32)),
            engine: policy.map { Engine($0, programs: []) })
        payments = PaymentStore(cases)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The host's clock: after all days of these tests.
    static let now = Int64(day("2027-12-31").days) * 86_400

    static func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

    static func order(_ month: String, _ program: String = "low-income", in area: DivisionCode = county) throws
        -> PaymentOrder
    {
        PaymentOrder(area: area, program: program, month: try #require(PaymentMonth(month)))
    }

    /// Grants so much a month to a case from a day on, in place of what it had; the case is opened where there is none.
    func grant(
        _ number: Int64, _ fen: Int64, from day: String, program: String = "low-income", persons: [Int64]? = nil,
        parts: [CasePart] = []
    ) throws {
        let grants =
            fen == 0 ? [] : [CaseGrant(benefit: "base", period: .monthly, amount: Money(fen: fen), parts: parts)]
        let outcome = CaseOutcome(
            program: program, status: fen == 0 ? .ineligible : .eligible, grants: grants)
        let day = Self.day(day)
        var (first, accept) = (CaseAction(.apply, on: day), CaseAction(.accept, on: day))
        (first.document, first.programs, first.area) = (1, [program], Self.township)
        first.persons = persons ?? [number * 10, number * 10 + 1]
        if states[number] != nil {
            (first, accept) = (CaseAction(.recheck, on: day), CaseAction(.visit, on: day))
            accept.document = 1
        }
        try fold([first, accept] + Self.round([outcome], on: day), into: number)
    }

    /// Hands a sum over at once, and grants another, paid once, for the same.
    func relieve(_ number: Int64, _ given: Int64, granting fen: Int64, on day: String) throws {
        let (day, program) = (Self.day(day), "temporary-relief")
        var (apply, relieve) = (CaseAction(.apply, on: day), CaseAction(.relieve, on: day))
        (apply.document, apply.programs, apply.area) = (1, [program], Self.township)
        apply.persons = [number * 10]
        (relieve.programs, relieve.sum) = ([program], Money(fen: given))
        let grant = CaseGrant(benefit: "relief", period: .once, amount: Money(fen: fen))
        let outcome = CaseOutcome(program: program, status: .eligible, grants: [grant])
        try fold([apply, relieve, CaseAction(.accept, on: day)] + Self.round([outcome], on: day), into: number)
    }

    /// From the computation to the decision, on one day.
    private static func round(_ outcomes: [CaseOutcome], on day: CalendarDate) -> [CaseAction] {
        var assess = CaseAction(.assess, on: day)
        (assess.outcomes, assess.document) = (outcomes, 1)
        var (review, confirm) = (CaseAction(.review, on: day), CaseAction(.confirm, on: day))
        (review.verdict, confirm.verdict) = (.approve, .approve)
        return [assess, review, confirm, CaseAction(.decide, on: day)]
    }

    /// Ends a case from a day on.
    func end(_ number: Int64, from day: String) throws {
        var action = CaseAction(.end, on: Self.day(day))
        action.programs = states[number]?.programs ?? []
        try fold([action], into: number)
    }

    private func fold(_ actions: [CaseAction], into number: Int64) throws {
        let actor = try #require(RecordActor(id: "clerk-1", role: "clerk", area: Self.township.number))
        try cases.records.write { writer in
            var state = states[number]
            for action in actions {
                let event = CaseEvent(
                    action: action, actor: "clerk-1", deadlines: [], lasts: nil, effective: action.day, rule: "sample")
                if state == nil {
                    state = CaseState(number: number, event)
                } else {
                    let isFolded = state?.fold(event) ?? false
                    try #require(isFolded, "\(action.step) folds")
                }
                try writer.append(
                    subject: number, kind: action.step.rawValue, time: 0, actor: actor, body: event.json)
            }
            try writer.project(try #require(state))
            states[number] = state
        }
    }

    /// Gives the county money.
    func give(_ fen: Int64, of fund: Fund = general, on day: String = "2026-01-01") throws {
        let transfer = try LedgerTransfer(
            from: .budget(Self.county, fund), to: .available(Self.county, fund), Money(fen: fen))
        try payments.move([transfer], on: Self.day(day), by: Self.treasury, at: Self.now)
    }

    /// Proposes and confirms a run of a month.
    @discardableResult
    func pay(_ month: String, on day: String? = nil) throws -> PaymentRun {
        let day = Self.day(day ?? month + "-10")
        let run = try payments.propose(try Self.order(month), on: day, by: Self.payer, at: Self.now)
        return try payments.confirm(run: run.number, on: day, by: Self.confirmer, at: Self.now)
    }

    /// What stands in the accounts of the county.
    func balances(at month: String = "2026-12") throws -> [LedgerBalance] {
        try payments.balances(in: Self.county, at: try #require(PaymentMonth(month)), for: Self.payer)
    }

    func balance(_ kind: LedgerAccount.Kind, of fund: Fund = general, at month: String = "2026-12") throws -> Int64 {
        try balances(at: month).filter { $0.account.kind == kind && $0.account.fund == fund }
            .reduce(0) { $0 + $1.sum.fen }
    }

    /// Whether the tables say what the events say, and all balances are nothing together.
    func expectWhole() throws {
        #expect(try payments.verify(anchor: nil).problems.map(\.description) == [])
        let all = try payments.balances(
            in: .nation, at: try #require(PaymentMonth("9999-12")),
            for: CaseActor(id: "a-1", role: .payer, area: .nation))
        #expect(all.reduce(0) { $0 + $1.sum.fen } == 0)
    }
}

/// Expects that something is refused, with these words; the rule is compared where they end with it.
func expectRefusal(_ code: FundingRefusal.Code, _ message: String, _ body: () throws -> Void) {
    func compare(_ refusal: FundingRefusal) {
        #expect(refusal.code == code)
        let text = refusal.message + (message.hasSuffix(")") ? refusal.rule.map { " (\($0))" } ?? "" : "")
        #expect(text == message)
    }
    do {
        try body()
        Issue.record("it was done")
    } catch FundingProblem.refused(let refusal) {
        compare(refusal)
    } catch let refusal as FundingRefusal {
        compare(refusal)
    } catch {
        Issue.record("\(error)")
    }
}
