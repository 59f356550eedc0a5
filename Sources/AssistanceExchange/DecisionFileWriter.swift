import AssistanceCore
import AssistanceStorage

/// Writes a file of decisions: JSON Lines, a table in CSV, or a database with that table. It appears whole or not at
/// all.
///
/// Not safe to share between threads.
final class DecisionFileWriter {
    private let file: PendingFile
    private let database: (SQLiteDatabase, SQLiteStatement)?
    private let format: ExchangeFormat
    private let coder: TextCoder

    init(_ path: String, _ format: ExchangeFormat, _ encoding: TextEncoding) throws {
        file = try PendingFile(path, isPrivate: format == .sqlite)
        self.format = format
        coder = try TextCoder(encoding)
        guard format == .sqlite else {
            database = nil
            if format == .csv {
                var header = CSVText()
                header.add(BulkDecision.columns)
                try file.write(header.bytes)
            }
            return
        }
        let opened = try SQLiteDatabase(file.place, named: path, isReadOnly: false)
        let columns = BulkDecision.columns.map { $0 == "line" ? "line INTEGER" : "\($0) TEXT" }
        try opened.run("CREATE TABLE decisions (\(columns.joined(separator: ", ")))")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        database = (opened, try opened.prepare("INSERT INTO decisions VALUES (\(marks))"))
        try opened.run("BEGIN")
    }

    /// Decisions as the text of a format; empty for a database, which takes rows.
    static func text(of decisions: [BulkDecision], _ format: ExchangeFormat) -> [UInt8] {
        switch format {
        case .jsonl: return decisions.flatMap(\.document)
        case .csv:
            var text = CSVText()
            for decision in decisions { for row in decision.rows { text.add(row) } }
            return text.bytes
        case .sqlite: return []
        }
    }

    /// Adds decisions, whose text has been made.
    func add(_ decisions: [BulkDecision], text: [UInt8]) throws {
        guard let (_, statement) = database else { return try file.write(coder.encoded(text)) }
        for decision in decisions {
            for row in decision.rows { try statement.run(row.map { $0.isEmpty ? .null : .text($0) }) }
        }
    }

    /// Gives the file its name.
    func commit() throws(StorageProblem) {
        if let (database, _) = database { try database.run("COMMIT") }
        try file.commit()
    }
}
