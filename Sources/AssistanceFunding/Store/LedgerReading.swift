import AssistanceCore
import AssistanceRecords
import AssistanceStorage

extension RecordReader {
    /// What stands in the accounts of an area, and of those in it, at the end of a month.
    func balances(in area: DivisionCode, at month: PaymentMonth) throws -> [LedgerBalance] {
        let codes = area.codes
        let rows = try database.select(
            """
            SELECT a.kind, a.area, a.source, a.earmark, a.program,
                (SELECT coalesce(sum(fen), 0) FROM ledger WHERE target = a.id AND month <= ?1)
                - (SELECT coalesce(sum(fen), 0) FROM ledger WHERE origin = a.id AND month <= ?1)
            FROM ledger_accounts a WHERE a.area BETWEEN ?2 AND ?3
            """, [.integer(month.number), .integer(codes.lowerBound), .integer(codes.upperBound)])
        var balances: [LedgerBalance] = []
        while try rows.step() {
            guard let account = LedgerAccount(rows, from: 0), let fen = rows.integer(5) else {
                throw problem(ofLedger: "an account of the ledger cannot be read; verify the file")
            }
            balances.append(LedgerBalance(account: account, sum: Money(fen: fen)))
        }
        return balances.sorted { $0.account.isListed(before: $1.account) }
    }

    /// What stands in one account now.
    func balance(of account: LedgerAccount) throws -> Money {
        let rows = try database.select(
            """
            SELECT (SELECT coalesce(sum(fen), 0) FROM ledger WHERE target = a.id)
                - (SELECT coalesce(sum(fen), 0) FROM ledger WHERE origin = a.id)
            FROM ledger_accounts a WHERE kind = ? AND area = ? AND source = ? AND earmark = ? AND program = ?
            """, account.values)
        return try rows.step() ? Money(fen: rows.integer(0) ?? 0) : .zero
    }

    /// The transfers that pay a sum for a programme: from money for it alone before money for any, and of each from the
    /// higher source first.
    func transfers(paying total: Money, _ order: PaymentOrder) throws -> [LedgerTransfer] {
        let funds = try available(to: order).sorted { left, right in
            let places = [left.fund, right.fund].map { FundSource.allCases.firstIndex(of: $0.source) ?? 0 }
            return (left.fund.earmark == nil ? 1 : 0, places[0], left.fund.earmark ?? "")
                < (right.fund.earmark == nil ? 1 : 0, places[1], right.fund.earmark ?? "")
        }
        var (left, transfers): (Money, [LedgerTransfer]) = (total, [])
        for account in funds where left > .zero {
            let sum = min(left, try balance(of: account))
            guard sum > .zero, let rest = left.subtracting(sum),
                let spent = LedgerAccount.spent(order.area, account.fund, program: order.program)
            else { continue }
            transfers.append(try LedgerTransfer(from: account, to: spent, sum))
            left = rest
        }
        guard left == .zero else {
            throw FundingRefusal(
                .noFunds,
                "the funds of \(order.area) that may pay \(order.program) lack \(left) yuan of \(total); give them the money first"
            )
        }
        return transfers
    }

    /// The transfers that bring back a sum of what a run has spent, the last fund first.
    func transfers(returning total: Money, ofRun number: Int64) throws -> [LedgerTransfer] {
        let rows = try database.select(
            """
            SELECT o.kind, o.area, o.source, o.earmark, o.program, t.kind, t.area, t.source, t.earmark, t.program, l.fen
            FROM ledger l JOIN ledger_accounts o ON o.id = l.origin JOIN ledger_accounts t ON t.id = l.target
            WHERE l.run = ? ORDER BY l.number
            """, [.integer(number)])
        var spent: [(origin: LedgerAccount, target: LedgerAccount, sum: Money)] = []
        while try rows.step() {
            guard let origin = LedgerAccount(rows, from: 0), let target = LedgerAccount(rows, from: 5),
                let fen = rows.integer(10)
            else { throw problem(ofLedger: "a row of the ledger cannot be read; verify the file") }
            if let place = spent.firstIndex(where: { $0.origin == target && $0.target == origin }) {
                spent[place].sum = spent[place].sum.subtracting(Money(fen: fen)) ?? .zero
            } else {
                spent.append((origin, target, Money(fen: fen)))
            }
        }
        var (left, transfers): (Money, [LedgerTransfer]) = (total, [])
        for entry in spent.reversed() where left > .zero && entry.sum > .zero {
            let sum = min(left, entry.sum)
            transfers.append(try LedgerTransfer(from: entry.target, to: entry.origin, sum))
            left = left.subtracting(sum) ?? .zero
        }
        guard left == .zero else {
            throw problem(ofLedger: "the ledger has less of run \(number) than was paid; verify the file")
        }
        return transfers
    }

    private func available(to order: PaymentOrder) throws -> [LedgerAccount] {
        let rows = try database.select(
            "SELECT kind, area, source, earmark, program FROM ledger_accounts WHERE kind = 'available' AND area = ?",
            [.integer(order.area.number)])
        var accounts: [LedgerAccount] = []
        while try rows.step() {
            if let account = LedgerAccount(rows, from: 0), account.fund.mayPay(order.program) {
                accounts.append(account)
            }
        }
        return accounts
    }

    private func problem(ofLedger message: String) -> RecordProblem {
        RecordProblem(.damaged, message, path: database.path)
    }
}
