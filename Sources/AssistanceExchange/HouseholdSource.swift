import AssistanceCore
import AssistanceStorage

/// Why a file of households cannot be used at all.
public enum ExchangeProblem: Error, Sendable {
    /// What is wrong with the file, and where.
    case findings([Diagnostic])
    /// What is wrong with the policy.
    case policy([Diagnostic])
    /// The run was broken off.
    case stopped
}

/// The form of a file of many households or of decisions.
public enum ExchangeFormat: String, CaseIterable, Sendable {
    /// A folder of tables in CSV, or one table.
    case csv
    /// A document in JSON a line.
    case jsonl
    /// An SQLite database.
    case sqlite

    /// By the extension of a path; nil where that says nothing.
    public init?(path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        switch name.split(separator: ".").count > 1 ? name.split(separator: ".").last : nil {
        case "csv": self = .csv
        case "jsonl", "ndjson": self = .jsonl
        case "db", "sqlite", "sqlite3": self = .sqlite
        default: return nil
        }
    }
}

/// A household of a file before it is read: where it stands, and its text or rows.
struct HouseholdRecord: Sendable {
    enum Content: Sendable {
        case document(ByteRow)
        case rows(TableEntry)
    }

    /// The line or row that it begins in.
    let line: Int
    let content: Content
}

/// The households of a file, one after the other, in constant memory. Not safe to share between threads.
final class HouseholdSource {
    /// The file, as findings name it.
    var name: String { rows?.file ?? tables?.name ?? "" }
    private let rows: ByteRows?
    private let tables: HouseholdTables?
    let encoding: TextEncoding

    /// Opens a file, or a folder of tables.
    ///
    /// - Parameters:
    ///   - path: `-` is standard input, in JSON Lines.
    ///   - encoding: How its text is encoded; databases are UTF-8.
    init(_ path: String, _ format: ExchangeFormat, _ encoding: TextEncoding, _ schema: FactSchema) throws {
        self.encoding = encoding
        switch format {
        case .jsonl:
            (rows, tables) = (try ByteRows(path, isQuoted: false), nil)
        case .csv:
            rows = nil
            if path.hasSuffix(".csv") {
                tables = try HouseholdTables([(.household, CSVTable(path, encoding))], schema)
                return
            }
            let cursors = try HouseholdTables.owners.compactMap { owner -> (FactOwner, any TableCursor)? in
                let file = Self.file(of: owner, in: path)
                guard owner == .household || StoredFiles.exists(file) else { return nil }
                return (owner, try CSVTable(file, encoding))
            }
            tables = try HouseholdTables(cursors, schema)
        case .sqlite:
            rows = nil
            let database = try SQLiteDatabase(path, isReadOnly: true)
            let cursors = try HouseholdTables.owners.compactMap { owner -> (FactOwner, any TableCursor)? in
                try SQLiteTable(HouseholdTables.name(of: owner), in: database).map { (owner, $0) }
            }
            guard cursors.contains(where: { $0.0 == .household }) else {
                throw StorageProblem(path, "a table 'households' was expected in the database, and there is none")
            }
            tables = try HouseholdTables(cursors, schema)
        }
    }

    /// The file of an owner's table in a folder.
    static func file(of owner: FactOwner, in folder: String) -> String {
        (folder.hasSuffix("/") ? folder : folder + "/") + HouseholdTables.name(of: owner) + ".csv"
    }

    /// How much has been read, from 0 to 1; nil where that is not known.
    var fraction: Double? {
        if let rows { return rows.size.map { Double(rows.consumed) / Double(max(1, $0)) } }
        return tables?.fraction
    }

    /// What reads records; it may be shared between threads.
    var reader: RecordReader { RecordReader(file: name, encoding: encoding, tables: tables?.reader) }

    /// The next household; nil after the last. Throws what makes the file as a whole unusable.
    func next() throws -> HouseholdRecord? {
        if let rows {
            while let row = try rows.next() {
                // An empty line is no household.
                guard row.bytes.contains(where: { $0 != UInt8(ascii: " ") }) else { continue }
                return HouseholdRecord(line: row.line, content: .document(row))
            }
            return nil
        }
        return try tables?.next().map { HouseholdRecord(line: $0.row.line, content: .rows($0)) }
    }
}

/// Reads records into batches. It may be shared between threads.
struct RecordReader: Sendable {
    let file: String
    let encoding: TextEncoding
    let tables: TableReader?

    /// The households of some records; those with findings must not be used.
    func read(
        _ records: [HouseholdRecord], schema: FactSchema, date: CalendarDate
    ) throws(Diagnostic) -> (households: HouseholdFile, findings: [[Diagnostic]]) {
        var collector = HouseholdCollector(schema: schema, date: date, file: file)
        let coder = try TextCoder(encoding)
        var findings: [[Diagnostic]] = []
        for record in records {
            switch record.content {
            case .document(let row):
                let bytes = try coder.decoded(row, of: file)
                let found = collector.add(JSONScanner(bytes, file: file)).map { finding in
                    var finding = finding
                    finding.position.line += row.line - 1
                    return finding
                }
                if !row.isEnded, let syntax = found.first(where: { $0.code == .jsonSyntax }) {
                    throw Diagnostic(
                        .cutOff, file: file, at: syntax.position,
                        "the file ends in the middle of a household; get it whole: \(syntax.message)")
                }
                findings.append(found)
            case .rows(let entry):
                var found: [Diagnostic] = []
                if let tables {
                    found = collector.add(TokenList(tables.tokens(entry))).map(tables.placed)
                    if let flaw = tables.flaw(entry) { found = [flaw] }
                }
                findings.append(found)
            }
        }
        return (collector.households, findings)
    }
}
