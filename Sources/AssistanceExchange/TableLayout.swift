import AssistanceCore

/// What the columns of a table mean, and how a row of it reads as an entry of a household file.
struct TableLayout: Sendable {
    /// The columns that join the tables.
    enum Join {
        static let id = "id"
        static let household = "household"
        static let member = "member"
    }

    let owner: FactOwner
    /// The column of the household's id: its own, or the one it belongs to.
    let household: Int?
    /// The column of the member's number among the household's, from 1; for lists of members.
    let member: Int?
    /// The keys of the entry, each with its columns, in the order of the table.
    private let keys: [(key: String, columns: [(number: Int, column: HouseholdColumn)])]
    private let schema: FactSchema

    /// The layout of a table by its header; what is no column of the owner goes to `findings`.
    init(_ owner: FactOwner, _ header: TableRow, of file: String, _ schema: FactSchema, _ findings: inout [Diagnostic])
    {
        self.owner = owner
        self.schema = schema
        let known = schema.columns(of: owner)
        let named = Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let joins =
            owner == .household
            ? [] : owner.parent == .member ? [Join.household, Join.member] : [Join.household]
        var keys: [(key: String, columns: [(number: Int, column: HouseholdColumn)])] = []
        var seen: Set<String> = []
        func report(_ code: DiagnosticCode, _ number: Int?, _ message: String, _ suggestion: String? = nil) {
            let position = number.map { header.position(of: $0) } ?? SourcePosition(line: 1, column: 1)
            findings.append(Diagnostic(code, file: file, at: position, message, suggestion: suggestion))
        }
        for (number, name) in header.cells.enumerated() {
            guard seen.insert(name).inserted else {
                report(.duplicateKey, number, "each column once was expected, and another one before it is called so")
                continue
            }
            guard !joins.contains(name) else { continue }
            guard let column = named[name] else {
                let near = closestName(to: name, among: known.map(\.name) + joins)
                report(.unknownFact, number, "there is no such column in a table of each \(owner.label.english)", near)
                continue
            }
            if let place = keys.firstIndex(where: { $0.key == column.key }) {
                keys[place].columns.append((number, column))
            } else {
                keys.append((column.key, [(number, column)]))
            }
        }
        for join in joins where !seen.contains(join) {
            report(.missingKey, nil, "a column '\(join)' was expected, to tell what each row belongs to")
        }
        self.keys = keys
        household = header.cells.firstIndex(of: owner == .household ? Join.id : Join.household)
        member = owner.parent == .member ? header.cells.firstIndex(of: Join.member) : nil
    }

    /// Adds the keys of a row to tokens; `line` is what stands for its line there.
    func add(_ row: TableRow, line: Int, to tokens: inout [JSONToken]) {
        for (key, columns) in keys {
            let given = columns.filter { !row[$0.number].isEmpty }
            guard let first = given.first else { continue }
            func position(_ number: Int) -> SourcePosition {
                SourcePosition(line: line, column: row.position(of: number).column)
            }
            func add(_ kind: JSONToken.Kind, _ number: Int) { tokens.append(JSONToken(kind, at: position(number))) }
            // What closes a group or gives its sum stands for all of it.
            for (number, column) in given where column.field == nil {
                add(.key(key), number)
                value(row[number], column, position(number), &tokens)
            }
            let fields = given.filter { $0.column.field != nil }
            guard !fields.isEmpty else { continue }
            add(.key(key), first.number)
            add(.beginObject, first.number)
            for (number, column) in fields {
                add(.key(column.field ?? ""), number)
                value(row[number], column, position(number), &tokens)
            }
            add(.endObject, first.number)
        }
    }

    private func value(
        _ text: String, _ column: HouseholdColumn, _ position: SourcePosition, _ tokens: inout [JSONToken]
    ) {
        guard column.hasSeveral(in: schema), text != FactGroup.none else {
            tokens.append(JSONToken(column.token(text, in: schema), at: position))
            return
        }
        tokens.append(JSONToken(.beginArray, at: position))
        for code in text.split(separator: TableLayout.separator, omittingEmptySubsequences: false) {
            tokens.append(JSONToken(.string(String(code)), at: position))
        }
        tokens.append(JSONToken(.endArray, at: position))
    }

    /// What stands between the codes of a cell.
    static let separator: Character = ";"
}
