import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import AssistanceStorage

extension PaymentStore {
    /// Verifies the file as `CaseStore.verify` does, and at the same moment whether the tables of payments and of the
    /// ledger say what the events say.
    ///
    /// - Parameter anchor: A head that was kept outside; with it a cut end and an older file put back are found.
    public func verify(anchor: RecordHead?) throws(FundingProblem) -> RecordVerification {
        try FundingProblem.of {
            try records.verify(anchor: anchor) { reader in
                try CaseComparison.checks(of: reader) + [{ try $0.paymentsThatDiffer() }]
            }
        }
    }
}

extension RecordReader {
    /// The tables of payments and of the ledger that say something else than the events: they are made anew beside the file
    /// and compared row by row.
    package func paymentsThatDiffer() throws -> [RecordProblem] {
        // A database without a name is a file that SQLite removes; 64 MB of it stay in memory.
        let fresh = try SQLiteDatabase("", isReadOnly: false)
        try fresh.run("PRAGMA cache_size = -65536")
        try fresh.run("BEGIN")
        for statement in PaymentTables.tables { try fresh.run(statement) }
        for number in try paymentEvents() {
            guard let record = try event(number), let event = PaymentEvent(json: record.body) else {
                return [problem("event \(number) of payments or funds cannot be read")]
            }
            do {
                try fresh.project(event, ofRun: 0 &- record.subject, by: record.actor.id)
            } catch let refusal as FundingRefusal {
                return [problem("event \(number) of payments or funds cannot be what was written: \(refusal.message)")]
            }
        }
        return try ["payment_runs", "payments", "payment_months", "ledger_accounts", "ledger"].compactMap { table in
            try Self.isSame(table, database, fresh)
                ? nil : problem("the table \(table) stands otherwise than the events say; put a backup in its place")
        }
    }

    /// The numbers of the events of runs and funds, in the order of the chain, in which the ledger was written.
    private func paymentEvents() throws -> [Int64] {
        let rows = try database.select(
            // Without the name of the index all events of all cases would be read for it.
            "SELECT number FROM event INDEXED BY event_subject WHERE subject <= 0 AND kind = ? ORDER BY number",
            [.text(PaymentEvent.kind)])
        var numbers: [Int64] = []
        while try rows.step() { numbers.append(rows.integer(0) ?? 0) }
        return numbers
    }

    private static func isSame(_ table: String, _ left: SQLiteDatabase, _ right: SQLiteDatabase) throws -> Bool {
        let rows = try [left, right].map { try $0.select("SELECT * FROM \(table) ORDER BY 1, 2, 3, 4") }
        let columns = rows[0].columns.indices
        while true {
            let isRow = try rows.map { try $0.step() }
            guard isRow[0] == isRow[1] else { return false }
            guard isRow[0] else { return true }
            guard columns.allSatisfy({ rows[0].holdsSame(as: rows[1], $0) }) else { return false }
        }
    }

    private func problem(_ message: String) -> RecordProblem {
        RecordProblem(.damaged, message, path: database.path)
    }
}

extension SQLiteStatement {
    /// Whether both rows hold the same whole number, text or nothing in a column.
    fileprivate func holdsSame(as other: SQLiteStatement, _ column: Int) -> Bool {
        kind(column) == other.kind(column) && integer(column) == other.integer(column)
            && string(column) == other.string(column)
    }
}
