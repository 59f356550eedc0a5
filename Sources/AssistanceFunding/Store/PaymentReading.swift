import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import AssistanceStorage

extension RecordReader {
    /// What is to be paid; cases are read one after the other, and of each what was paid to it.
    func paymentList(_ order: PaymentOrder) throws -> PaymentList {
        let held = try heldMonths(order)
        var list = PaymentList(order)
        var (current, grants): (Int64, [PayableGrant]) = (0, [])
        func close() throws {
            guard !grants.isEmpty else { return }
            try list.add(current, grants, paid: paidMonths(of: current, order), held: held[current] ?? [:])
        }
        let codes = order.area.codes
        // The cases lead, so that the list of a county does not read those of the province.
        let rows = try database.select(
            """
            SELECT c.id, \(PayableGrant.columns) FROM cases c CROSS JOIN case_grants g ON g.case_id = c.id
            WHERE g.program = ? AND c.area BETWEEN ? AND ? ORDER BY c.id, g.place
            """, [.text(order.program), .integer(codes.lowerBound), .integer(codes.upperBound)])
        while try rows.step() {
            let number = rows.integer(0) ?? 0
            guard let grant = PayableGrant(rows, from: 1) else { throw CaseProblem.damaged(number) }
            if number != current {
                try close()
                (current, grants) = (number, [])
            }
            grants.append(grant)
        }
        try close()
        return list
    }

    /// What a case was paid for each month up to that of the list.
    private func paidMonths(of number: Int64, _ order: PaymentOrder) throws -> [PaymentPart] {
        let rows = try database.select(
            """
            SELECT month, sum(fen) FROM payment_months WHERE program = ? AND case_id = ? AND month <= ?
            GROUP BY month ORDER BY month
            """, [.text(order.program), .integer(number), .integer(order.month.number)])
        var parts: [PaymentPart] = []
        while try rows.step() {
            guard let month = rows.integer(0).flatMap({ PaymentMonth(number: $0) }), let fen = rows.integer(1) else {
                throw CaseProblem.damaged(number)
            }
            parts.append(PaymentPart(month: month, sum: Money(fen: fen)))
        }
        return parts
    }

    /// The months of cases that are not paid, since a person whom they are for is paid for them in a case of a lower
    /// number, by case and month.
    ///
    /// Only the cases of persons who are in several are read in full.
    private func heldMonths(_ order: PaymentOrder) throws -> [Int64: [PaymentMonth: Int64]] {
        let rows = try database.select(
            """
            SELECT m.person, m.case_id FROM case_members m
            WHERE m.person IN (SELECT person FROM case_members GROUP BY person HAVING count(*) > 1)
                AND EXISTS (SELECT 1 FROM case_grants g WHERE g.program = ? AND g.case_id = m.case_id)
            ORDER BY m.person, m.case_id
            """, [.text(order.program)])
        var cases: [(person: Int64, number: Int64)] = []
        while try rows.step() { cases.append((rows.integer(0) ?? 0, rows.integer(1) ?? 0)) }
        var held: [Int64: [PaymentMonth: Int64]] = [:]
        var taken: [PaymentMonth: Int64] = [:]
        for (place, entry) in cases.enumerated() {
            let hasOther = [place - 1, place + 1].contains {
                cases.indices.contains($0) && cases[$0].person == entry.person
            }
            if place > 0, cases[place - 1].person != entry.person { taken = [:] }
            guard hasOther else { continue }
            for month in try months(of: entry.number, for: entry.person, order) {
                if let other = taken[month] {
                    held[entry.number, default: [:]][month] = other
                } else {
                    taken[month] = entry.number
                }
            }
        }
        return held
    }

    /// The months for which a case owes a person something of the programme; a benefit without parts is every member's.
    private func months(of number: Int64, for person: Int64, _ order: PaymentOrder) throws -> [PaymentMonth] {
        let state = try state(of: number)
        let rows = try database.select(
            "SELECT \(PayableGrant.columns) FROM case_grants g WHERE g.program = ? AND g.case_id = ? ORDER BY g.place",
            [.text(order.program), .integer(number)])
        var grants: [PayableGrant] = []
        while try rows.step() {
            guard let grant = PayableGrant(rows, from: 0), state.grants.indices.contains(grant.place) else {
                throw CaseProblem.damaged(number)
            }
            let parts = state.grants[grant.place].grant.parts
            if parts.isEmpty || parts.contains(where: { $0.person == person }) { grants.append(grant) }
        }
        guard let sums = OwedMonths.sums(of: grants, until: order.month) else { throw PaymentList.tooMuch(number) }
        return sums.filter { $0.value > .zero }.keys.sorted()
    }

    /// A run by its number.
    func run(_ number: Int64) throws -> PaymentRun {
        guard let run = try runs("WHERE id = ?", [.integer(number)]).first else {
            throw FundingRefusal(.noRun, "there is no run \(number) in the file")
        }
        return run
    }

    /// The runs that a clause leaves, in the order in which they were proposed.
    func runs(_ clause: String, _ values: [SQLiteValue]) throws -> [PaymentRun] {
        let rows = try database.select(
            "SELECT id, area, program, month, stage, proposer, cases, fen FROM payment_runs \(clause) ORDER BY id",
            values)
        var runs: [PaymentRun] = []
        while try rows.step() {
            let number = rows.integer(0) ?? 0
            guard let area = rows.integer(1).flatMap({ DivisionCode(number: $0) }), let program = rows.string(2),
                let month = rows.integer(3).flatMap({ PaymentMonth(number: $0) }),
                let stage = rows.string(4).flatMap(PaymentRun.Stage.init(rawValue:)), let proposer = rows.string(5),
                let cases = rows.integer(6), let fen = rows.integer(7)
            else { throw FundingProblem.damaged(number) }
            runs.append(
                PaymentRun(
                    number: number, order: PaymentOrder(area: area, program: program, month: month), stage: stage,
                    proposer: proposer, cases: cases, total: Money(fen: fen)))
        }
        return runs
    }

    /// The payments of a run of which a sum is paid, by case: the sum and what became of it, nil where nobody knows yet.
    func payments(ofRun number: Int64) throws -> [PaymentOutcome] {
        let rows = try database.select(
            "SELECT case_id, fen, outcome FROM payments WHERE run = ? AND fen > 0 ORDER BY case_id", [.integer(number)])
        var payments: [PaymentOutcome] = []
        while try rows.step() {
            let outcome = rows.string(2).flatMap(PaymentReceipt.Outcome.init(rawValue:))
            payments.append(
                PaymentOutcome(
                    number: rows.integer(0) ?? 0, sum: Money(fen: rows.integer(1) ?? 0), outcome: outcome))
        }
        return payments
    }
}

extension PaymentList {
    /// Adds what a case is owed, less what it was paid.
    fileprivate mutating func add(
        _ number: Int64, _ grants: [PayableGrant], paid: [PaymentPart], held others: [PaymentMonth: Int64]
    ) throws {
        guard var owed = OwedMonths.sums(of: grants, until: order.month) else { throw Self.tooMuch(number) }
        for (month, other) in others.sorted(by: { $0.key < $1.key }) where owed.removeValue(forKey: month) != nil {
            held.append(HeldMonth(number: number, month: month, other: other))
        }
        guard let settlement = PaymentSettlement(owed: owed, paid: paid) else { throw Self.tooMuch(number) }
        if settlement.claim > .zero { claims.append(PaymentClaim(number: number, sum: settlement.claim)) }
        guard !settlement.parts.isEmpty else { return }
        guard let line = PaymentLine(number: number, months: settlement.parts), let more = total.adding(line.sum) else {
            throw Self.tooMuch(number)
        }
        total = more
        lines.append(line)
    }

    fileprivate static func tooMuch(_ number: Int64) -> FundingRefusal {
        FundingRefusal(.wrongSum, "what is owed up to case \(number) is more than can be counted; pay smaller areas")
    }
}

extension PayableGrant {
    /// The columns that a grant is read from, of `case_grants g`.
    static let columns =
        "g.place, g.benefit, g.period, g.first, g.until, g.fen, g.first_fen, g.each_fen, g.payments, g.last_fen, g.given"

    /// A grant from these columns, from one on; nil where they hold none.
    init?(_ row: SQLiteStatement, from column: Int) {
        func money(_ place: Int) -> Money? { row.integer(column + place).map { Money(fen: $0) } }
        guard let place = row.integer(column).flatMap({ Int(exactly: $0) }), let benefit = row.string(column + 1),
            let period = row.string(column + 2).flatMap(PaymentPeriod.init(rawValue:)), let from = row.day(column + 3),
            let amount = money(5), let given = money(10)
        else { return nil }
        (self.place, self.benefit, self.period, self.from) = (place, benefit, period, from)
        (self.amount, self.given) = (amount, given)
        until = row.day(column + 4)
        instalments = money(7).map { each in
            Instalments(
                first: money(6), each: each, count: row.integer(column + 8).flatMap { Int(exactly: $0) } ?? 1,
                last: money(9))
        }
    }
}
