import AssistanceCore
import AssistanceStorage

extension SQLiteDatabase {
    /// Writes into the tables what an event says. Whether it may be was checked before it was appended.
    ///
    /// - Parameter number: The run; 0 where it is of funds alone.
    func project(_ event: PaymentEvent, ofRun number: Int64, by actor: String) throws {
        switch event.act {
        case .propose(let order, let lines): try add(lines, of: order, as: number, by: actor)
        case .confirm: try set(.confirmed, ofRun: number)
        case .drop:
            try set(.dropped, ofRun: number)
            try run("DELETE FROM payment_months WHERE run = ?", [.integer(number)])
        case .receive(let paid, let returned, _):
            let outcome = try prepare("UPDATE payments SET outcome = ? WHERE run = ? AND case_id = ?")
            for place in paid {
                try outcome.run([.text(PaymentReceipt.Outcome.paid.rawValue), .integer(number), .integer(place)])
            }
            // What came back is owed again.
            let months = try prepare("DELETE FROM payment_months WHERE run = ? AND case_id = ?")
            for place in returned {
                try outcome.run([.text(PaymentReceipt.Outcome.returned.rawValue), .integer(number), .integer(place)])
                try months.run([.integer(number), .integer(place)])
            }
        case .move: break
        }
        for transfer in event.transfers { try post(transfer, on: event.day, ofRun: number) }
    }

    /// The outcome of a payment of which the bank has said nothing yet.
    static let underWay = "open"

    private func add(_ lines: [PaymentLine], of order: PaymentOrder, as number: Int64, by actor: String) throws {
        guard let total = Money.sum(lines.lazy.map(\.sum)) else {
            throw FundingRefusal(.wrongSum, "the payments are more together than can be counted; pay smaller areas")
        }
        try run(
            """
            INSERT INTO payment_runs(id, area, program, month, stage, proposer, cases, fen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(number), .integer(order.area.number), .text(order.program), .integer(order.month.number),
                .text(PaymentRun.Stage.proposed.rawValue), .text(actor), .integer(Int64(lines.count)),
                .integer(total.fen),
            ])
        let payment = try prepare("INSERT INTO payments(run, case_id, fen, outcome) VALUES (?, ?, ?, ?)")
        let month = try prepare(
            "INSERT INTO payment_months(program, case_id, month, run, fen) VALUES (?, ?, ?, ?, ?)")
        for line in lines {
            try payment.run([
                .integer(number), .integer(line.number), .integer(line.sum.fen), .text(Self.underWay),
            ])
            for part in line.months {
                try month.run([
                    .text(order.program), .integer(line.number), .integer(part.month.number), .integer(number),
                    .integer(part.sum.fen),
                ])
            }
        }
    }

    private func set(_ stage: PaymentRun.Stage, ofRun number: Int64) throws {
        try run("UPDATE payment_runs SET stage = ? WHERE id = ?", [.text(stage.rawValue), .integer(number)])
    }

    private func post(_ transfer: LedgerTransfer, on day: CalendarDate, ofRun number: Int64) throws {
        try run(
            "INSERT INTO ledger(day, month, run, origin, target, fen) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .integer(Int64(day.days)), .integer(PaymentMonth(of: day).number),
                number > 0 ? .integer(number) : .null, .integer(try id(of: transfer.origin)),
                .integer(try id(of: transfer.target)), .integer(transfer.sum.fen),
            ])
    }

    /// The number of an account, which is opened where there is none.
    private func id(of account: LedgerAccount) throws -> Int64 {
        let values = account.values
        try run(
            "INSERT OR IGNORE INTO ledger_accounts(kind, area, source, earmark, program) VALUES (?, ?, ?, ?, ?)", values
        )
        let rows = try select(
            """
            SELECT id FROM ledger_accounts
            WHERE kind = ? AND area = ? AND source = ? AND earmark = ? AND program = ?
            """, values)
        guard try rows.step(), let id = rows.integer(0) else {
            throw FundingRefusal(.wrongAccounts, "the account of \(account.fund) cannot be opened")
        }
        return id
    }
}

extension LedgerAccount {
    /// The columns of an account by which it is found.
    var values: [SQLiteValue] {
        [
            .text(kind.rawValue), .integer(area.number), .text(fund.source.rawValue), .text(fund.earmark ?? ""),
            .text(program ?? ""),
        ]
    }

    /// An account from the columns of `values`, from one on.
    init?(_ row: SQLiteStatement, from column: Int) {
        self.init(
            kind: row.string(column), area: row.integer(column + 1).flatMap { DivisionCode(number: $0) },
            source: row.string(column + 2), earmark: row.string(column + 3) ?? "",
            program: row.string(column + 4) ?? "")
    }
}
