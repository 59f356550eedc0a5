import AssistanceCore

/// Some households of a record batch, with what belongs to them, before they are read. It may be read on any thread.
struct HouseholdPart: Sendable {
    let plan: ColumnPlan
    let households: RowPiece
    var origin: HouseholdColumns.Origin
    /// Where members are a stream of their own.
    var members: MemberRows?

    init(plan: ColumnPlan, households: RowPiece, origin: HouseholdColumns.Origin) {
        (self.plan, self.households, self.origin) = (plan, households, origin)
    }

    /// What was read.
    struct Contents: Sendable {
        let batch: FactBatch
        /// The caller's names for the households, as far as they have one.
        let ids: [String?]
        /// What is wrong; then nothing may be used.
        let findings: [Diagnostic]
    }

    /// Reads the part by the rules of household files.
    ///
    /// - Parameter areaProblem: Why the households of an area cannot be assessed, nil for those that say none; nil
    ///   where they can.
    func read(
        _ schema: FactSchema, on date: CalendarDate,
        areaProblem: (DivisionCode?) -> (code: DiagnosticCode, message: String)?
    ) -> Contents {
        var reading = PartReading()
        reading.gather(plan, [households])
        if let members {
            reading.tables[.member] = FactTable(lists: members.counts)
            reading.gather(members.plan, members.pieces)
        }
        var columns = HouseholdColumns(
            schema: schema, date: date, households: households.rows.count, lists: reading.tables, from: origin)
        for (flaw, owner, row, key) in reading.flaws { columns.report(flaw, owner, row, key) }
        for (plan, pieces) in reading.owners { Self.read(plan, pieces, schema, into: &columns) }
        let ids = ids(&columns)
        columns.finish()
        check(schema.place(.household, "area"), &columns, areaProblem)
        return Contents(batch: columns.batch, ids: ids, findings: columns.findings)
    }

    private static func read(
        _ plan: ColumnPlan, _ pieces: [RowPiece], _ schema: FactSchema, into columns: inout HouseholdColumns
    ) {
        let count = pieces.reduce(0) { $0 + $1.rows.count }
        for (column, place, reading) in plan.facts {
            let fact = schema.facts[place]
            var reader = FactReader(fact, reading, count: count)
            for piece in pieces { reader.read(piece.columns[column], piece.rows) }
            for (row, flaw) in reader.flaws { columns.report(flaw, plan.owner, row, fact.key) }
            columns.set(place, reader.values)
        }
        for (column, meaning) in plan.texts {
            var texts: [String?] = []
            texts.reserveCapacity(count)
            for piece in pieces {
                for row in piece.rows {
                    do throws(ValueFlaw) {
                        texts.append(try piece.columns[column].string(row))
                    } catch {
                        columns.report(error, plan.owner, texts.count, meaning.name)
                        texts.append(nil)
                    }
                }
            }
            columns.set(meaning, of: plan.owner, texts)
        }
    }

    private func check(
        _ area: Int?, _ columns: inout HouseholdColumns,
        _ problem: (DivisionCode?) -> (code: DiagnosticCode, message: String)?
    ) {
        var flaws: [DivisionCode?: ValueFlaw?] = [:]
        for row in 0..<columns.batch.count {
            let code = area.flatMap { columns.batch.value($0, row: row) }.flatMap(DivisionCode.init(number:))
            let flaw: ValueFlaw?
            if let known = flaws[code] {
                flaw = known
            } else {
                flaw = problem(code).map { ValueFlaw(code: $0.code, message: $0.message) }
                flaws.updateValue(flaw, forKey: code)
            }
            if let flaw { columns.report(flaw, .household, row, "area") }
        }
    }

    private func ids(_ columns: inout HouseholdColumns) -> [String?] {
        guard let id = plan.id else { return Array(repeating: nil, count: households.rows.count) }
        let ids = IDColumn(households.columns[id.column], id.type)
        return households.rows.enumerated().map { place, row in
            do throws(ValueFlaw) {
                return try ids.text(row)
            } catch {
                columns.report(error, .household, place, ColumnPlanner.household)
                return nil
            }
        }
    }
}

/// Finds the rows of the lists of a part.
private struct PartReading {
    var tables: [FactOwner: FactTable] = [:]
    /// How each owner is read, and where its rows stand.
    var owners: [(plan: ColumnPlan, pieces: [RowPiece])] = []
    /// What is wrong with lists.
    var flaws: [(flaw: ValueFlaw, owner: FactOwner, row: Int, key: String)] = []

    private static let mostFlaws = 101

    /// The rows of an owner, and of the lists that belong to them.
    mutating func gather(_ plan: ColumnPlan, _ pieces: [RowPiece]) {
        owners.append((plan, pieces))
        for (column, inner) in plan.lists {
            var (counts, found): ([Int32?], [RowPiece]) = ([], [])
            for (source, piece) in pieces.enumerated() {
                for row in piece.rows {
                    let parent = (owner: plan.owner, row: counts.count)
                    guard let entries = entries(of: piece, row, column, inner.owner, parent) else {
                        counts.append(nil)
                        continue
                    }
                    counts.append(Int32(entries.rows.count))
                    guard !entries.rows.isEmpty else { continue }
                    RowPiece(batch: piece.batch, columns: entries.columns, rows: entries.rows, source: source)
                        .append(to: &found)
                }
            }
            tables[inner.owner] = FactTable(lists: counts)
            gather(inner, found)
        }
        for (column, owner) in plan.noneLists {
            var counts: [Int32?] = []
            for piece in pieces {
                for row in piece.rows {
                    counts.append(none(piece.columns[column], row, owner, (plan.owner, counts.count)))
                }
            }
            tables[owner] = FactTable(lists: counts)
        }
    }

    /// The entries of one list; nil where it is not known.
    private mutating func entries(
        of piece: RowPiece, _ row: Int, _ column: Int, _ owner: FactOwner, _ parent: (owner: FactOwner, row: Int)
    ) -> (columns: [ArrowColumn], rows: Range<Int>)? {
        let list = piece.columns[column]
        guard list.isKnown(row), case .lists(let lists, let entries) = list.content else { return nil }
        let rows = lists[list.start + row]
        if let flaw = HouseholdColumns.objection(to: rows.count, of: owner) {
            fail(flaw, parent, owner)
            return nil
        }
        guard rows.allSatisfy(entries.isKnown) else {
            let rule = "an entry was expected in the list, and this is null"
            fail(ValueFlaw(code: .wrongType, message: rule), parent, owner)
            return nil
        }
        guard case .record(let columns) = entries.content else { return ([], 0..<0) }
        return (columns, rows)
    }

    /// No entries, where a text says so; nil where it is not known whether there are any.
    private mutating func none(
        _ column: ArrowColumn, _ row: Int, _ owner: FactOwner, _ parent: (owner: FactOwner, row: Int)
    ) -> Int32? {
        do throws(ValueFlaw) {
            guard let text = try column.string(row) else { return nil }
            if let flaw = HouseholdColumns.objection(to: text, asListOf: owner) { throw flaw }
            return 0
        } catch {
            fail(error, parent, owner)
            return nil
        }
    }

    private mutating func fail(_ flaw: ValueFlaw, _ parent: (owner: FactOwner, row: Int), _ owner: FactOwner) {
        guard flaws.count < Self.mostFlaws else { return }
        flaws.append((flaw, parent.owner, parent.row, owner.listKey ?? ""))
    }
}

extension ArrowColumn {
    /// The text of a row; nil where nothing is known of it.
    func string(_ row: Int) throws(ValueFlaw) -> String? {
        guard isKnown(row), let bytes = text(row) else { return nil }
        return try ArrowText.string(bytes)
    }
}
