import AssistanceCore

/// Pulls record batches of households, and of members where these are a stream of their own, and divides them into parts.
///
/// For one thread at a time.
final class HouseholdFeed {
    /// What is worth knowing of the columns.
    let warnings: [Diagnostic]

    private let households: ArrowSource
    private let plan: ColumnPlan
    private let members: MemberCursor?
    /// The most households of a part.
    private let partSize: Int
    /// Households so far.
    private var first = 0
    /// The last batch, and the id of its last household.
    private var last: (batch: ArrowBatch, id: IDColumn.ID)?

    /// The most households of a batch.
    private static let limit = HouseholdLimits().households

    /// A feed of streams, whose columns are looked at; throws what is wrong with them.
    init(
        households: ArrowSource, members: ArrowSource?, schema: FactSchema, partSize: Int
    ) throws(ArrowProblem) {
        var planner = ColumnPlanner(schema, hasMembers: members != nil)
        plan = planner.plan(try Self.columns(of: households), of: .household, in: households.name)
        if let members {
            let inner = planner.plan(try Self.columns(of: members), of: .member, in: members.name)
            self.members = MemberCursor(members, inner)
        } else {
            self.members = nil
        }
        let errors = planner.findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw .findings(errors) }
        warnings = planner.findings
        self.households = households
        self.partSize = partSize
    }

    private static func columns(of source: ArrowSource) throws(ArrowProblem) -> [ArrowField] {
        do throws(ArrowFlaw) {
            return try source.columns()
        } catch {
            throw .structure(error.message)
        }
    }

    /// The parts of the next batch that has households; nil after the last.
    func next() throws(ArrowFlaw) -> [HouseholdPart]? {
        while let batch = try households.next(plan.fields) {
            guard batch.count <= Self.limit else {
                throw ArrowFlaw("households: a record batch has more than 1,000,000 rows; divide it")
            }
            guard batch.count > 0 else { continue }
            return try parts(of: batch)
        }
        try members?.end()
        return nil
    }

    private func parts(of batch: ArrowBatch) throws(ArrowFlaw) -> [HouseholdPart] {
        var parts: [HouseholdPart] = []
        for start in stride(from: 0, to: batch.count, by: partSize) {
            let rows = start..<min(start + partSize, batch.count)
            let source = RowPiece(batch: batch, columns: batch.columns, rows: rows, source: 0)
            var part = HouseholdPart(
                plan: plan, households: source, origin: HouseholdColumns.Origin(household: first + start))
            if let members { part.members = try take(members, batch, rows, &part.origin) }
            parts.append(part)
        }
        first += batch.count
        return parts
    }

    /// The members of some households, which follow each other by their ids.
    private func take(
        _ members: MemberCursor, _ batch: ArrowBatch, _ rows: Range<Int>, _ origin: inout HouseholdColumns.Origin
    ) throws(ArrowFlaw) -> MemberRows {
        guard let id = plan.id else { throw ArrowFlaw("households: there is no column 'household'") }
        let ids = IDColumn(batch.columns[id.column], id.type)
        var taken = MemberRows(plan: members.plan)
        origin.member = members.row
        for row in rows {
            let name = "households[\(first + row)].household"
            guard let next = ids[row] else { throw ArrowFlaw("\(name): an id was expected, and this is null") }
            if let last {
                guard let order = last.id.order(next), order < 0 else {
                    throw ArrowFlaw("\(name): an id after the one before was expected; both streams are sorted by it")
                }
            }
            last = (batch, next)
            taken.counts.append(try members.take(next, into: &taken.pieces))
        }
        return taken
    }
}

/// Rows of a batch, or of lists in it.
struct RowPiece: Sendable {
    /// What keeps the columns.
    let batch: ArrowBatch
    let columns: [ArrowColumn]
    private(set) var rows: Range<Int>
    /// Rows of one source have the same columns.
    private let source: Int

    init(batch: ArrowBatch, columns: [ArrowColumn], rows: Range<Int>, source: Int) {
        (self.batch, self.columns, self.rows, self.source) = (batch, columns, rows, source)
    }

    /// Adds rows to pieces: to the last, where they follow it.
    func append(to pieces: inout [RowPiece]) {
        if let last = pieces.last, last.source == source, last.rows.upperBound == rows.lowerBound {
            pieces[pieces.count - 1].rows = last.rows.lowerBound..<rows.upperBound
        } else {
            pieces.append(self)
        }
    }
}

/// The members of the households of a part, from a stream of their own.
struct MemberRows: Sendable {
    let plan: ColumnPlan
    /// One behind the other.
    var pieces: [RowPiece] = []
    /// For each household how many they are; nil where there are none, and nothing is known of them.
    var counts: [Int32?] = []
}

/// The members that are next, in a stream that is sorted by household.
///
/// For one thread at a time.
final class MemberCursor {
    let plan: ColumnPlan
    private let source: ArrowSource
    private var batch: ArrowBatch?
    private var ids: IDColumn?
    /// The next row of the batch.
    private var place = 0
    /// The number of the batch.
    private var number = 0
    /// Whether there are no more batches.
    private var isOver = false
    /// The number of the next row in the stream.
    private(set) var row = 0

    init(_ source: ArrowSource, _ plan: ColumnPlan) {
        self.source = source
        self.plan = plan
    }

    /// Takes the members of a household; nil where it has none.
    func take(_ household: IDColumn.ID, into pieces: inout [RowPiece]) throws(ArrowFlaw) -> Int32? {
        var count: Int32 = 0
        while let batch = try current() {
            let first = place
            while place < batch.count, try isOf(household) {
                count += 1
                guard count <= FactOwner.member.limit else {
                    let most = "at most \(FactOwner.member.limit) members of a household were expected"
                    throw ArrowFlaw("members[\(row)]: \(most)")
                }
                place += 1
                row += 1
            }
            guard place > first else { break }
            RowPiece(batch: batch, columns: batch.columns, rows: first..<place, source: number).append(to: &pieces)
            guard place == batch.count else { break }
        }
        return count == 0 ? nil : count
    }

    /// After the last household there must be no member.
    func end() throws(ArrowFlaw) { if try current() != nil { throw stray } }

    /// The batch of the next row; nil after the last.
    private func current() throws(ArrowFlaw) -> ArrowBatch? {
        while !isOver {
            if let batch, place < batch.count { return batch }
            batch = try source.next(plan.fields)
            (place, number) = (0, number + 1)
            isOver = batch == nil
            if let batch, let id = plan.id { ids = IDColumn(batch.columns[id.column], id.type) }
        }
        return nil
    }

    /// Whether the next member is of a household. One of a household that came before, or that does not come, is a
    /// mistake.
    private func isOf(_ household: IDColumn.ID) throws(ArrowFlaw) -> Bool {
        guard let id = ids?[place] else {
            throw ArrowFlaw("members[\(row)].household: an id was expected, and this is null")
        }
        guard let order = id.order(household) else {
            throw ArrowFlaw("members: the column 'household' is text in one stream and numbers in the other")
        }
        guard order >= 0 else { throw stray }
        return order == 0
    }

    private var stray: ArrowFlaw {
        ArrowFlaw(
            "members[\(row)].household: its household does not come, or came before; both streams are sorted by it")
    }
}
