import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceFunding
import AssistancePolicy
import AssistanceRecords

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A payer in a process of its own, for tests: `FundingWorker CASES POLICIES` pays the cases of 林口 month by month under the
/// policy `p` until it is ended from outside.
///
/// It says `begin` before each change of runs and funds, and `kept N` once the change is on the disk up to event N.
@main
struct Worker {
    private let cases: CaseStore
    private let payments: PaymentStore

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { exit(2) }
        do {
            let library = PolicyLibrary.load("p", in: arguments[2], sections: Engine.sections(of: []), Findings())
            let cases = try CaseStore.open(
                arguments[1], keys: RecordKeys(secret: Array(repeating: 7, count: 32)),
                engine: Engine(library, programs: []))
            let worker = Worker(cases: cases, payments: PaymentStore(cases))
            while true { try worker.goOn() }
        } catch { say("\(error)") }
    }

    private static let county = DivisionCode("231025") ?? .nation
    private static let payer = CaseActor(id: "payer-1", role: .payer, area: county)
    private static let confirmer = CaseActor(id: "confirmer-1", role: .confirmer, area: county)
    /// After all months that are paid.
    private static let day = CalendarDate(iso: "2030-12-31") ?? .latest
    private static let now = Int64(day.days) * 86_400

    /// Does what comes next with the last run: one is confirmed or dropped, the bank's word is read in, the next is
    /// proposed; and with each month money comes and goes.
    private func goOn() throws {
        let last = try payments.runs(in: Self.county, for: Self.payer).last
        guard let last else { return try propose(PaymentMonth("2026-01")) }
        switch last.stage {
        case .proposed where last.number % 5 == 0:
            try change { _ = try payments.drop(run: last.number, on: Self.day, by: Self.payer, at: Self.now) }
        case .proposed:
            try change { _ = try payments.confirm(run: last.number, on: Self.day, by: Self.confirmer, at: Self.now) }
        case .confirmed where try payments.payments(ofRun: last.number, for: Self.payer).contains { $0.outcome == nil }:
            try receive(last)
        case .confirmed, .dropped:
            try move()
            try propose(PaymentMonth(of: last.order.month.first.firstOfNextMonth ?? .latest))
        }
    }

    private func propose(_ month: PaymentMonth?) throws {
        guard let month else { return }
        let order = PaymentOrder(area: Self.county, program: "low-income", month: month)
        try change { _ = try payments.propose(order, on: Self.day, by: Self.payer, at: Self.now) }
    }

    /// Every third payment comes back.
    private func receive(_ run: PaymentRun) throws {
        let receipts = try payments.payments(ofRun: run.number, for: Self.payer).map {
            PaymentReceipt(id: "R\(run.number)C\($0.number)", $0.number % 3 == 0 ? .returned : .paid, sum: $0.sum)
        }
        try change { try payments.take(receipts, ofRun: run.number, on: Self.day, by: Self.payer, at: Self.now) }
    }

    private func move() throws {
        let fund = Fund(.county)
        let transfer = try LedgerTransfer(
            from: .budget(Self.county, fund), to: .available(Self.county, fund), Money(fen: 12_345))
        try change { try payments.move([transfer], on: Self.day, by: Self.payer, at: Self.now) }
    }

    private func change(_ body: () throws -> Void) throws {
        Self.say("begin")
        try body()
        Self.say("kept \(try cases.records.head.number)")
    }

    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}
