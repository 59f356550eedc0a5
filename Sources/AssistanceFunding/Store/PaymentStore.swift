import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords
import AssistanceStorage

/// 发放与资金: what the cases of a file are paid, run by run, and the ledger of the funds that it is paid from.
///
/// Who may do what follows from `payments:` of the policy that the cases were opened with; the office stands above the area
/// that it is about.
///
/// Not safe to share between threads, like the store of the cases.
public final class PaymentStore {
    let records: RecordStore
    private let policy: PolicyLibrary?

    /// The payments of a file of cases.
    public init(_ cases: CaseStore) { (records, policy) = (cases.records, cases.engine?.library) }

    /// What is to be paid, as things stand, for an office that the area belongs to, like all that is read here; nothing is
    /// changed.
    public func list(_ order: PaymentOrder, for actor: CaseActor) throws(FundingProblem) -> PaymentList {
        try read(order.area, for: actor) { try $0.paymentList(order) }
    }

    /// Proposes to pay what is owed up to a month that has begun. What stands in the run no other run pays, as long as it is
    /// not dropped or returned.
    ///
    /// - Parameter time: When, in seconds since 1970 by the host's clock; so for all that follow.
    public func propose(
        _ order: PaymentOrder, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(FundingProblem) -> PaymentRun {
        try write(by: actor, on: day, at: time) { writer in
            let list = try writer.reader.paymentList(order)
            try writer.check(.propose, order.area, order.program, list.total)
            guard order.month <= PaymentMonth(of: day) else {
                throw FundingRefusal(
                    .notDue, "\(order.month) has not begun on \(day), and is not due; propose it when it has")
            }
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
        try write(by: actor, on: day, at: time) { writer in
            let run = try writer.run(number, at: .proposed, for: .confirm)
            let transfers = try writer.reader.transfers(paying: run.total, run.order)
            try writer.append(PaymentEvent(act: .confirm(transfers), day: day), ofRun: number)
            return try writer.reader.run(number)
        }
    }

    /// Drops a run that has not been confirmed; what it would have paid is owed again.
    public func drop(
        run number: Int64, on day: CalendarDate, by actor: CaseActor, at time: Int64
    ) throws(FundingProblem) -> PaymentRun {
        try write(by: actor, on: day, at: time) { writer in
            _ = try writer.run(number, at: .proposed, for: .drop)
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
        try write(by: actor, on: day, at: time) { writer in
            _ = try writer.run(number, at: .confirmed, for: .receive)
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
        try write(by: actor, on: day, at: time) { writer in
            guard let sum = Money.sum(transfers.lazy.map(\.sum)) else {
                throw FundingRefusal(.wrongSum, "the transfers are more together than can be counted")
            }
            guard sum > .zero else { throw FundingRefusal(.wrongSum, "there is nothing to move") }
            for transfer in transfers {
                guard transfer.origin.kind != .spent, transfer.target.kind != .spent else {
                    throw FundingRefusal(.wrongAccounts, "money is spent by runs alone; propose one")
                }
                for area in Set([transfer.origin.area, transfer.target.area]).sorted() {
                    try writer.check(.move, area, transfer.origin.fund.earmark, sum)
                }
            }
            try writer.append(PaymentEvent(act: .move(transfers), day: day), ofRun: 0)
        }
    }

    /// How an area divides the budget of a programme, or of another purpose, on a day; refused where no policy says so.
    public func formula(
        of purpose: String, area: DivisionCode, on day: CalendarDate
    ) throws(FundingRefusal) -> AllocationFormula {
        guard let formula = policy?.allocation(of: purpose, area: area, on: day) else {
            throw FundingRefusal(
                .noRule,
                "no policy of \(area) on \(day) says how a budget of \(purpose) is divided; fill allocation.\(purpose)")
        }
        return formula
    }

    /// A run by its number.
    public func run(_ number: Int64, for actor: CaseActor) throws(FundingProblem) -> PaymentRun {
        try FundingProblem.of { try records.read { try actor.reads($0.run(number)) } }
    }

    /// What a run pays, by case, and what became of it; nothing of cases of which everything is set off.
    public func payments(ofRun number: Int64, for actor: CaseActor) throws(FundingProblem) -> [PaymentOutcome] {
        try FundingProblem.of {
            try records.read { reader in
                _ = try actor.reads(reader.run(number))
                return try reader.payments(ofRun: number)
            }
        }
    }

    /// The runs of an area and of those in it, in the order in which they were proposed.
    public func runs(in area: DivisionCode, for actor: CaseActor) throws(FundingProblem) -> [PaymentRun] {
        let codes = area.codes
        return try read(area, for: actor) {
            try $0.runs("WHERE area BETWEEN ? AND ?", [.integer(codes.lowerBound), .integer(codes.upperBound)])
        }
    }

    /// What stands in the accounts of an area, and of those in it, at the end of a month.
    public func balances(
        in area: DivisionCode, at month: PaymentMonth, for actor: CaseActor
    ) throws(FundingProblem) -> [LedgerBalance] {
        try read(area, for: actor) { try $0.balances(in: area, at: month) }
    }

    private func read<Value>(
        _ area: DivisionCode, for actor: CaseActor, _ body: (RecordReader) throws -> Value
    ) throws(FundingProblem) -> Value {
        try FundingProblem.of {
            try actor.checkReading(area)
            return try records.read(body)
        }
    }

    /// The batch of a confirmed run as a payment channel takes it: the payments that have not come back. It is the same
    /// each time, so that a bank knows what it has been given already.
    ///
    /// - Parameters:
    ///   - payer: Who pays: `例县财政局`.
    ///   - purpose: What the payments are for; the month is added: `低保金 2026-07`.
    ///   - payee: Who is paid for a case; nil where nobody knows, which refuses the batch.
    public func batch(
        ofRun number: Int64, payer: String, day: CalendarDate, purpose: String, for actor: CaseActor,
        payee: (Int64) throws -> Payee?
    ) throws -> PaymentBatch {
        let (run, payments) = try FundingProblem.of {
            try records.read { (try actor.reads($0.run(number)), try $0.payments(ofRun: number)) }
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
        guard !open.isEmpty else {
            throw FundingProblem.refused(
                FundingRefusal(
                    .nothingOwed, "run \(number) has nothing for a bank: all of it is set off, or has come back"))
        }
        return try PaymentBatch(id: "R\(number)", payer: payer, day: day, payments: open)
    }

    private func write<Value>(
        by actor: CaseActor, on day: CalendarDate, at time: Int64, _ body: (PaymentWriter) throws -> Value
    ) throws(FundingProblem) -> Value {
        try FundingProblem.of {
            guard let policy else {
                throw FundingRefusal(.noRule, "the file was opened without a policy; open it with one")
            }
            let today = CalendarDate.at(secondsSince1970: time)
            guard day <= today else {
                throw FundingRefusal(.notDue, "\(day) lies in the future; today is \(today)")
            }
            guard let recorded = RecordActor(id: actor.id, role: actor.role.rawValue, area: actor.area.number) else {
                throw FundingRefusal(.wrongActor, "an actor is 1 to 64 letters, digits, '.', '_' and '-'")
            }
            return try records.write { try body(PaymentWriter($0, policy, actor, recorded, day, time)) }
        }
    }
}

extension CaseActor {
    /// Refuses to show the payments of an area that does not belong to the office.
    fileprivate func checkReading(_ other: DivisionCode) throws(FundingRefusal) {
        guard area.contains(other) else {
            throw FundingRefusal(
                .outsideArea,
                "the payments of \(other) are not shown to an office of \(area.text); ask the office it belongs to")
        }
    }

    /// A run that the office may see.
    fileprivate func reads(_ run: PaymentRun) throws(FundingRefusal) -> PaymentRun {
        try checkReading(run.order.area)
        return run
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
    private let policy: PolicyLibrary
    private let actor: CaseActor
    private let recorded: RecordActor
    private let day: CalendarDate
    private let time: Int64

    init(
        _ writer: RecordWriter, _ policy: PolicyLibrary, _ actor: CaseActor, _ recorded: RecordActor,
        _ day: CalendarDate, _ time: Int64
    ) {
        (reader, self.policy, self.actor, self.recorded) = (writer, policy, actor, recorded)
        (self.day, self.time) = (day, time)
    }

    /// Refuses what the rules of an area do not let the actor do.
    ///
    /// - Parameters:
    ///   - program: The programme, or that which money is for alone; nil where it is for any.
    ///   - run: The run that it is done with.
    func check(
        _ step: PaymentStep, _ area: DivisionCode, _ program: String?, _ sum: Money, ofRun run: Int64? = nil
    ) throws {
        guard let rule = policy.payments(area: area, on: day).rule(for: step, program: program, sum: sum) else {
            throw FundingRefusal(
                .noRule,
                "no policy of \(area) on \(day) says who may do it\(program.map { " for \($0)" } ?? ""); fill payments.\(step.rawValue)"
            )
        }
        guard rule.roles.contains(actor.role) else {
            let roles = CaseRole.allCases.filter(rule.roles.contains).map(\.rawValue).joined(separator: " or ")
            throw FundingRefusal(
                .wrongRole, "\(actor.role.rawValue) may not do it, but \(roles)", rule: rule.name)
        }
        guard rule.levels.contains(actor.area.level) else {
            let levels = rule.levels.sorted().map(\.word).joined(separator: " or ")
            throw FundingRefusal(
                .wrongLevel, "an office of \(actor.area.level) may not do it, but one of \(levels)", rule: rule.name)
        }
        guard actor.area.contains(area) else {
            throw FundingRefusal(.outsideArea, "\(area) does not belong to \(actor.area.text)", rule: rule.name)
        }
        let done = try run.map { try reader.steps(ofRun: $0, by: actor.id) } ?? []
        let clashes = PaymentStep.allCases.filter { rule.apart.contains($0) && done.contains($0) }
        guard clashes.isEmpty else {
            throw FundingRefusal(
                .notApart,
                "\(actor.id) has done \(clashes.map(\.rawValue).joined(separator: ", ")) with run \(run ?? 0), and one person may not do both",
                rule: rule.name)
        }
    }

    /// A run of the office at the stage at which something is done with it.
    func run(_ number: Int64, at stage: PaymentRun.Stage, for step: PaymentStep) throws -> PaymentRun {
        let run = try reader.run(number)
        try check(step, run.order.area, run.order.program, run.total, ofRun: number)
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
    /// What somebody has done with a run.
    fileprivate func steps(ofRun number: Int64, by actor: String) throws -> Set<PaymentStep> {
        let events = try events(of: PaymentEvent.subject(ofRun: number)).filter { $0.actor.id == actor }
        return Set(
            try events.map { record in
                guard let event = PaymentEvent(json: record.body) else { throw FundingProblem.damaged(number) }
                return event.step
            })
    }

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
