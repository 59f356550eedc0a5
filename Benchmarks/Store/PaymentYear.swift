import AssistanceCasework
import AssistanceCore
import AssistanceFunding

/// Payments of the benchmark's cases, from the month of the first on.
final class PaymentYear {
    private let store: PaymentStore
    private let fund = Fund(.province)
    private let program = "low-income"
    /// How many payments there were.
    private(set) var payments = 0

    init(_ cases: CaseStore) throws { store = PaymentStore(cases) }

    private func order(_ area: DivisionCode, _ month: Int) -> PaymentOrder {
        let first = CaseLife.day("2026-07-01").adding(months: month, endOfMonth: .clamp) ?? .earliest
        return PaymentOrder(area: area, program: program, month: PaymentMonth(of: first))
    }

    func list(_ area: DivisionCode, month: Int) throws -> (lines: Int, time: Stopwatch) {
        var lines = 0
        let time = try Stopwatch.time { lines = try store.list(order(area, month), for: auditor).lines.count }
        return (lines, time)
    }

    /// Gives a county what it needs, proposes and confirms a run, and takes in that all of it was paid.
    func pay(_ area: DivisionCode, month: Int) throws {
        let order = order(area, month)
        let day = order.month.first
        let payer = CaseActor(id: "payer-1", role: .payer, area: area)
        let confirmer = CaseActor(id: "confirmer-1", role: .confirmer, area: area)
        let run = try store.propose(order, on: day, by: payer, at: CaseLife.now)
        try store.move(
            [try LedgerTransfer(from: .budget(area, fund), to: .available(area, fund), run.total)], on: day, by: payer,
            at: CaseLife.now)
        _ = try store.confirm(run: run.number, on: day, by: confirmer, at: CaseLife.now)
        let batch = try store.batch(
            ofRun: run.number, payer: "财政局", day: day, purpose: "低保金", for: payer
        ) {
            Payee(name: "某某", account: "\($0)")
        }
        let receipts = batch.payments.map { PaymentReceipt(id: $0.id, .paid, sum: $0.sum) }
        try store.take(receipts, ofRun: run.number, on: day, by: payer, at: CaseLife.now)
        payments += receipts.count
    }
}
