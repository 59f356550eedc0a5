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
        let fresh = try SQLiteDatabase(":memory:", isReadOnly: false)
        for statement in PaymentTables.tables { try fresh.run(statement) }
        // In the order of the whole chain, in which the ledger was written.
        let numbers = try database.select("SELECT DISTINCT subject FROM event WHERE subject <= 0")
        var events: [RecordEvent] = []
        while try numbers.step() {
            events += try self.events(of: numbers.integer(0) ?? 0).filter { $0.kind == PaymentEvent.kind }
        }
        for record in events.sorted(by: { $0.number < $1.number }) {
            let number = 0 &- record.subject
            guard let event = PaymentEvent(json: record.body) else {
                return [problem("an event of run \(number) cannot be read")]
            }
            try fresh.project(event, ofRun: number, by: record.actor.id)
        }
        return try ["payment_runs", "payments", "payment_months", "ledger_accounts", "ledger"].compactMap { table in
            try Self.isSame(table, database, fresh)
                ? nil : problem("the table \(table) stands otherwise than the events say; put a backup in its place")
        }
    }

    private static func isSame(_ table: String, _ left: SQLiteDatabase, _ right: SQLiteDatabase) throws -> Bool {
        let rows = try [left, right].map { try $0.select("SELECT * FROM \(table) ORDER BY 1, 2, 3, 4") }
        while true {
            let isRow = try rows.map { try $0.step() }
            guard isRow[0] == isRow[1] else { return false }
            guard isRow[0] else { return true }
            guard rows[0].columns.indices.allSatisfy({ rows[0].text($0) == rows[1].text($0) }) else { return false }
        }
    }

    private func problem(_ message: String) -> RecordProblem {
        RecordProblem(.damaged, message, path: database.path)
    }
}
