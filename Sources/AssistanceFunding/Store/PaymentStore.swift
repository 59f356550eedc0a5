import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import AssistanceStorage

/// 发放与资金: what the cases of a file are paid, run by run, and the ledger of the funds that it is paid from.
///
/// Who may do what is fixed here: who makes payments (`payer`) proposes runs, reads receipts in and moves money, and a
/// confirmer who is somebody else confirms a run; the office of each stands above the area that it is about.
///
/// Not safe to share between threads, like the store of the cases.
public final class PaymentStore {
    let records: RecordStore

    /// The payments of a file of cases.
    public init(_ cases: CaseStore) { records = cases.records }

    /// What is to be paid, as things stand; nothing is changed.
    public func list(_ order: PaymentOrder) throws(FundingProblem) -> PaymentList {
        try FundingProblem.of { try records.read { try $0.paymentList(order) } }
    }

    /// Proposes to pay what is owed. What stands in the run no other run pays, as long as it is not dropped or returned.
    ///
    /// - Parameter time: When, in seconds since 1970 by the host's clock; so for all that follow.
    public func propose(
        _ order: PaymentOrder, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(FundingProblem) -> PaymentRun {
        try write(by: actor, as: .payer, at: time) { writer in
            try writer.check(order.area)
            let list = try writer.reader.paymentList(order)
            guard !list.lines.isEmpty else {
                throw FundingRefusal(
                    .nothingOwed,
                    "up to \(order.month) nothing of \(order.program) is owed in \(order.area) that is not paid or proposed; look at the runs that are there"
                )
            }
            let number = (try writer.reader.runs("", []).last?.number ?? 0) + 1
            try writer.append(PaymentEvent(act: .propose(order, list.lines), day: day), ofRun: number)
            return try writer.reader.run(number)
        }
    }

    /// Confirms a run, and takes what it pays from the funds of its area.
    public func confirm(
        run number: Int64, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(FundingProblem) -> PaymentRun {
        try write(by: actor, as: .confirmer, at: time) { writer in
            let run = try writer.run(number, at: .proposed)
            guard run.proposer != actor.id else {
                throw FundingRefusal(
                    .notApart,
                    "\(actor.id) has proposed run \(number), and one person may not do both; let another confirm it"
                )
            }
            let transfers = try writer.reader.transfers(paying: run.total, run.order)
            try writer.append(PaymentEvent(act: .confirm(transfers), day: day), ofRun: number)
            return try writer.reader.run(number)
        }
    }

    /// Drops a run that has not been confirmed; what it would have paid is owed again.
    public func drop(
        run number: Int64, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(FundingProblem) -> PaymentRun {
        try write(by: actor, as: .payer, at: time) { writer in
            _ = try writer.run(number, at: .proposed)
            try writer.append(PaymentEvent(act: .drop, day: day), ofRun: number)
            return try writer.reader.run(number)
        }
    }

    /// Takes in what the bank says of the payments of a run: what was paid, and what came back and is owed again.
    ///
    /// The same receipt may come twice and changes nothing then. What has been paid may still come back; what has come back
    /// cannot be paid but by another run.
    public func take(
        _ receipts: [PaymentReceipt], ofRun number: Int64, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(FundingProblem) {
        try write(by: actor, as: .payer, at: time) { writer in
            _ = try writer.run(number, at: .confirmed)
            let outcomes = try writer.reader.outcomes(of: receipts, ofRun: number)
            guard !outcomes.paid.isEmpty || !outcomes.returned.isEmpty else { return }
            guard let sum = Money.sum(outcomes.returned.lazy.map(\.sum)) else {
                throw FundingRefusal(.wrongSum, "what came back is more together than can be counted")
            }
            let transfers = sum == .zero ? [] : try writer.reader.transfers(returning: sum, ofRun: number)
            try writer.append(
                PaymentEvent(
                    act: .receive(paid: outcomes.paid, returned: outcomes.returned.map(\.number), transfers), day: day),
                ofRun: number)
        }
    }

    /// Moves money between accounts: what a budget gives to an area, and what an area gives to those below it.
    ///
    /// All transfers are made, or none.
    public func move(
        _ transfers: [LedgerTransfer], on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(FundingProblem) {
        try write(by: actor, as: .payer, at: time) { writer in
            guard !transfers.isEmpty else { throw FundingRefusal(.wrongSum, "there is nothing to move") }
            for transfer in transfers {
                guard transfer.origin.kind != .spent, transfer.target.kind != .spent else {
                    throw FundingRefusal(.wrongAccounts, "money is spent by runs alone; propose one")
                }
                try writer.check(transfer.origin.area)
                try writer.check(transfer.target.area)
            }
            try writer.append(PaymentEvent(act: .move(transfers), day: day), ofRun: 0)
        }
    }

    /// A run by its number.
    public func run(_ number: Int64) throws(FundingProblem) -> PaymentRun {
        try FundingProblem.of { try records.read { try $0.run(number) } }
    }

    /// The runs of an area and of those in it, in the order in which they were proposed.
    public func runs(in area: DivisionCode) throws(FundingProblem) -> [PaymentRun] {
        try FundingProblem.of {
            let codes = area.codes
            return try records.read {
                try $0.runs("WHERE area BETWEEN ? AND ?", [.integer(codes.lowerBound), .integer(codes.upperBound)])
            }
        }
    }

    /// What stands in the accounts of an area, and of those in it, at the end of a month.
    public func balances(in area: DivisionCode, at month: PaymentMonth) throws(FundingProblem) -> [LedgerBalance] {
        try FundingProblem.of { try records.read { try $0.balances(in: area, at: month) } }
    }

    /// The batch of a confirmed run as a payment channel takes it: the payments that have not come back. It is the same
    /// each time, so that a bank knows what it has been given already.
    ///
    /// - Parameters:
    ///   - payer: Who pays: `例县财政局`.
    ///   - purpose: What the payments are for; the month is added: `低保金 2026-07`.
    ///   - payee: Who is paid for a case; nil where nobody knows, which refuses the batch.
    public func batch(
        ofRun number: Int64, payer: String, day: CalendarDate, purpose: String, payee: (Int64) throws -> Payee?
    ) throws -> PaymentBatch {
        let (run, payments) = try FundingProblem.of {
            try records.read { (try $0.run(number), try $0.payments(ofRun: number)) }
        }
        guard run.stage == .confirmed else {
            throw FundingProblem.refused(
                FundingRefusal(
                    .wrongStage, "run \(number) is \(run.stage.rawValue), and only one that is confirmed is paid"))
        }
        var open: [Payment] = []
        for payment in payments where payment.outcome != .returned {
            guard let payee = try payee(payment.number) else {
                throw FundingProblem.refused(
                    FundingRefusal(
                        .noPayee, "who is paid for case \(payment.number) is not known; name the payee and the account")
                )
            }
            open.append(
                Payment(
                    id: PaymentID(run: number, number: payment.number).text, name: payee.name, account: payee.account,
                    sum: payment.sum, purpose: "\(purpose) \(run.order.month)"))
        }
        return try PaymentBatch(id: "R\(number)", payer: payer, day: day, payments: open)
    }

    private func write<Value>(
        by actor: CaseActor, as role: CaseRole, at time: Int64, _ body: (PaymentWriter) throws -> Value
    ) throws(FundingProblem) -> Value {
        try FundingProblem.of {
            guard actor.role == role else {
                throw FundingRefusal(
                    .wrongRole, "\(actor.role.rawValue) may not do it, but \(role.rawValue)")
            }
            guard let recorded = RecordActor(id: actor.id, role: actor.role.rawValue, area: actor.area.number) else {
                throw FundingRefusal(.wrongActor, "an actor is 1 to 64 letters, digits, '.', '_' and '-'")
            }
            return try records.write { try body(PaymentWriter($0, actor, recorded, time)) }
        }
    }
}

/// 发放编号: how a bank names a payment of a run: `R12C345`.
struct PaymentID: Hashable {
    let run: Int64
    let number: Int64

    var text: String { "R\(run)C\(number)" }
}

/// One change of runs or funds within one transaction.
struct PaymentWriter {
    let reader: RecordWriter
    private let actor: CaseActor
    private let recorded: RecordActor
    private let time: Int64

    init(_ writer: RecordWriter, _ actor: CaseActor, _ recorded: RecordActor, _ time: Int64) {
        (reader, self.actor, self.recorded, self.time) = (writer, actor, recorded, time)
    }

    /// Refuses an area that the office does not stand above.
    func check(_ area: DivisionCode) throws {
        guard actor.area.contains(area) else {
            throw FundingRefusal(.outsideArea, "\(area) does not belong to \(actor.area.text)")
        }
    }

    /// A run of the office at the stage at which something is done with it.
    func run(_ number: Int64, at stage: PaymentRun.Stage) throws -> PaymentRun {
        let run = try reader.run(number)
        try check(run.order.area)
        guard run.stage == stage else {
            throw FundingRefusal(
                .wrongStage, "run \(number) is \(run.stage.rawValue), and one that is \(stage.rawValue) was expected")
        }
        return run
    }

    /// Appends an event and writes what it says into the tables. No account that can be paid from goes below nothing.
    func append(_ event: PaymentEvent, ofRun number: Int64) throws {
        try reader.append(
            subject: PaymentEvent.subject(ofRun: number), kind: PaymentEvent.kind, time: time, actor: recorded,
            body: event.json)
        try reader.database.project(event, ofRun: number, by: actor.id)
        for transfer in event.transfers where transfer.origin.kind == .available {
            let balance = try reader.balance(of: transfer.origin)
            guard balance >= .zero else {
                throw FundingRefusal(
                    .noFunds,
                    "\(transfer.origin.fund) of \(transfer.origin.area) would stand at \(balance) yuan; there is not as much to move"
                )
            }
        }
    }
}

extension RecordReader {
    /// What receipts say that is new, by case.
    fileprivate func outcomes(
        of receipts: [PaymentReceipt], ofRun number: Int64
    ) throws -> (paid: [Int64], returned: [(number: Int64, sum: Money)]) {
        let payments = Dictionary(
            try payments(ofRun: number).map { (PaymentID(run: number, number: $0.number).text, $0) },
            uniquingKeysWith: { first, _ in first })
        var met: Set<String> = []
        var (paid, returned): ([Int64], [(number: Int64, sum: Money)]) = ([], [])
        for receipt in receipts {
            guard let payment = payments[receipt.id] else {
                throw FundingRefusal(.wrongReceipt, "the payment '\(receipt.id)' is none of run \(number)")
            }
            guard met.insert(receipt.id).inserted else {
                throw FundingRefusal(.wrongReceipt, "there are two receipts of '\(receipt.id)'")
            }
            guard receipt.sum == payment.sum else {
                throw FundingRefusal(
                    .wrongReceipt,
                    "the payment '\(receipt.id)' is \(payment.sum) yuan, and the receipt says \(receipt.sum)")
            }
            guard receipt.outcome != payment.outcome else { continue }
            switch receipt.outcome {
            case .returned: returned.append((payment.number, payment.sum))
            case .paid:
                guard payment.outcome == nil else {
                    throw FundingRefusal(
                        .wrongReceipt,
                        "the payment '\(receipt.id)' came back before, and cannot have been paid; another run pays it")
                }
                paid.append(payment.number)
            }
        }
        return (paid.sorted(), returned.sorted { $0.number < $1.number })
    }
}
