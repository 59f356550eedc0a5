import AssistanceCore
import AssistanceRecords
import AssistanceStorage

extension CaseStore {
    /// Verifies the file: that no event, document or person was edited, forged or taken away, and that the lists say what
    /// the events say. `PaymentStore.verify` looks at payments and funds besides.
    ///
    /// - Parameter anchor: A head that was kept outside; with it a cut end and an older file put back are found.
    public func verify(anchor: RecordHead?) throws(CaseProblem) -> RecordVerification {
        try CaseProblem.of { try records.verify(anchor: anchor, with: CaseComparison.checks) }
    }
}

/// Cases folded anew from their events, one after the other, and compared with what the lists say of them.
package struct CaseComparison {
    private let reader: RecordReader
    private var cases: SortedRows
    private var grants: SortedRows
    private var problems: [RecordProblem] = []

    /// What a verification checks of all cases.
    package static func checks(of reader: RecordReader) throws -> [RecordCheck] {
        let last = try reader.integers(
            "SELECT coalesce(max(max(id), (SELECT coalesce(max(subject), 0) FROM event)), 0) FROM cases"
        ).first
        return RecordSpan.parts(upTo: last ?? 0).map { span in
            { reader in
                var comparison = try CaseComparison(reader, span)
                return try comparison.compare(span)
            }
        }
    }

    private init(_ reader: RecordReader, _ span: ClosedRange<Int64>) throws {
        self.reader = reader
        cases = try SortedRows(
            reader.database, "id, area, stage, opened, due, due_step, review, last, events", of: "cases",
            where: "id", span, by: "id")
        grants = try SortedRows(
            reader.database, CaseGrantRow.columns, of: "case_grants", where: "case_id", span, by: "case_id, place")
    }

    private mutating func compare(_ span: ClosedRange<Int64>) throws -> [RecordProblem] {
        var (number, state, isDamaged): (Int64?, CaseState?, Bool) = (nil, nil, false)
        // Cases are numbered from 1; what is kept about payments and funds has numbers below.
        try reader.events(ofSubjects: max(1, span.lowerBound)...span.upperBound) { event in
            if event.subject != number {
                if let number { try close(number, state, isDamaged) }
                (number, state, isDamaged) = (event.subject, nil, false)
            }
            guard !isDamaged else { return }
            do { try CaseState.fold(event, into: &state) } catch CaseProblem.damaged { isDamaged = true }
        }
        if let number { try close(number, state, isDamaged) }
        try passRows(before: nil)
        return problems
    }

    /// Compares a case of which all events were folded.
    private mutating func close(_ number: Int64, _ state: CaseState?, _ isDamaged: Bool) throws {
        try passRows(before: number)
        guard let state, !isDamaged else {
            report("the events of case \(number) do not follow from each other")
            return try passRows(of: number)
        }
        let isListed = try cases.next(of: number) { $0.matches(state.row) } ?? false
        var isGranted = true
        for grant in CaseGrantRow.all(of: state) {
            isGranted = try grants.next(of: number) { $0.matches(grant.values) } ?? false && isGranted
        }
        let isWhole = try cases.key != number && grants.key != number && hasMembers(state)
        if !isListed || !isGranted || !isWhole { report(differing: number) }
        try passRows(of: number)
    }

    /// Passes by rows of cases that have no events; nil for all that are left.
    private mutating func passRows(before number: Int64?) throws {
        while let strange = [cases.key, grants.key].compactMap(\.self).min(), number.map({ strange < $0 }) ?? true {
            report(differing: strange)
            try passRows(of: strange)
        }
    }

    private mutating func passRows(of number: Int64) throws {
        while try cases.next(of: number, { _ in }) != nil {}
        while try grants.next(of: number, { _ in }) != nil {}
    }

    private func hasMembers(_ state: CaseState) throws -> Bool {
        for person in state.persons {
            let found = try reader.database.select(
                "SELECT 1 FROM case_members WHERE person = ? AND case_id = ?",
                [.integer(person), .integer(state.number)])
            guard try found.step() else { return false }
        }
        return true
    }

    private mutating func report(differing number: Int64) {
        report("case \(number) stands otherwise in the lists than its events say")
    }

    private mutating func report(_ message: String) {
        problems.append(RecordProblem(.damaged, message, path: reader.database.path))
    }
}

/// Rows in the order of a number in their first column, read one at a time beside others of the same order.
private struct SortedRows {
    private let rows: SQLiteStatement
    /// The number of the row that is next; nil behind the last.
    private(set) var key: Int64?

    init(
        _ database: SQLiteDatabase, _ columns: String, of table: String, where number: String,
        _ span: ClosedRange<Int64>, by order: String
    ) throws {
        rows = try database.select(
            "SELECT \(columns) FROM \(table) WHERE \(number) BETWEEN ? AND ? ORDER BY \(order)",
            [.integer(span.lowerBound), .integer(span.upperBound)])
        try advance()
    }

    /// Looks at the next row where it is of a number, and passes it by; nil where it is of another.
    mutating func next<R>(of number: Int64, _ look: (SQLiteStatement) -> R) throws -> R? {
        guard key == number else { return nil }
        let result = look(rows)
        try advance()
        return result
    }

    private mutating func advance() throws { key = try rows.step() ? rows.integer(0) ?? 0 : nil }
}

extension SQLiteStatement {
    /// Whether this row holds these values.
    fileprivate func matches(_ values: [SQLiteValue]) -> Bool {
        values.enumerated().allSatisfy { column, value in
            switch value {
            case .text(let text): string(column) == text
            case .integer(let number): integer(column) == number
            default: kind(column) == .null
            }
        }
    }
}
