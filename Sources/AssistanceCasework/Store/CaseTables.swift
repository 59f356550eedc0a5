import AssistanceCore
import AssistanceRecords
import AssistanceStorage

extension RecordReader {
    /// A case as its events fold to.
    package func state(of number: Int64) throws -> CaseState {
        var state: CaseState?
        for record in try events(of: number) { try CaseState.fold(record, into: &state) }
        guard let state else { throw CaseProblem.noCase(number) }
        return state
    }

    /// A case as its events fold to, with all of them.
    func history(of number: Int64) throws -> (state: CaseState, steps: [(event: CaseEvent, record: RecordEvent)]) {
        var state: CaseState?
        let steps = try events(of: number).map { record in
            (event: try CaseState.fold(record, into: &state), record: record)
        }
        guard let state else { throw CaseProblem.noCase(number) }
        return (state, steps)
    }

    /// The rows of cases in an area; `?1` and `?2` are its first and last code.
    func rows(in area: DivisionCode, _ clause: String, _ values: [SQLiteValue], _ limit: Int) throws -> [CaseRow] {
        let codes = area.codes
        let statement = try database.select(
            """
            SELECT id, area, stage, opened, due, due_step, review FROM cases
            WHERE area BETWEEN ?1 AND ?2 \(clause) LIMIT \(max(0, limit))
            """, [.integer(codes.lowerBound), .integer(codes.upperBound)] + values)
        var rows: [CaseRow] = []
        while try statement.step() { if let row = CaseRow(statement) { rows.append(row) } }
        return rows
    }

    func integers(_ sql: String, _ values: [SQLiteValue] = []) throws -> [Int64] {
        let statement = try database.select(sql, values)
        var found: [Int64] = []
        while try statement.step() { found.append(statement.integer(0) ?? 0) }
        return found
    }
}

extension RecordWriter {
    /// Makes a case searchable as it stands.
    package func project(_ state: CaseState) throws {
        try database.run(
            """
            INSERT OR REPLACE INTO cases(id, area, stage, opened, due, due_step, review, last, events)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            state.row)
        for person in state.persons {
            try database.run(
                "INSERT OR IGNORE INTO case_members(person, case_id) VALUES (?, ?)",
                [.integer(person), .integer(state.number)])
        }
        for grant in CaseGrantRow.all(of: state) {
            try database.run(
                """
                INSERT OR REPLACE INTO case_grants(\(CaseGrantRow.columns))
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, grant.values)
        }
    }
}

extension CaseState {
    /// What the table of cases holds of it, in the order of its columns.
    var row: [SQLiteValue] {
        CaseRow(self).values + [.integer(Int64(last.days)), .integer(Int64(events))]
    }

    /// Takes the next event of a case in, and answers it; the first begins it.
    @discardableResult
    static func fold(_ record: RecordEvent, into state: inout CaseState?) throws -> CaseEvent {
        guard let event = CaseEvent(json: record.body, actor: record.actor.id) else {
            throw CaseProblem.damaged(record.subject)
        }
        guard state != nil else {
            state = CaseState(number: record.subject, event)
            guard state != nil else { throw CaseProblem.damaged(record.subject) }
            return event
        }
        guard state?.fold(event) ?? false else { throw CaseProblem.damaged(record.subject) }
        return event
    }
}

extension CaseRow {
    /// A case as lists show it.
    public init(_ state: CaseState) {
        let due = state.nextDeadline.map { (step: $0.step, day: $0.due) }
        self.init(
            number: state.number, area: state.area, stage: state.stage, opened: state.opened, due: due,
            review: state.stage == .granted ? state.reviewDue : nil)
    }

    init?(_ row: SQLiteStatement) {
        guard let number = row.integer(0), let area = row.integer(1).flatMap({ DivisionCode(number: $0) }),
            let stage = row.string(2).flatMap(CaseStage.init(rawValue:)), let opened = row.day(3)
        else { return nil }
        let step = row.string(5).flatMap(CaseStep.init(rawValue:))
        let due = step.flatMap { step in row.day(4).map { (step: step, day: $0) } }
        self.init(number: number, area: area, stage: stage, opened: opened, due: due, review: row.day(6))
    }

    /// The columns, in their order.
    fileprivate var values: [SQLiteValue] {
        [
            .integer(number), .integer(area.number), .text(stage.rawValue), .integer(Int64(opened.days)),
            due.map { .integer(Int64($0.day.days)) } ?? .null, due.map { .text($0.step.rawValue) } ?? .null,
            review.map { .integer(Int64($0.days)) } ?? .null,
        ]
    }
}

extension SQLiteStatement {
    /// The day of a column that holds days since 1970-01-01; nil where it is null or none.
    package func day(_ column: Int) -> CalendarDate? {
        integer(column).flatMap { Int(exactly: $0) }.flatMap { CalendarDate(days: $0) }
    }
}

/// A grant as payment lists search for it.
struct CaseGrantRow: Hashable {
    let values: [SQLiteValue]

    /// The columns of the values.
    static let columns =
        "case_id, place, program, period, first, until, fen, benefit, first_fen, each_fen, payments, last_fen, given"

    static func all(of state: CaseState) -> [CaseGrantRow] {
        state.grants.enumerated().map { place, granted in
            let (grant, instalments) = (granted.grant, granted.grant.instalments)
            // A first payment by days is that of the day which the assessment fixed, and of no other.
            let first = granted.from == grant.from ? instalments?.first : nil
            return CaseGrantRow(values: [
                .integer(state.number), .integer(Int64(place)), .text(granted.program), .text(grant.period.rawValue),
                .integer(Int64(granted.from.days)), granted.until.map { .integer(Int64($0.days)) } ?? .null,
                .integer(grant.amount.fen), .text(grant.benefit), first.map { .integer($0.fen) } ?? .null,
                instalments.map { .integer($0.each.fen) } ?? .null,
                instalments.map { .integer(Int64($0.count)) } ?? .null,
                instalments?.last.map { .integer($0.fen) } ?? .null, .integer(granted.given.fen),
            ])
        }
    }
}
