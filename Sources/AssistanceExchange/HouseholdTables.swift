import AssistanceCore
import AssistanceStorage

/// A row of a table with the rows of other tables that belong to it.
struct TableEntry: Sendable {
    let owner: FactOwner
    let row: TableRow
    var lists: [(owner: FactOwner, entries: [TableEntry])] = []
}

/// The tables of a population, joined: households, members, obligors, plots, bills, losses.
///
/// A row of a list comes while its household does: the tables are in one order, so that nothing is kept but what is
/// being read. Not safe to share between threads.
final class HouseholdTables {
    /// The tables that there may be, by the name of their file or table.
    static let owners: [FactOwner] = FactOwner.allCases

    /// The name of an owner's table.
    static func name(of owner: FactOwner) -> String { owner.listKey ?? "households" }

    /// What turns rows into tokens; it may be shared between threads.
    let reader: TableReader
    private var tables: [FactOwner: (cursor: any TableCursor, layout: TableLayout, row: TableRow?)] = [:]
    private var last: String?

    /// The tables of these cursors. Throws every mistake of their headers.
    init(_ cursors: [(owner: FactOwner, cursor: any TableCursor)], _ schema: FactSchema) throws {
        var findings: [Diagnostic] = []
        var names: [FactOwner: String] = [:]
        for (owner, cursor) in cursors {
            let layout = TableLayout(owner, cursor.header, of: cursor.name, schema, &findings)
            names[owner] = cursor.name
            tables[owner] = (cursor, layout, nil)
        }
        if cursors.count > 1, let layout = tables[.household]?.layout, layout.household == nil {
            findings.append(
                Diagnostic(
                    .missingKey, file: names[.household] ?? "", at: SourcePosition(line: 1, column: 1),
                    "a column 'id' was expected, which the rows of the other tables name"))
        }
        guard findings.isEmpty else { throw ExchangeProblem.findings(findings) }
        reader = TableReader(layouts: tables.mapValues(\.layout), names: names)
        for (owner, _) in cursors where owner != .household { try advance(owner) }
    }

    /// The table of households, as findings name it.
    var name: String { tables[.household]?.cursor.name ?? "" }

    /// How much of the households has been read.
    var fraction: Double? { tables[.household]?.cursor.fraction }

    /// The next household with all its rows; nil after the last.
    func next() throws -> TableEntry? {
        guard let households = tables[.household], let row = try households.cursor.next() else {
            for owner in Self.owners { if let table = tables[owner], let row = table.row { throw stray(row, table) } }
            return nil
        }
        let id = row[households.layout.household]
        if tables.count > 1, row.flaw == nil {
            guard !id.isEmpty, id != last else {
                throw Diagnostic(
                    .rowOrder, file: households.cursor.name, at: row.position(of: households.layout.household),
                    id.isEmpty
                        ? "an id was expected, which the rows of the other tables name"
                        : "another id than that of the row before was expected")
            }
        }
        last = id
        var entry = TableEntry(owner: .household, row: row)
        for owner in Self.owners where owner.parent == .household {
            var entries: [TableEntry] = []
            while let row = try take(owner, id, nil) {
                var child = TableEntry(owner: owner, row: row)
                for list in Self.owners where list.parent == owner {
                    var rows: [TableEntry] = []
                    while let row = try take(list, id, entries.count + 1) {
                        rows.append(TableEntry(owner: list, row: row))
                    }
                    if !rows.isEmpty { child.lists.append((list, rows)) }
                }
                entries.append(child)
            }
            if !entries.isEmpty { entry.lists.append((owner, entries)) }
        }
        // A row of this household that no member took.
        for table in Self.owners.compactMap({ tables[$0] }) {
            if let row = table.row, table.layout.member != nil, row[table.layout.household] == id {
                throw stray(row, table)
            }
        }
        return entry
    }

    /// The next row of a table where it belongs to a household, and to a member of that number; nil where not.
    private func take(_ owner: FactOwner, _ household: String, _ member: Int?) throws -> TableRow? {
        guard let table = tables[owner], let row = table.row else { return nil }
        // What cannot be read belongs to the household that is being read, so that this one is refused.
        let isLost = row.flaw != nil && row[table.layout.household].isEmpty
        guard isLost || row[table.layout.household] == household,
            isLost || member == nil || row[table.layout.member] == member.map(String.init)
        else { return nil }
        try advance(owner)
        return row
    }

    private func advance(_ owner: FactOwner) throws {
        let row = try tables[owner]?.cursor.next()
        tables[owner]?.row = row
    }

    private func stray(
        _ row: TableRow, _ table: (cursor: any TableCursor, layout: TableLayout, row: TableRow?)
    ) -> Diagnostic {
        let whom = table.layout.member == nil ? "its household" : "its household or its member"
        return Diagnostic(
            .rowOrder, file: table.cursor.name, at: row.position(of: table.layout.household),
            "\(whom) does not come, or came before; all tables must be in the order of the households")
    }
}

/// Turns joined rows into the tokens of a household file.
struct TableReader: Sendable {
    let layouts: [FactOwner: TableLayout]
    let names: [FactOwner: String]

    /// Lines of several files as one number: the owner of the file, and the line.
    private static let span = 1 << 40

    /// The first row of the entry that cannot be used at all.
    func flaw(_ entry: TableEntry) -> Diagnostic? {
        entry.row.flaw ?? entry.lists.lazy.flatMap(\.entries).compactMap { flaw($0) }.first
    }

    /// The tokens of a household.
    func tokens(_ entry: TableEntry) -> [JSONToken] {
        var tokens: [JSONToken] = []
        add(entry, to: &tokens)
        return tokens
    }

    /// A finding about tokens, at its place in its file.
    func placed(_ finding: Diagnostic) -> Diagnostic {
        var finding = finding
        let owner = FactOwner(rawValue: finding.position.line / Self.span) ?? .household
        finding.file = names[owner] ?? finding.file
        finding.position.line %= Self.span
        return finding
    }

    private func add(_ entry: TableEntry, to tokens: inout [JSONToken]) {
        let line = entry.owner.rawValue * Self.span + entry.row.line
        let start = SourcePosition(line: line, column: 1)
        tokens.append(JSONToken(.beginObject, at: start))
        layouts[entry.owner]?.add(entry.row, line: line, to: &tokens)
        for (owner, entries) in entry.lists {
            tokens.append(JSONToken(.key(owner.listKey ?? ""), at: start))
            tokens.append(JSONToken(.beginArray, at: start))
            for child in entries { add(child, to: &tokens) }
            tokens.append(JSONToken(.endArray, at: start))
        }
        tokens.append(JSONToken(.endObject, at: start))
    }
}

/// Tokens that are there already.
struct TokenList: DocumentTokens {
    private let tokens: [JSONToken]
    private var place = 0

    init(_ tokens: [JSONToken]) { self.tokens = tokens }

    mutating func next() throws(Diagnostic) -> JSONToken {
        guard place < tokens.count else {
            return JSONToken(.end, at: tokens.last?.position ?? SourcePosition(line: 1, column: 1))
        }
        place += 1
        return tokens[place - 1]
    }
}
