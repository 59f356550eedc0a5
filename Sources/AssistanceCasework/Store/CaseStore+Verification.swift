import AssistanceCore
import AssistanceRecords
import AssistanceStorage

extension CaseStore {
    /// Verifies the file: that no event, document or person was edited, forged or taken away, and that the lists say what
    /// the events say.
    ///
    /// - Parameter anchor: A head that was kept outside; with it a cut end and an older file put back are found.
    public func verify(anchor: RecordHead?) throws(CaseProblem) -> RecordVerification {
        try CaseProblem.of {
            var states: [Int64: CaseState] = [:]
            var damaged: Set<Int64> = []
            let verification = try records.verify(anchor: anchor) { event in
                // Cases are numbered from 1; what is kept about payments and funds has numbers below.
                guard event.subject > 0, !damaged.contains(event.subject) else { return }
                do {
                    try CaseState.fold(event, into: &states[event.subject])
                } catch CaseProblem.damaged {
                    damaged.insert(event.subject)
                }
            }
            let differing = try records.read { try $0.casesThatDiffer(from: states, but: damaged) }
            let found =
                damaged.sorted().map { ($0, "the events of case \($0) do not follow from each other") }
                + differing.map { ($0, "case \($0) stands otherwise in the lists than its events say") }
            return verification.adding(
                found.map { RecordProblem(.damaged, $0.1, path: records.path) })
        }
    }
}

extension RecordReader {
    /// The cases of which the lists say something else than their events, or that only one of both has.
    fileprivate func casesThatDiffer(from states: [Int64: CaseState], but damaged: Set<Int64>) throws -> [Int64] {
        var differing = Set(states.keys)
        var strange: Set<Int64> = []
        let rows = try database.select(
            "SELECT id, area, stage, opened, due, due_step, review, last, events FROM cases ORDER BY id")
        while try rows.step() {
            let number = rows.integer(0) ?? 0
            guard let state = states[number] else {
                strange.insert(number)
                continue
            }
            if try rows.matches(state.row) && grants(of: number) == CaseGrantRow.all(of: state).map(\.values)
                && members(of: state)
            {
                differing.remove(number)
            }
        }
        return differing.union(strange).subtracting(damaged).sorted()
    }

    private func grants(of number: Int64) throws -> [[SQLiteValue]] {
        let rows = try database.select(
            """
            SELECT \(CaseGrantRow.columns) FROM case_grants WHERE case_id = ? ORDER BY place
            """, [.integer(number)])
        var found: [[SQLiteValue]] = []
        while try rows.step() {
            found.append(
                rows.columns.indices.map { column in
                    rows.string(column).map { .text($0) } ?? rows.integer(column).map { .integer($0) } ?? .null
                })
        }
        return found
    }

    private func members(of state: CaseState) throws -> Bool {
        for person in state.persons {
            let found = try integers(
                "SELECT 1 FROM case_members WHERE person = ? AND case_id = ?",
                [.integer(person), .integer(state.number)])
            guard !found.isEmpty else { return false }
        }
        return true
    }
}

extension SQLiteStatement {
    /// Whether this row holds these values.
    fileprivate func matches(_ values: [SQLiteValue]) -> Bool {
        values.enumerated().allSatisfy { column, value in
            switch value {
            case .text(let text): string(column) == text
            case .integer(let number): integer(column) == number
            default: integer(column) == nil && string(column) == nil
            }
        }
    }
}
